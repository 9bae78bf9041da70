from mingdai.words import FIELD_BY_CODE, FIELDS, NEVER_ASKED, LegalBasis, Purpose, Route
from mingdai_proofs.entries import BASIS_CODES, FIELD_CODES, PURPOSE_CODES, ROUTE_CODES


def test_entries_know_every_code_and_no_other():
    assert tuple(each.code for each in FIELDS) == FIELD_CODES
    assert {each.value for each in Purpose} == set(PURPOSE_CODES)
    assert {each.value for each in LegalBasis} == set(BASIS_CODES)
    assert {each.value for each in Route} == set(ROUTE_CODES)


def test_the_necessary_set_of_online_lending_is_exactly_the_published_one():
    """docs/law.md 1.1: 《常见类型移动互联网应用程序必要个人信息范围规定》, 网络借贷类."""
    assert [each.code for each in FIELDS if each.necessary] == [
        "name",
        "mobile",
        "id_number",
        "id_valid_until",
        "bank_card",
    ]


def test_what_is_never_asked_is_no_field():
    assert not {code for code, _, _ in NEVER_ASKED} & set(FIELD_BY_CODE)


def test_every_field_has_both_names():
    assert all(each.zh and each.en and each.zh != each.en for each in FIELDS)
