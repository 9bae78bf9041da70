"""Defect 12: envelopes and signatures that do not hold, each one shown by doing it.

Where the document gives the signing secret, signatures are computed, fields are altered and the
signature is checked again.  Without a secret only what the bytes show is said.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from mingdai.audit.checks.remarks import Said
from mingdai.audit.protocols.calls import Call
from mingdai.audit.protocols.defects import Defect
from mingdai.audit.protocols.fields import held, kind_of

_BLOCK = 16
_LEAST_BLOCKS = 2


def judge(calls: Sequence[Call]) -> Iterator[Defect]:
    """Every envelope and signature."""
    for call in calls:
        yield from _plain(call)
        yield from _signed(call)
    yield from _ciphertexts(calls)


def _plain(call: Call) -> Iterator[Defect]:
    if call.url.startswith("http://") and call.asked:
        said = Said("请求走明文 HTTP。", "The request goes over plain HTTP.")
        yield Defect("plain_http", call.number, "url", said, call.line)


def signature_of(scheme: str, fields: Mapping[str, Any], secret: str) -> str:
    """The signature the scheme gives: `joined` (family C) or `sorted` (family D)."""
    if scheme == "joined":
        text = f"{fields.get('appKey', '')}{secret}{fields.get('phoneMd5', '')}"
        text += str(fields.get("timestamp", ""))
    else:
        pairs = [f"{key}={_plainly(fields[key])}" for key in sorted(fields) if key != "sign"]
        text = "&".join(pairs) + f"&key={secret}"
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def _plainly(value: object) -> str:
    return str(value).replace("'", '"').replace(" ", "") if isinstance(value, list) else str(value)


def _signed(call: Call) -> Iterator[Defect]:
    signature = next((seen for seen in call.asked if kind_of(seen) == "signature"), None)
    if signature is None:
        return
    if not call.secret:
        yield from _unverified(call)
        return
    schemes = [
        name
        for name in ("joined", "sorted")
        if signature_of(name, call.request, call.secret) == signature.text.lower()
    ]
    if not schemes:
        said = Said("按已知方案算出的签名都不符。", "No known scheme gives this signature.")
        yield Defect("signature_wrong", call.number, signature.path, said, call.line)
        return
    yield from _altered(call, schemes[0], signature.text.lower())
    if schemes[0] == "sorted":
        yield from _ambiguous(call, signature.text.lower())


def _unverified(call: Call) -> Iterator[Defect]:
    if not held(call, "time") and not held(call, "nonce"):
        said = Said("签名的请求里没有时间戳和随机数。", "A signed request without time or nonce.")
        yield Defect("replayable", call.number, "sign", said, call.line)


def _altered(call: Call, scheme: str, signature: str) -> Iterator[Defect]:
    """Change each field in turn; where the signature still holds, it was never signed."""
    loose = []
    for key, value in call.request.items():
        if key.lower() in {"sign", "signature"}:
            continue
        changed = {**call.request, key: f"{value}x"}
        if signature_of(scheme, changed, call.secret) == signature:
            loose.append(key)
    if loose:
        said = Said(
            f"改动 {'、'.join(loose)} 之后签名仍然成立。",
            f"The signature still holds after changing {', '.join(loose)}.",
        )
        yield Defect("unsigned_field", call.number, loose[0], said, call.line)
    fresh = {seen.key for seen in held(call, "time", "nonce")}
    if not fresh - set(loose):
        said = Said("没有时间戳或随机数进入签名。", "No time or nonce is signed.")
        yield Defect("replayable", call.number, "sign", said, call.line)


def _ambiguous(call: Call, signature: str) -> Iterator[Defect]:
    """Fold one parameter into the value of the one before it: the signed string stays the same."""
    keys = sorted(key for key in call.request if key != "sign")
    for one, other in pairwise(keys):
        folded = {key: value for key, value in call.request.items() if key != other}
        folded[one] = f"{_plainly(call.request[one])}&{other}={_plainly(call.request[other])}"
        if signature_of("sorted", folded, call.secret) == signature:
            said = Said(
                f"把 {other} 并入 {one} 的值，签名不变。",
                f"With {other} folded into the value of {one} the signature is the same.",
            )
            yield Defect("ambiguous_signature", call.number, one, said, call.line)
            return


def _ciphertexts(calls: Sequence[Call]) -> Iterator[Defect]:
    """Blocks that repeat within a message (ECB); first blocks that repeat between messages."""
    firsts: dict[tuple[str, bytes], list[tuple[Call, bytes]]] = {}
    for call in calls:
        for seen in call.asked:
            data = _ciphertext(seen.text)
            if not data:
                continue
            blocks = [data[at : at + _BLOCK] for at in range(0, len(data), _BLOCK)]
            count = max(Counter(blocks).values())
            if count >= 2:
                said = Said(
                    f"{seen.path} 的 {len(blocks)} 个分组中有 {count} 个相同。",
                    f"{count} of the {len(blocks)} blocks of {seen.path} are equal.",
                )
                yield Defect("ecb", call.number, seen.path, said, call.line)
            firsts.setdefault((seen.path, blocks[0]), []).append((call, data))
    for (path, _), rows in firsts.items():
        if len({data for _, data in rows}) >= 2:
            said = Said(
                f"{len(rows)} 条不同消息的 {path} 首个分组相同。",
                f"{len(rows)} different messages begin {path} with the same block.",
            )
            yield Defect("fixed_iv", rows[-1][0].number, path, said, rows[-1][0].line)


def _ciphertext(text: str) -> bytes:
    """The bytes of base64 or hexadecimal that are whole blocks and nothing readable; else b""."""
    if len(text) < 44 and not re.fullmatch(r"(?:[0-9a-fA-F]{32}){2,}", text):
        return b""
    try:
        if re.fullmatch(r"[0-9a-fA-F]+", text):
            data = bytes.fromhex(text)
        else:
            data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
    whole = len(data) % _BLOCK == 0 and len(data) >= _LEAST_BLOCKS * _BLOCK
    readable = sum(32 <= byte < 127 for byte in data) > len(data) * 0.9
    return data if whole and not readable else b""
