from mingdai.audit.protocols.defects import KINDS, masked
from tests.audit.protocols.calls_of import MOBILE, defects_of


def test_a_recovered_number_is_masked_unless_it_is_asked_for():
    found = defects_of("F01")["hash_with_first8"]

    assert found.as_json()["recovered"] == "199****0123"
    assert found.as_json(reveal="values")["recovered"] == MOBILE
    assert MOBILE not in str(found.said)


def test_nothing_that_is_no_number_is_shown():
    assert masked("") == masked("123") == ""


def test_a_row_tells_where_why_and_what_to_do():
    row = defects_of("F06")["unsigned_field"].as_json()

    assert (row["call"], row["field"], row["line"]) == (1, "province", 1)
    assert row["why"] == KINDS["unsigned_field"].why.as_json()
    assert row["fix"]["en"]
    assert row["law"][0]["article"] == "PIPL Art. 51"
