"""Commands for a lender: make keys, say what to trust in a test system, check an endpoint.

`python -m mingdai_client keys --out FILE`, `… trust --config FILE`,
`… conformance --endpoint URL --config FILE`.  Exit code 0 is good, 1 is a case that failed, 2 is
wrong usage.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import secrets
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mingdai_client.conformance import check_endpoint, read_subject, table
from mingdai_client.keying import SEED_BYTES, sealing_key_id, sealing_public, signing_public
from mingdai_client.practising import PracticePlatform


def main(argv: Sequence[str]) -> int:
    """Run one command; its exit code."""
    chosen = _parser().parse_args(argv)
    try:
        if chosen.command == "keys":
            return _make_keys(chosen.out)
        config = json.loads(chosen.config.read_text(encoding="utf-8"))
        platform = PracticePlatform(_practice_seed(config), rng=secrets.token_bytes)
        if chosen.command == "trust":
            _print({"policy": platform.policy, "manifest_key": platform.manifest_key})
            return 0
        return _check(chosen.endpoint, config, platform)
    except (OSError, ValueError) as problem:
        sys.stderr.write(f"mingdai_client: {problem}\n")
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m mingdai_client", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    keys = commands.add_parser("keys", help="make an opening key and a signing key")
    keys.add_argument("--out", type=Path, required=True, help="new file for the seeds, mode 0600")
    trust = commands.add_parser("trust", help="what a test system must trust for the check")
    trust.add_argument("--config", type=Path, required=True)
    check = commands.add_parser("conformance", help="check a lender's endpoint")
    check.add_argument("--endpoint", required=True, help="without /applications")
    check.add_argument("--config", type=Path, required=True)
    return parser


def _make_keys(path: Path) -> int:
    """Write fresh seeds to a new file and print what the platform needs to know."""
    opening, signing = secrets.token_bytes(SEED_BYTES), secrets.token_bytes(SEED_BYTES)
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump({"opening_seed": _text(opening), "signing_seed": _text(signing)}, file)
    public = sealing_public(opening)
    _print(
        {
            "sealing_key": {"kid": sealing_key_id(public), "public_key": _text(public)},
            "countersign_key": _text(signing_public(signing)),
        }
    )
    return 0


def _check(endpoint: str, config: dict[str, Any], platform: PracticePlatform) -> int:
    stranger = PracticePlatform(secrets.token_bytes(SEED_BYTES), rng=secrets.token_bytes)
    now = datetime.fromtimestamp(time.time(), tz=UTC)
    subject = read_subject(endpoint, config)
    outcomes = check_endpoint(subject, platform=platform, stranger=stranger, at=now)
    sys.stdout.write(table(outcomes))
    return 0 if all(each.held for each in outcomes) else 1


def _practice_seed(config: dict[str, Any]) -> bytes:
    try:
        seed = base64.b64decode(config["practice_seed"], validate=True)
    except (KeyError, TypeError) as missing:
        raise ValueError("the configuration lacks practice_seed") from missing
    if len(seed) != SEED_BYTES:
        raise ValueError(f"practice_seed has {SEED_BYTES} bytes")
    return seed


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _print(content: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(content, indent=1) + "\n")
