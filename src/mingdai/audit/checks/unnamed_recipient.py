"""Consent that does not say who gets the data.

Two ways to see it: the texts of the consent let data go to a kind of company ("合作机构") and name
nobody; or a company got data after consent and no name in the texts can be its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from mingdai.audit.checks.matters import Act, Consent, Matter
from mingdai.audit.checks.remarks import Remark, Rule, Said
from mingdai.audit.checks.sources import NDR_21, PIPL_17, PIPL_23
from mingdai.audit.checks.tying import others_in, tie
from mingdai.audit.checks.wording.clauses import catch_all_clauses, is_open_ended
from mingdai.audit.companies import company_of

RULE = Rule(
    "recipient_not_named",
    Said(
        "写明接收方的全称与联系方式；没有写明的公司，不提供。",
        "Name each recipient in full with contact details; give nothing to one not named.",
    ),
    (PIPL_23, PIPL_17, NDR_21),
    dark_pattern="recipient_not_named",
)


def check(matter: Matter) -> Iterator[Remark]:
    """One remark for each consent that names nobody, and each press that served the unnamed."""
    for consent in matter.consents:
        yield from _by_text(matter, consent)
    for act in matter.acts:
        if act.egress and all(each.readable for each in act.consents):
            yield from _by_egress(matter, act)


def _by_text(matter: Matter, consent: Consent) -> Iterator[Remark]:
    names = [each for each in others_in(matter, [consent]) if each.is_recipient]
    for each in consent.texts:
        clauses = list(catch_all_clauses(each.text))
        open_ended = [clause for clause in clauses if is_open_ended(clause.text)]
        telling = clauses if not names else open_ended
        if each.kind == "notice" or not telling:
            continue
        words = telling[0].text[:80]
        said = Said(
            f"同意文本没有写明接收方：“{words}”。",
            "The consent lets data go to companies it does not name.",
        )
        yield Remark(RULE, said, (each.evidence, *matter.pictures(consent.page)))
        return


def _by_egress(matter: Matter, act: Act) -> Iterator[Remark]:
    hosts = list(dict.fromkeys(row.recipient_host for row in act.egress))
    tied = tie(matter, act.consents, hosts)
    if not tied.unnamed:
        return
    listed = "、".join(tied.unnamed)
    unnamed = {company_of(host) for host in tied.unnamed}
    rows = [row for row in act.egress if company_of(row.recipient_host) in unnamed]
    said = Said(
        f"{listed} 得到资料，而同意所依据的文本没有写明它们。",
        f"The texts consented to do not name {', '.join(tied.unnamed)}, which got data.",
    )
    sent = [each for row in rows for each in matter.sent_by(row)[:1]]
    texts = [each for consent in act.consents for each in consent.evidence]
    yield Remark(RULE, said, (*sent[:6], *texts[:4]))
