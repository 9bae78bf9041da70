"""来信: what arrived, who provably sent it, and the relay switch."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mingdai.consent.relaying import is_on, pause, setting_of
from mingdai.ledger.models import LedgerEntry
from mingdai.vault.filing import forget_blobs
from mingdai_proofs.entries import EntryKind
from tests.conftest import NOON
from tests.mail.post import STRANGER, write
from tests.mail.world import MAILBOX
from tests.web.post import make_reader, receive
from tests.web.world import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def post(client):
    return make_reader(client)


@pytest.fixture
def letters(post):
    return receive(post)


def page(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_empty_box_says_what_will_come(client, post):
    assert "还没有来信" in page(client, "/letters/")


def test_sightings_stand_before_letters_and_nothing_of_a_letter_is_shown(client, letters):
    html = page(client, "/letters/")

    assert html.index("只给过禾岩示例小额贷款有限公司的地址") < html.index("全部来信")
    assert "无法证实发件人，可能是冒充" in html
    assert "极速放款" not in html
    assert MAILBOX not in html


def test_the_list_asks_as_much_for_many_letters(client, post):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            page(client, "/letters/")
        return len(asked)

    receive(post)
    few = queries()
    for number in range(12):
        raw = STRANGER.sign(write("a@chengdai.example", "you", text=str(number)))
        post.judged(raw, mail_from="a@chengdai.example", at=NOON + timedelta(days=number))

    assert queries() == few


def test_a_letter_is_text_with_its_verdict_on_top_and_reading_it_is_one_entry(client, letters):
    letter = letters["expected"]

    html = page(client, f"/letters/{letter.pk}/")
    page(client, f"/letters/{letter.pk}/")

    assert "登记的域名 heyan.example" in html
    assert html.index("heyan.example") < html.index("下一期还款日")
    assert LedgerEntry.objects.filter(kind=EntryKind.OWN_VIEW).count() == 1
    letter.refresh_from_db()
    assert letter.read_at is not None
    assert "一封来信" in page(client, "/path/")


def test_a_forged_letter_warns_and_its_link_is_no_link(client, letters):
    html = page(client, f"/letters/{letters['unauthenticated'].pk}/")

    assert "不要点信里的链接" in html
    assert "http://x.example" in html
    assert 'href="http://x.example' not in html


def test_a_letter_whose_sender_proved_to_be_the_lenders_warns_no_more(client, letters):
    letter = letters["authenticated_other"]
    letter.sighting.explained_at = timezone.now()
    letter.sighting.save()

    html = page(client, f"/letters/{letter.pk}/")

    assert "后来确认：发件方属于这家机构" in html
    assert "不要点信里的链接" not in html


def test_another_persons_letter_does_not_exist(client, letters):
    sign_in(client, "19900000055")

    for letter in letters.values():
        assert client.get(f"/letters/{letter.pk}/").status_code == 404


def test_a_letter_past_its_end_shows_what_stays(client, letters):
    letter = letters["expected"]
    forget_blobs([letter.raw_id, letter.head_id], at=timezone.now())

    html = page(client, f"/letters/{letter.pk}/")

    assert "正文已到保存期限" in html
    assert "没有主题" in html


def test_the_relay_is_switched_on_and_off_with_the_text_that_was_shown(client, post):
    client.post("/letters/relay/", {"relay": "on"})
    setting = setting_of(post.borrower.pk)
    assert is_on(setting, at=timezone.now())
    assert setting.wording.text in page(client, "/letters/").replace("&quot;", '"')

    client.post("/letters/relay/", {"relay": "off"})
    assert setting_of(post.borrower.pk) is None


def test_a_relay_needs_an_address_that_is_kept(client):
    sign_in(client, "19900000056")

    html = client.post("/letters/relay/", {"relay": "on"}, follow=True).content.decode()

    assert "还没有保存您的邮箱" in html


def test_a_paused_relay_says_why(client, post):
    client.post("/letters/relay/", {"relay": "on"})
    pause(post.borrower.pk, at=timezone.now())

    assert "转寄已暂停" in page(client, "/letters/")


def test_english_says_it_too(client, letters):
    client.post("/language/", {"language": "en", "next": "/"})

    html = page(client, "/letters/")
    assert "An address only ever given to" in html
