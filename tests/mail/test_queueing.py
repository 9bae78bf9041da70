from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from django.utils import timezone

from mingdai.errors import Refused
from mingdai.mail.addressing import Target, find_target
from mingdai.mail.queueing import Intake, store
from mingdai.trace.models import Letter
from mingdai.vault.models import FiledBlob
from tests.conftest import NOON
from tests.kill.world import own_database as make_database
from tests.mail.post import envelope
from tests.mail.storm import DoorProcess, Storm, ask, compare, environment
from tests.mail.world import arrival

SENT = envelope("bounce@heyan.example")


def arriving(post, number: int):
    raw = f"From: a@heyan.example\r\nSubject: {number}\r\n\r\nx\r\n".encode()
    return arrival(find_target(post.address), raw, post.address, SENT)


def test_a_batch_is_stored_once_however_often_it_comes(post):
    batch = [arriving(post, number) for number in (1, 2, 2)]

    assert store(batch, at=NOON) == 2
    assert store(batch, at=NOON) == 0
    assert Letter.objects.count() == FiledBlob.objects.filter(label="letter").count() == 2


def test_a_message_to_two_aliases_is_two_letters(post):
    other = Target("letter", post.borrower.pk, alias_id=post.alias.pk)

    assert store([arriving(post, 1)], at=NOON) == 1
    assert store([arriving(post, 1)], at=NOON) == 0
    assert other.alias_id == Letter.objects.get().alias_id


def test_nothing_of_a_refused_batch_is_stored(post):
    good = arriving(post, 1)
    nobody = arrival(Target("letter", UUID(int=0), 1), b"x", "", SENT)

    with pytest.raises(Refused, match=r"vault\.no_subject"):
        store([good, nobody], at=NOON)

    assert not Letter.objects.exists()


def test_one_that_cannot_be_stored_does_not_spoil_the_others(open_post):
    intake = Intake(clock=timezone.now)
    good = [intake.put([arriving(open_post, number)]) for number in range(3)]
    bad = intake.put([arrival(Target("letter", UUID(int=0), alias_id=1), b"x", "", SENT)])
    intake.start()
    intake.stop()

    assert [each.result(timeout=10) for each in good] == [None, None, None]
    assert isinstance(bad.exception(timeout=10), Refused)
    assert Letter.objects.count() == 3


def test_many_threads_share_commits(open_post):
    intake = Intake(clock=timezone.now)
    intake.start()
    batches = [[arriving(open_post, number)] for number in range(60)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda batch: intake.put(batch).result(30), batches))
    intake.stop()

    assert Letter.objects.count() == 60
    assert len(set(Letter.objects.values_list("received_at", flat=True))) < 60


@pytest.fixture
def own_database():
    with make_database() as url:
        yield url


@pytest.mark.slow
def test_a_kill_in_the_middle_of_a_storm_loses_nothing_and_doubles_nothing(tmp_path, own_database):
    given = environment(tmp_path, own_database)
    addresses = ask(["make", "3"], given)
    door = DoorProcess(given)
    door.start()
    storm = Storm(door.port, addresses, count=400)
    sending = threading.Thread(target=storm.run)
    sending.start()
    while len(storm.accepted) < 150:
        time.sleep(0.01)
    door.kill()
    door.start()
    sending.join()
    found = ask(["count"], given)
    while any(name.startswith("queued") for name in found["states"]):
        time.sleep(0.2)
        found = ask(["count"], given)
    door.stop()

    assert storm.repeats > 0
    assert compare(storm, found["digests"]) == {
        "accepted": 400,
        "stored": 400,
        "lost": 0,
        "twice": 0,
    }
    assert found["states"] == {"held expected": 400}
