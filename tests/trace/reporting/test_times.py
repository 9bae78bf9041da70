import pytest

from mingdai.trace.reporting.times import moment, seconds_of


@pytest.mark.parametrize(
    "said", [1_767_225_600, "2026-01-01T00:00:00", "2026-01-01T08:00:00+08:00", 1767225600.0]
)
def test_a_time_in_any_spelling(said):
    assert moment(seconds_of(said)) == "2026-01-01 08:00 (UTC+8)"


@pytest.mark.parametrize("said", [None, "", "soon", True])
def test_what_is_no_time(said):
    assert seconds_of(said) is None
