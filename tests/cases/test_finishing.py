from __future__ import annotations

import secrets
from datetime import timedelta
from uuid import UUID

import pytest

from mingdai.cases.attributing import begin, judge
from mingdai.cases.deleting import folder, path_of
from mingdai.cases.finishing import TO_ANSWER, finish, names_of
from mingdai.cases.models import Answer, Attribution, FoundList
from mingdai.cases.queueing import claim
from mingdai.cases.spelling import digest_of
from mingdai.cases.unsealing import unsealed
from tests.cases.world import (
    LATER,
    alias_of,
    asked,
    attributed,
    employ,
    hand_over,
    lenders,
    mobile,
    opened,
    people,
    received,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def everybody():
    made = people(6)
    one, _ = lenders()
    hand_over(made, one)
    return made


def kept(row: FoundList) -> str:
    with unsealed(row) as path:
        return path.read_text(encoding="utf-8")


def test_rows_of_strangers_are_counted_and_dropped(everybody):
    text = "姓名,手机\n示一," + mobile(0) + "\n王某," + mobile(77) + "\n示二," + mobile(3) + "\n"

    done = attributed(received(opened(), text))

    row = FoundList.objects.get()
    lines = kept(row).splitlines()
    assert (done.result["rows"], done.result["matched"]) == (3, 2)
    assert lines[0] == "姓名,手机"
    assert sorted(lines[1:]) == [f"示一,{mobile(0)}", f"示二,{mobile(3)}"]
    assert row.thinned_at is not None
    assert [each.name for each in folder().iterdir()] == [f"{row.stowed}.sealed"]


def test_a_list_of_strangers_is_deleted_at_once(everybody):
    attributed(received(opened(), "\n".join(mobile(each) for each in range(70, 80))))

    row = FoundList.objects.get()
    assert (row.state, row.salt) == (FoundList.State.DELETED, None)
    assert list(folder().iterdir()) == []


def test_the_result_its_digest_and_the_question_to_who_is_named(everybody):
    one = everybody[0].aliases.get().partner

    done = attributed(received(opened(), alias_of(everybody[0], one)))

    answer = Answer.objects.get()
    assert done.result_digest == digest_of(done.result)
    assert (answer.recipient_id, answer.partner, answer.code) == (one.pk, one, "")
    assert answer.due_at - done.ended_at == TO_ANSWER
    assert done.ticket.closed_at == done.ended_at


def test_a_row_that_is_not_ours_any_more_is_left_as_it_is(everybody):
    row = received(opened(), mobile(0))
    asked(row)
    claimed = claim(holder="here:1", at=LATER)
    Attribution.objects.update(holder="there:2")

    read = begin(claimed, at=LATER)
    answers: list[bool] = []
    judge(
        claimed,
        read,
        lambda _: None,
        lambda it: answers.append(finish(claimed, read, it, at=LATER)),
    )

    row.refresh_from_db()
    assert answers == [False]
    assert (row.thinned_at, kept(row)) == (None, mobile(0))
    assert [each.name for each in folder().iterdir()] == [path_of(row.stowed).name]


def test_recipients_are_called_by_what_they_are(everybody):
    ben = employ("ben", "operator")
    gone = f"staff:{UUID(bytes=secrets.token_bytes(16))}"

    names = names_of(["heyan-ml", f"staff:{ben.pk}", gone, "regulator:x"])

    assert names["heyan-ml"]["kind"] == "partner"
    assert names[f"staff:{ben.pk}"] == {"kind": "staff", "name": "ben", "role": "operator"}
    assert names[gone] == {"kind": "staff", "name": gone}
    assert names["regulator:x"]["kind"] == "regulator"
    assert timedelta(days=10) == TO_ANSWER
