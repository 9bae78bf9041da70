import logging
from datetime import timedelta

from mingdai.cli.worker import Duty
from mingdai.errors import Unavailable
from tests.conftest import NOON

SOON = timedelta(seconds=1)


def test_a_duty_waits_until_it_is_due():
    duty = Duty("count", lambda _: 3, SOON, NOON)

    assert [duty.run(NOON), duty.run(NOON), duty.run(NOON + SOON)] == [3, 0, 3]


def test_a_failing_duty_is_logged_by_its_code_and_waits_longer_each_time(caplog):
    def fail(_):
        raise Unavailable(code="ledger.closed", reason="fork guard")

    duty = Duty("sequence", fail, SOON, NOON)
    with caplog.at_level(logging.WARNING):
        duty.run(NOON)
        first = duty.due_at - NOON
        duty.run(duty.due_at)

    assert first == timedelta(seconds=2)
    assert duty.failures == 2
    assert "sequence failed: ledger.closed" in caplog.text


def test_a_duty_that_recovers_is_prompt_again():
    answers = iter([OSError("down"), 1, 1])

    def act(_):
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    duty = Duty("deliver", act, SOON, NOON)
    duty.run(NOON)
    duty.run(duty.due_at)

    assert duty.failures == 0
