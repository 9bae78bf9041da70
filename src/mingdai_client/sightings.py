"""Sightings: ask the platform what was seen at addresses you alone were given, and answer.

The platform pushes nothing; ask once a minute or so.  What is listed counts as told.  An answer may
be given anew, and every one is kept.  docs/api.md says what each grade and answer means.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from mingdai_client.api import PlatformApi

ANSWERS = ("our_service", "our_affiliate", "not_ours", "investigating")
PAGE = 100


@dataclass(frozen=True, slots=True)
class Sighting:
    """Somebody used the address of one disclosure.  Times are RFC 3339; "" where there is none.

    `authenticated_as` is the domain that provably sent it; `address` is "" once consent has ended.
    """

    sighting_id: str
    application_id: str
    disclosure_id: str
    given_at: str
    channel: str
    address: str
    grade: str
    sender_domain: str
    authenticated_as: str
    first_seen_at: str
    last_seen_at: str
    count: int
    answer: str
    note: str
    answered_at: str
    explained_at: str


@dataclass(frozen=True, slots=True)
class Sender:
    """A domain or number you are known by; only `registered` and `confirmed` ones are expected."""

    channel: str
    domain: str
    state: str


def open_sightings(api: PlatformApi) -> Iterator[Sighting]:
    """Those you have not finally answered, oldest first, page after page."""
    return _listed(api, "open")


def every_sighting(api: PlatformApi) -> Iterator[Sighting]:
    """The same, whatever became of them."""
    return _listed(api, "all")


def read_sighting(api: PlatformApi, sighting_id: UUID | str) -> Sighting:
    """One of them.  Raises ApiProblem `sighting.none`."""
    return _sighting(api.read(f"sightings/{sighting_id}").content)


def answer_sighting(
    api: PlatformApi,
    sighting_id: UUID | str,
    *,
    answer: str,
    note: str = "",
    rng: Callable[[int], bytes] = secrets.token_bytes,
) -> str:
    """Answer with one of ANSWERS; the sender that now waits to be confirmed as yours, "" for none.

    Raises ValueError for another answer.  The borrower reads the note.
    """
    if answer not in ANSWERS:
        raise ValueError(f"an answer is one of {', '.join(ANSWERS)}")
    body = {"answer": answer, "note": note}
    found = api.send(f"sightings/{sighting_id}/answer", body, key=rng(16).hex())
    return _text(found.content, "proposed")


def list_senders(api: PlatformApi) -> tuple[Sender, ...]:
    """Your senders with how each stands, by name."""
    return tuple(_sender(each) for each in api.read("senders").content.get("senders", ()))


def propose_sender(
    api: PlatformApi, domain: str, *, rng: Callable[[int], bytes] = secrets.token_bytes
) -> Sender:
    """Name a domain you write from; an employee of the platform decides."""
    return _sender(api.send("senders", {"domain": domain}, key=rng(16).hex()).content)


def _listed(api: PlatformApi, state: str) -> Iterator[Sighting]:
    after = ""
    while True:
        following = f"&after={after}" if after else ""
        page = api.read(f"sightings?state={state}&limit={PAGE}{following}").content
        for each in page.get("sightings", ()):
            yield _sighting(each)
        after = _text(page, "next")
        if not after:
            return


def _sighting(found: Mapping[str, Any]) -> Sighting:
    seen = found.get("seen") or {}
    own = (
        "sighting_id",
        "application_id",
        "disclosure_id",
        "given_at",
        "channel",
        "address",
        "answer",
        "note",
        "answered_at",
        "explained_at",
    )
    its = ("grade", "sender_domain", "authenticated_as", "first_seen_at", "last_seen_at")
    return Sighting(
        **{name: _text(found, name) for name in own},
        **{name: _text(seen, name) for name in its},
        count=int(seen.get("count") or 0),
    )


def _sender(found: Mapping[str, Any]) -> Sender:
    return Sender(_text(found, "channel"), _text(found, "domain"), _text(found, "state"))


def _text(found: Mapping[str, Any], name: str) -> str:
    return str(found.get(name) or "")
