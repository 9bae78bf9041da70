"""The demo lenders' own secrets, made once: what real lenders would keep at home.

They live in `MINGDAI_DATA/sandbox/config.json`, mode 0600, which only the sandbox process reads.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
from pathlib import Path
from typing import Any

KID_DIGITS = 16

SIGHTINGS: dict[str, dict[str, Any]] = {
    "yunting": {"our_service": ["yunting-mail.example"]},
    "songhe": {"otherwise": "investigating"},
}
"""What the demo's lenders say of sightings (docs/lender.md); the others never answer."""


def load_or_make(path: Path, lenders: dict[str, str], bureau: tuple[str, str]) -> dict[str, Any]:
    """The sandbox configuration in `path`, with fresh secrets for lenders it does not know yet.

    `lenders` maps an id to a legal name; `bureau` is its id and legal name.  Addresses, policy and
    API keys are filled in by `mingdai_demo.seeding`.
    """
    known: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    had = {each["id"]: each for each in known.get("lenders", [])}
    known["lenders"] = [had.get(each) or _lender(each, name) for each, name in lenders.items()]
    for each in known["lenders"]:
        if each["id"] in SIGHTINGS:
            each["sightings"] = SIGHTINGS[each["id"]]
    known["bureau"] = {"id": bureau[0], "legal_name": bureau[1]}
    return known


def save(path: Path, config: dict[str, Any]) -> None:
    """Write the configuration, readable by its owner only, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    handle = os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(config, file, ensure_ascii=False, indent=1)
    fresh.replace(path)


def seed_of(text: str) -> bytes:
    """A key seed as the configuration spells it."""
    return base64.b64decode(text, validate=True)


def _lender(lender_id: str, legal_name: str) -> dict[str, Any]:
    return {
        "id": lender_id,
        "legal_name": legal_name,
        "opening_keys": [{"kid": "", "seed": _seed()}],
        "signing_seed": _seed(),
        "api_key": "",
        "webhook_secret": secrets.token_urlsafe(32),
    }


def _seed() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()
