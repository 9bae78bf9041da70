import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_the_planted_values_are_typed_once_each_where_they_are_asked_for(walked):
    assert [each.field for each in walked.visit.typed] == ["mobile", "idno", "name"]
