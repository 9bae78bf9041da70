"""有人联系我: who ever had it, in the same moment."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mingdai.gate.models import Disclosure
from mingdai.ledger.models import LedgerEntry
from mingdai.trace.contacting import CHANNELS
from mingdai.trace.models import ContactReport
from mingdai.vault.keeping import keep
from mingdai.web.contacts import CHANNEL_NAMES
from tests.conftest import NOON
from tests.web.post import make_reader
from tests.web.world import sign_in

pytestmark = pytest.mark.django_db(transaction=True)

CALL = {"channel": "call", "caller": "19900000444", "when": "", "to": "", "known": ["name"]}


@pytest.fixture
def post(client):
    return make_reader(client)


def ask(client, **changes) -> str:
    answer = client.post("/contact/", {**CALL, **changes})
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def test_the_form_asks_for_kinds_and_never_for_values(client, post):
    html = client.get("/contact/").content.decode()

    assert set(re.findall(r'name="channel" value="(\w+)"', html)) == set(CHANNELS)
    assert set(CHANNEL_NAMES) == set(CHANNELS)
    assert 'type="checkbox"' in html


def test_the_answer_names_who_had_it_since_when_on_which_consent(client, post):
    html = ask(client)

    assert "禾岩示例小额贷款有限公司" in html
    assert "全部都有" in html
    assert "2026-11-23 12:00 起" in html
    assert "同意到 2026-12-23" in html
    assert f"/path/{post.disclosure.pk}/" in html
    assert "有过这些资料，不等于泄露了它们" in html


def test_facts_nobody_was_given_point_elsewhere(client, post):
    Disclosure.objects.all().update(sent_at=None, attempts=0)

    html = ask(client)

    assert "没有提供给任何人" in html
    assert "更可能来自别处" in html


def test_an_alias_that_was_written_to_is_the_strongest_lead(client, post):
    html = ask(client, channel="email", to=post.address)

    assert "这个地址只给过禾岩示例小额贷款有限公司，2026-11-23" in html


def test_a_mail_without_the_address_is_told_where_to_look(client, post):
    assert "看邮件的“收件人”" in ask(client, channel="email")


def test_what_was_typed_is_not_stored(client, post):
    ask(client)

    row = ContactReport.objects.get()
    assert row.caller_preview == "199…44"
    assert row.fields == ["name", "mobile"]
    assert b"19900000444" not in bytes(row.caller)


def test_a_number_that_others_reported_is_said(client, post):
    ask(client)
    sign_in(client, "19900000058")

    assert "另有 1 位借款人报告过同一个号码" in ask(client)


@pytest.mark.parametrize(
    "changes",
    [
        {"channel": "pigeon"},
        {"channel": ""},
        {"when": "yesterday"},
        {"when": "2999-01-01T00:00"},
        {"known": ["album"]},
    ],
)
def test_what_cannot_be_answered_is_asked_again_and_nothing_is_kept(client, post, changes):
    answer = client.post("/contact/", {**CALL, **changes})

    assert answer.status_code == 422
    assert "请选择怎么联系您的" in answer.content.decode()
    assert not ContactReport.objects.exists()


def test_before_the_disclosure_nobody_had_it(client, post):
    assert "没有提供给任何人" in ask(client, when="2026-11-23T11:59")


def test_the_answer_asks_as_much_for_many_disclosures(client, post):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            ask(client)
        return len(asked)

    few = queries()
    keep(post.borrower, "employer", "示例工厂", at=NOON)
    for number in range(20):
        Disclosure.objects.create(
            borrower=post.borrower,
            recipient_kind="staff",
            recipient_id=f"staff:{number}",
            purpose="case_handling",
            basis="statutory_duty",
            route="inside",
            fields=["mobile"],
            entry=_entry(number),
            disclosed_at=NOON,
            state="read",
        )

    assert queries() == few


def _entry(number: int):

    return LedgerEntry.objects.create(
        entry_id=number.to_bytes(16, "big"), kind=10, data=bytes(512), created_at=NOON
    )
