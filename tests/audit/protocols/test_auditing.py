"""Each fixture of a family says what an audit of it must find (fixtures/SOURCES.md)."""

import pytest

from mingdai.audit.protocols.auditing import audit_calls
from mingdai.audit.protocols.defects import KINDS, SEVERITIES
from mingdai.audit.protocols.reading import read_calls
from tests.audit.protocols.calls_of import FIXTURES, MOBILE, call, defects_of

EXPECTED = {
    "F01": {"hash_with_first8", "id_before_consent", "profile_before_consent"},
    "F02": {"hash_with_mask", "id_before_consent", "unit_trap"},
    "F03": {"price_before_consent", "agreement_incomplete"},
    "F04": {"apply_without_receipt"},
    "F05": {"membership_oracle", "name_before_consent"},
    "F06": {"unsigned_field"},
    "F07": {"bulk_list", "membership_oracle", "ambiguous_signature", "replayable"},
    "F08-F10": {"deducted_up_front", "fee_outside_rate", "rate_unit_unknown"},
    "F11": {"plaintext_push"},
    "F12": {"onward_without_receipt", "universal_join_key"},
}


@pytest.mark.parametrize(("name", "wanted"), EXPECTED.items(), ids=EXPECTED)
def test_a_fixture_shows_its_defects(name, wanted):
    assert wanted <= set(defects_of(name))


def test_every_fixture_is_expected_to_show_something():
    assert {path.stem for path in FIXTURES.glob("*.json")} == set(EXPECTED)


@pytest.mark.parametrize(("name", "code", "left"), [
    ("F01", "hash_with_first8", 1000), ("F02", "hash_with_mask", 10_000),
])  # fmt: skip
def test_the_number_behind_hash_and_digits_is_really_recovered(name, code, left):
    found = defects_of(name)[code]

    assert (found.recovered, found.candidates) == (MOBILE, left)
    assert found.tries <= left


def test_more_than_twenty_fields_before_consent_are_counted():
    assert "二十" in defects_of("F01")["profile_before_consent"].said.zh


def test_the_gender_codes_of_both_sides_agree_with_the_id():
    assert "gender_disagrees" not in defects_of("F01") | defects_of("F02")


def test_the_price_in_force_and_the_deduction_are_figured_out():
    assert "28.5" in defects_of("F03")["price_before_consent"].said.en
    assert "3.00 %" in defects_of("F08-F10")["deducted_up_front"].said.en


def test_both_later_hops_lack_a_receipt():
    rows = audit_calls(read_calls(FIXTURES / "F12.json"))

    assert [row.call for row in rows if row.code == "onward_without_receipt"] == [2, 3]


def test_an_application_with_its_receipt_is_clean():
    own = call(applyNo="a1", mobilePhone=MOBILE, consentId="c1", to="lender")

    assert audit_calls([own]) == []


def test_a_second_recipient_is_found_even_with_a_receipt():
    rows = [call(n, applyNo=f"a{n}", mobilePhone=MOBILE, consentId="c1", to=to, sender="p")
            for n, to in enumerate(("one", "two"), start=1)]  # fmt: skip

    assert [row.code for row in audit_calls(rows)] == ["fan_out"]


def test_buckets_that_identify_nobody_are_clean():
    assert audit_calls([call(ageBand="30-39", amountBand="10000-20000", city="示例市")]) == []


def test_every_kind_has_a_severity_both_languages_and_a_law():
    for kind in KINDS.values():
        assert kind.severity in SEVERITIES
        assert all([kind.why.zh, kind.why.en, kind.fix.zh, kind.fix.en, kind.law])
