import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_every_step_is_said_in_words_and_no_step_holds_a_value(walked):
    said = "\n".join(step.said for step in walked.visit.steps)

    assert "(mobile) by label with the planted value" in said
    assert not any(value in said for value in walked.truth.identity["fields"].values())


def test_each_page_has_a_picture(walked):
    names = [name for view in walked.visit.pages for name in view.screenshots]

    assert len(names) >= 3
    assert all((walked.folder / name).stat().st_size > 1000 for name in names)
