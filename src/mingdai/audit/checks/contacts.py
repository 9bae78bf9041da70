"""The address book demanded: no way on but through the borrower's contacts.

Forced is: a page (or a box that had to be ticked, or an agreement that had to be accepted) that
asks for it and leaves no choice; a page that, refused, would not go on; a script that opened the
contact picker and then refused.  A way round that really led on makes it an offer, not a demand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingdai.audit.checks.matters import Matter
from mingdai.audit.checks.remarks import Evidence, Remark, Rule, Said
from mingdai.audit.checks.sources import NECESSARY, PIPL_6, PIPL_16
from mingdai.audit.checks.wording.contacts import (
    contact_demands,
    is_forced,
    is_only_way,
    mentions_contacts,
)
from mingdai.audit.visits import PageView, Press

RULE = Rule(
    "contacts_demanded",
    Said(
        "不索取通讯录；紧急联系人由用户自愿填写，拒绝不影响申请。",
        "Never ask for the address book; an emergency contact is optional and refusing is no bar.",
    ),
    (PIPL_6, PIPL_16, NECESSARY),
)
PICKER = "navigator.contacts.select"
"""What the console holds where a page opened the contact picker (`browsing.open_context`)."""

_SKIP = re.compile(
    r"跳过|暂不|以后|稍后|不允许|不授权|拒绝|取消|不需要|skip|deny|later", re.IGNORECASE
)
_NAME = "forced_contacts_permission"


def check(matter: Matter) -> Iterator[Remark]:
    """One remark for each page, consent or script that demands contacts."""
    for view in matter.visit.pages:
        yield from _by_page(matter, view)
    yield from _by_consents(matter)
    yield from _by_picker(matter)


def _by_page(matter: Matter, view: PageView) -> Iterator[Remark]:
    words = _demand_on(matter, view)
    if not words:
        return
    forced = _no_way_round(matter, view, words)
    said = Said(
        f"页面索取通讯录{'，不给就不能继续' if forced else ''}：“{words[:60]}”。",
        "The page asks for the address book"
        + (" and goes no further without it." if forced else "."),
    )
    yield Remark(
        RULE,
        said,
        (matter.page_ref(view.number), *matter.pictures(view.number)),
        severity="high" if forced else "medium",
        dark_pattern=_NAME if forced else "",
    )


def _demand_on(matter: Matter, view: PageView) -> str:
    texts = [*(view.texts or (view.text,))]
    texts += [said for page, _, said in matter.visit.dialogs if page == view.number]
    texts += [press.told for press in _presses(matter, view)]
    found = [words for text in texts for words in contact_demands(text)]
    return max(found, key=lambda words: (is_forced(words), -len(words)), default="")


def _presses(matter: Matter, view: PageView) -> list[Press]:
    return [each for each in matter.visit.presses if each.page == view.number]


def _no_way_round(matter: Matter, view: PageView, words: str) -> bool:
    """Whether refusing did not lead on; with nothing to refuse by, whether it was taken."""
    presses = _presses(matter, view)
    refusals = [each for each in presses if _SKIP.search(each.text)]
    told = " ".join(each.told for each in presses)
    told += " ".join(said for page, _, said in matter.visit.dialogs if page == view.number)
    if mentions_contacts(told) and is_forced(told):
        return True
    if refusals:
        return not any(each.outcome in {"moved", "changed"} for each in refusals) or _came_back(
            matter, view, refusals[0]
        )
    if is_only_way(words) or is_forced(words):
        return True
    granted = [each for each in presses if each.kind == "agree" or mentions_contacts(each.text)]
    return bool(granted)


def _came_back(matter: Matter, view: PageView, refusal: Press) -> bool:
    """Whether, after the refusal, the same page asked again and was then given in to."""
    later = [each for each in _presses(matter, view) if each.at > refusal.at]
    return any(each.kind == "agree" or mentions_contacts(each.text) for each in later)


def _by_consents(matter: Matter) -> Iterator[Remark]:
    """Boxes that had to be ticked, and agreements that had to be accepted with them."""
    for act in matter.acts:
        for consent in act.consents:
            for each in consent.texts:
                found = list(contact_demands(each.text)) if each.kind != "notice" else []
                if each.kind == "agreement":
                    found = [words for words in found if _grants(words)]
                if found:
                    said = Said(
                        f"同意文本要求交出通讯录：“{found[0][:60]}”。",
                        "What had to be consented to gives away the address book.",
                    )
                    yield Remark(RULE, said, (each.evidence,), dark_pattern=_NAME)
                    return


def _grants(words: str) -> bool:
    """Whether the borrower grants it by this sentence (本人授权…读取通讯录), or must."""
    grants = re.search(
        r"(?:本人|我|您|你|用户|借款人|申请人)?[^，。；]{0,8}(?:授权|同意|允许)", words
    )
    return bool(grants) or is_forced(words)


def _by_picker(matter: Matter) -> Iterator[Remark]:
    calls = [at for at, _, text in matter.visit.console if PICKER in text]
    if not calls:
        return
    told = [press.told for press in matter.visit.presses if press.at >= calls[0] - 5]
    told += [said for _, at, said in matter.visit.dialogs if at >= calls[0] - 5]
    forced = len(calls) >= 2 or any(mentions_contacts(each) and is_forced(each) for each in told)
    said = Said(
        f"页面脚本 {len(calls)} 次打开通讯录选择器。",
        f"A script of the page opened the contact picker {len(calls)} time(s).",
    )
    yield Remark(
        RULE,
        said,
        (matter.step_at(calls[0]), Evidence("page", "console.jsonl", PICKER)),
        severity="high" if forced else "medium",
        dark_pattern=_NAME if forced else "",
    )
