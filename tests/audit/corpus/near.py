"""Near misses: what looks like the person and is not.  None of these may be reported."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable

from tests.audit.corpus import codecs, people

Maker = Callable[[dict[str, str], random.Random], bytes]


def longer_number(who: dict[str, str], rng: random.Random) -> bytes:
    value = who[rng.choice(("mobile", "idno"))]
    left, right = str(rng.randint(1, 999)), str(rng.randint(1, 99))
    number = rng.choice((left + value, value + right, left + value + right))
    return number.replace("X", "0").encode()


def eight_shared(who: dict[str, str], rng: random.Random) -> bytes:
    tail = int(who["mobile"][8:])
    return f"{who['mobile'][:8]}{(tail + rng.randint(1, 900)) % 1000:03}".encode()


def first8_in_longer(who: dict[str, str], rng: random.Random) -> bytes:
    return f"{who['mobile'][:8]}{rng.randint(0, 9)}".encode()


def other_mask(who: dict[str, str], rng: random.Random) -> bytes:
    last = (int(who["mobile"][-4:]) + rng.randint(1, 9998)) % 10000
    return f"{who['mobile'][:3]}****{last:04}".encode()


def thin_mask(who: dict[str, str], rng: random.Random) -> bytes:
    choices = [
        who["mobile"][:3] + "*" * 6 + who["mobile"][-2:],
        who["mobile"][:2] + "*" * 5 + who["mobile"][-4:],
        who["idno"][:3] + "*" * 11 + who["idno"][-4:],
        who["email"][0] + "***@" + who["email"].partition("@")[2],
        "*" * (len(who["name"]) - 1) + who["name"][-1],
    ]
    return rng.choice(choices).encode()


def longer_email(who: dict[str, str], rng: random.Random) -> bytes:
    value = who["email"]
    return rng.choice(
        ("x" + value, value + ".cn", "a." + value, value + "m", value + "-x.cn")
    ).encode()


def other_email(who: dict[str, str], rng: random.Random) -> bytes:
    local, _, domain = who["email"].partition("@")
    return rng.choice((f"{local}@other.{domain}", f"{local}@mail-{domain}", local, domain)).encode()


def loose_name(who: dict[str, str], rng: random.Random) -> bytes:
    name = who["name"]
    if len(name) > 2 and rng.random() < 0.5:
        return (
            name[0] + "的" + name[1:] if rng.random() < 0.5 else name[0] + name[2] + name[1] + "等"
        ).encode()
    return (name[0] + rng.choice("某大小先") + name[-1] + "们").encode()


def same_district(who: dict[str, str], rng: random.Random) -> bytes:
    value = who["address"]
    area = max(value.find(each) for each in ("区", "县")) + 1
    number = rng.randint(500, 900)
    street = next(each for each in people.STREETS if each in value)
    return rng.choice(
        (value[:area], value[:area] + f"{street}{number}号", value[:area] + "别处路7号")
    ).encode()


def unknown_salt(who: dict[str, str], rng: random.Random) -> bytes:
    data = rng.randbytes(8).hex() + who[rng.choice(("mobile", "idno", "email", "name"))]
    return hashlib.new(rng.choice(("md5", "sha256", "sm3")), data.encode()).hexdigest().encode()


def other_person(who: dict[str, str], rng: random.Random) -> bytes:
    value = people.mobile(rng)
    while value[:8] == who["mobile"][:8]:
        value = people.mobile(rng)
    if rng.random() < 0.5:
        return (
            hashlib.new(rng.choice(("md5", "sha1", "sha256")), value.encode()).hexdigest().encode()
        )
    return value.encode()


def broken_digest(who: dict[str, str], rng: random.Random) -> bytes:
    text = hashlib.new(rng.choice(("md5", "sha256")), who["mobile"].encode()).hexdigest()
    at = rng.randrange(len(text))
    changed = text[:at] + ("0" if text[at] != "0" else "1") + text[at + 1 :]
    return rng.choice((text[:-2], changed)).encode()


def ciphertext(who: dict[str, str], rng: random.Random) -> bytes:
    return codecs.b64(rng.randbytes(rng.choice((32, 48, 64, 128, 256))), rng)


def decimal(who: dict[str, str], rng: random.Random) -> bytes:
    return f"{rng.randint(1, 99)}.{who['mobile']}{rng.randint(10, 99)}".encode()


def amount(who: dict[str, str], rng: random.Random) -> bytes:
    return f"{who['mobile'][:8]}.{rng.randint(10, 99)}".encode()


def longer_digest(who: dict[str, str], rng: random.Random) -> bytes:
    text = hashlib.new(rng.choice(("md5", "sha1", "sha256")), who["mobile"].encode()).hexdigest()
    return (text + "".join(rng.choices("0123456789abcdef", k=rng.randint(1, 4)))).encode()


def wide_longer(who: dict[str, str], rng: random.Random) -> bytes:
    text = rng.choice(
        (f"{rng.randint(1, 9)}{who['mobile']}", f"{who['mobile']}7", f"x{who['email']}")
    )
    return codecs.b64(text.encode(rng.choice(("utf-16-le", "utf-16-be"))), rng)


def grouped_longer(who: dict[str, str], rng: random.Random) -> bytes:
    value, joint = who["mobile"], rng.choice("- ")
    groups = [value[:3], value[3:7], value[7:], str(rng.randint(10, 9999))]
    return joint.join(groups).encode()


MAKERS: tuple[Maker, ...] = (
    amount,
    longer_digest,
    wide_longer,
    grouped_longer,
    longer_number,
    eight_shared,
    first8_in_longer,
    other_mask,
    thin_mask,
    longer_email,
    other_email,
    loose_name,
    same_district,
    unknown_salt,
    other_person,
    broken_digest,
    ciphertext,
    decimal,
)
WRAPS = (
    "",
    "",
    "",
    "base64",
    "base64url",
    "hex",
    "percent",
    "base32",
    "gzip+base64",
    "base64+base64",
)
WRAPS += ("reverse", "json-escape", "zlib+base64url", "entities")


def near_miss(who: dict[str, str], rng: random.Random) -> bytes:
    """One near miss, as it is or inside up to two codes."""
    data = rng.choice(MAKERS)(who, rng)
    for step in filter(None, rng.choice(WRAPS).split("+")):
        data = {**codecs.TEXT, **codecs.BINARY}[step](data, rng)
    return data
