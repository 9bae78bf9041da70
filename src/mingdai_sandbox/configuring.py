"""Read the sandbox's configuration: who the lenders are, their keys, and whom they trust.

The file is JSON and holds private keys, so keep it at mode 0600.  docs/lender.md shows it in
full.  A file that lacks something is refused with the name of what is missing.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mingdai_client.sightings import ANSWERS
from mingdai_proofs.webhooks import MIN_SECRET_BYTES


class BadConfig(ValueError):
    """The configuration cannot be used; the message names the key at fault, never its value."""


@dataclass(frozen=True, slots=True)
class PlatformConfig:
    """The marketplace: where it answers and what a lender trusts of it.

    `policy` is the text of a C2SP log policy; `manifest_key` is the vkey that signs manifests.
    """

    url: str
    policy: str
    manifest_key: str


@dataclass(frozen=True, slots=True)
class SightingRules:
    """What a lender says of sightings: `own` maps an answer to domains, the rest get `otherwise`.

    "" is no answer.
    """

    own: Mapping[str, tuple[str, ...]]
    otherwise: str


@dataclass(frozen=True, slots=True)
class LenderConfig:
    """One made-up lender.  `opening_seeds` maps key ids to 32-byte seeds of its opening keys.

    `strict` maps a field code, or `amount`, to the form its parser insists on, which the whole
    value must match; fields not named are taken as they come.  `sightings` is None where it never
    answers one.
    """

    id: str
    legal_name: str
    opening_seeds: Mapping[str, bytes]
    signing_seed: bytes
    api_key: str
    webhook_secret: bytes
    strict: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    sightings: SightingRules | None = None


@dataclass(frozen=True, slots=True)
class BureauConfig:
    """The made-up credit bureau, a carrier: whom it relays to.  It holds no key at all.

    `relays` maps a lender's id to the address of its endpoint, "" for one in this process.
    """

    id: str
    legal_name: str
    relays: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SandboxConfig:
    """The whole file.

    `pace_s` is the time between two events of one application, `hold_s` how long a lender that
    times out keeps the connection open, `ask_s` how often lenders ask for sightings, in seconds.
    """

    folder: Path
    platform: PlatformConfig
    lenders: Mapping[str, LenderConfig]
    bureau: BureauConfig
    pace_s: float
    hold_s: float
    ask_s: float


def read_config(path: Path) -> SandboxConfig:
    """The configuration in this file.  Raises BadConfig, or OSError where it cannot be read."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as broken:
        raise BadConfig("the file is not JSON") from broken
    return parse_config(raw, default_folder=path.resolve().parent / "sandbox")


def parse_config(raw: object, *, default_folder: Path) -> SandboxConfig:
    """The configuration this JSON value spells; `default_folder` holds state where none is named.

    Raises BadConfig.
    """
    top = _table(raw, "the file")
    platform = _table(top.get("platform"), "platform")
    lenders = [_lender(each) for each in _list(top.get("lenders"), "lenders")]
    return SandboxConfig(
        folder=Path(str(top.get("folder") or default_folder)),
        platform=PlatformConfig(
            url=_text(platform, "url").rstrip("/"),
            policy=_text(platform, "policy"),
            manifest_key=_text(platform, "manifest_key"),
        ),
        lenders={each.id: each for each in lenders},
        bureau=_bureau(top.get("bureau"), [each.id for each in lenders]),
        pace_s=float(top.get("pace_s", 1.0)),
        hold_s=float(top.get("hold_s", 30.0)),
        ask_s=float(top.get("ask_s", 5.0)),
    )


def _lender(raw: object) -> LenderConfig:
    table = _table(raw, "lenders[]")
    keys = [_table(each, "opening_keys[]") for each in _list(table.get("opening_keys"), "lenders")]
    return LenderConfig(
        id=_text(table, "id"),
        legal_name=_text(table, "legal_name"),
        opening_seeds={_text(each, "kid"): _seed(each, "seed") for each in keys},
        signing_seed=_seed(table, "signing_seed"),
        api_key=_text(table, "api_key"),
        webhook_secret=_secret(table, "webhook_secret"),
        strict={
            key: _form(each) for key, each in _table(table.get("strict", {}), "strict").items()
        },
        sightings=_rules(table["sightings"]) if "sightings" in table else None,
    )


def _rules(raw: object) -> SightingRules:
    table = _table(raw, "sightings")
    otherwise = str(table.get("otherwise", ""))
    if {otherwise, *table} - {"", "otherwise", *ANSWERS}:
        raise BadConfig("sightings: answers of docs/api.md were expected")
    own = {
        name: tuple(str(each) for each in _list(table[name], f"sightings.{name}"))
        for name in ANSWERS
        if name in table
    }
    return SightingRules(own, otherwise)


def _form(raw: object) -> re.Pattern[str]:
    try:
        return re.compile(str(raw))
    except re.error as broken:
        raise BadConfig("strict: a regular expression was expected") from broken


def _bureau(raw: object, lender_ids: list[str]) -> BureauConfig:
    table = _table(raw, "bureau")
    relays = _table(table.get("relays", dict.fromkeys(lender_ids, "")), "bureau.relays")
    return BureauConfig(
        id=_text(table, "id"),
        legal_name=_text(table, "legal_name"),
        relays={key: str(value).rstrip("/") for key, value in relays.items()},
    )


def _table(raw: object, name: str) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise BadConfig(f"{name}: an object was expected")
    return raw


def _list(raw: object, name: str) -> list[object]:
    if not isinstance(raw, list) or not raw:
        raise BadConfig(f"{name}: a list with at least one member was expected")
    return raw


def _text(table: Mapping[str, object], key: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value:
        raise BadConfig(f"{key}: a text was expected")
    return value


def _secret(table: Mapping[str, object], key: str) -> bytes:
    secret = _text(table, key).encode()
    if len(secret) < MIN_SECRET_BYTES:
        raise BadConfig(f"{key}: a secret has at least {MIN_SECRET_BYTES} bytes")
    return secret


def _seed(table: Mapping[str, object], key: str) -> bytes:
    try:
        seed = base64.b64decode(_text(table, key), validate=True)
    except ValueError as broken:
        raise BadConfig(f"{key}: base64 was expected") from broken
    if len(seed) != 32:
        raise BadConfig(f"{key}: a seed has 32 bytes")
    return seed
