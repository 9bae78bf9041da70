import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_the_planted_values_are_typed_once_each_where_they_are_asked_for(walked):
    assert [each.field for each in walked.visit.typed] == ["mobile", "idno", "name"]


def test_inputs_drawn_anew_at_every_key_hold_the_whole_value(flow):
    """The page draws its button and its box itself and listens far above them."""
    walked = flow("rerender", 1)
    said = {
        (r["recipient_host"], r["field"]): r["before_consent"] for r in walked.findings["egress"]
    }

    assert walked.got
    assert said == walked.got
    assert walked.visit.stop.code == "end"
