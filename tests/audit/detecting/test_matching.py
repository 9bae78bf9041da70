import pytest

from mingdai.audit.detecting.matching import Matcher, Sign
from mingdai.audit.detecting.needles import Edge, literal


@pytest.fixture(scope="module")
def matcher():
    return Matcher([literal(("mobile", "1"), b"19900012345", "plain", Edge.MOBILE)])


def test_a_needle_is_found_with_its_span(matcher):
    assert (0, 2, 13) in matcher.scan(b"m=19900012345")


@pytest.mark.parametrize(
    ("data", "sign"),
    [
        (b"..\x1f\x8b\x08..", Sign.GZIP),
        (b"..\x28\xb5\x2f\xfd", Sign.ZSTD),
        (b"199****2345", Sign.MASK),
        (b"a\0b\0c\0d\0e\0", Sign.WIDE_TEXT),
    ],
)
def test_a_sign_of_more_inside_is_an_event(matcher, data, sign):
    assert -sign in {number for number, _, _ in matcher.scan(data)}


def test_runs_of_text_are_events_only_in_decoded_bytes(matcher):
    text = b"\xff plain text of some length \xff"

    assert matcher.scan(text) == []
    assert -Sign.TEXT in {number for number, _, _ in matcher.scan_decoded(text)}


def test_a_matcher_without_needles_is_refused():
    with pytest.raises(ValueError, match="finds nothing"):
        Matcher([])
