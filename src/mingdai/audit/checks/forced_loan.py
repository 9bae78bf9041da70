"""A loan paid out, or taken for granted, that the borrower never confirmed (强制下款).

Confirmed is a press of 确认借款, 提现, 签约 and the like; pressing on through an application or an
assessment confirms nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingdai.audit.checks.matters import Matter
from mingdai.audit.checks.remarks import Remark, Rule, Said
from mingdai.audit.checks.sources import CIVIL_680, FORCED_LOAN, PIPL_5
from mingdai.audit.checks.wording.payouts import done_payouts, forced_payouts
from mingdai.audit.visits import PageView

RULE = Rule(
    "forced_loan",
    Said(
        "评估与借款分开；只有借款人看过成本表并确认借款后才放款。",
        "Keep assessment and loan apart; pay out only after the cost was shown and confirmed.",
    ),
    (FORCED_LOAN, CIVIL_680, PIPL_5),
    dark_pattern="forced_loan_offer",
)
_CONFIRMS = re.compile(
    r"确认(?:并)?(?:借款|提现|用款|放款|借入|签约|提款|支用|收款|合同|申请借款)|同意(?:并)?(?:借款|签约|签署)|签署|签约|"
    r"(?:立即|去|申请|马上|全部)(?:提现|提款|用款|支用)|^提现$|^借款$|确认借"
)
_BORROWS = re.compile(r"借款|借钱|贷款|提现|用款")
_TERMS = re.compile(r"每[期月](?:应)?还|还款(?:计划|总额|金额)|应还|到期(?:还|应)|年化|利率|利息")


def check(matter: Matter) -> Iterator[Remark]:
    """One remark for each page that says so."""
    for view in matter.visit.pages:
        words = _forced_on(matter, view)
        if words:
            said = Said(
                f"借款人没有确认借款，页面却写着：“{words[:60]}”。",
                "The page pays a loan out, or takes it for granted, though nobody confirmed one.",
            )
            yield Remark(RULE, said, (matter.page_ref(view.number), *matter.pictures(view.number)))


def _forced_on(matter: Matter, view: PageView) -> str:
    texts = list(view.texts or (view.text,))
    texts += [said for page, _, said in matter.visit.dialogs if page == view.number]
    texts += [press.told for press in matter.visit.presses if press.page == view.number]
    forced = [words for text in texts for words in forced_payouts(text)]
    if forced:
        return forced[0]
    if not _follows_identity(matter, view) or _confirmed_before(matter, view):
        return ""
    seen = set(view.texts[:1]) if _typed_on(matter, view) else set()
    done = [words for text in texts if text not in seen for words in done_payouts(text)]
    return done[0] if done else ""


def _typed_on(matter: Matter, view: PageView) -> bool:
    return any(each.page == view.number for each in matter.visit.typed)


def _follows_identity(matter: Matter, view: PageView) -> bool:
    first = min((each.page for each in matter.visit.typed), default=0)
    return bool(first) and view.number >= first


def _confirmed_before(matter: Matter, view: PageView) -> bool:
    """Whether the walker itself took a loan: by plain words, or on a page that showed its terms."""
    texts = {each.number: "\n".join(each.texts) for each in matter.visit.pages}
    typed = {each.page for each in matter.visit.typed}
    for press in matter.visit.presses:
        if press.page > view.number:
            continue
        if _CONFIRMS.search(press.text):
            return True
        shown = _TERMS.search(texts.get(press.page, ""))
        if _BORROWS.search(press.text) and shown and press.page not in typed:
            return True
    return False
