"""Identity asked for with no text to agree to: none linked, or a name without a link."""

from __future__ import annotations

from collections.abc import Iterator

from mingdai.audit.checks.matters import Matter
from mingdai.audit.checks.remarks import Remark, Rule, Said
from mingdai.audit.checks.sources import PIPL_14, PIPL_17

RULE = Rule(
    "agreement_missing",
    Said(
        "在收集资料的页面给出可打开的告知与授权文本。",
        "Put notice and consent texts that open on the page that collects data.",
    ),
    (PIPL_17, PIPL_14),
    severity="medium",
)


def check(matter: Matter) -> Iterator[Remark]:
    """One remark for each page that got a value without any text to read."""
    for page in dict.fromkeys(each.page for each in matter.visit.typed):
        rows = [each for each in matter.visit.agreements if each.page == page]
        links = [row for row in rows if not row.link.plain and row.dead != "not a link"]
        if links:
            continue
        names = "、".join(dict.fromkeys(row.link.text for row in rows))
        zh = f"页面只写了 {names}，没有链接。" if names else "页面没有可读的告知或协议。"
        en = "The page names agreements without a link." if names else "No agreement on the page."
        yield Remark(RULE, Said(zh, en), (matter.page_ref(page), *matter.pictures(page)))
