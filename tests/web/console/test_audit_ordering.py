from __future__ import annotations

import json
import re

import pytest
from django.utils import timezone

from mingdai.audit.models import Audit
from mingdai.audit.ordering import folder_of
from tests.web.console.staff_world import auditor, compliance, staff_actor
from tests.web.world import seed_demo

pytestmark = pytest.mark.django_db

NEW = "/console/audits/new/"


def typed(client, **changes: str) -> dict[str, str]:
    """The form as it is opened, with `changes`."""
    html = client.get(NEW).content.decode()
    values = dict(re.findall(r'name="(\w+)"[^>]* value="([^"]*)"', html))
    kept = ("name", "mobile", "id_number", "email", "address", "max_hops", "minutes")
    return {**{key: values[key] for key in kept}, "url": "http://shop.test/", **changes}


def test_the_form_comes_with_a_made_up_person_each_time_another():
    client = compliance()

    first, second = typed(client), typed(client)

    assert first["id_number"].startswith("999999")
    assert first["mobile"] != second["mobile"] or first["name"] != second["name"]


def test_an_order_is_queued_in_the_name_of_who_made_it():
    seed_demo()
    client = auditor()

    answer = client.post(NEW, typed(client, partner="yunting", allow="shop.test, *.pay.test"))

    audit = Audit.objects.get()
    person = json.loads((folder_of(audit) / "identity.json").read_text())["fields"]
    assert answer.url == f"/console/audits/{audit.pk}/"
    assert audit.ordered_by == staff_actor("carl")
    assert (audit.partner_id, audit.allow) == ("yunting", ["shop.test", "*.pay.test"])
    assert set(person) == {"name", "mobile", "id_number", "email", "address"}


def test_outside_of_the_test_world_an_authority_is_asked_for_and_kept():
    client = compliance()
    outside = {"url": "https://www.loan.example/"}
    refused = client.post(NEW, typed(client, **outside))
    day = timezone.localdate().replace(year=timezone.localdate().year + 1).isoformat()
    given = {
        "ordered_by": "示例平台",
        "hosts": "*.loan.example",
        "until": day,
        "mobile_owner": "owned",
        "email_owner": "consenting adult",
    }

    answer = client.post(NEW, typed(client, **outside, **given))

    audit = Audit.objects.get()
    assert refused.status_code == 422
    assert 'id="ordered_by"' in refused.content.decode()
    assert "请写明委托人" in refused.content.decode()
    assert answer.status_code == 302
    assert audit.authority["until"].startswith(day)
    assert (folder_of(audit) / "authority.json").exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"url": "shop"}, "url"),
        ({"max_hops": "many"}, "max_hops"),
        ({"minutes": "99"}, "minutes"),
        ({"partner": "nobody"}, "partner"),
        ({"id_number": "11010519491231002X"}, "id_number"),
        ({"allow": "real.example"}, "ordered_by"),
    ],
)
def test_a_wrong_input_is_marked_and_what_was_typed_stays(changes, field):
    client = compliance()

    answer = client.post(NEW, typed(client, name="测试乙", **changes))

    html = answer.content.decode()
    marked = re.findall(r'id="(?:p-)?(\w+)"[^>]*aria-invalid="true"', html)
    assert answer.status_code == 422
    assert marked == [field]
    assert "测试乙" in html
    assert not Audit.objects.exists()


def test_a_day_that_is_none_is_refused():
    client = compliance()
    outside = {"url": "https://a.example/", "ordered_by": "甲", "hosts": "a.example"}

    answer = client.post(NEW, typed(client, **outside, until="2027-02-31"))

    assert "有效到哪一天" in answer.content.decode()
