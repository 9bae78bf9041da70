"""Hand out an audit's evidence, file by file, to those who may see it.

Only files the manifest names are served, and pictures while the walk runs.  A picture is shown, a
report runs in a sandbox of its own, everything else is plain text or a download.  What the walked
pages offered for download is never handed out: it may be anything.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import cast
from uuid import UUID

from csp.decorators import csp
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from mingdai.audit.models import Audit
from mingdai.audit.ordering import evidence_of
from mingdai.audit.outcomes import MANIFEST, facts_of, manifest_names
from mingdai.web.console.admitting import Power, StaffRequest, needs_staff

PICTURE = re.compile(r"screenshots/[0-9]{3}\.png")
NEVER = "downloads/"
KINDS = {
    ".png": "image/png",
    ".html": "text/html; charset=utf-8",
    ".json": "text/plain; charset=utf-8",
    ".jsonl": "text/plain; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".log": "text/plain; charset=utf-8",
    ".yaml": "text/plain; charset=utf-8",
}
"""What is shown in the browser; any other file is a download."""

LARGE = frozenset({"netlog.json", "capture.har", "capture.jsonl", "visit.json"})
"""Files too long to read in a browser."""

SANDBOX: dict[str, object] = {
    "default-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],
    "img-src": ["data:"],
    "frame-ancestors": ["'none'"],
    "sandbox": True,
}
"""The report is one page that needs nothing else; it narrows this further by its own policy."""


@require_safe
@needs_staff(Power.AUDIT)
def send_file(request: StaffRequest, audit_id: UUID, name: str) -> HttpResponse:
    """One file of the evidence; not found is the answer for every other name."""
    audit = get_object_or_404(Audit, pk=audit_id)
    path = _path(audit, name)
    serve: Callable[[HttpRequest], HttpResponseBase] = partial(_file, path=path)
    if path.suffix == ".html":
        serve = csp(SANDBOX)(serve)
    return cast("HttpResponse", serve(request))  # a stream is an answer like others


@require_safe
@needs_staff(Power.AUDIT)
def send_opening(_request: StaffRequest, audit_id: UUID) -> HttpResponse:
    """What opens the ledger entry's commitment: the facts it commits to, and the key."""
    audit = get_object_or_404(Audit, pk=audit_id, entry_id__isnull=False)
    opening = {
        "format": "mingdai-detail-opening/1",
        "entry_id": bytes(audit.entry_id or b"").hex(),
        "key": bytes(audit.detail_key or b"").hex(),
        "detail": facts_of(audit),
    }
    text = json.dumps(opening, ensure_ascii=False, indent=1) + "\n"
    answer = HttpResponse(text, content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="audit-{audit.pk}-opening.json"'
    return answer


def latest_picture(audit: Audit) -> str:
    """The newest picture's name inside the evidence, "" before the first."""
    found = sorted(evidence_of(audit).glob("screenshots/*.png"))
    return f"screenshots/{found[-1].name}" if found else ""


def _file(request: HttpRequest, *, path: Path) -> FileResponse:
    kind = KINDS.get(path.suffix, "application/octet-stream")
    as_download = path.suffix not in KINDS or path.name in LARGE or "download" in request.GET
    try:
        answer = FileResponse(
            path.open("rb"), as_attachment=as_download, filename=path.name, content_type=kind
        )
    except OSError as problem:
        raise Http404 from problem
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _path(audit: Audit, name: str) -> Path:
    evidence = evidence_of(audit)
    known = name == MANIFEST or name in manifest_names(evidence) or PICTURE.fullmatch(name)
    if not known or name.startswith(NEVER):
        raise Http404
    return evidence / name
