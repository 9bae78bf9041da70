from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import translation

from mingdai.gate.aliasing import disclosure_of
from mingdai.trace.answering import ANSWERS, answer, open_sightings
from mingdai.trace.expecting import confirm_sender, decline_sender
from mingdai.trace.models import ExpectedSender, Grade
from mingdai.web.console import sighting_filtering
from mingdai.web.console.sighting_telling import (
    GRADES,
    MEANS,
    MEANS_NOT,
    RELATIONS,
    SENDER_STATES,
    STANDINGS,
    grade_tone,
    grade_word,
    history,
)
from mingdai.web.sightings import ANSWER_NAMES
from mingdai.words import ActorId
from tests.conftest import NOON
from tests.web.console.sighting_world import sighted, strange

HOUR = timedelta(hours=1)
ANNA = ActorId("staff:anna")


@pytest.fixture(autouse=True)
def in_chinese():
    with translation.override("zh-hans"):
        yield


def test_every_code_has_its_words():
    grades = set(Grade.values) - {Grade.EXPECTED}
    assert set(GRADES) == set(MEANS) == set(MEANS_NOT) == grades
    assert set(STANDINGS) == set(sighting_filtering.STANDINGS)
    assert set(SENDER_STATES) == set(ExpectedSender.State.values)
    assert set(RELATIONS) == {"", "signed_by", "answer", "named"}
    assert set(ANSWER_NAMES) == set(ANSWERS)


def test_a_grade_nobody_knows_is_itself():
    assert (grade_word("new"), grade_tone("new")) == ("new", "")
    assert (grade_word("decoy"), grade_tone("decoy")) == ("诱饵收到来信", "tag-bad")


def told(sighting, given=None) -> list[str]:
    steps = history(
        sighting,
        given=given,
        answers=sighting.answers.order_by("at"),
        senders=ExpectedSender.objects.filter(domain="chengdai.example"),
    )
    assert [each.at for each in steps] == sorted(each.at for each in steps)
    return [each.text for each in steps]


@pytest.fixture
def case(db, data_folder):
    return sighted()


def test_what_happened_is_told_in_order(case):
    post, sighting = case
    strange(post, "again")
    open_sightings(post.lender.pk, at=NOON + HOUR)
    for number, code in enumerate(("investigating", "our_service")):
        answer(
            sighting.pk,
            partner_id=post.lender.pk,
            code=code,
            note="",
            actor=ActorId("partner:heyan-ml"),
            at=NOON + (2 + number) * HOUR,
        )
    sender = ExpectedSender.objects.get(domain="chengdai.example")
    confirm_sender(sender.pk, actor=ANNA, at=NOON + 5 * HOUR)
    sighting.refresh_from_db()

    assert told(sighting, disclosure_of(sighting.alias)) == [
        "把这个地址交给接收方",
        "别人写来，写入账本",
        "当天又来信，共 2 封",
        "机构看到了这条线索",
        "机构答复：正在调查",
        "机构答复：是本机构委托的服务商发的",
        "chengdai.example 提为该机构的发件域名",
        "确认 chengdai.example 是该机构的发件域名",
        "标为已解释，借款人看得到",
    ]


def test_a_declined_sender_explains_nothing(case):
    post, sighting = case
    sender = ExpectedSender.objects.create(
        partner=post.lender,
        domain="chengdai.example",
        state="proposed",
        relation="named",
        proposed_at=NOON + HOUR,
    )
    decline_sender(sender.pk, actor=ANNA, at=NOON + 2 * HOUR)

    assert told(sighting)[-1] == "否决 chengdai.example"
