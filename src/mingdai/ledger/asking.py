"""Asking witnesses to cosign, over HTTP.  Source: C2SP tlog-witness, add-checkpoint.

A witness that knows another size says so (409) and is asked again from there.  One that holds a
larger checkpoint signed by this log's key is proof of a rollback, and closes the ledger; a mere
claim of it is only trouble.  Witnesses are reached directly, not through a proxy.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from hashlib import sha256
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

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
_ADD = "/add-checkpoint"

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


class Line:
    """One kept connection to a witness; an address is `http://host[:port][/prefix]` or https."""

    def __init__(self, url: str) -> None:
        """Connect at the first exchange."""
        parts = urlsplit(url)
        kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        self._connection = kind(parts.netloc, timeout=TIMEOUT_S)
        self._prefix = parts.path.rstrip("/")
        self._is_used = False

    def close(self) -> None:
        """Hang up."""
        self._connection.close()
        self._is_used = False

    def exchange(self, method: str, path: str, body: bytes | None = None) -> tuple[int, bytes]:
        """The answer's status and body; raises OSError or HTTPException.

        A kept connection that the witness closed meanwhile is tried once more on a new one:
        asking twice for the same checkpoint does no harm.
        """
        try:
            return self._exchange(method, path, body)
        except (ConnectionError, HTTPException):
            if not self._is_used:
                raise
            self.close()
            return self._exchange(method, path, body)

    def _exchange(self, method: str, path: str, body: bytes | None) -> tuple[int, bytes]:
        try:
            self._connection.request(method, self._prefix + path, body)
            answer = self._connection.getresponse()
            data = answer.read(_MAX_ANSWER_BYTES + 1)
            if len(data) > _MAX_ANSWER_BYTES:
                raise TroubledWitness("witness.malformed")
        except BaseException:
            self._connection.close()
            raise
        self._is_used = True
        return answer.status, data


class Bench:
    """The witnesses of one log, with the size each last saw."""

    def __init__(self, witnesses: list[Witness]) -> None:
        """A witness given with two keys under one address is asked once."""
        self._by_url: dict[str, list[Witness]] = {}
        for each in witnesses:
            self._by_url.setdefault(each.url.rstrip("/"), []).append(each)
        self._lines = {url: Line(url) for url in self._by_url}
        self._seen: dict[str, int] = {}

    def close(self) -> None:
        """Hang up."""
        for line in self._lines.values():
            line.close()

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
        except (OSError, HTTPException):
            return "", dict.fromkeys((each.name for each in asked), "witness.unreachable")
        self._seen[url] = request.head.size
        return lines, dict.fromkeys((each.name for each in missing), "witness.no_cosignature")

    def _cosign(self, url: str, request: Request) -> tuple[str, list[Witness]]:
        line, old = self._lines[url], min(self._seen.get(url, 0), request.head.size)
        status, data = line.exchange("POST", _ADD, request.body(old))
        if status == HTTPStatus.CONFLICT:
            old = _corrected(line, data, request)
            status, data = line.exchange("POST", _ADD, request.body(old))
        if status != HTTPStatus.OK:
            raise TroubledWitness(f"witness.refused_{status}")
        return self._checked(url, data, request)

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


def _corrected(line: Line, answer: bytes, request: Request) -> int:
    """The size the witness says it saw; raises Refused when it can prove a larger one."""
    try:
        old = parse_decimal(answer.decode("ascii").strip(), "witness.size")
    except (Flawed, UnicodeDecodeError) as error:
        raise TroubledWitness("witness.malformed") from error
    if old <= request.head.size:
        return old
    _refuse_if_proved(line, request)
    raise TroubledWitness("witness.claims_larger")


def _refuse_if_proved(line: Line, request: Request) -> None:
    name = sha256(request.head.origin.encode()).hexdigest()
    status, data = line.exchange("GET", f"/{name}/checkpoint")
    if status != HTTPStatus.OK:
        return
    try:
        head, _ = open_checkpoint(data, [request.log])
    except Flawed:
        return
    if head.origin == request.head.origin and head.size > request.head.size:
        raise rolled_back(f"a witness holds our signature over size {head.size}")
