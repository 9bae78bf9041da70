"""The privacy notice and the user agreement: one text for each language and version.

What was accepted is the hash of the exact text; a change of a text is a new version.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from functools import cache

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from mingdai.accounts.agreeing import accept
from mingdai.accounts.models import Borrower

EDITION = "2026-11"
DOCUMENTS = ("terms", "privacy")


@require_safe
def show_agreement(request: HttpRequest, document: str) -> HttpResponse:
    """The text in the page's language."""
    if document not in DOCUMENTS:
        raise Http404
    context = {
        "document": document,
        "text": text_of(document, _locale()),
        "version": version_of(_locale()),
        "hash": hash_of(document, _locale()),
    }
    return render(request, "agreement.html", context)


def accept_all(borrower: Borrower, *, at: datetime) -> None:
    """Write down that `borrower` accepted the current texts in the page's language."""
    for document in DOCUMENTS:
        accept(
            borrower,
            document=document,
            version=version_of(_locale()),
            text_hash=hash_of(document, _locale()),
            at=at,
        )


def version_of(locale: str) -> str:
    """The edition and its language: each is a text of its own."""
    return f"{EDITION}/{locale}"


@cache
def text_of(document: str, locale: str) -> str:
    """The exact text."""
    return render_to_string(f"agreements/{document}.{locale}.html")


@cache
def hash_of(document: str, locale: str) -> str:
    """SHA-256 (hex) of the exact text."""
    return hashlib.sha256(text_of(document, locale).encode()).hexdigest()


def _locale() -> str:
    return "en" if get_language() == "en" else "zh-hans"
