"""What a sighting is called, what it means and what it does not, and what happened to it.

Nothing here says who leaked: platform, partner, its services and the borrower's own devices held
the copy too.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingdai.gate.models import Disclosure
from mingdai.trace.models import ExpectedSender, Grade, Sighting, SightingAnswer
from mingdai.web.console.disclosures import Step
from mingdai.web.sightings import ANSWER_NAMES

GRADES: dict[str, tuple[Promise, str]] = {
    Grade.OTHER: (gettext_lazy("他人来信，已证实"), "tag-bad"),
    Grade.UNAUTHENTICATED: (gettext_lazy("来信，无法证实"), "tag-warn"),
    Grade.UNBOUND: (gettext_lazy("停用后来信"), "tag-warn"),
    Grade.DECOY: (gettext_lazy("诱饵收到来信"), "tag-bad"),
}
"""A grade's name for an employee, and the class that colours it."""

STANDINGS: dict[str, tuple[Promise, str]] = {
    "unanswered": (gettext_lazy("未答复"), "tag-warn"),
    "investigating": (gettext_lazy("正在调查"), "tag-blue"),
    "answered": (gettext_lazy("已答复"), "tag"),
    "explained": (gettext_lazy("已解释"), "tag-good"),
}

RELATIONS: dict[str, Promise] = {
    "signed_by": gettext_lazy("来信同时有该机构登记域名的签名"),
    "answer": gettext_lazy("该机构在线索的答复里说是它的"),
    "named": gettext_lazy("该机构自己申报"),
    "": gettext_lazy("登记"),
}
"""What ties a proposed sender to its partner."""

SENDER_STATES: dict[str, tuple[Promise, str]] = {
    "registered": (gettext_lazy("已登记"), "tag-good"),
    "proposed": (gettext_lazy("待确认"), "tag-warn"),
    "confirmed": (gettext_lazy("已确认"), "tag-good"),
    "declined": (gettext_lazy("已否决"), "tag-bad"),
}

MEANS: dict[str, tuple[Promise, ...]] = {
    Grade.OTHER: (
        gettext_lazy(
            "这个地址只交给过这一个接收方，却有别人写来；发件域名由 SPF、DKIM 或 ARC 证实。"
        ),
        gettext_lazy("地址是随机生成的，猜不到：持有过这一份的某一方把它交了出去，或被人拿走。"),
    ),
    Grade.UNAUTHENTICATED: (
        gettext_lazy("有人写到了这个只交给过一方的地址，但没有任何一方证实发件域名。"),
        gettext_lazy("地址是随机生成的，猜不到：这一份拷贝到了别人手里。"),
    ),
    Grade.UNBOUND: (
        gettext_lazy("同意结束、地址停用之后，仍有人写来，或地址从没有发出过。"),
        gettext_lazy("写信的人手里有没删除的拷贝，或更早流出的拷贝。"),
    ),
    Grade.DECOY: (
        gettext_lazy("这位借款人是虚构的，地址只放在一处：没有真人会把它告诉别人。"),
        gettext_lazy("这是按设计放置的证据，巧合的可能可以忽略。"),
    ),
}

MEANS_NOT: dict[str, tuple[Promise, ...]] = {
    Grade.OTHER: (
        gettext_lazy(
            "不等于这家机构泄露：它的服务商、平台的数据库、收信服务器和员工、借款人的设备都持有过。"
        ),
        gettext_lazy("可能是这家机构没有登记的发信服务商：先看它的答复。"),
    ),
    Grade.UNAUTHENTICATED: (
        gettext_lazy("不等于自称的那个域名发了信：发件人可以伪造，也可能冒充这家机构。"),
        gettext_lazy("不等于这家机构泄露：平台和借款人的设备也持有过。"),
    ),
    Grade.UNBOUND: (
        gettext_lazy("不等于现在才流出：拷贝可能在同意有效时就已外传。"),
        gettext_lazy("从没有发出过的地址，只有平台和借款人的设备持有：先查平台自己。"),
    ),
    Grade.DECOY: (
        gettext_lazy("仍不等于接收方泄露：平台的数据库、收信服务器和员工也持有过。"),
        gettext_lazy("不要告诉机构这是诱饵：它看到的和普通线索一样。"),
    ),
}


def grade_word(grade: str) -> str:
    """What a grade is called."""
    return str(GRADES[grade][0]) if grade in GRADES else grade


def grade_tone(grade: str) -> str:
    """The class that colours a grade."""
    return GRADES[grade][1] if grade in GRADES else ""


def history(
    row: Sighting,
    *,
    given: Disclosure | None,
    answers: Iterable[SightingAnswer],
    senders: Iterable[ExpectedSender],
) -> list[Step]:
    """What happened to a sighting, oldest first; `senders` are those that cover who wrote."""
    steps = []
    if given is not None:
        sent = bytes(given.entry.entry_id)
        steps.append(Step(given.disclosed_at, _("把这个地址交给接收方"), entry=sent))
    steps.append(Step(row.first_seen_at, _("别人写来，写入账本"), "bad", bytes(row.entry.entry_id)))
    if row.count > 1:
        again = _("当天又来信，共 %(count)s 封") % {"count": row.count}
        steps.append(Step(row.last_seen_at, again, "bad"))
    if row.told_at:
        steps.append(Step(row.told_at, _("机构看到了这条线索"), "now"))
    steps += [
        Step(each.at, _("机构答复：%(answer)s") % {"answer": ANSWER_NAMES[each.code]}, "now")
        for each in answers
    ]
    for each in senders:
        steps += _decided(each)
    if row.explained_at:
        steps.append(Step(row.explained_at, _("标为已解释，借款人看得到")))
    return sorted(steps, key=lambda each: each.at)


def _decided(sender: ExpectedSender) -> list[Step]:
    names = {"domain": sender.domain}
    steps = []
    if sender.relation:
        proposed = _("%(domain)s 提为该机构的发件域名") % names
        steps.append(Step(sender.proposed_at, proposed, "now"))
    if sender.decided_at and sender.state == ExpectedSender.State.CONFIRMED:
        steps.append(Step(sender.decided_at, _("确认 %(domain)s 是该机构的发件域名") % names))
    if sender.decided_at and sender.state == ExpectedSender.State.DECLINED:
        steps.append(Step(sender.decided_at, _("否决 %(domain)s") % names, "bad"))
    return steps
