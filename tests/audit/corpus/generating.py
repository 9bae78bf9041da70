"""A labelled corpus, the same for the same seed: requests, and who left with which of them.

`python -m tests.audit.corpus.generating SEED COUNT DIRECTORY` writes capture.jsonl, identity.json
and labels.jsonl.  Format and tiers: docs/corpus.md.
"""

from __future__ import annotations

import base64
import json
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.audit.corpus import codecs, forms, near, people

KINDS = ("name", "mobile", "idno", "email", "address")
PLACES = (
    *("body-json", "body-json", "body-form", "query", "query", "header", "cookie", "path", "host"),
    *("fragment", "multipart", "body-raw", "body-frame", "websocket", "referer"),
)
WORDS = (
    *("apply", "submit", "session", "channel", "product", "page", "click", "event", "scene"),
    *("level", "source", "version", "device", "accountManagement", "registrationFlow"),
    *("ApplicationSubmitted", "trackingIdentifier", "UserAgent"),
)
CHINESE = (
    "贷款申请额度审核通过利率每日还款计划合同平台用户服务协议同意并继续下一步立即领取热门推荐产品"
)


@dataclass
class Corpus:
    identity: dict[str, object]
    rows: list[dict[str, object]] = field(default_factory=list)
    labels: list[dict[str, str]] = field(default_factory=list)


def generate(seed: int, count: int, *, planted: float = 0.4) -> Corpus:
    """`count` requests of about 11 KB; a `planted` share carries one or two fields."""
    rng = random.Random(f"mingdai corpus {seed}")  # noqa: S311  (made to be repeated)
    corpus = Corpus(people.identity(rng))
    who = dict(zip(KINDS, corpus.identity["fields"].values(), strict=True))
    names = dict(zip(KINDS, corpus.identity["fields"], strict=True))
    for number in range(count):
        request = _Request(f"r{number:06}", rng)
        if rng.random() < planted:
            for kind in rng.sample(KINDS, rng.choice((1, 1, 2))):
                chain, tier = request.plant(kind, who[kind], corpus.identity["salts"])
                corpus.labels.append(
                    {"request_id": request.name, "field": names[kind], "chain": chain, "tier": tier}
                )
        if rng.random() < 0.5:
            request.add_near_miss(who)
        corpus.rows.append(request.row())
    return corpus


class _Request:
    """One request under construction."""

    def __init__(self, name: str, rng: random.Random) -> None:
        self.name = name
        self.rng = rng
        self.host = rng.choice(
            ("t.tracker.test", "api.lender.example.cn", "log.bureau.test", "cdn.x.test")
        )
        self.path = "/" + "/".join(rng.choices(WORDS, k=3))
        self.query = [("v", str(rng.randrange(100))), ("t", str(rng.randrange(10**12, 2 * 10**12)))]
        self.fragment = ""
        self.headers = [
            ["Host", self.host],
            ["User-Agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0"],
            ["Cookie", f"sid={rng.randbytes(16).hex()}; _ga=GA1.2.{rng.randrange(10**9)}"],
            ["X-Request-Id", rng.randbytes(16).hex()],
        ]
        self.items: list[tuple[str, bytes]] = []
        self.raw: bytes | None = None
        self.style = "json"
        self.kind = "http"

    def plant(self, kind: str, value: str, salts: list[str]) -> tuple[str, str]:
        """Put a value somewhere, encoded somehow; gives the chain's name and tier."""
        rng = self.rng
        form, data, tier = self._form(kind, value, salts)
        place = rng.choice(PLACES)
        if self.raw is not None and place.startswith(("body", "multipart", "websocket")):
            place = "query"
        if (place == "host" and "collect" in self.host) or (place == "fragment" and self.fragment):
            place = "query"
        stack, data, tier = self._stack(data, place, tier)
        if len(data) > 1500 and place not in ("body-json", "body-raw", "body-frame"):
            place = "body-json"
        self._put(place, data)
        return "+".join((form, *stack, place)), tier

    def add_near_miss(self, who: dict[str, str]) -> None:
        data = near.near_miss(who, self.rng)
        try:
            data.decode()
        except UnicodeDecodeError:
            data = codecs.b64(data, self.rng)
        self._put(self.rng.choice(("query", "body-json", "header", "cookie", "body-form")), data)

    def _form(self, kind: str, value: str, salts: list[str]) -> tuple[str, bytes, str]:
        rng = self.rng
        roll = rng.random()
        usable = [name for name, (_, kinds) in forms.EVASIONS.items() if kind in kinds]
        if roll < 0.06 and usable:
            name = rng.choice(usable)
            return name, forms.EVASIONS[name][0](value, rng), "evasion"
        if roll < 0.2:
            return forms.masked(kind, value, rng)
        if roll < 0.5:
            return forms.digest(kind, value, salts, rng)
        return forms.clear(kind, value, rng)

    def _stack(self, data: bytes, place: str, tier: str) -> tuple[list[str], bytes, str]:
        rng = self.rng
        stack: list[str] = []
        for _ in range(rng.choice((0, 0, 1, 1, 1, 2, 2, 3, 4))):
            text = _is_text(data)
            names = [*codecs.TEXT, *codecs.BINARY] if text else sorted(codecs.TAKES_BYTES)
            name = rng.choice(names)
            stack.append(name)
            data = {**codecs.TEXT, **codecs.BINARY}[name](data, rng)
            tier = "rare" if tier == "core" and name in codecs.RARE else tier
        if not _is_text(data) and place not in ("body-raw", "body-frame", "multipart", "websocket"):
            name = rng.choice(("base64", "base64url", "hex", "percent"))
            stack.append(name)
            data = codecs.TEXT[name](data, rng)
        if tier == "core" and len(stack) > 3:
            tier = "rare"
        return stack[::-1], data, tier

    def _put(self, place: str, data: bytes) -> None:
        rng = self.rng
        key = rng.choice(("d", "data", "k", "p", "val", "info", "x"))
        if place == "host":
            label = (
                data.decode()
                if _is_label(data)
                else codecs.b32(data, rng).decode().rstrip("=").lower()
            )
            if len(label) > 180:
                self._put("query", data)
                return
            cut = [label[i : i + 60] for i in range(0, len(label), 60)]
            self.host = ".".join((*cut, "t", "collect.test"))
        elif place == "path":
            self.path += "/" + _quoted(data) + "/p"
        elif place == "query":
            self.query.append((key, _quoted(data)))
        elif place == "fragment":
            self.fragment = f"{key}={_quoted(data)}"
        elif place == "header":
            self.headers.append([f"X-{key}", _header(data)])
        elif place == "cookie":
            self.headers[2][1] += f"; {key}={_quoted(data)}"
        elif place == "referer":
            self.headers.append(["Referer", f"https://h5.x.test/p?{key}={_quoted(data)}"])
        elif place in ("body-json", "body-form"):
            self.style = place[5:] if self.raw is None and not self.items else self.style
            self.items.append((key, data))
        else:
            self._put_raw(place, data)

    def _put_raw(self, place: str, data: bytes) -> None:
        rng = self.rng
        if place == "websocket":
            self.kind, self.raw = "ws_frame", data
        elif place == "multipart":
            mark = rng.randbytes(8).hex()
            self.headers.append(["Content-Type", f"multipart/form-data; boundary=----{mark}"])
            head = b'------%s\r\nContent-Disposition: form-data; name="f"\r\n\r\n' % mark.encode()
            other = head + _noise(rng, 800) + b"\r\n"
            self.raw = other + head + data + b"\r\n------%s--\r\n" % mark.encode()
        elif place == "body-frame":
            self.raw = codecs.frame(data, rng)
        else:
            self.raw = data

    def row(self) -> dict[str, object]:
        """The line of the capture."""
        rng = self.rng
        query = "&".join(f"{key}={value}" for key, value in self.query)
        url = f"https://{self.host}{self.path}?{query}"
        body = self.raw if self.raw is not None else self._body()
        if self.raw is not None and self.items:
            url += "&" + "&".join(f"{key}={_quoted(data)}" for key, data in self.items)
        self.headers[0][1] = self.host
        return {
            "request_id": self.name,
            "ts": 1_700_000_000 + rng.random() * 1000,
            "method": "POST",
            "url": url + (f"#{self.fragment}" if self.fragment else ""),
            "headers": self.headers,
            "body_b64": base64.b64encode(body).decode(),
            "kind": self.kind,
        }

    def _body(self) -> bytes:
        rng = self.rng
        size = int(rng.paretovariate(1.3) * 3200)
        noise = _noise(rng, min(size, 150_000))
        if self.style == "form":
            pairs = [f"{key}={_quoted(data)}".encode() for key, data in self.items]
            return b"&".join((*pairs, b"n=" + _quoted(noise[:3000]).encode()))
        texts = [
            b'"%s%d":%s' % (key.encode(), at, _json_value(data))
            for at, (key, data) in enumerate(self.items)
        ]
        return b'{"head":[' + noise + b"]," + b",".join((*texts, b'"end":1')) + b"}"


def _noise(rng: random.Random, size: int) -> bytes:
    """Ordinary traffic: words, numbers, identifiers, Chinese, blobs."""
    out, length = [], 0
    while length < size:
        roll = rng.random()
        if roll < 0.35:
            item = f'"{rng.choice(WORDS)}":"{rng.choice(WORDS)}{rng.randrange(999)}"'.encode()
        elif roll < 0.55:
            item = b'"ts":%d' % rng.randrange(10**12, 2 * 10**12)
        elif roll < 0.65:
            item = b'"id":"%s"' % rng.randbytes(rng.choice((8, 16, 16, 20, 32))).hex().encode()
        elif roll < 0.72:
            item = b'"tok":"%s"' % base64.b64encode(
                rng.randbytes(rng.choice((12, 18, 24, 48, 300)))
            )
        elif roll < 0.8:
            item = ('"t":"' + "".join(rng.choices(CHINESE, k=rng.randint(4, 30))) + '"').encode()
        elif roll < 0.84:
            inner = json.dumps({"e": rng.choice(WORDS), "n": rng.randrange(10**8)}).encode()
            item = b'"ev":"%s"' % base64.b64encode(inner)
        elif roll < 0.87:
            item = json.dumps({"u": "".join(rng.choices(CHINESE, k=8))}).encode()
        elif roll < 0.9:
            item = b'"url":"https%%3A%%2F%%2Fcdn.x.test%%2F%s"' % rng.choice(WORDS).encode()
        else:
            item = b'"%s":%r' % (rng.choice(WORDS).encode(), round(rng.random() * 1000, 4))
        out.append(item)
        length += len(item) + 1
    return b",".join(out)


def _is_text(data: bytes) -> bool:
    try:
        return data.decode().isprintable()
    except UnicodeDecodeError:
        return False


def _is_label(data: bytes) -> bool:
    return data.isascii() and data.isalnum() and len(data) <= 60 and data == data.lower()


def _quoted(data: bytes) -> str:
    return codecs.quote_from_bytes(data, safe="")


def _header(data: bytes) -> str:
    return data.decode() if data.isascii() and b"\n" not in data else _quoted(data)


def _json_value(data: bytes) -> bytes:
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return b'"' + data.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'
    return json.dumps(text, ensure_ascii=len(text) % 2 == 0).encode()


def write(corpus: Corpus, directory: Path) -> Iterator[Path]:
    """Write the three files; gives their paths."""
    directory.mkdir(parents=True, exist_ok=True)
    for name, rows in (("capture.jsonl", corpus.rows), ("labels.jsonl", corpus.labels)):
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (directory / name).write_text(text, encoding="utf-8")
        yield directory / name
    (directory / "identity.json").write_text(
        json.dumps(corpus.identity, ensure_ascii=False, indent=1), encoding="utf-8"
    )
    yield directory / "identity.json"


if __name__ == "__main__":
    seed, count, directory = sys.argv[1:4]
    for path in write(generate(int(seed), int(count)), Path(directory)):
        sys.stdout.write(f"{path}\n")
