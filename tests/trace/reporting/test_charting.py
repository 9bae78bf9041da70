from mingdai.trace.reporting.charting import design_bars, row_counts
from mingdai.trace.reporting.records import as_record
from mingdai.trace.reporting.wording import Words

EN = Words("en")


def test_rows_add_up_to_all_of_them(records):
    counts = row_counts(records["named"], EN)

    assert (counts.matched, counts.unmatched, counts.unusable) == (60, 5, 3)
    assert counts.rows == records["named"].rows
    assert counts.label == "60 rows fit somebody, 5 fit nobody, 3 have no usable key"


def test_more_rows_without_a_key_than_can_be_do_not_go_below_nothing(raws):
    counts = row_counts(as_record({**raws["named"], "rows_without_key": 99}), EN)

    assert (counts.unmatched, counts.unusable) == (0, 8)


def test_a_bar_for_each_row_of_evidence_by_design(records):
    bars = list(design_bars(records["named"], EN))

    assert [bar.bits for bar in bars] == sorted((bar.bits for bar in bars), reverse=True)
    assert all(bar.passes for bar in bars if bar.name == "P000")
    assert list(design_bars(records["investigate"], EN)) == []
