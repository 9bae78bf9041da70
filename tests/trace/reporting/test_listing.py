from mingdai.trace.reporting.listing import (
    by_design,
    design_rows,
    gamma_said,
    overlap_rows,
    prob_rows,
    rest_of,
)
from mingdai.trace.reporting.wording import Words

EN = Words("en")


def test_evidence_by_design_stands_apart_from_what_only_ranks(records):
    record = records["named"]

    assert {each.kind for each in by_design(record)} == {"draws", "decoys"}
    assert next(row.recipient for row in overlap_rows(record, EN)) == "P000"


def test_only_evidence_that_passes_its_line_names(records):
    rows = list(design_rows(records["named"], EN))

    assert {row.recipient for row in rows if row.names} == {"P000"}
    assert any(row.kind == "decoys" and row.seen == "2" for row in rows)


def test_gamma_in_words():
    said = [gamma_said(each, EN) for each in (0.0, 0.9, 3.14, 648.2, 1e6)]

    assert said == ["never said anything", "never said anything", "3.1", "648", "over 1,000,000"]


def test_the_first_of_the_rank_and_what_is_true_of_the_rest(records):
    record = records["investigate"]
    rows = list(prob_rows(record, EN))

    assert [row.recipient for row in rows] == list(record.rank[: len(rows)])
    assert rest_of(record, EN).startswith(f"The other {6 - len(rows)} recipients")
