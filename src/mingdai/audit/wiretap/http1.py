"""Read HTTP/1.1 messages out of the bytes of one connection (RFC 9112).

Each byte keeps the time it was sent at, so a message knows when its first byte left.  Broken
streams end the reading; what was read before stays.
"""

from __future__ import annotations

import gzip
import zlib
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import brotli  # type: ignore[import-untyped]
import zstandard

_END = b"\r\n\r\n"
_NO_BODY = {101, 204, 304}
_MAX_HEAD = 1 << 20
_MAX_BODY = 32 << 20


@dataclass(slots=True)
class Stream:
    """One direction of a connection: bytes, and (offset, time) of each write."""

    data: bytearray = field(default_factory=bytearray)
    marks: list[tuple[int, float]] = field(default_factory=list)

    def add(self, at: float, chunk: bytes) -> None:
        """Append a write made at `at`."""
        self.marks.append((len(self.data), at))
        self.data += chunk

    def time_at(self, offset: int) -> float:
        """When the byte at `offset` was written."""
        index = bisect_right(self.marks, offset, key=lambda mark: mark[0]) - 1
        return self.marks[max(index, 0)][1] if self.marks else 0.0


@dataclass(frozen=True, slots=True)
class Message:
    """A request or an answer: first line, headers as sent, body without its chunking."""

    at: float
    start: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    end: int

    def header(self, name: str) -> str:
        """The first header of that name, "" where it is missing."""
        return next((value for key, value in self.headers if key.lower() == name), "")


def requests_in(stream: Stream) -> Iterator[Message]:
    """Every request written to the connection, until it turns into something else."""
    at = 0
    while at < len(stream.data):
        found = _message(stream, at, bodyless=False, answer=False)
        if found is None:
            return
        yield found
        at = found.end
        if found.header("upgrade").lower() == "websocket":
            return


def answers_in(stream: Stream, methods: list[str]) -> Iterator[Message]:
    """The answers, one for each request method in order; interim answers are passed over."""
    at, number = 0, 0
    while at < len(stream.data) and number < len(methods):
        found = _message(stream, at, bodyless=methods[number] == "HEAD", answer=True)
        if found is None:
            return
        at = found.end
        if 100 <= status_of(found) < 200 and status_of(found) != 101:
            continue
        number += 1
        yield found


def status_of(answer: Message) -> int:
    """The status code of an answer's first line, 0 where there is none."""
    parts = answer.start.split(" ", 2)
    return int(parts[1]) if len(parts) > 1 and parts[1].isdigit() else 0


def plain_body(answer: Message) -> bytes:
    """The body with its content coding taken off; as it is where that fails."""
    body = answer.body
    for coding in reversed(answer.header("content-encoding").lower().split(",")):
        decode = _CODINGS.get(coding.strip())
        if decode is not None:
            try:
                body = decode(body)
            except (OSError, EOFError, zlib.error, brotli.error, zstandard.ZstdError):
                return answer.body
    return body


def _inflate(body: bytes) -> bytes:
    return zlib.decompressobj(-15 if body[:1] != b"\x78" else 15).decompress(body, _MAX_BODY)


def _unzstd(body: bytes) -> bytes:
    return zstandard.ZstdDecompressor().decompressobj().decompress(body)[:_MAX_BODY]


_CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.decompress,
    "x-gzip": gzip.decompress,
    "deflate": _inflate,
    "br": brotli.decompress,
    "zstd": _unzstd,
}


def _message(stream: Stream, at: int, *, bodyless: bool, answer: bool) -> Message | None:
    head_end = stream.data.find(_END, at, at + _MAX_HEAD)
    if head_end < 0:
        return None
    lines = bytes(stream.data[at:head_end]).decode("utf-8", "surrogateescape").split("\r\n")
    headers = tuple(
        (name, value.strip())
        for name, mark, value in (ln.partition(":") for ln in lines[1:])
        if mark
    )
    shell = Message(stream.time_at(at), lines[0], headers, b"", 0)
    body, end = b"", head_end + 4
    if not bodyless and not (answer and status_of(shell) in _NO_BODY):
        body, end = _body(stream.data, end, shell, answer=answer)
    return Message(shell.at, shell.start, headers, body, end)


def _body(data: bytearray, at: int, head: Message, *, answer: bool) -> tuple[bytes, int]:
    if "chunked" in head.header("transfer-encoding").lower():
        return _chunks(data, at)
    length = head.header("content-length")
    if length.isdigit():
        return bytes(data[at : at + int(length)]), at + int(length)
    return (bytes(data[at:]), len(data)) if answer else (b"", at)


def _chunks(data: bytearray, at: int) -> tuple[bytes, int]:
    body = bytearray()
    while True:
        line_end = data.find(b"\r\n", at, at + 100)
        try:
            size = int(bytes(data[at:line_end]).split(b";")[0], 16) if line_end >= 0 else -1
        except ValueError:
            size = -1
        if size < 0:
            return bytes(body), len(data)
        if size == 0:
            end = data.find(b"\r\n", line_end + 2)
            return bytes(body), (end + 2 if end >= 0 else len(data))
        body += data[line_end + 2 : line_end + 2 + size]
        at = line_end + 4 + size
