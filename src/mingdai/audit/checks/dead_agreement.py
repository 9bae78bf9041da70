"""Agreement links that lead nowhere: no address, an error, an empty page, or back to the form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from mingdai.audit.checks.matters import Matter
from mingdai.audit.checks.remarks import Evidence, Remark, Rule, Said
from mingdai.audit.checks.sources import PIPL_14, PIPL_17
from mingdai.audit.companies import bare_host
from mingdai.audit.visits import Agreement

RULE = Rule(
    "dead_agreement_link",
    Said(
        "让每个协议链接打开完整文本；打不开时不接受同意。",
        "Make every agreement link open the whole text; take no consent where it does not.",
    ),
    (PIPL_17, PIPL_14),
    dark_pattern="dead_agreement_link",
)
_WAITS = re.compile(
    r"^(?:加载中|正在加载|加载失败|暂无|无内容|无法访问|无法打开|出错|错误|系统繁忙|维护|敬请期待|建设中|"
    r"网络(?:错误|异常)|内容为空|loading|error|not found|404|403|500|forbidden)",
    re.IGNORECASE,
)
_CLOSERS = re.compile(
    r"^\s*(?:关闭|返回|我?知道了|我?已?阅读|确定|确认|好的?|同意并?(?:继续|关闭)?|取消|[×✕✖xX])\s*$",
    re.MULTILINE,
)
_LEAST = 6
_SAME = 0.92


def check(matter: Matter) -> Iterator[Remark]:
    """One remark for each dead link (named once a page)."""
    done: set[tuple[str, str, str]] = set()
    for number, each in enumerate(matter.visit.agreements, start=1):
        why = why_dead(matter, each)
        key = (each.host, each.link.text, each.link.href)
        if not why or key in done:
            continue
        done.add(key)
        said = Said(
            f"协议链接“{each.link.text[:30]}”打不开：{_ZH.get(why, why)}。",
            f"An agreement link on {each.host} is dead: {why}.",
        )
        evidence = (Evidence("agreement", f"agreements/{number:03}.txt", why),)
        yield Remark(RULE, said, (*evidence, *matter.pictures(each.page)))


_ZH = {
    "empty": "没有内容",
    "nothing happens": "点击没有反应",
    "says not found": "页面不存在",
    "does not answer": "无响应",
    "nothing but a title": "只有标题",
    "an error instead of a text": "只有错误提示",
    "leads back to the flow": "回到了流程页面",
    "leads back to the same page": "只是重新打开本页",
}


def why_dead(matter: Matter, agreement: Agreement) -> str:
    """Why a link is dead, "" where it is not (or where it was never a link, or not opened)."""
    if agreement.link.plain or agreement.dead == "not a link":
        return ""
    if agreement.dead:
        return agreement.dead
    if bare_host(agreement.link.href).endswith(".invalid"):
        return "does not answer"
    if agreement.how not in {"page", "dialog"} or agreement.file:
        return ""
    bare = re.sub(r"\s+", "", _CLOSERS.sub("", agreement.text))
    if _WAITS.match(bare) and len(bare) < 60:
        return "an error instead of a text"
    title = re.sub(r"[《》\s]", "", agreement.link.text)
    left = re.sub(r"[《》\s]", "", bare).replace(title, "")
    if len(left) < _LEAST:
        return "empty" if not bare else "nothing but a title"
    return "leads back to the flow" if _is_flow_page(matter, bare) else ""


def _is_flow_page(matter: Matter, bare: str) -> bool:
    """Whether the text is that of a page of the flow which asks for something."""
    asking = {each.page for each in matter.visit.asked}
    for view in matter.visit.pages:
        for text in view.texts[:2] if view.number in asking else ():
            other = re.sub(r"\s+", "", text)
            if min(len(bare), len(other)) * 2 < max(len(bare), len(other)):
                continue
            matcher = SequenceMatcher(None, bare[:3000], other[:3000], autojunk=False)
            if matcher.quick_ratio() > _SAME and matcher.ratio() > _SAME:
                return True
    return False
