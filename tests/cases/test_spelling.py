from __future__ import annotations

import hashlib
import json

import pytest
from django.db import connection
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


@pytest.mark.django_db
def test_the_database_gives_back_a_result_of_the_same_digest():
    result = {"p": [1e-300, 5e-324, 1.5e-7, 0.1 + 0.2], "n": [0.0, -0.0, 3.0, 1e22, 1e300, -4.0]}
    with connection.cursor() as cursor:
        kind = "jsonb" if connection.vendor == "postgresql" else "text"
        cursor.execute(f"SELECT CAST(%s AS {kind})", [json.dumps(result)])
        kept = cursor.fetchone()[0]

    assert digest_of(kept if isinstance(kept, dict) else json.loads(kept)) == digest_of(result)
