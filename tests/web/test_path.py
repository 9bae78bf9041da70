"""My data's path: who, what, when, on which consent, with which proof; and the way back."""

from __future__ import annotations

import pytest

from mingdai.gate.models import Disclosure
from tests.vault.people import VALUES
from tests.web.world import agree, fill_in, publish, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_nobody_has_anything_until_somebody_does(borrower):
    assert "还没有任何人拿到您的资料" in borrower.get("/path/").content.decode()


def test_the_path_names_recipient_fields_carrier_and_proof_and_no_value(application, client):
    html = client.get("/path/").content.decode()

    for said in ("示例云汀消费金融股份有限公司", "身份证号", 'class="carrier"', "已入公开账本"):
        assert said in html
    assert [value for value in VALUES.values() if value in html] == []


def test_a_read_waits_for_its_checkpoint_and_says_so(borrower):
    agree(borrower, fill_in(borrower))

    assert "等待检查点" in borrower.get("/path/").content.decode()


def test_one_reader_shows_consent_route_marks_and_what_to_download(application, client):
    html = client.get(f"/path/{application.disclosure_id}/").content.decode()

    for said in (
        "本人单独同意",
        "经持牌征信机构传递",
        "0 位标记",
        "data-verify",
        "下载开启文件",
        "不构成独立证明",
    ):
        assert said in html


def test_withdrawing_takes_two_taps_and_gives_a_termination_receipt(application, client):
    page = f"/path/grants/{application.grant_id}/withdraw/"
    assert "撤回不能反悔" in client.get(page).content.decode()

    after = client.post(page, follow=True).content.decode()
    publish()

    application.grant.refresh_from_db()
    ended = bytes(application.grant.terminated_entry_id).hex()
    assert "已撤回" in after
    assert f"/receipts/{ended}/" in after
    assert client.get(f"/receipts/{ended}/").status_code == 200
    assert Disclosure.objects.get().state == "cancelled"


def test_a_stranger_sees_neither_the_reader_nor_the_grant(application, client):
    client.post("/logout/")
    sign_in(client, "19900000002")

    assert client.get(f"/path/{application.disclosure_id}/").status_code == 404
    assert client.post(f"/path/grants/{application.grant_id}/withdraw/").status_code == 404


def test_the_path_asks_no_more_for_many_readers(application, client, django_assert_max_num_queries):
    client.post("/account/copy/")

    with django_assert_max_num_queries(8):
        client.get("/path/")
