"""The registry of licensed companies and their hosts, as somebody gives it: JSON or TOML.

`{"companies": [{"name", "short": [...], "kind", "licence", "hosts": [...]}]}`.  What is not in it
is unknown to it, no more; where none is given nothing is said of licences.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mingdai.audit.companies import same_company
from mingdai.audit.detecting.identity import is_declared
from mingdai.errors import Invalid


@dataclass(frozen=True, slots=True)
class Licensed:
    """One company: legal name, shorter names, kind and number of its licence, its hosts."""

    name: str
    short: tuple[str, ...] = ()
    kind: str = ""
    licence: str = ""
    hosts: tuple[str, ...] = ()

    def runs(self, host: str) -> bool:
        """Whether the host is one of its own or below one."""
        return is_declared(host, self.hosts) or any(same_company(host, own) for own in self.hosts)


@dataclass(frozen=True, slots=True)
class Registry:
    """All licensed companies known to whoever ordered the audit."""

    companies: tuple[Licensed, ...]

    def company_of(self, host: str) -> Licensed | None:
        """Who runs that host, None where the registry does not say."""
        return next((each for each in self.companies if each.runs(host)), None)

    def as_json(self) -> dict[str, Any]:
        """The document again, in one spelling."""
        return {"companies": [_row(each) for each in self.companies]}


def read_registry(path: Path) -> Registry:
    """Read `FILE.json` or `FILE.toml`; raises Invalid `registry.…`."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        document = tomllib.loads(text) if path.suffix == ".toml" else json.loads(text)
    except (OSError, ValueError) as error:
        raise Invalid(
            code="registry.file",
            reason=f"{path.name} cannot be read as JSON or TOML",
            field="registry",
            remedy="see docs/checks.md",
        ) from error
    return parse_registry(document)


def parse_registry(document: object) -> Registry:
    """The registry of a parsed document; raises Invalid `registry.format`."""
    rows = document.get("companies") if isinstance(document, Mapping) else None
    if not isinstance(rows, list) or not rows:
        raise _wrong("it holds no list `companies`")
    return Registry(tuple(_company(row, number) for number, row in enumerate(rows)))


def _company(row: object, number: int) -> Licensed:
    if not isinstance(row, Mapping) or not str(row.get("name") or "").strip():
        raise _wrong(f"companies[{number}] has no name")
    return Licensed(
        str(row["name"]).strip(),
        tuple(_texts(row.get("short"))),
        str(row.get("kind") or ""),
        str(row.get("licence") or ""),
        tuple(each.lower() for each in _texts(row.get("hosts"))),
    )


def _row(company: Licensed) -> dict[str, Any]:
    return {
        "name": company.name,
        "short": list(company.short),
        "kind": company.kind,
        "licence": company.licence,
        "hosts": list(company.hosts),
    }


def _texts(value: object) -> Iterator[str]:
    rows = value if isinstance(value, list) else [value] if value else []
    return (str(each).strip() for each in rows)


def _wrong(reason: str) -> Invalid:
    return Invalid(
        code="registry.format", reason=reason, field="registry", remedy="see docs/checks.md"
    )
