"""A judged list as a short text for a terminal, in Chinese or English."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from mingdai.paper.speaking import LANGUAGES, Speaker

__all__ = ["LANGUAGES", "lines_of"]

SHOWN = 5


class Words(Speaker):
    """What the lines say."""

    __slots__ = ()
    texts: ClassVar = {
        "fared": (
            "{rows} 行，{matched} 行对上，约 {people} 人；{blank} 行没有可用的键，{lost} 行读不出",
            "{rows} rows, {matched} matched, about {people} people; "
            "{blank} without a usable key, {lost} unreadable",
        ),
        "read": (
            "读法：{encoding}，{header}，{columns}",
            "read as: {encoding}, {header}, {columns}",
        ),
        "header": ("有表头", "with a header"),
        "no header": ("无表头", "no header"),
        "column": ("{role}=第 {places} 列", "{role}=column {places}"),
        "correct": (
            "（读错了可以改：--columns mobile=2,name=1）",
            "(correct it with --columns mobile=2,name=1)",
        ),
        "named": (
            "结论：这份名单正是交给 {names} 的那一份；其他机构也可能持有",
            "this copy was the one given to {names}; others may also have held it",
        ),
        "investigate": (
            "结论：只有重合，值得调查，不足以点名",
            "overlap alone: worth investigating, no ground to name anybody",
        ),
        "none": ("结论：没有证据表明出自我们", "no evidence that this came from us"),
        "rank": ("排名（不是罪责）", "rank (not guilt)"),
        "place": ("{place}. {name}  概率 {chance}", "{place}. {name}  probability {chance}"),
        "bounded": ("   {kind}：{bits} 比特，p = {p}", "   {kind}: {bits} bits, p = {p}"),
        "unbounded": (
            "   {kind}：{bits} 比特，没有设计上的误差界",
            "   {kind}: {bits} bits, no error known by design",
        ),
        "group": ("分不开的一组：{names}", "cannot be told apart: {names}"),
        "always": (
            "始终在内：平台自己（数据库、邮件入口、员工）；借款人自己的设备",
            "always candidates: the platform itself (database, mail door, staff); "
            "the borrowers' own devices",
        ),
        "error": ("读不了：{code}：{reason} {remedy}", "cannot be read: {code}: {reason} {remedy}"),
        "draws": ("随机分配", "random draws"),
        "decoys": ("诱饵", "decoys"),
        "overlap": ("重合", "overlap"),
    }


def lines_of(record: Mapping[str, Any], language: str = "zh") -> Iterator[str]:
    """The lines of a record of docs/trace.md#files; they hold no value of the list."""
    say = Words(language)
    yield " ".join(str(record[name]) for name in ("case", "file") if name in record)
    if "error" in record:
        yield "  " + say("error", **record["error"]).rstrip()
        return
    yield "  " + say(
        "fared", rows=record["rows"], matched=record["matched"], people=f"{record['people']:,.1f}",
        blank=record["rows_without_key"], lost=record["lines_unreadable"],
    )  # fmt: skip
    yield "  " + _reading(record["understood"], say)
    yield "  " + say(record["conclusion"], names=say.join(record["accuse"]))
    yield from ("  " + line for line in _ranking(record, say))
    for group in record["groups"]:
        yield "  " + say("group", names=say.join(group))
    yield from (f"  {note}" for note in record["notes"])
    yield "  " + say("always")


def _reading(understood: Mapping[str, Any], say: Words) -> str:
    columns = [say("column", role=role, places="+".join(map(str, places)))
               for role, places in understood["columns"].items()]  # fmt: skip
    header = say("header" if understood["header"] else "no header")
    told = say("read", encoding=understood["encoding"], header=header, columns=say.join(columns))
    return told + " " + say("correct")


def _ranking(record: Mapping[str, Any], say: Words) -> Iterator[str]:
    """The first few, and the evidence about each."""
    yield say("rank")
    for place, name in enumerate(record["rank"][:SHOWN], start=1):
        yield say("place", place=place, name=name, chance=f"{record['prob'][name]:.3f}")
        for each in record["evidence"]:
            if each["partner"] == name:
                yield _evidence(each, say)


def _evidence(each: Mapping[str, Any], say: Words) -> str:
    kind = say(each["kind"]) if each["kind"] in say.texts else str(each["kind"])
    bits = f"{max(0.0, each['bits']):.1f}"
    if each["p_value"] is None:
        return say("unbounded", kind=kind, bits=bits)
    return say("bounded", kind=kind, bits=bits, p=f"{each['p_value']:.2g}")
