from __future__ import annotations

import time

import pytest

from mingdai.ledger.keys import vkey
from mingdai.web.console import verifying
from mingdai.web.console.verifying import Verification, current
from tests.web.console.staff_world import applied, auditor, compliance

pytestmark = pytest.mark.django_db

PAGE = "/console/ledger/"


def wait() -> None:
    for _ in range(200):
        if current().state != "running":
            return
        time.sleep(0.05)
    raise AssertionError("the verification does not end")


def test_the_page_shows_size_key_and_how_to_check():
    applied()

    page = compliance().get(PAGE).content.decode()

    assert vkey() in page
    assert "mingdai verify ledger" in page
    assert "没有配置见证方" in page


def test_an_empty_ledger_is_shown_too():
    assert compliance().get(PAGE).status_code == 200


def test_an_auditor_verifies_and_reads_the_verdict():
    applied()
    client = auditor()

    answer = client.post(f"{PAGE}verify/")
    wait()

    assert answer.url == PAGE
    assert "账本完好" in client.get(PAGE).content.decode()


def test_the_part_asks_again_only_while_a_run_lasts():
    applied()
    client = compliance()
    claim = verifying._claim()
    assert claim is not None
    verifying._write(Verification(state="running", done=3, size=9))
    running = client.get(f"{PAGE}verification/").content.decode()
    verifying.os.close(claim)

    client.post(f"{PAGE}verify/", headers={"HX-Request": "true"})
    wait()
    ended = client.get(f"{PAGE}verification/").content.decode()

    assert 'hx-trigger="every 1s"' in running
    assert "<progress" in running
    assert "hx-trigger" not in ended
    assert 'data-state="sound"' in ended


def test_a_flaw_is_shown_with_its_code():
    verifying._write(Verification(state="flawed", code="tile.mismatch"))

    page = compliance().get(PAGE).content.decode()

    assert "核对没有通过" in page
    assert "tile.mismatch" in page


def test_the_page_takes_a_constant_number_of_queries(django_assert_max_num_queries):
    applied()
    client = compliance()

    with django_assert_max_num_queries(6):
        client.get(PAGE)
