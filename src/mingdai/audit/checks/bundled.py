"""One act of consent that covers two or more other companies.

Either its texts let data go to two or more companies by name, or two or more companies got data by
one press.  A box of its own for each company is no bundle.  Bureaus asked for a credit report,
regulators, and the page's own company do not count.
"""

from __future__ import annotations

from collections.abc import Iterator

from mingdai.audit.checks.matters import Act, Consent, Matter
from mingdai.audit.checks.remarks import Remark, Rule, Said
from mingdai.audit.checks.sources import CRIME_COUNT, PIPL_14, PIPL_23
from mingdai.audit.checks.tying import others_in
from mingdai.audit.checks.wording.standing import Standing

RULE = Rule(
    "bundled_consent",
    Said(
        "一次同意只对应一个接收方；换一家，就另行告知并再次取得单独同意。",
        "One consent, one recipient: for another company tell again and ask again.",
    ),
    (PIPL_23, PIPL_14, CRIME_COUNT),
    dark_pattern="bundled_consent",
)


def check(matter: Matter) -> Iterator[Remark]:
    """One remark for each consent that names several, and each press that served several."""
    for consent in matter.consents:
        names = companies_covered(matter, consent)
        if len(names) >= 2:
            listed = "、".join(names[:12])
            said = Said(
                f"一次同意涵盖 {len(names)} 家其他公司：{listed}。",
                f"One consent covers {len(names)} other companies: {', '.join(names[:12])}.",
            )
            yield Remark(RULE, said, (*consent.evidence[:6], *matter.pictures(consent.page)))
    for act in matter.acts:
        if _is_bundled(matter, act):
            hosts = list(act.recipients)
            said = Said(
                f"一次点击后，{len(hosts)} 家其他公司得到资料：{'、'.join(hosts)}。",
                f"By one press {len(hosts)} other companies got data: {', '.join(hosts)}.",
            )
            sent = [each for row in act.egress for each in matter.sent_by(row)[:1]]
            yield Remark(RULE, said, (matter.step_at(act.press.at), *sent[:10]))


def companies_covered(matter: Matter, consent: Consent) -> list[str]:
    """Who the texts let have data; where no author is told, one listed name may be the author."""
    others = others_in(matter, [consent])
    given = [each.name for each in others if each.standing is Standing.GIVEN]
    signed = {Standing.ALLOWED, Standing.OWN}
    allowed = [each.name for each in others if each.standing in signed]
    if not given and not matter.own_of(consent.host):
        return allowed if len(allowed) >= 3 else []
    return [*given, *allowed]


def _is_bundled(matter: Matter, act: Act) -> bool:
    apart = sum(1 for each in act.consents if each.box and len(others_in(matter, [each])) == 1)
    return len(act.recipients) >= 2 and len(act.recipients) > apart
