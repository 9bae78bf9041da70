"""Made-up people: ID region 999999, phones 199000xxxxx, addresses of places that do not exist."""

from __future__ import annotations

import random
from datetime import date, timedelta

FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张"
GIVEN = "明晓芳丽强军洋艳勇杰娟涛超霞平刚桂英华玉兰萍红鹏辉"
DOUBLE = ("欧阳", "司马", "上官", "诸葛")
PROVINCES = (
    ("浙江省", "杭州市", "西湖区"),
    ("广东省", "深圳市", "南山区"),
    ("四川省", "成都市", "武侯区"),
)
PROVINCES += (("", "北京市", "朝阳区"), ("", "上海市", "浦东新区"), ("湖北省", "黄冈市", "红安县"))
STREETS = ("示例路", "样本大道", "假设街", "测试东路", "虚构巷", "范例北街")
DOMAINS = ("mail.example.cn", "example.com", "post.example.net", "example.org")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def name(rng: random.Random) -> str:
    family = rng.choice(DOUBLE) if rng.random() < 0.1 else rng.choice(FAMILY)
    return family + "".join(rng.sample(GIVEN, rng.choice((1, 2, 2, 2))))


def mobile(rng: random.Random) -> str:
    return f"199000{rng.randrange(100000):05}"


def id_number(rng: random.Random) -> str:
    born = date(1960, 1, 1) + timedelta(days=rng.randrange(16000))
    body = f"999999{born:%Y%m%d}{rng.randrange(1000):03}"
    total = sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def email(rng: random.Random) -> str:
    local = "".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=rng.randint(4, 9)))
    tail = rng.choice(("", str(rng.randrange(100)), "." + "".join(rng.choices("klmnop", k=3))))
    return f"{local}{tail}@{rng.choice(DOMAINS)}"


def address(rng: random.Random) -> str:
    area = "".join(rng.choice(PROVINCES))
    inside = rng.choice(
        ("", f"{rng.randint(1, 9)}栋{rng.randint(101, 999)}室", f"{rng.randint(2, 30)}幢")
    )
    return f"{area}{rng.choice(STREETS)}{rng.randint(2, 400)}号{inside}"


def identity(rng: random.Random) -> dict[str, object]:
    names = rng.choice(
        (
            ("name", "mobile", "idno", "email", "address"),
            ("xm", "sjh", "id_number", "yx", "dz"),
            ("name", "mobile", "id_number", "email", "address"),
        )
    )
    makers = (name, mobile, id_number, email, address)
    fields = {key: make(rng) for key, make in zip(names, makers, strict=True)}
    salts = [
        "".join(rng.choices("abcdefghjkmnpqrstuvwxyz23456789", k=rng.randint(4, 16)))
        for _ in range(3)
    ]
    return {
        "fields": fields,
        "salts": salts,
        "consent_ts": 1_700_000_000 + rng.randrange(1000),
        "declared": ["lender.example.cn", "bureau.test"],
    }
