import json
from datetime import date

import pytest
from django.utils import timezone

from mingdai.accounts.models import Staff
from mingdai.cli.main import main
from mingdai.gate.marking_spellings import SEND_BLOCK, SPELLINGS
from mingdai.partners.conforming import Trial, keep_trials, kinds_taken
from mingdai.partners.models import Partner, PartnerChange
from mingdai.words import ActorId
from tests.conftest import NOON
from tests.gate.test_conforming import lender_system
from tests.gate.world import make_bureau, make_lender, publish

pytestmark = pytest.mark.django_db(transaction=True)
WHO = ["--partner", "heyan-ml", "--by", "officer"]


@pytest.fixture(autouse=True)
def partner(data_folder) -> Partner:
    publish(timezone.now())
    for login, role in (("officer", Staff.Role.COMPLIANCE), ("worker", Staff.Role.OPERATOR)):
        Staff.objects.create(login=login, role=role, created_at=NOON)
    make_bureau()
    return make_lender()


def test_a_run_switches_each_kind_and_says_which_were_refused(partner, tmp_path, capsys):
    with lender_system(tmp_path, {"name": r"\S+"}) as system:
        code = main(["partner", "conformance", "--endpoint", system.url, "--send-time", *WHO])

    assert code == 1
    text = capsys.readouterr().out
    assert "off  name.space" in text
    assert f"{len(SPELLINGS) - 1} of {len(SPELLINGS) + 1} spellings on" in text
    assert SEND_BLOCK in kinds_taken(Partner.objects.get(pk=partner.pk))


def test_a_kind_is_switched_off_by_hand_with_its_reason(partner):
    keep_trials(partner, [Trial("name.space", True, "taken")], actor=ActorId("system"), at=NOON)

    assert main(["partner", "spelling", "name.space", "--reason", "对方来信", *WHO]) == 0

    assert kinds_taken(Partner.objects.get(pk=partner.pk)) == frozenset()
    assert PartnerChange.objects.order_by("-at").first().reason == "对方来信"


def test_a_kind_never_tried_cannot_be_switched(capsys):
    assert main(["partner", "spelling", "name.space", "--reason", "x", *WHO]) == 2
    assert "spelling.kind" in capsys.readouterr().err


def test_a_clause_is_put_on_file_and_taken_off(partner):
    given = ["--clause", "第9条", "--from", "2026-03-01"]

    assert main(["partner", "decoys", *given, *WHO]) == 0
    stored = Partner.objects.get(pk=partner.pk)
    assert (stored.decoys_clause, stored.decoys_agreed_on) == ("第9条", date(2026, 3, 1))

    assert main(["partner", "decoys", "--none", *WHO]) == 0
    assert Partner.objects.get(pk=partner.pk).decoys_agreed_on is None


@pytest.mark.parametrize(
    ("who", "code"),
    [
        (["--partner", "nobody", "--by", "officer"], "partner.unknown"),
        (["--partner", "heyan-ml", "--by", "worker"], "staff.not_your_role"),
        (["--partner", "heyan-ml", "--by", "stranger"], "staff.unknown"),
    ],
)
def test_only_a_compliance_officer_decides_about_a_partner_there_is(who, code, capsys):
    assert main(["partner", "decoys", "--none", "--json", *who]) == 2
    assert json.loads(capsys.readouterr().err)["error"]["code"] == code
