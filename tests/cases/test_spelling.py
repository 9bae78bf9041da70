from __future__ import annotations

import hashlib
import json

from hypothesis import given
from hypothesis import strategies as st

from mingdai.cases.spelling import canonical, digest_of

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), VALUES, max_size=5))
def test_a_result_has_one_spelling_and_its_digest_is_of_that(result):
    turned = dict(reversed(json.loads(canonical(result)).items()))

    assert canonical(turned) == canonical(result)
    assert digest_of(result) == hashlib.sha256(canonical(result)).hexdigest()
