"""Every company that consents, notices and agreements of a flow name, and in what standing."""

from __future__ import annotations

from mingdai.audit.checks.matters import Matter, is_one_of
from mingdai.audit.checks.wording.standing import Standing, standings_of
from mingdai.audit.companies import company_of


def companies_named(matter: Matter) -> list[dict[str, object]]:
    """One row a company: `{"name", "standing", "in", "hosts"}`.

    `in` lists the files that name it, `hosts` those whose pages or agreements show the name.
    Standing is own, given (data goes to it), allowed (may process, or is listed), subject or other.
    """
    places: list[tuple[str, str, str]] = []
    for number, each in enumerate(matter.visit.agreements, start=1):
        places.append((f"agreements/{number:03}.txt", each.host, each.text))
    for consent in matter.consents:
        for text in consent.texts:
            if text.agreement is None:
                places.append((text.evidence.ref, consent.host, text.text))
    rows: list[dict[str, object]] = []
    for ref, host, said in places:
        for named in standings_of(said):
            own = is_one_of(named.name, matter.own_of(host))
            standing = Standing.OWN if own else named.standing
            _add(matter, rows, (named.name, str(standing), ref))
    return rows


def _add(matter: Matter, rows: list[dict[str, object]], found: tuple[str, str, str]) -> None:
    name, standing, ref = found
    for row in rows:
        if is_one_of(name, [str(row["name"])]) and row["standing"] == standing:
            refs = row["in"]
            if isinstance(refs, list) and ref not in refs:
                refs.append(ref)
            row["name"] = max(str(row["name"]), name, key=len)
            return
    hosts = {view.host for view in matter.visit.pages}
    shown = [host for host in sorted(hosts) if is_one_of(name, _shown(matter, host))]
    rows.append({"name": name, "standing": standing, "in": [ref], "hosts": shown})


def _shown(matter: Matter, host: str) -> tuple[str, ...]:
    return matter.shown.get(company_of(host), ())
