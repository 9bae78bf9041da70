from dataclasses import replace

import pytest

from mingdai.consent.models import Wording
from mingdai.consent.wording import FieldLine, SheetFacts, compose, keep_wording, not_sent
from mingdai.words import FIELD_BY_CODE, NEVER_ASKED, Purpose, Route
from tests.conftest import NOON

FACTS = SheetFacts(
    recipient="示例银行股份有限公司",
    contact="privacy@bank.example",
    complaint_phone="19900012378",
    product="示例贷",
    amount="10000.00",
    term=12,
    term_unit="month",
    purpose=Purpose.CREDIT_DECISION,
    route=Route.VIA_CREDIT_AGENCY,
    carrier="示例征信有限公司",
    retention_days=30,
    grant_days=30,
    fields=(FieldLine("name", ""), FieldLine("bank_card", "放款"), FieldLine("email", "送达合同")),
)


@pytest.mark.parametrize("locale", ["zh-hans", "en"])
def test_every_element_the_law_asks_for_is_in_the_text(locale):
    text = compose(FACTS, locale)

    for part in (FACTS.recipient, FACTS.contact, FACTS.carrier, "10000.00", "30", "放款"):
        assert part in text
    names = [FIELD_BY_CODE[each.code] for each in FACTS.fields]
    assert [each for each in names if (each.en if locale == "en" else each.zh) not in text] == []


def test_sensitive_and_optional_fields_are_said_to_be_so():
    lines = {line[2:].split("(")[0]: line for line in compose(FACTS, "zh-hans").split("\n- ")[1:]}
    text = compose(FACTS, "zh-hans")

    assert "银行卡号(敏感个人信息)" in text
    assert "姓名(一般个人信息)" in text
    assert text.count("可不提供") == 1
    assert len(lines) == 3


@pytest.mark.parametrize(
    ("change", "zh"),
    [
        ({"route": Route.DIRECT, "carrier": ""}, "直接发送给接收方"),
        ({"route": Route.LENDER_PAGE, "carrier": "", "fields": ()}, "平台不传递任何个人信息"),
        ({"term_unit": "day"}, "12 天"),
    ],
)
def test_the_text_follows_the_facts(change, zh):
    assert zh in compose(replace(FACTS, **change), "zh-hans")


def test_one_changed_fact_changes_the_text():
    assert compose(FACTS, "zh-hans") != compose(replace(FACTS, retention_days=31), "zh-hans")


def test_what_is_not_sent_ends_with_what_is_never_asked():
    codes = [code for code, _, _ in not_sent(frozenset({"name"}))]

    assert "name" not in codes
    assert codes[-len(NEVER_ASKED) :] == [code for code, _, _ in NEVER_ASKED]


def test_the_same_text_is_kept_once_under_its_hash(db):
    first = keep_wording("示例", kind="consent_sheet", locale="zh-hans", at=NOON)
    again = keep_wording("示例", kind="consent_sheet", locale="zh-hans", at=NOON)

    assert first.pk == again.pk
    assert len(first.pk) == 64
    assert Wording.objects.count() == 1
