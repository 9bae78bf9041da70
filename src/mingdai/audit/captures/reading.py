"""Open a capture, whatever its format: told by its first bytes, not by its name."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

from mingdai.audit.captures.har import read_har
from mingdai.audit.captures.jsonl import read_jsonl
from mingdai.audit.captures.mitm import read_flows
from mingdai.audit.detecting.requests import Request
from mingdai.errors import Invalid

_PEEK = 1 << 14


def read_capture(path: Path) -> Iterator[Request]:
    """Every request of a HAR 1.2, mitmproxy flow or JSON Lines file (each may be gzipped).

    Raises Invalid where the file is none of them or cannot be opened.
    """
    try:
        stream = cast(BinaryIO, path.open("rb"))
    except OSError as error:
        raise Invalid(
            code="capture.missing", reason=f"cannot open {path.name}: {error.strerror}"
        ) from error
    with stream:
        if stream.read(2) == b"\x1f\x8b":
            stream.seek(0)
            stream = cast(BinaryIO, gzip.GzipFile(fileobj=stream))
        stream.seek(0)
        head = stream.read(_PEEK)
        stream.seek(0)
        yield from _reader(head)(stream)


def _reader(head: bytes) -> Callable[[BinaryIO], Iterator[Request]]:
    bare = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    digits, colon, _ = bare.partition(b":")
    if colon and digits.isdigit():
        return read_flows
    if bare.startswith(b"{"):
        first = bare.partition(b"\n")[0]
        names = (b'"request_id"', b'"url"', b'"body_b64"')
        if b'"log"' in bare[:400] and not first.rstrip().endswith(b"}"):
            return read_har
        if b'"log"' in bare[:400] and not any(each in bare[:200] for each in names):
            return read_har
        return read_jsonl
    if not bare:
        return read_jsonl
    raise Invalid(
        code="capture.format",
        reason="the file is no HAR, mitmproxy flow file or JSON Lines",
        remedy="see docs/corpus.md for the formats",
    )
