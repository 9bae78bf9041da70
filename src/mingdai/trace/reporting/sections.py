"""The sections of the page, in order.  Everything said here escapes by default."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import astuple

from mingdai.paper.markup import Content, Markup, tag
from mingdai.trace.reporting.composing import Report
from mingdai.trace.reporting.drawing import NARROW, WIDE, draw_bits, draw_rows

_SIGNS = {"named": "!", "investigate": "?", "none": "–"}
_DESIGN = ("recipient", "kind", "seen", "expected", "p", "bits")
_OVERLAP = ("recipient", "listed", "held", "bits", "gamma")


def verdict(report: Report) -> Markup:
    """The conclusion, what it rests on, and the facts."""
    *said, never = report.sentences
    return tag(
        "section",
        tag(
            "h1",
            tag("span", _SIGNS[report.conclusion], class_="sign", aria_hidden="true"),
            report.head,
        ),
        [tag("p", each, class_="sentence") for each in said],
        tag("p", never, class_="never"),
        tag("dl", _pairs(report.facts)),
        class_=f"verdict {report.conclusion}",
    )


def question(report: Report) -> Markup:
    """What was asked, and what was not."""
    said = report.words
    return _section(
        "question", report, tag("p", said("question.asked")), tag("p", said("question.not"))
    )


def read(report: Report) -> Markup:
    """What was read of the list, and what could not be used."""
    said = report.words
    notes = [tag("h3", said("notes")), _list(report.notes)] if report.notes else None
    return _section(
        "read",
        report,
        tag("p", said("read.lead"), class_="lead small"),
        _chart(lambda width: draw_rows(report.counts, said, width=width)),
        tag("dl", _pairs(report.understood)),
        notes,
    )


def design(report: Report) -> Markup:
    """Evidence that may name."""
    said = report.words
    if not report.design:
        return _section("design", report, tag("p", said("design.none")))
    rows = [(*astuple(row)[:-1], row.names) for row in report.design]
    return _section(
        "design",
        report,
        tag("p", said("design.lead"), class_="lead small"),
        _chart(lambda width: draw_bits(report.bars, said, width=width)),
        _table(report, _DESIGN, [row[:-1] for row in rows], named=[row[-1] for row in rows]),
    )


def weigh(report: Report) -> Markup:
    """Evidence that only ranks."""
    said = report.words
    lead = tag("p", said("weigh.lead"), class_="lead small")
    if not report.overlap:
        return _section("weigh", report, lead, tag("p", said("weigh.none")))
    rows = [astuple(row) for row in report.overlap]
    table = _table(report, _OVERLAP, rows, named=[False] * len(rows))
    return _section(
        "weigh", report, lead, table, tag("p", said("gamma"), class_="small soft legend")
    )


def groups(report: Report) -> Markup:
    """Recipients that overlap cannot tell apart."""
    said = report.words
    if not report.groups:
        return _section("groups", report, tag("p", said("groups.none")))
    return _section("groups", report, tag("p", said("groups.lead")), _list(report.groups))


def error(report: Report) -> Markup:
    """The error rate in words."""
    first, *rest = report.errors
    return _section(
        "error", report, tag("p", first, class_="error"), [tag("p", each) for each in rest]
    )


def prob(report: Report) -> Markup:
    """Probabilities, with the worlds in which they hold."""
    said = report.words
    rows = [(f"{row.place}. {row.recipient}", row.chance) for row in report.probs]
    return _section(
        "prob",
        report,
        tag("p", said("prob.lead"), class_="lead small"),
        _table(report, ("recipient", "prob"), rows, named=[False] * len(rows)),
        tag("p", report.more_probs, class_="small soft legend") if report.more_probs else None,
        tag("h3", said("prob.domain")),
        [tag("p", each) for each in report.domain],
    )


def others(report: Report) -> Markup:
    """Who else is always a candidate."""
    said = report.words
    lead, answer = tag("p", said("others.lead")), tag("p", said("others.answer"), class_="legend")
    return _section("others", report, lead, _list(report.others), answer)


def change(report: Report) -> Markup:
    """What would change the conclusion."""
    return _section("change", report, _list(report.changes))


def again(report: Report) -> Markup:
    """How to compute it again."""
    said, redoing = report.words, report.redoing
    whole = (
        [tag("p", said("again.whole")), tag("pre", tag("code", redoing.again))]
        if redoing.again
        else tag("p", said("again.product"))
    )
    return _section(
        "again",
        report,
        tag("p", said("again.counts")),
        tag("pre", tag("code", redoing.verify)),
        whole,
        tag("h3", said("again.how")),
        _list(redoing.formulas),
        tag("h3", said("files")),
        tag("dl", _pairs(redoing.hashes), class_="one hash"),
    )


SECTIONS: tuple[Callable[[Report], Markup], ...] = (
    question, read, design, weigh, groups, error, prob, others, change, again,
)  # fmt: skip


def _section(key: str, report: Report, *content: Content) -> Markup:
    return tag("section", tag("h2", report.words(key)), *content, id=key)


def _pairs(pairs: Iterable[tuple[str, str]]) -> list[Markup]:
    return [tag("div", tag("dt", name), tag("dd", said)) for name, said in pairs]


def _list(items: Iterable[str]) -> Markup:
    return tag("ul", [tag("li", each) for each in items])


def _chart(draw: Callable[[int], Markup]) -> list[Markup]:
    pairs = ((WIDE, "wide"), (NARROW, "narrow"))
    return [tag("div", draw(width), class_=f"chart {name}") for width, name in pairs]


def _table(
    report: Report,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    named: Sequence[bool],
) -> Markup:
    """A table that becomes cards on a phone; `kind` is words, everything else figures."""
    titles = [report.words(f"col.{each}") for each in columns]
    heads = [
        tag("th", title, scope="col", class_=_class(name))
        for name, title in zip(columns, titles, strict=True)
    ]
    body = []
    for row, is_named in zip(rows, named, strict=True):
        first, *cells = row
        shown = [
            tag(
                "td",
                cell,
                data_label=title,
                class_="names" if is_named and name == "bits" else _class(name),
            )
            for name, title, cell in zip(columns[1:], titles[1:], cells, strict=True)
        ]
        body.append(tag("tr", tag("th", first, scope="row", data_label=titles[0]), shown))
    return tag("table", tag("thead", tag("tr", heads)), tag("tbody", body), class_="figures")


def _class(name: str) -> str | None:
    return "said" if name in {"recipient", "kind"} else None
