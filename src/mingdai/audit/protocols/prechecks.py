"""Defects 5, 6, 10, 11, 13, 14: what a pre-check (撞库) asks, tells, prices and keeps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mingdai.audit.checks.remarks import Said
from mingdai.audit.protocols.calls import Call, Seen
from mingdai.audit.protocols.defects import Defect
from mingdai.audit.protocols.fields import has_consent, held, is_precheck, kind_of

_ORACLE = re.compile(
    r"^(?:bumpstatus|hitstatus|collision(?:status)?|exists?|registered|isold|isnew|marketable|"
    r"phonemd5list|md5list|status)$",
    re.IGNORECASE,
)
_DELETION = re.compile(r"delet|retention|erase|删除", re.IGNORECASE)
_MANY = 20


def judge(calls: Sequence[Call]) -> Iterator[Defect]:
    """What is wrong with each pre-check, and with contacts and faces anywhere."""
    for call in calls:
        yield from _sensitive(call)
        yield from _priced(call)
        if is_precheck(call):
            yield from _too_early(call)
            yield from _device(call)
            yield from _oracle(call)
            yield from _kept(call)


def _too_early(call: Call) -> Iterator[Defect]:
    if has_consent(call):
        return
    for kind, code, zh in (("id_number", "id_before_consent", "证件号"),
                           ("name", "name_before_consent", "姓名")):  # fmt: skip
        for seen in held(call, kind)[:1]:
            said = Said(
                f"同意之前已发送{zh}：{seen.path}。", f"{seen.path} goes out before any consent."
            )
            yield Defect(code, call.number, seen.path, said, call.line)
    rows = held(call, "name", "id_number", "digest", "first8", "mask", "profile", "device")
    rows += held(call, "amount")
    if len(held(call, "profile")) >= 3:
        many = "，超过二十项" if len(rows) > _MANY else ""
        said = Said(
            f"同意之前发送 {len(rows)} 项个人信息{many}，没有凭证。",
            f"{len(rows)} personal fields go out before consent, without a receipt.",
        )
        yield Defect("profile_before_consent", call.number, rows[0].path, said, call.line)


def _device(call: Call) -> Iterator[Defect]:
    rows = held(call, "device")
    if rows:
        names = "、".join(seen.path for seen in rows)
        said = Said(f"撞库带有 {names}。", f"The pre-check carries {names}.")
        yield Defect("device_in_precheck", call.number, rows[0].path, said, call.line)


def _oracle(call: Call) -> Iterator[Defect]:
    """A state of the person in the answer; a status outside `data` is only the call's own."""
    rows = [seen for seen in call.answered if _tells(seen)]
    if rows:
        names = "、".join(dict.fromkeys(seen.path for seen in rows))
        said = Said(f"应答透露此人状态：{names}。", f"The answer tells of the person: {names}.")
        yield Defect("membership_oracle", call.number, rows[0].path, said, call.line)


def _tells(seen: Seen) -> bool:
    inside = "." in seen.path or "[" in seen.path
    return bool(_ORACLE.match(seen.key)) and (inside or seen.key.lower() != "status")


def _kept(call: Call) -> Iterator[Defect]:
    """An answer that says no, or a time-out that means "held already", with no word of deletion."""
    told = [seen for seen in call.answered if _tells(seen) and seen.text not in {"0", "False"}]
    if told and not any(_DELETION.search(seen.key) for seen in call.answered):
        said = Said(
            f"{told[0].path} 表示不接收，应答没有删除确认。",
            f"{told[0].path} turns the person away; nothing acknowledges deletion.",
        )
        yield Defect("kept_after_refusal", call.number, told[0].path, said, call.line)


def _priced(call: Call) -> Iterator[Defect]:
    prices = {seen.key.lower(): seen for seen in call.answered if kind_of(seen) == "price"}
    if not prices:
        return
    seen = effective_price(prices)
    said = Said(
        f"同意之前报出此人的价格，实际结算 {seen.text} 元。",
        f"The person is priced before consent; the price in force is {seen.text} yuan.",
    )
    yield Defect("price_before_consent", call.number, seen.path, said, call.line)


def effective_price(prices: dict[str, Seen]) -> Seen:
    """The discounted price where there is one, as the families settle."""
    return prices.get("discountprice") or next(iter(prices.values()))


def _sensitive(call: Call) -> Iterator[Defect]:
    rows = held(call, "contacts", "biometric")
    if rows:
        said = Said(
            f"{rows[0].path} 属他人资料或生物特征。",
            f"{rows[0].path} holds other people's data or biometrics.",
        )
        yield Defect("contacts_or_biometrics", call.number, rows[0].path, said, call.line)
