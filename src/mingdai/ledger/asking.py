"""Asking witnesses to cosign, over HTTP.  Source: C2SP tlog-witness, add-checkpoint.

A witness that knows another size says so (409) and is asked again from there.  One that holds a
larger checkpoint signed by this log's key is proof of a rollback, and closes the ledger; a mere
claim of it is only trouble.  Witnesses are reached directly, not through a proxy.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256

import httpx

from mingdai.ledger.guarding import rolled_back
from mingdai.ledger.keys import Witness
from mingdai_proofs.checkpoints import Checkpoint
from mingdai_proofs.encodings import encode_base64, parse_decimal
from mingdai_proofs.flaws import Flawed
from mingdai_proofs.merkle import consistency_path
from mingdai_proofs.notes import Verifier, add_lines, open_note
from mingdai_proofs.policies import open_checkpoint

TIMEOUT_S = 5.0
_MAX_ANSWER_BYTES = 64 * 1024

HashReader = Callable[[int, int], bytes]


@dataclass(frozen=True, slots=True)
class Request:
    """What is put before the witnesses: the head, its signed note, the log's key, its hashes."""

    head: Checkpoint
    note: bytes
    log: Verifier
    read_hash: HashReader

    def body(self, old: int) -> bytes:
        """The request's body for a witness that last saw size `old`."""
        path = consistency_path(old, self.head.size, self.read_hash)
        lines = [f"old {old}", *map(encode_base64, path), "", ""]
        return "\n".join(lines).encode() + self.note


@dataclass(slots=True)
class Answers:
    """Signature lines that verified, and what went wrong: witness name to code."""

    lines: str = ""
    troubles: dict[str, str] = field(default_factory=dict)


class TroubledWitness(Exception):
    """A witness did not cosign; the message is the stable code."""


class Bench:
    """The witnesses of one log, with the size each last saw."""

    def __init__(self, witnesses: list[Witness]) -> None:
        """A witness given with two keys under one address is asked once."""
        self._by_url: dict[str, list[Witness]] = {}
        for each in witnesses:
            self._by_url.setdefault(each.url.rstrip("/"), []).append(each)
        self._seen: dict[str, int] = {}

    def ask(self, request: Request) -> Answers:
        """Ask all at once; raises Refused (`ledger.rolled_back`) on proof of a later checkpoint."""
        answers = Answers()
        urls = list(self._by_url)
        if len(urls) == 1:
            outcomes = [self._ask_one(urls[0], request)]
        else:
            with ThreadPoolExecutor(max_workers=max(1, len(urls))) as pool:
                outcomes = list(pool.map(lambda url: self._ask_one(url, request), urls))
        for lines, troubles in outcomes:
            answers.lines += lines
            answers.troubles |= troubles
        return answers

    def _ask_one(self, url: str, request: Request) -> tuple[str, dict[str, str]]:
        asked = self._by_url[url]
        try:
            lines, missing = self._cosign(url, request)
        except TroubledWitness as trouble:
            return "", dict.fromkeys((each.name for each in asked), str(trouble))
        except httpx.HTTPError:
            return "", dict.fromkeys((each.name for each in asked), "witness.unreachable")
        self._seen[url] = request.head.size
        return lines, dict.fromkeys((each.name for each in missing), "witness.no_cosignature")

    def _cosign(self, url: str, request: Request) -> tuple[str, list[Witness]]:
        old = min(self._seen.get(url, 0), request.head.size)
        answer = _post(url, request.body(old))
        if answer.status_code == httpx.codes.CONFLICT:
            answer = _post(url, request.body(self._corrected(url, answer, request)))
        if answer.status_code != httpx.codes.OK:
            raise TroubledWitness(f"witness.refused_{answer.status_code}")
        return self._checked(url, answer.content, request)

    def _corrected(self, url: str, answer: httpx.Response, request: Request) -> int:
        """The size the witness says it saw; raises Refused when it can prove a larger one."""
        try:
            old = parse_decimal(answer.text.strip(), "witness.size")
        except Flawed as flawed:
            raise TroubledWitness("witness.malformed") from flawed
        if old <= request.head.size:
            return old
        _refuse_if_proved(url, request)
        raise TroubledWitness("witness.claims_larger")

    def _checked(self, url: str, answer: bytes, request: Request) -> tuple[str, list[Witness]]:
        """The answer's lines by keys we know, all verified, and the witnesses without one."""
        asked = self._by_url[url]
        marks = tuple(f"— {each.verifier.name} " for each in asked)
        try:
            lines = answer.decode("utf-8").splitlines(keepends=True)
            known = "".join(line for line in lines if line.startswith(marks))
            note = open_note(add_lines(request.note, known), [each.verifier for each in asked])
        except (Flawed, UnicodeDecodeError) as error:
            raise TroubledWitness("witness.bad_cosignature") from error
        signed = {each.verifier for each in note.verified}
        return known, [each for each in asked if each.verifier not in signed]


def _refuse_if_proved(url: str, request: Request) -> None:
    name = sha256(request.head.origin.encode()).hexdigest()
    answer = _client().get(f"{url}/{name}/checkpoint")
    if answer.status_code != httpx.codes.OK or len(answer.content) > _MAX_ANSWER_BYTES:
        return
    try:
        head, _ = open_checkpoint(answer.content, [request.log])
    except Flawed:
        return
    if head.origin == request.head.origin and head.size > request.head.size:
        raise rolled_back(f"a witness holds our signature over size {head.size}")


def _post(url: str, body: bytes) -> httpx.Response:
    answer = _client().post(f"{url}/add-checkpoint", content=body)
    if len(answer.content) > _MAX_ANSWER_BYTES:
        raise TroubledWitness("witness.malformed")
    return answer


@cache
def _client() -> httpx.Client:
    """One client a process; connections are not kept, so none is left open between rounds."""
    return httpx.Client(
        timeout=TIMEOUT_S, trust_env=False, limits=httpx.Limits(max_keepalive_connections=0)
    )
