import re

import pytest

from mingdai.audit.reporting import wording
from mingdai.audit.reporting.wording import Words


def test_both_languages_fill_in_the_same_values():
    for key, pair in wording._TEXTS.items():
        names = [set(re.findall(r"\{(\w+)\}", text)) for text in pair]
        assert names[0] == names[1], key
        assert all(pair), key


def test_a_key_that_is_not_there_is_refused():
    with pytest.raises(KeyError):
        Words("zh")("no.such.key")


def test_lists_are_joined_as_the_language_does():
    assert Words("zh").join(["甲", "乙"]) == "甲、乙"
    assert Words("en").join(["a", "b"]) == "a, b"
