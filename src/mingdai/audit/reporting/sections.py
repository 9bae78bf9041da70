"""The sections of the page, in the order they are read."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mingdai.audit.reporting.checking import CheckGroup, Seen
from mingdai.audit.reporting.composing import Report
from mingdai.audit.reporting.drawing import picture_id
from mingdai.audit.reporting.listing import FindingRow
from mingdai.audit.reporting.tabulating import Cell, Group
from mingdai.audit.reporting.wording import Words
from mingdai.paper.markup import Content, Markup, breakable, tag


def _section(name: str, words: Words, *content: Content) -> Markup:
    return tag("section", tag("h2", words(name)), content, id=name)


def _lead(words: Words, key: str) -> Markup:
    return tag("p", words(key), class_="lead small")


def _matrix(report: Report) -> Markup:
    words, matrix = report.words, report.matrix
    if not matrix.groups:
        return _section("matrix", words, tag("p", words("matrix.none")))
    heads = [tag("th", name, scope="col", title=own) for name, own in matrix.fields]
    head = tag("tr", tag("th", words("matrix.recipient"), scope="col"), heads)
    rows = [_group(group, len(heads)) for group in matrix.groups]
    table = tag("table", tag("thead", head), rows, class_="matrix")
    label = words("matrix")
    return _section(
        "matrix",
        words,
        _lead(words, "matrix.lead"),
        tag("div", table, class_="scroll", tabindex="0", role="region", aria_label=label),
        tag("p", words("legend"), class_="legend small"),
        tag("p", words("consent.rule"), class_="soft small"),
    )


def _group(group: Group, columns: int) -> Markup:
    head = tag("tr", tag("th", group.head, colspan=columns + 1, scope="rowgroup"), class_="group")
    lines = [
        tag(
            "tr",
            tag(
                "th",
                breakable(line.host),
                tag("div", line.company, class_="soft small"),
                scope="row",
            ),
            [_cell(cell) for cell in line.cells],
        )
        for line in group.lines
    ]
    return tag("tbody", head, lines)


def _cell(cell: Cell) -> Markup:
    if not cell.mark:
        return tag("td", "–", class_="none")
    said = [tag("b", cell.mark), tag("small", cell.said), tag("small", cell.form)]
    return tag("td", said, class_="early" if cell.is_early else None)


def _checks(report: Report) -> Markup:
    words = report.words
    grave = [_check(each, words) for each in report.checks if each.is_reproach]
    slight = [_check(each, words) for each in report.checks if not each.is_reproach]
    marks = tag("p", words("check.marks"), class_="lead small")
    rows: list[Content] = [[marks, grave] if grave else tag("p", words(report.no_check))]
    if report.patterns and not grave:
        found = tag("ul", [tag("li", each) for each in report.patterns])
        rows = [tag("p", words("checks.patterns")), found]
    if slight:
        rows += [tag("h3", words("checks.also")), slight]
    return _section("checks", words, rows)


def _check(group: CheckGroup, words: Words) -> Markup:
    rank = tag("span", f"{group.mark} {group.rank}", class_="rank")
    code = tag("code", group.code, class_="soft code")
    facts = [
        tag("div", tag("dt", words(key)), tag("dd", _lines(said)))
        for key, said in (("check.law", group.law), ("check.fix", group.fix))
        if said
    ]
    return tag(
        "article",
        tag("h3", rank, group.title, code),
        tag("ul", [_seen(each, words) for each in group.seen], class_="seen"),
        tag("dl", facts, class_="small"),
        class_=f"check {group.severity}",
    )


def _seen(seen: Seen, words: Words) -> Markup:
    if not seen.evidence:
        return tag("li", seen.said)
    where = words.choose(("；", "; ")).join(seen.evidence)
    return tag(
        "li", seen.said, tag("div", f"{words('check.evidence')}: {where}", class_="soft small")
    )


def _lines(said: Sequence[str]) -> Content:
    return said[0] if len(said) == 1 else tag("ul", [tag("li", each) for each in said])


def _findings(report: Report) -> Markup:
    words = report.words
    parts: list[Content] = [_lead(words, "findings.lead")]
    for key, rows in (("findings.third", report.third), ("findings.first", report.first)):
        if rows:
            parts += [tag("h3", words(key)), _finding_table(rows, words)]
    if not report.third and not report.first:
        parts = [tag("p", words("matrix.none"))]
    return _section("findings", words, parts)


def _finding_table(rows: Sequence[FindingRow], words: Words) -> Markup:
    keys = ("field", "to", "when", "where", "decoded", "value")
    labels = [words(f"finding.{key}") for key in keys]
    head = tag("tr", [tag("th", each, scope="col") for each in labels])
    body = [_finding(row, labels) for row in rows]
    return tag("table", tag("thead", head), tag("tbody", body), class_="cards")


def _finding(row: FindingRow, labels: Sequence[str]) -> Markup:
    steps = tag("ol", [tag("li", tag("code", each)) for each in row.steps], class_="steps")
    notes = [tag("div", each, class_="soft small") for each in row.notes]
    requests = ", ".join(row.requests[:6]) + (" …" if len(row.requests) > 6 else "")
    when = tag("span", f"{row.mark}\u00a0{row.when}", class_="early" if row.is_early else None)
    cells = [
        (
            breakable(row.host),
            tag("div", f"←\u00a0{row.source}", class_="soft small") if row.source else None,
        ),
        (when, tag("div", row.at, class_="soft small")),
        (row.where, tag("div", requests, class_="soft small mono")),
        steps,
        (row.value, notes),
    ]
    first = tag("th", row.field, scope="row", data_label=labels[0])
    rest = [tag("td", cell, data_label=labels[at + 1]) for at, cell in enumerate(cells)]
    return tag("tr", first, rest)


def _shots(report: Report) -> Markup:
    words = report.words
    figures = []
    for each in report.shots:
        name = picture_id(each.file)
        width, height = each.size
        use = tag("use", href=f"#whole-{name}")
        box = f"0 0 {width} {height}"
        svg = tag("svg", use, viewBox=box, role="img", aria_label=f"{each.head} {each.said}")
        caption = tag("figcaption", tag("b", each.head), tag("br"), each.said)
        figures.append(tag("figure", svg, caption))
    more = tag("p", report.more_shots, class_="soft small") if report.more_shots else None
    shown: Content = (
        tag("div", figures, class_="shots") if figures else tag("p", words("shot.none"))
    )
    return _section("shots", words, _lead(words, "shots.lead"), shown, more)


def _jumps(report: Report) -> Markup | None:
    if not report.jumps:
        return None
    words = report.words
    labels = [words(f"hop.{key}") for key in ("time", "from", "to", "how")]
    head = tag("tr", [tag("th", each, scope="col") for each in labels])
    rows = []
    for each in report.jumps:
        arrow = "⇢" if each.is_data else "→"
        target = [f"{arrow} ", breakable(each.target)]
        cells = (tag("code", each.at), breakable(each.source), target, each.how)
        shown = [tag("td", cell, data_label=labels[at]) for at, cell in enumerate(cells)]
        rows.append(tag("tr", shown))
    table = tag("table", tag("thead", head), tag("tbody", rows), class_="cards")
    return _section("hops", words, table)


def _unseen(report: Report) -> Markup:
    words = report.words
    if report.is_complete:
        lead = tag("p", words("unseen.complete"))
    else:
        lead = tag("p", words("unseen.incomplete"), class_="incomplete-note")
    return _section("unseen", words, lead, tag("ul", [tag("li", each) for each in report.unseen]))


def _order(report: Report) -> Markup:
    facts = [tag("div", tag("dt", name), tag("dd", said)) for name, said in report.order]
    return _section("order", report.words, tag("dl", facts, class_="one"))


def _steps(report: Report) -> Markup:
    words = report.words
    lines = [
        tag("li", tag("code", each.at), " ", tag("span", each.host, class_="soft"), " ", each.said)
        for each in report.steps
    ]
    count = tag("summary", words("steps.n", n=len(lines)))
    return _section("steps", words, tag("details", count, tag("ol", lines, class_="small")))


def _verify(report: Report) -> Markup:
    words = report.words
    facts = [
        tag("div", tag("dt", name), tag("dd", said, class_="mono")) for name, said in report.hashes
    ]
    return _section(
        "verify",
        words,
        tag("p", words("verify.lead")),
        tag("p", words("verify.how")),
        tag("pre", "\n".join(report.commands), tabindex="0"),
        tag("h3", words("verify.from")),
        tag("dl", facts, class_="one small"),
    )


SECTIONS: tuple[Callable[[Report], Markup | None], ...] = (
    _matrix,
    _checks,
    _shots,
    _findings,
    _jumps,
    _unseen,
    _order,
    _steps,
    _verify,
)
"""Every section after the verdict and the chain."""
