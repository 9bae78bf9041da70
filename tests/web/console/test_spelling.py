from __future__ import annotations

import pytest

from mingdai.gate.marking_normals import normal
from mingdai.gate.marking_spellings import KINDS, SPELLINGS
from mingdai.partners.conforming import Trial, keep_trials, kinds_taken
from mingdai.partners.models import Partner
from mingdai.web.console.spelling import LABELS, spelling_rows
from mingdai.words import ActorId
from tests.conftest import NOON
from tests.web.console.staff_world import compliance, operator
from tests.web.world import seed_demo

pytestmark = pytest.mark.django_db
YUNTING = "/console/partners/yunting/"
TRIALS = [
    Trial("address.width", True, "taken"),
    Trial("name.space", False, "http.422"),
    Trial("send.block", True, "by_hand"),
]


@pytest.fixture(autouse=True)
def partner() -> Partner:
    seed_demo()
    found = Partner.objects.get(pk="yunting")
    keep_trials(found, TRIALS, actor=ActorId("system"), at=NOON)
    return found


def test_every_kind_has_a_name_and_two_forms_of_one_meaning():
    assert list(LABELS) == list(KINDS)
    for each in SPELLINGS:
        _, plain, other = LABELS[each.kind]
        assert plain != other
        assert normal(each.field, plain) == normal(each.field, other)


def test_the_rows_say_what_is_on_and_why_not(partner):
    rows = {each.kind: each for each in spelling_rows(partner)}

    assert [rows[each.kind].on for each in TRIALS] == [True, False, True]
    assert rows["name.space"].why == "http.422"
    assert (rows["address.city"].on, rows["address.city"].tried_at) == (False, None)


def test_the_partners_page_shows_them():
    page = compliance().get(YUNTING).content.decode()

    assert 'data-spelling="name.space"' in page
    assert "测试系统拒收" in page
    assert "未试" in page


def test_a_compliance_officer_switches_one_off():
    compliance().post(f"{YUNTING}spellings/address.width/off/")

    assert kinds_taken(Partner.objects.get(pk="yunting")) == {"send.block"}


def test_an_operator_sees_them_and_switches_none():
    client = operator()

    answer = client.post(f"{YUNTING}spellings/address.width/off/")

    assert answer.status_code == 403
    assert "spellings/address.width/off" not in client.get(YUNTING).content.decode()
    assert "address.width" in kinds_taken(Partner.objects.get(pk="yunting"))
