"""Which of several offered answers this person gives."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mingdai.audit.walking.recognising import called
from mingdai.audit.walking.scenes import Control
from mingdai.audit.walking.walker import Walker

NO_CHOICE = re.compile(
    r"^(请选择|选择|--|全部|请点击)|取消|返回|关闭|please select|^$", re.IGNORECASE
)
_LIKED = {
    "house": r"^无|无房|没有|否|none|no\b",
    "car": r"^无|无车|没有|否|none|no\b",
    "overdue": r"无|没有|良好|否|正常|no\b",
    "credit_card": r"有|是|yes",
    "social": r"有|是|yes",
    "fund": r"有|是|yes",
    "job": r"上班|工薪|员工|企业|白领|employee",
    "education": r"本科|大专|大学|bachelor",
    "marriage": r"未婚|single",
    "gender": r"男|male",
    "income": r"5000|8000|1万|10000",
    "contact_relation": r"朋友|同事|其他|friend",
}
ACCEPT = re.compile(r"^(确定|确认|完成|好的?|选好了|OK|done|confirm)$", re.IGNORECASE)
CHOICE_ROLES = {*_LIKED, "age", "term", "purpose", "amount", "city", "insurance", "credit_score"}


def best_choice(texts: Sequence[str], role: str, own: str = "") -> int:
    """Which of the texts this person takes; -1 where none is a choice."""
    open_ones = [n for n, text in enumerate(texts) if not NO_CHOICE.search(text.strip())]
    if own:
        for number in open_ones:
            if own == texts[number] or own in texts[number] or _within(own, texts[number]):
                return number
    liked = _LIKED.get(role)
    for number in open_ones:
        if liked and re.search(liked, texts[number], re.IGNORECASE):
            return number
    return open_ones[0] if open_ones else -1


def _within(own: str, text: str) -> bool:
    """Whether an amount lies in a band such as 5000-10000 or 5千-1万."""
    if not own.isdigit():
        return False
    spelled = re.sub(r"(\d+(?:\.\d+)?)万", lambda m: str(int(float(m[1]) * 10000)), text)
    spelled = re.sub(r"(\d+)[千kK]", lambda m: str(int(m[1]) * 1000), spelled)
    ends = [int(each) for each in re.findall(r"\d+", spelled)]
    if len(ends) == 2:
        return ends[0] <= int(own) <= ends[1]
    if len(ends) == 1 and re.search(r"以上|>|\+", text):
        return int(own) >= ends[0]
    return len(ends) == 1 and bool(re.search(r"以下|<|内", text)) and int(own) <= ends[0]


def own_answer(walker: Walker, role: str) -> str:
    """What this person would say there, "" where nothing is known."""
    value = walker.persona.value_for(role) if role else None
    return value.text if value else ""


def first_time(walker: Walker, control: Control, role: str, source: str) -> bool:
    """Note that the page asks for this; whether nobody has chosen here yet."""
    walker.journal.ask(walker.page, control, role, (called(control), source))
    key = (walker.number, control.key)
    fresh = key not in walker.done
    walker.done.add(key)
    return fresh


def told(walker: Walker, what: str, choice: str, source: str) -> int:
    """Write the choice into the log, and give the page a moment; 1, for counting."""
    said = f"chose {choice[:20]} for {what}" + (f" by {source}" if source else "")
    walker.journal.step(walker.page, "choose", said)
    walker.pause(100)
    return 1
