from __future__ import annotations

import pytest

from mingdai.partners.models import Partner, PartnerChange
from tests.web.console.staff_world import auditor, compliance, operator, staff_actor
from tests.web.world import seed_demo

pytestmark = pytest.mark.django_db

YUNTING = "/console/partners/yunting/"


@pytest.fixture(autouse=True)
def demo():
    seed_demo()


def test_suspending_takes_a_reason_and_says_who():
    client = compliance()

    client.post(f"{YUNTING}suspend/", {"reason": "牌照年检未通过"})

    change = PartnerChange.objects.latest("at")
    assert Partner.objects.get(pk="yunting").status == "suspended"
    assert (change.act, change.actor) == ("suspended", staff_actor("anna"))
    page = client.get(YUNTING).content.decode()
    assert "牌照年检未通过" in page
    assert "anna" in page


@pytest.mark.parametrize("reason", ["", "  ", "abc", "长" * 301])
def test_without_a_reason_nothing_changes(reason):
    answer = compliance().post(f"{YUNTING}suspend/", {"reason": reason})

    assert answer.status_code == 422
    assert Partner.objects.get(pk="yunting").status == "active"


def test_a_suspended_partner_is_activated_again():
    client = compliance()
    client.post(f"{YUNTING}suspend/", {"reason": "牌照年检未通过"})

    client.post(f"{YUNTING}activate/", {"reason": "已补交年检"})

    assert Partner.objects.get(pk="yunting").status == "active"


def test_what_is_missing_is_named_and_refuses():
    Partner.objects.filter(pk="yunting").update(status="draft", contract_ref="")
    client = compliance()

    assert "缺少合同" in client.get(YUNTING).content.decode()
    answer = client.post(f"{YUNTING}activate/", {"reason": "材料齐全"})

    assert answer.status_code == 403
    assert "partner.no_contract" in answer.content.decode()
    assert Partner.objects.get(pk="yunting").status == "draft"


@pytest.mark.parametrize("make", [operator, auditor])
def test_only_compliance_decides(make):
    client = make()

    assert "/suspend/" not in client.get(YUNTING).content.decode()
    assert client.post(f"{YUNTING}suspend/", {"reason": "不合作了"}).status_code == 403
    assert Partner.objects.get(pk="yunting").status == "active"


def test_the_list_takes_the_same_queries_however_long(django_assert_num_queries):
    client = compliance()

    with django_assert_num_queries(3):
        page = client.get("/console/partners/").content.decode()

    assert page.count("data-partner=") == Partner.objects.count() >= 7
