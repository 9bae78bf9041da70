from __future__ import annotations

import json
import stat
from dataclasses import replace
from datetime import timedelta

import pytest

from mingdai.audit.models import Audit
from mingdai.audit.ordering import folder_of, order
from mingdai.errors import Invalid
from tests.audit.audits import ACTOR, NOON, ordered, wanted

pytestmark = pytest.mark.django_db

AUTHORITY = {
    "ordered_by": "示例平台合规部",
    "hosts": ["*.loan.example"],
    "until": (NOON + timedelta(days=3)).isoformat(),
    "contacts": {"mobile": "owned", "email": "consenting adult"},
}
OUTSIDE = "https://www.loan.example/apply"


def test_an_order_of_the_test_world_waits_in_the_queue_with_its_files(data_folder):
    audit = ordered()

    person = folder_of(audit) / "identity.json"
    assert Audit.objects.get().state == Audit.State.QUEUED
    assert set(json.loads(person.read_text())["fields"]) >= {"mobile", "id_number"}
    assert stat.S_IMODE(person.stat().st_mode) == 0o600
    assert not (folder_of(audit) / "authority.json").exists()


def test_no_planted_value_is_in_the_table(data_folder):
    audit = ordered()

    person = json.loads((folder_of(audit) / "identity.json").read_text())["fields"]
    row = str(Audit.objects.values().get())
    assert all(value not in row for value in person.values())


def test_code_and_declared_recipients_go_into_the_identity(data_folder):
    audit = ordered(otp="246810", declared=("lender.test",))

    document = json.loads((folder_of(audit) / "identity.json").read_text())
    assert (document["otp"], document["declared"]) == ("246810", ["lender.test"])


def test_another_host_needs_an_authority_that_is_kept(data_folder):
    audit = ordered(OUTSIDE, authority=AUTHORITY)

    kept = json.loads((folder_of(audit) / "authority.json").read_text())
    assert kept == AUTHORITY == Audit.objects.get().authority


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"url": "ftp://shop.test/"}, "url"),
        ({"url": "http://"}, "url"),
        ({"url": "http://[bad/"}, "url"),
        ({"max_hops": 0}, "max_hops"),
        ({"minutes": 99}, "minutes"),
        ({"person": {}}, "person"),
        ({"person": {"id_number": "110105194912310021"}}, "id_number"),
        ({"url": OUTSIDE}, "ordered_by"),
        ({"allow": ("other.example",)}, "ordered_by"),
        ({"url": OUTSIDE, "authority": {**AUTHORITY, "hosts": ["x.example"]}}, "hosts"),
        ({"url": OUTSIDE, "authority": {**AUTHORITY, "until": NOON.isoformat()}}, "until"),
        ({"url": OUTSIDE, "authority": {**AUTHORITY, "until": "soon"}}, "until"),
        ({"url": OUTSIDE, "authority": {**AUTHORITY, "contacts": {}}}, "mobile_owner"),
    ],
)
def test_what_the_rules_forbid_is_said_beside_its_input(data_folder, changes, field):
    with pytest.raises(Invalid) as refused:
        order(replace(wanted(), **changes), partner_id=None, actor=ACTOR, at=NOON)

    assert refused.value.field == field
    assert not Audit.objects.exists()
    assert not (data_folder / "audits").exists()
