"""Work out once what every check asks for: consents, acts, names, and what each request held."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from mingdai.audit.checks.matters import Act, Consent, ConsentText, Matter
from mingdai.audit.checks.registry import Registry
from mingdai.audit.checks.remarks import Evidence
from mingdai.audit.checks.wording.clauses import sentences
from mingdai.audit.checks.wording.naming import names_in
from mingdai.audit.checks.wording.standing import own_names, standings_of
from mingdai.audit.companies import bare_host, company_of, same_company
from mingdai.audit.detecting.findings import Finding
from mingdai.audit.detecting.identity import Identity
from mingdai.audit.leaving import Egress, as_request, detector_for
from mingdai.audit.visits import Agreement, Box, Link, PageView, Press, Visit

_NOTICE = re.compile(r"信息|资料|数据|手机号|机构|银行|公司|资金|贷款|放款")
_LENDER = re.compile(
    r"(?:放款|贷款|出借|资金|授信|出资)(?:机构|方|人|银行|服务方)?(?:名称)?[：:为是由][^。；\n]{2,40}$|"
    r"由[^。；\n]{2,30}(?:提供|发放)(?:贷款|借款|资金|授信)"
)
_FOOTER = re.compile(r"©|版权所有|copyright|运营|主办|备案|经营者|由.{2,30}提供", re.IGNORECASE)
_MOST_ANSWER = 20_000
_SLACK_S = 0.05


def prepare(
    visit: Visit,
    identity: Identity,
    egress: tuple[Egress, ...],
    attempts: tuple[Egress, ...] = (),
    registry: Registry | None = None,
) -> Matter:
    """The matter of a visit; nothing in it depends on the clock or on the order of checks."""
    findings, opaque = _inspected(visit, identity)
    consents = tuple(_consents(visit))
    return Matter(
        visit,
        identity,
        egress,
        attempts,
        findings,
        opaque,
        consents,
        tuple(_acts(visit, consents, egress)),
        _own(visit, registry),
        _shown(visit, registry),
        registry,
    )


def _inspected(
    visit: Visit, identity: Identity
) -> tuple[Mapping[str, Sequence[Finding]], Mapping[str, str]]:
    """What each request held, and why a request that left could not be read to the end."""
    detector = detector_for(identity)
    found: dict[str, Sequence[Finding]] = {}
    opaque: dict[str, str] = {}
    for each in visit.exchanges:
        if each.purpose != "visit" or not bare_host(each.url):
            continue
        report = detector.inspect(as_request(each))
        if report.findings:
            found[each.request_id] = report.findings
        if report.budget_reached:
            opaque[each.request_id] = "budget reached"
        elif report.opaque:
            opaque[each.request_id] = report.opaque[0].code
    return found, opaque


def _consents(visit: Visit) -> Iterator[Consent]:
    hosts = {view.number: view.host for view in visit.pages}
    with_box = {box.page for box in visit.boxes}
    for box in visit.boxes:
        texts = [_box_text(box), *_agreed(visit, box.page, box.links), *_notices(visit, box.page)]
        yield _consent(hosts.get(box.page, ""), texts, page=box.page, box=box)
    told: set[int] = set()
    for press in visit.presses:
        asks = bool(press.by_press or press.links)
        if press.page in with_box or press.page in told or press.kind == "code" or not asks:
            continue
        told.add(press.page)
        texts = [*_press_text(press), *_agreed(visit, press.page, press.links)]
        texts += _notices(visit, press.page)
        yield _consent(hosts.get(press.page, ""), texts, page=press.page, press=press)


def _consent(
    host: str,
    texts: list[ConsentText],
    *,
    page: int,
    box: Box | None = None,
    press: Press | None = None,
) -> Consent:
    readable = not any(each.agreement and _is_unread(each.agreement) for each in texts)
    return Consent(page, host, box, press, tuple(texts), readable)


def _is_unread(agreement: Agreement) -> bool:
    return not agreement.text.strip() and not agreement.dead


def _box_text(box: Box) -> ConsentText:
    return ConsentText("box", box.text, Evidence("page", f"pages/{box.page:03}.txt", box.text[:80]))


def _press_text(press: Press) -> list[ConsentText]:
    where = Evidence("page", f"pages/{press.page:03}.txt", press.by_press[:80])
    return [ConsentText("press", press.by_press, where)] if press.by_press else []


def _agreed(visit: Visit, page: int, links: Sequence[Link]) -> list[ConsentText]:
    """The agreements behind these links; where the box has none, all agreements of the page."""
    wanted = {(link.text, link.href) for link in links}
    rows = []
    for number, each in enumerate(visit.agreements, start=1):
        key = (each.link.text, each.link.href)
        if each.page != page or (wanted and key not in wanted):
            continue
        where = Evidence("agreement", f"agreements/{number:03}.txt", each.link.text)
        rows.append(ConsentText("agreement", each.text, where, each))
    return list({row.evidence.ref: row for row in rows}.values())


def _notices(visit: Visit, page: int) -> list[ConsentText]:
    """Sentences on the page itself that say to which company data goes."""
    rows: dict[str, ConsentText] = {}
    boxed = "\n".join(box.text for box in visit.boxes if box.page == page)
    for view in visit.pages:
        for text in view.texts[:3] if view.number == page else ():
            for clause in sentences(text):
                said = clause.text
                if len(said) > 200 or said in rows or said in boxed or not _NOTICE.search(said):
                    continue
                if _LENDER.search(said) or any(each.is_recipient for each in standings_of(said)):
                    where = Evidence("page", f"pages/{page:03}.txt", said[:80])
                    rows[said] = ConsentText("notice", said, where)
    return list(rows.values())


def _acts(visit: Visit, consents: tuple[Consent, ...], egress: tuple[Egress, ...]) -> Iterator[Act]:
    hosts = {view.number: view.host for view in visit.pages}
    presses = [each for each in visit.presses if each.kind != "code" and not each.unticked]
    later = [row for row in egress if not row.first_party and not row.before_consent]
    for number, press in enumerate(presses):
        end = presses[number + 1].at if number + 1 < len(presses) else float("inf")
        rows = tuple(row for row in later if press.at <= row.at + _SLACK_S < end)
        host = hosts.get(press.page, "")
        given = [each for each in consents if each.page <= press.page and _in_force(each, press)]
        yield Act(press, host, (*given, _spoken(visit, press, host)), rows)


def _spoken(visit: Visit, press: Press, host: str) -> Consent:
    """What the button, a text shown beside it and the page say at the moment of pressing."""
    where = Evidence("page", f"pages/{press.page:03}.txt", press.text)
    shown = [link for link in press.links if not link.href and not link.plain]
    texts = (
        ConsentText("button", press.text, where),
        *(_agreed(visit, press.page, shown) if shown else ()),
        *_notices(visit, press.page),
    )
    return Consent(press.page, host, None, press, texts)


def _in_force(consent: Consent, press: Press) -> bool:
    box = consent.box
    if box is None:
        return True
    times = [box.ticked_at, box.self_ticked_at, box.at if box.preticked else None]
    return any(each is not None and each <= press.at for each in times)


def _own(visit: Visit, registry: Registry | None) -> dict[str, tuple[str, ...]]:
    """What each host's company calls itself: by registry, else footer, else its first agreement.

    Only one company is the page's own: others that sign agreements there are others.
    """
    footers: dict[str, list[str]] = {}
    signed: dict[str, list[str]] = {}
    for view in visit.pages:
        lines = [line for text in view.texts for line in text.splitlines() if _FOOTER.search(line)]
        footers.setdefault(company_of(view.host), []).extend(dict.fromkeys(lines))
    for each in visit.agreements:
        signed.setdefault(company_of(each.host), []).append(each.text)
    own: dict[str, tuple[str, ...]] = {}
    for host in {view.host for view in visit.pages}:
        known = registry.company_of(host) if registry else None
        name = company_of(host)
        said = own_names(footers.get(name, ())) or own_names(signed.get(name, ()))
        own[name] = (known.name, *known.short) if known else tuple(said[:1])
    return own


def _shown(visit: Visit, registry: Registry | None) -> dict[str, tuple[str, ...]]:
    texts: dict[str, list[str]] = {}
    for view in visit.pages:
        texts.setdefault(company_of(view.host), []).extend([view.title, *_kept(view)])
        for link in view.links:
            if bare_host(link.href) and not same_company(bare_host(link.href), view.host):
                texts.setdefault(company_of(bare_host(link.href)), []).append(link.text)
    for each in visit.agreements:
        texts.setdefault(company_of(each.host), []).append(each.text)
    for answer in visit.answers:
        said = answer.body[:_MOST_ANSWER].decode("utf-8", "replace")
        texts.setdefault(company_of(bare_host(answer.url)), []).append(said)
    shown = {host: names_in("\n".join(rows)) for host, rows in texts.items() if host}
    for host in shown if registry else ():
        known = registry.company_of(host) if registry else None
        shown[host] += [known.name, *known.short] if known else []
    return {host: tuple(names) for host, names in shown.items()}


def _kept(view: PageView) -> tuple[str, ...]:
    return view.texts or (view.text,)
