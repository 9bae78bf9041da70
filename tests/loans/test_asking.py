from mingdai.loans.applying import start
from mingdai.loans.asking import consent_sheet, product_of_application
from tests.conftest import NOON
from tests.gate.world import NECESSARY, make_person
from tests.loans.world import CHOICE, PRODUCT
from tests.vault.people import VALUES


def test_the_sheet_names_one_recipient_and_the_carrier_as_one_who_opens_nothing(shop, person):
    sheet = consent_sheet(start(person, CHOICE, at=NOON), locale="zh-hans")

    assert sheet.recipient == PRODUCT.lender.legal_name
    assert sheet.contact
    assert sheet.carrier == "朴远示例征信有限公司"
    assert "受托方朴远示例征信有限公司转交" in sheet.text
    assert sheet.retention_days == 30


def test_each_field_stands_with_its_reason_and_masked_preview(shop, person):
    sheet = consent_sheet(start(person, CHOICE, at=NOON), locale="zh-hans")

    mobile = next(each for each in sheet.fields if each.code == "mobile")
    assert mobile.reason == {f.code: f.reason_zh for f in PRODUCT.fields}["mobile"]
    assert mobile.preview not in {"", VALUES["mobile"]}
    assert sheet.necessary == NECESSARY
    assert sheet.optional == {"email"}
    assert sheet.sensitive == {"id_number", "bank_card"}
    assert sheet.missing == ()


def test_the_text_holds_no_value_not_even_a_masked_one(shop, person):
    sheet = consent_sheet(start(person, CHOICE, at=NOON), locale="zh-hans")

    shown = [each.preview for each in sheet.fields] + list(VALUES.values())
    assert [each for each in shown if each in sheet.text] == []


def test_what_is_not_sent_is_said(shop, person):
    sheet = consent_sheet(start(person, CHOICE, at=NOON), locale="en")

    assert {"address", "contacts", "call_log", "location"} <= {c for c, _, _ in sheet.not_sent}
    assert "Call log" in sheet.text


def test_both_languages_say_the_same_facts_under_their_own_hash(shop, person):
    application = start(person, CHOICE, at=NOON)

    chinese = consent_sheet(application, locale="zh-hans")
    english = consent_sheet(application, locale="en")

    assert chinese.wording_id != english.wording_id
    assert PRODUCT.lender.legal_name_en in english.text
    assert [f.code for f in chinese.fields] == [f.code for f in english.fields]


def test_the_same_facts_give_the_same_text_for_anybody(shop, person):
    other = make_person(mobile="19900000008")

    first = consent_sheet(start(person, CHOICE, at=NOON), locale="zh-hans")
    second = consent_sheet(start(other, CHOICE, at=NOON), locale="zh-hans")

    assert first.wording_id == second.wording_id


def test_fields_not_given_yet_are_named(shop, db):
    bare = make_person(frozenset({"mobile"}), mobile="19900000009")

    sheet = consent_sheet(start(bare, CHOICE, at=NOON), locale="zh-hans")

    assert set(sheet.missing) == NECESSARY - {"mobile"}


def test_the_product_is_read_from_the_row_that_was_listed(shop, person):
    assert product_of_application(start(person, CHOICE, at=NOON)).version == PRODUCT.version
