"""Make small Android packages whose manifest is binary XML, as real ones are.

Layout: AOSP `ResourceTypes.h` (string pool, resource map, namespace and element chunks).
"""

from __future__ import annotations

import io
import struct
import zipfile

ANDROID = "http://schemas.android.com/apk/res/android"
_NAME_ID = 0x01010003
_NONE = 0xFFFFFFFF


def package(name: str, permissions: tuple[str, ...]) -> bytes:
    """An APK that asks for the permissions; it holds nothing that could run."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("AndroidManifest.xml", manifest(name, permissions))
        archive.writestr("classes.dex", b"dex\n035\x00")
    return packed.getvalue()


def manifest(name: str, permissions: tuple[str, ...]) -> bytes:
    """The manifest as binary XML."""
    fixed = ["name", "android", ANDROID, "package", "manifest", "uses-permission", name]
    strings = [*fixed, *permissions]
    chunks = _pool(strings) + struct.pack("<HHII", 0x0180, 8, 12, _NAME_ID)
    chunks += _node(0x0100, struct.pack("<II", 1, 2))
    chunks += _start(4, [(_NONE, 3, 6)])
    for number in range(len(permissions)):
        chunks += _start(5, [(2, 0, len(fixed) + number)]) + _end(5)
    chunks += _end(4) + _node(0x0101, struct.pack("<II", 1, 2))
    return struct.pack("<HHI", 0x0003, 8, 8 + len(chunks)) + chunks


def _pool(strings: list[str]) -> bytes:
    data, places = b"", []
    for text in strings:
        places.append(len(data))
        data += struct.pack("<H", len(text)) + text.encode("utf-16-le") + b"\0\0"
    data += b"\0" * (-len(data) % 4)
    start = 28 + 4 * len(strings)
    head = struct.pack("<HHI", 0x0001, 28, start + len(data))
    head += struct.pack("<IIIII", len(strings), 0, 0, start, 0)
    return head + b"".join(struct.pack("<I", place) for place in places) + data


def _node(kind: int, body: bytes) -> bytes:
    return struct.pack("<HHIII", kind, 16, 16 + len(body), 1, _NONE) + body


def _start(name: int, attributes: list[tuple[int, int, int]]) -> bytes:
    body = struct.pack("<IIHHHHHH", _NONE, name, 20, 20, len(attributes), 0, 0, 0)
    for space, key, value in attributes:
        body += struct.pack("<IIIHBBI", space, key, value, 8, 0, 3, value)
    return _node(0x0102, body)


def _end(name: int) -> bytes:
    return _node(0x0103, struct.pack("<II", _NONE, name))
