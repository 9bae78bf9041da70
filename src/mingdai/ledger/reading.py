"""The ledger's health, for the console, `mingdai ledger status` and the log's page.

When a witness last cosigned is read from the published checkpoint itself: it is signed there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from mingdai.ledger import keys
from mingdai.ledger.guarding import closed_because, signed_head
from mingdai.ledger.placing import count_pending
from mingdai.ledger.proving import Published, published
from mingdai.ledger.remembering import SignedStore
from mingdai.ledger.storing import log_folder, state_folder
from mingdai_proofs.notes import open_note


@dataclass(frozen=True, slots=True)
class WitnessHealth:
    """One witness: when it cosigned the published checkpoint, and what is wrong since when."""

    name: str
    vkey: str
    cosigned_at: datetime | None
    trouble: str
    troubled_since: datetime | None


@dataclass(frozen=True, slots=True)
class Health:
    """How the ledger stands.  `closed` is "" or why nothing is appended.

    `pending` counts committed entries no published checkpoint covers; while it is not 0 their
    envelopes are not sent.  `signed_size` is above `size` while witnesses are waited for.
    """

    origin: str
    vkey: str
    size: int
    signed_size: int
    published_at: datetime | None
    pending: int
    witnesses: tuple[WitnessHealth, ...]
    closed: str


def health() -> Health:
    """The ledger's state now; three indexed queries and a few small files."""
    now = published()
    signed = signed_head()
    size = now.head.size if now else 0
    return Health(
        origin=keys.known_origin(),
        vkey=keys.vkey() if keys.known_origin() else "",
        size=size,
        signed_size=signed.size if signed else 0,
        published_at=_published_at(now),
        pending=count_pending(size),
        witnesses=_witnesses(now),
        closed=closed_because(),
    )


def _published_at(now: Published | None) -> datetime | None:
    if now is None:
        return None
    return datetime.fromtimestamp((log_folder() / "checkpoint").stat().st_mtime, tz=UTC)


def _witnesses(now: Published | None) -> tuple[WitnessHealth, ...]:
    asked = keys.witnesses()
    cosigned: dict[str, datetime] = {}
    if now is not None and asked:
        verifiers = [keys.log_key().verifier, *(each.verifier for each in asked)]
        for each in open_note(now.data, verifiers).verified:
            if each.at_s is not None:
                cosigned[each.verifier.vkey] = datetime.fromtimestamp(each.at_s, tz=UTC)
    store = SignedStore.find(state_folder())
    troubles = store.troubles() if store else {}
    if store:
        store.close()
    return tuple(
        WitnessHealth(
            name=each.name,
            vkey=each.verifier.vkey,
            cosigned_at=cosigned.get(each.verifier.vkey),
            trouble=troubles[each.name][0] if each.name in troubles else "",
            troubled_since=troubles[each.name][1] if each.name in troubles else None,
        )
        for each in asked
    )
