"""The command line: verify receipts, ledgers and openings offline; run a witness.

Exit codes: 0 verified, 1 flawed (the reason is printed), 2 wrong usage.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from mingdai_proofs.flaws import Flaw, Flawed, refuse
from mingdai_proofs.keyfiles import load_or_create_cosigner
from mingdai_proofs.ledgers import verify_ledger
from mingdai_proofs.notes import Verifier
from mingdai_proofs.openings import OpeningsFile, verify_openings
from mingdai_proofs.policies import Policy
from mingdai_proofs.receipts import Receipt, verify_receipt
from mingdai_proofs.serving import WitnessServer
from mingdai_proofs.sources import open_source
from mingdai_proofs.witnessing import Witness

OWN_POLICY = "warning: trusting the receipt's own policy; pass --policy with one you already trust"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    arguments = build_parser().parse_args(argv)
    try:
        code: int = arguments.run(arguments)
    except Flawed as flawed:
        return _conclude(flawed.flaw, "")
    except OSError as error:
        return _usage(f"cannot read {error.filename or 'the file'}: {error.strerror}")
    return code


def build_parser() -> argparse.ArgumentParser:
    """The parser of every command; `mingdai verify` shares it."""
    parser = argparse.ArgumentParser(prog="python -m mingdai_proofs", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    verify = commands.add_parser("verify", help="verify a receipt, a ledger or openings offline")
    add_verify_commands(verify)
    for name, run in (("witness", run_witness), ("witness-keys", show_witness_keys)):
        witness = commands.add_parser(name, help="a C2SP tlog-witness and its public keys")
        witness.add_argument("--data", type=Path, required=True, help="folder for keys and state")
        witness.add_argument("--name", required=True, help="the witness's key name")
        witness.set_defaults(run=run)
        if run is run_witness:
            witness.add_argument("--host", default="127.0.0.1")
            witness.add_argument("--port", type=int, required=True)
            witness.add_argument("--log", action="append", required=True, metavar="VKEY")
    return parser


def add_verify_commands(parser: argparse.ArgumentParser) -> None:
    """Add `receipt`, `ledger` and `openings` below a `verify` command."""
    nouns = parser.add_subparsers(required=True, metavar="NOUN")
    for name, run in (("receipt", verify_receipt_file), ("openings", verify_openings_file)):
        each = nouns.add_parser(name)
        each.add_argument("file", type=Path)
        each.add_argument("--policy", type=Path, help="the policy file you trust")
        each.set_defaults(run=run)
    ledger = nouns.add_parser("ledger")
    ledger.add_argument("source", metavar="DIR|URL")
    trust = ledger.add_mutually_exclusive_group(required=True)
    trust.add_argument("--vkey", action="append", help="a key that must have signed; repeatable")
    trust.add_argument("--policy", type=Path, help="the policy file you trust")
    ledger.add_argument("--since", type=Path, metavar="CHECKPOINT", help="an older checkpoint")
    ledger.set_defaults(run=verify_ledger_source)


def verify_receipt_file(arguments: argparse.Namespace) -> int:
    """`verify receipt FILE`."""
    policy = _read_policy(arguments.policy)
    receipt = Receipt.parse(arguments.file.read_bytes())
    flaw = verify_receipt(receipt, policy)
    if flaw:
        return _conclude(flaw, "")
    entry = receipt.decode()
    at = time.strftime("%Y-%m-%dT%H:%MZ", time.gmtime(entry.at_s))
    return _conclude(None, f"{entry.kind.name.lower()} at {at}, recipient {entry.recipient or '-'}")


def verify_openings_file(arguments: argparse.Namespace) -> int:
    """`verify openings FILE`."""
    policy = _read_policy(arguments.policy)
    file = OpeningsFile.parse(arguments.file.read_bytes())
    flaw = verify_openings(file, policy)
    if flaw:
        return _conclude(flaw, "")
    total = len(file.receipt.decode().fields)
    return _conclude(None, f"{len(file.openings)} of {total} fields opened")


def verify_ledger_source(arguments: argparse.Namespace) -> int:
    """`verify ledger DIR|URL`."""
    trust: Policy | list[Verifier]
    if arguments.vkey:
        trust = [Verifier.parse(each) for each in arguments.vkey]
    else:
        trust = _parse_policy(arguments.policy)
    previous = arguments.since.read_bytes() if arguments.since else None
    report = verify_ledger(open_source(arguments.source), trust, previous=previous)
    checked = f"{report.entries} entries, {report.tiles} tiles"
    if report.flaw:
        return _conclude(report.flaw, f"after {checked}")
    origin = report.head.origin if report.head else ""
    return _conclude(None, f"{origin}: {checked}")


def run_witness(arguments: argparse.Namespace) -> int:
    """`witness`: serve until interrupted."""
    signers = load_or_create_cosigner(_key_file(arguments), arguments.name, os.urandom)
    logs = [Verifier.parse(each) for each in arguments.log]
    witness = Witness(arguments.data, signers, logs)
    address = arguments.host, arguments.port
    with WitnessServer(address, witness, lambda: int(time.time())) as server:
        _say(f"witness {arguments.name} at http://{arguments.host}:{server.server_port}/")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            _say("witness stopped")
        finally:
            witness.close()
    return 0


def show_witness_keys(arguments: argparse.Namespace) -> int:
    """`witness-keys`: print the public keys, making the private ones on first use."""
    for each in load_or_create_cosigner(_key_file(arguments), arguments.name, os.urandom):
        _say(each.verifier.vkey)
    return 0


def _key_file(arguments: argparse.Namespace) -> Path:
    path: Path = arguments.data / "cosigner.keys"
    return path


def _read_policy(path: Path | None) -> Policy | None:
    if path is None:
        sys.stderr.write(f"{OWN_POLICY}\n")
        return None
    return _parse_policy(path)


def _parse_policy(path: Path) -> Policy:
    try:
        return Policy.parse(path.read_bytes().decode("utf-8"))
    except UnicodeDecodeError:
        refuse("policy.malformed", "the policy is not UTF-8")


def _conclude(flaw: Flaw | None, detail: str) -> int:
    verdict = f"FLAWED {flaw}" if flaw else "verified"
    _say(f"{verdict} ({detail})" if detail else verdict)
    return 1 if flaw else 0


def _usage(message: str) -> int:
    sys.stderr.write(f"{message}\n")
    return 2


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
