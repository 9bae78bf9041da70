import re

import pytest

from mingdai.trace.reporting.findings import FINDINGS


@pytest.mark.parametrize("key", FINDINGS)
def test_both_languages_say_the_same_things(key):
    zh, en = FINDINGS[key]

    assert zh
    assert en
    assert set(re.findall(r"{(\w+)}", zh)) == set(re.findall(r"{(\w+)}", en))


def test_no_sentence_says_that_somebody_leaked():
    said = " ".join(zh + en for zh, en in FINDINGS.values())

    assert not re.search(r"{names?} (has )?leaked|{names?}泄露", said)
