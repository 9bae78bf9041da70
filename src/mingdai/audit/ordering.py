"""Order an audit: check what was asked for, keep its files, put it in the queue.

The walk's own guards check everything again (`walking.guarding`): what stands here is said early
and beside the input it is about.  Rules: docs/auditing.md, "Guards".
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from mingdai.audit.models import Audit
from mingdai.audit.testworld import is_test_host, matches
from mingdai.errors import Invalid
from mingdai.words import ActorId

MAX_HOPS = 20
MAX_MINUTES = 15
OWNERS = ("owned", "consenting adult")
"""Whose the mobile and the e-mail may be outside the test world."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for.  `person` holds the planted values by name, `otp` a one-time code or "".

    `declared` are hosts the flow itself says it gives data to.
    `authority` (ordered_by, hosts, until, contacts) is needed outside of the test world.
    """

    url: str
    person: Mapping[str, str]
    otp: str = ""
    max_hops: int = 8
    minutes: int = 5
    allow: tuple[str, ...] = ()
    declared: tuple[str, ...] = ()
    authority: Mapping[str, object] = field(default_factory=dict)

    @property
    def host(self) -> str:
        """The bare host the walk begins at, "" for an address that is none."""
        try:
            return (urlsplit(self.url).hostname or "").lower()
        except ValueError:
            return ""

    @property
    def needs_authority(self) -> bool:
        """Whether any host of it is outside the test world."""
        hosts = (self.host, *(each.replace("*", "x") for each in self.allow))
        return any(not is_test_host(each) for each in hosts)


def order(wanted: Wanted, *, partner_id: str | None, actor: ActorId, at: datetime) -> Audit:
    """Put the audit in the queue; raises Invalid with the input it is about."""
    _check(wanted, at)
    audit = Audit(
        url=wanted.url,
        partner_id=partner_id,
        ordered_by=actor,
        authority=dict(wanted.authority) if wanted.needs_authority else {},
        allow=list(wanted.allow),
        max_hops=wanted.max_hops,
        minutes=wanted.minutes,
        ordered_at=at,
    )
    _write_files(audit, wanted)
    audit.save(force_insert=True)
    return audit


def folder_of(audit: Audit) -> Path:
    """Where the audit's files are: the order's own, the log, and `evidence/`."""
    return Path(settings.MINGDAI_DATA) / "audits" / str(audit.pk)


def evidence_of(audit: Audit) -> Path:
    """Where the evidence is, from the first screenshot on."""
    return folder_of(audit) / "evidence"


def _check(wanted: Wanted, at: datetime) -> None:
    scheme = wanted.url.partition(":")[0].lower()
    if scheme not in {"http", "https"} or not wanted.host or len(wanted.url) > 500:
        raise _bad("audit.url", "url")
    if not 1 <= wanted.max_hops <= MAX_HOPS:
        raise _bad("audit.max_hops", "max_hops")
    if not 1 <= wanted.minutes <= MAX_MINUTES:
        raise _bad("audit.minutes", "minutes")
    if not any(wanted.person.values()) or any(len(each) > 120 for each in wanted.person.values()):
        raise _bad("audit.person", "person")
    number = wanted.person.get("id_number", "")
    if number and not number.startswith("999999"):
        raise _bad("audit.id_region", "id_number")
    if wanted.needs_authority:
        _check_authority(wanted, at)


def _check_authority(wanted: Wanted, at: datetime) -> None:
    given = wanted.authority
    if not given.get("ordered_by"):
        raise _bad("audit.authority", "ordered_by")
    hosts = given.get("hosts")
    named = [str(each) for each in hosts] if isinstance(hosts, list) else []
    outside = [each for each in (wanted.host, *wanted.allow) if not is_test_host(each)]
    if not all(matches(each, named) for each in outside):
        raise _bad("audit.authority_hosts", "hosts")
    try:
        until = datetime.fromisoformat(str(given.get("until")))
    except ValueError as error:
        raise _bad("audit.authority_until", "until") from error
    if until.utcoffset() is None or until <= at:
        raise _bad("audit.authority_until", "until")
    contacts = given.get("contacts")
    owners = contacts if isinstance(contacts, Mapping) else {}
    for code in ("mobile", "email"):
        if wanted.person.get(code) and owners.get(code) not in OWNERS:
            raise _bad("audit.contact_owner", f"{code}_owner")


def _write_files(audit: Audit, wanted: Wanted) -> None:
    """The planted identity and the authority, readable by this account only."""
    folder = folder_of(audit)
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.mkdir(mode=0o700)
    document: dict[str, object] = {"fields": {k: v for k, v in wanted.person.items() if v}}
    if wanted.otp:
        document["otp"] = wanted.otp
    if wanted.declared:
        document["declared"] = list(wanted.declared)
    _write(folder / "identity.json", document)
    if audit.authority:
        _write(folder / "authority.json", audit.authority)


def _write(path: Path, document: Mapping[str, object]) -> None:
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(document, file, ensure_ascii=False, indent=1)


def _bad(code: str, field_name: str) -> Invalid:
    return Invalid(code=code, reason=f"{field_name} is not as the rules ask", field=field_name)
