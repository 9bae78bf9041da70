"""Turn a made-up world into the files of docs/trace.md, and its lists into every spelling."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from openpyxl import Workbook

from tests.trace.worlds import DAYS, Leaked, World

EPOCH = datetime(2023, 1, 1, tzinfo=UTC)
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红波辉建国文斌宇浩凯健俊帆雪晨"
CITIES = [
    "广州市",
    "深圳市",
    "北京市",
    "上海市",
    "成都市",
    "杭州市",
    "武汉市",
    "西安市",
    "重庆市",
    "苏州市",
    "天津市",
    "南京市",
    "长沙市",
    "郑州市",
    "东莞市",
    "青岛市",
    "沈阳市",
    "宁波市",
    "昆明市",
    "合肥市",
    "福州市",
    "厦门市",
    "南宁市",
    "济南市",
    "大连市",
    "无锡市",
    "佛山市",
    "温州市",
    "泉州市",
    "南昌市",
]
HEADS = ["130", "131", "135", "136", "137", "138", "139", "150", "151", "155", "158", "159", "170",
         "176", "177", "180", "181", "186", "188", "189", "198", "199"]  # fmt: skip


@dataclass
class Persons:
    """Values of the fields, two versions of the number and the city."""

    name: list[str]
    mobile: list[list[str]]
    id_no: list[str]
    city: list[list[str]]


def make_persons(world: World, seed: int) -> Persons:
    rng = np.random.default_rng([seed, 3])
    count = len(world.joined)
    first = np.minimum(rng.geometric(0.07, count) - 1, len(SURNAMES) - 1)
    two = rng.random(count) < 0.8
    given = rng.integers(0, len(GIVEN), (count, 2))
    name = [
        SURNAMES[first[i]] + GIVEN[given[i, 0]] + (GIVEN[given[i, 1]] if two[i] else "")
        for i in range(count)
    ]
    mobile = [mobiles(rng, count), mobiles(rng, count)]
    born = rng.integers(1965, 2005, count)
    id_no = [
        f"999999{born[i]}{rng.integers(1, 13):02d}{rng.integers(1, 29):02d}"
        f"{rng.integers(0, 1000):03d}{'0123456789X'[rng.integers(0, 11)]}"
        for i in range(count)
    ]
    other = rng.integers(0, len(CITIES), count)
    city = [[CITIES[c] for c in world.city], [CITIES[c] for c in other]]
    return Persons(name, mobile, id_no, city)


def mobiles(rng, count):
    heads = rng.integers(0, len(HEADS), count)
    return [f"{HEADS[h]}{t:08d}" for h, t in zip(heads, rng.integers(0, 10**8, count), strict=True)]


def write_world(world: World, persons: Persons, folder: Path) -> None:
    count = len(world.joined)
    moved = np.flatnonzero(world.moved < DAYS)
    who = np.concatenate([np.arange(count), moved])
    version = np.concatenate([np.zeros(count, int), np.ones(len(moved), int)])
    since = np.where(version == 0, world.joined[who], world.moved[who])
    joined = [EPOCH.replace(tzinfo=None) + timedelta(days=int(d)) for d in world.joined]
    pq.write_table(pa.table({
        "borrower_id": pa.array(who + 1000, pa.int64()),
        "version": pa.array(version, pa.int8()),
        "valid_from_day": pa.array(since, pa.int32()),
        "name": [persons.name[i] for i in who],
        "mobile": [persons.mobile[v][i] for i, v in zip(who, version, strict=True)],
        "id_no": [persons.id_no[i] for i in who],
        "address": [persons.city[v][i] + "示例路1号" for i, v in zip(who, version, strict=True)],
        "city": [persons.city[v][i] for i, v in zip(who, version, strict=True)],
        "age": pa.array(world.age[who], pa.int64()),
        "amount": pa.array(world.amount[who], pa.int64()),
        "joined": pa.array([joined[i] for i in who], pa.timestamp("us")),
    }), folder / "borrowers.parquet")  # fmt: skip
    seconds = world.rng.integers(0, 86_400, len(world.day))
    sent = (world.day >= world.moved[world.person]).astype(int)
    order = np.argsort(world.day, kind="stable")
    times = [
        EPOCH.replace(tzinfo=None) + timedelta(days=int(world.day[i]), seconds=int(seconds[i]))
        for i in order
    ]
    pq.write_table(pa.table({
        "disclosure_id": pa.array(np.arange(len(order)), pa.int64()),
        "ts": pa.array(times, pa.timestamp("us")),
        "partner_id": [f"P{p:03d}" for p in world.partner[order]],
        "borrower_id": pa.array(world.person[order] + 1000, pa.int64()),
        "version": pa.array(sent[order], pa.int8()),
        "fields": pa.array(world.fields[order], pa.int16()),
        "randomised": pa.array(world.drawn[order].astype(int), pa.int8()),
        "propensity": pa.array(np.where(world.drawn, world.propensity, 1.0)[order], pa.float64()),
        "decoy": pa.array(world.decoy[world.person][order].astype(int), pa.int8()),
    }), folder / "ledger.parquet")  # fmt: skip


@dataclass(frozen=True)
class Spelling:
    """How a list is written."""

    mobile: str = "plain"
    name: str = "plain"
    columns: tuple[str, ...] = ("name", "mobile", "city")
    delimiter: str = ","
    encoding: str = "utf-8"
    header: bool = True
    xlsx: bool = False
    typos: float = 0.0


MOBILES = {
    "plain": lambda m: m,
    "dashed": lambda m: f"{m[:3]}-{m[3:7]}-{m[7:]}",
    "spaced": lambda m: f"{m[:3]} {m[3:7]} {m[7:]}",
    "+86": lambda m: f"+86{m}",
    "+86 ": lambda m: f"+86 {m}",
    "masked": lambda m: f"{m[:3]}****{m[7:]}",
    "md5": lambda m: hashlib.md5(m.encode()).hexdigest(),  # noqa: S324
    "sha256": lambda m: hashlib.sha256(m.encode()).hexdigest(),
    "sm3": lambda m: hashlib.new("sm3", m.encode()).hexdigest(),
    "last4": lambda m: m[7:],
}
NAMES = {
    "plain": lambda n: n,
    "middle": lambda n: n[0] + "*" + n[2:],
    "surname": lambda n: n[0] + "*" * (len(n) - 1),
    "title": lambda n: n[0] + "先生",
}
TITLES = {"name": "姓名", "mobile": "手机号", "city": "城市", "id_no": "身份证号", "amount": "金额",
          "time": "申请时间"}  # fmt: skip


def list_rows(world: World, persons: Persons, leaked: Leaked, spelling: Spelling, seed: int):
    rng = np.random.default_rng([seed, 4])
    rows = []
    for i, v in zip(leaked.listed, leaked.version, strict=True):
        real = (persons.name[i], persons.mobile[v][i], persons.id_no[i], persons.city[v][i])
        rows.append(_row(*real, int(world.amount[i]), int(world.joined[i]), spelling, rng))
    for mobile in mobiles(rng, leaked.strangers):
        name = SURNAMES[rng.integers(len(SURNAMES))] + GIVEN[rng.integers(len(GIVEN))]
        made = (name, mobile, f"999999{rng.integers(10**11, 10**12)}", CITIES[rng.integers(30)])
        amount, day = int(rng.integers(10, 500) * 100), int(rng.integers(DAYS))
        rows.append(_row(*made, amount, day, spelling, rng))
    return [rows[i] for i in rng.permutation(len(rows))]


def _row(name, mobile, id_no, city, amount, day, spelling, rng):
    if spelling.typos and rng.random() < spelling.typos:
        at = int(rng.integers(3, 11))
        mobile = mobile[:at] + str((int(mobile[at]) + 1) % 10) + mobile[at + 1 :]
    when = EPOCH + timedelta(days=day)
    values = {
        "name": NAMES[spelling.name](name),
        "mobile": MOBILES[spelling.mobile](mobile),
        "id_no": id_no[:6] + "*" * 8 + id_no[14:] if spelling.mobile == "masked" else id_no,
        "city": city,
        "amount": [f"{amount}", f"¥{amount:,}.00", f"{amount / 10_000:g}万", f"{amount}元"][
            amount // 100 % 4
        ],
        "time": [f"{when:%Y-%m-%d}", f"{when:%Y/%m/%d}", f"{when:%Y年%m月%d日}"][day % 3],
    }
    return [values[column] for column in spelling.columns]


def write_list(rows, spelling: Spelling, path: Path) -> Path:
    titles = [TITLES[column] for column in spelling.columns]
    full = [titles, *rows] if spelling.header else rows
    if spelling.xlsx:
        book = Workbook(write_only=True)
        sheet = book.create_sheet("名单")
        for row in full:
            sheet.append(
                [int(c) if c.isdigit() and c[0] != "0" and len(c) < 12 else c for c in row]
            )
        book.save(path.with_suffix(".xlsx"))
        return path.with_suffix(".xlsx")
    if len(spelling.delimiter) == 1:
        stream = io.StringIO()
        csv.writer(stream, delimiter=spelling.delimiter, lineterminator="\n").writerows(full)
        text = stream.getvalue()
    else:
        text = "".join(spelling.delimiter.join(row) + "\n" for row in full)
    path.write_bytes(text.encode(spelling.encoding))
    return path


def write_cases(cases: list[tuple[str, Path, int]], path: Path) -> Path:
    lines = [
        json.dumps({"case": case, "file": file.name,
                    "found_at": (EPOCH + timedelta(days=day, hours=23)).isoformat()})
        for case, file, day in cases
    ]  # fmt: skip
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


SPELLINGS = (
    Spelling(),
    Spelling(mobile="masked", name="middle", columns=("name", "mobile", "city")),
    Spelling(mobile="masked", name="surname", columns=("mobile", "name", "id_no")),
    Spelling(mobile="md5", columns=("mobile",), header=False),
    Spelling(mobile="sha256", columns=("mobile", "name"), delimiter="\t", encoding="gb18030"),
    Spelling(mobile="sm3", columns=("mobile",), header=True),
    Spelling(mobile="plain", columns=("mobile",), header=False),
    Spelling(mobile="spaced", columns=("mobile",), header=False),
    Spelling(mobile="+86", columns=("name", "mobile", "amount", "time"), delimiter="|"),
    Spelling(mobile="+86 ", columns=("time", "mobile", "amount"), delimiter=";", header=False),
    Spelling(mobile="dashed", columns=("city", "mobile", "name"), xlsx=True),
    Spelling(mobile="plain", columns=("name", "mobile", "amount"), xlsx=True, header=False),
    Spelling(mobile="last4", name="plain", columns=("name", "mobile", "city")),
    Spelling(mobile="plain", columns=("id_no",), header=False),
    Spelling(mobile="plain", name="plain", columns=("name", "mobile"), typos=0.3),
    Spelling(
        mobile="plain", columns=("name", "mobile", "city"), delimiter="||", encoding="gb18030"
    ),
    Spelling(mobile="plain", columns=("name", "mobile"), encoding="utf-8-sig", delimiter=" "),
    Spelling(mobile="masked", name="title", columns=("name", "mobile", "city", "amount")),
)
