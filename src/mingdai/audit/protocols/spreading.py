"""Defects 7, 8, 9 and the pushes: one person to many, agreements that say little, hops, lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mingdai.audit.checks.remarks import Said
from mingdai.audit.protocols.calls import Call, Seen
from mingdai.audit.protocols.defects import Defect
from mingdai.audit.protocols.fields import has_consent, held, is_precheck, order_of

_AGREEMENT = re.compile(r"protocol|agreement", re.IGNORECASE)
_PARTS = {
    "version": re.compile(r"version|ver\b", re.IGNORECASE),
    "hash": re.compile(r"hash|digest|sha", re.IGNORECASE),
    "contact": re.compile(r"contact|phone|tel|email", re.IGNORECASE),
    "categories": re.compile(r"categor|fields|scope", re.IGNORECASE),
}


def judge(calls: Sequence[Call]) -> Iterator[Defect]:
    """Each call by itself, then the calls together."""
    for call in calls:
        yield from _agreements(call)
        yield from _pushed(call)
    yield from _fanned_out(calls)
    yield from _hopped(calls)


def _agreements(call: Call) -> Iterator[Defect]:
    fields = [*call.asked, *call.answered]
    rows = [seen for seen in fields if _AGREEMENT.search(seen.path) and _has_address(seen)]
    if not rows:
        return
    parts = [seen.path.rpartition(".")[2] for seen in fields if _AGREEMENT.search(seen.path)]
    missing = [name for name, words in _PARTS.items() if not any(map(words.search, parts))]
    if missing:
        zh = {"version": "版本", "hash": "摘要", "contact": "联系方式", "categories": "种类"}
        said = Said(
            f"{rows[0].path} 的协议缺：{'、'.join(zh[name] for name in missing)}。",
            f"The agreement of {rows[0].path} lacks: {', '.join(missing)}.",
        )
        yield Defect("agreement_incomplete", call.number, rows[0].path, said, call.line)


def _has_address(seen: Seen) -> bool:
    return seen.text.startswith(("http://", "https://"))


def _pushed(call: Call) -> Iterator[Defect]:
    """A plain number: after consent under an order, with its receipt; else a push of a lead."""
    people = held(call, "digest", "mobile")
    if len({seen.text for seen in people if "[" in seen.path}) >= 2 and not has_consent(call):
        said = Said(
            f"一次调用带 {len(people)} 人的名单，没有同意凭证。",
            f"One call lists {len(people)} persons without a consent reference.",
        )
        yield Defect("bulk_list", call.number, people[0].path, said, call.line)
        return
    mobiles = held(call, "mobile")
    if not mobiles or has_consent(call) or is_precheck(call):
        return
    code = "apply_without_receipt" if order_of(call) else "plaintext_push"
    said = Said(
        f"{mobiles[0].path} 是明文手机号，没有指向接收方的凭证。",
        f"{mobiles[0].path} is a plain number; no receipt names this recipient.",
    )
    yield Defect(code, call.number, mobiles[0].path, said, call.line)


def _person(call: Call) -> str:
    """What tells one person's calls from another's: a digest, a number, an ID."""
    for kind in ("digest", "mobile", "id_number"):
        for seen in held(call, kind):
            if "[" not in seen.path:
                return seen.text.lower()
    return ""


def _fanned_out(calls: Sequence[Call]) -> Iterator[Defect]:
    """One sender, one person, two or more recipients."""
    groups: dict[tuple[str, str], list[Call]] = {}
    for call in calls:
        if _person(call) and call.to and "hop" not in call.request:
            groups.setdefault((call.sender, _person(call)), []).append(call)
    for rows in groups.values():
        parties = list(dict.fromkeys(call.to for call in rows))
        if len(parties) >= 2:
            said = Said(
                f"同一人发给 {len(parties)} 家：{'、'.join(parties)}，累计 {len(parties)} 条。",
                f"One person went to {len(parties)} parties, counted as that many records: "
                f"{', '.join(parties)}.",
            )
            yield Defect("fan_out", rows[-1].number, "to", said, rows[-1].line)


def _hopped(calls: Sequence[Call]) -> Iterator[Defect]:
    """Calls whose recipient sends the same person on: each onward hop needs its own receipt."""
    got: dict[tuple[str, str], Call] = {}
    for call in calls:
        person = _person(call)
        before = got.get((call.sender, person)) if call.sender and person else None
        if before is not None and not has_consent(call):
            own = order_of(call) != order_of(before)
            said = Said(
                f"{call.sender} 把同一人转给 {call.to}，没有凭证{'，并另起编号' if own else ''}。",
                f"{call.sender} passes the same person on to {call.to} without a receipt"
                + (", under a number of its own." if own else "."),
            )
            yield Defect("onward_without_receipt", call.number, "id", said, call.line)
        if call.to and person:
            got[call.to, person] = call
