from mingdai.audit.protocols.prechecks import judge
from tests.audit.protocols.calls_of import MD5, call, codes


def test_a_consented_precheck_is_not_too_early():
    rows = judge([call(mobileMd5=MD5, cnName="测试甲", consentId="c1")])

    assert codes(rows) == []


def test_the_calls_own_status_is_no_oracle():
    told = {"status": "0000", "data": {"quote": 1}}

    assert codes(judge([call(mobileMd5=MD5, response=told)])) == []


def test_a_person_turned_away_needs_a_deletion_acknowledged():
    away = {"data": {"bumpStatus": 1}}
    deleted = {"data": {"bumpStatus": 1, "deletedAt": "2026-01-01"}}

    assert "kept_after_refusal" in codes(judge([call(mobileMd5=MD5, response=away)]))
    assert "kept_after_refusal" not in codes(judge([call(mobileMd5=MD5, response=deleted)]))


def test_contacts_and_faces_are_defects_in_any_call():
    rows = judge([call(applyNo="1", contacts=[{"n": "x"}]), call(livenessPhoto="x", faceImage="y")])

    assert codes(rows) == ["contacts_or_biometrics"]


def test_a_price_is_named_with_the_one_in_force():
    (row,) = judge([call(response={"data": {"price": 35.0, "discountPrice": 28.5}})])

    assert row.field == "data.discountPrice"
