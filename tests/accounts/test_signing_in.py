from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mingdai.accounts.models import Attempt, Borrower, InboxMessage, LoginCode
from mingdai.accounts.signing_in import redeem_code, request_code
from mingdai.errors import Unavailable
from mingdai.words import Reason
from tests.accounts.people import NUMBER, OTHER_NUMBER, shown_code
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


def ask(number=NUMBER, at=NOON, address=""):
    return request_code(number, masked="199****0001", at=at, address=address)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def told(answer) -> str:
    return answer.code if isinstance(answer, Reason) else "in"


def test_the_code_that_was_sent_signs_in_and_registers():
    assert ask() is None

    borrower = redeem_code(NUMBER, shown_code(), at=NOON, locale="en")

    assert borrower == Borrower.objects.get()
    assert borrower.locale == "en"


def test_a_code_has_six_digits_and_only_its_keyed_hash_is_kept():
    ask()

    code = shown_code()
    row = LoginCode.objects.get()
    assert len(code) == 6
    assert code.isdecimal()
    assert code.encode() not in bytes(row.code_hash)
    assert len(row.code_hash) == 32


@pytest.mark.parametrize(
    ("claim", "number", "late", "change", "answer"),
    [
        ("right", NUMBER, timedelta(0), str, "in"),
        ("right with blanks", NUMBER, timedelta(0), lambda code: f" {code} ", "in"),
        ("a second before the end", NUMBER, 5 * MINUTE - SECOND, str, "in"),
        ("at the end", NUMBER, 5 * MINUTE, str, "login.wrong_code"),
        ("wrong", NUMBER, timedelta(0), wrong, "login.wrong_code"),
        ("empty", NUMBER, timedelta(0), lambda code: "", "login.wrong_code"),
        ("not ASCII", NUMBER, timedelta(0), lambda code: "１２３４５６", "login.wrong_code"),
        ("another number's", OTHER_NUMBER, timedelta(0), str, "login.wrong_code"),
    ],
)
def test_a_code_answers_as_the_table_says(claim, number, late, change, answer):
    ask()

    assert told(redeem_code(number, change(shown_code()), at=NOON + late)) == answer, claim


def test_a_code_works_once():
    ask()
    code = shown_code()
    redeem_code(NUMBER, code, at=NOON)

    assert told(redeem_code(NUMBER, code, at=NOON)) == "login.wrong_code"


def test_only_the_newest_code_works():
    ask()
    old = shown_code()
    ask(at=NOON + MINUTE)
    while shown_code() == old:
        InboxMessage.objects.all().delete()
        ask(at=NOON + 2 * MINUTE)

    assert told(redeem_code(NUMBER, old, at=NOON + MINUTE)) == "login.wrong_code"
    assert told(redeem_code(NUMBER, shown_code(), at=NOON + MINUTE)) == "in"


def test_five_wrong_codes_lock_the_number_even_for_the_right_one():
    ask()
    code = shown_code()
    answers = [told(redeem_code(NUMBER, wrong(code), at=NOON)) for _ in range(6)]

    assert answers == ["login.wrong_code"] * 5 + ["login.locked"]
    assert told(redeem_code(NUMBER, code, at=NOON)) == "login.locked"
    assert told(redeem_code(OTHER_NUMBER, "000000", at=NOON)) == "login.wrong_code"


def test_the_lock_ends_and_a_new_code_is_needed():
    ask()
    code = shown_code()
    for _ in range(5):
        redeem_code(NUMBER, wrong(code), at=NOON)
    later = NOON + 15 * MINUTE

    assert told(redeem_code(NUMBER, code, at=later)) == "login.wrong_code"
    ask(at=later)
    assert told(redeem_code(NUMBER, shown_code(), at=later)) == "in"


def test_one_code_a_minute_and_five_an_hour_for_a_number():
    assert ask() is None
    assert told(ask(at=NOON + 59 * SECOND)) == "login.too_often"
    assert [ask(at=NOON + each * MINUTE) for each in range(1, 5)] == [None] * 4
    assert told(ask(at=NOON + 30 * MINUTE)) == "login.too_often"
    assert ask(at=NOON + 61 * MINUTE) is None
    assert InboxMessage.objects.count() == 6


def test_twenty_codes_an_hour_for_an_address():
    numbers = [bytes(31) + bytes([each]) for each in range(21)]

    answers = [ask(each, address="203.0.113.7") for each in numbers]

    assert [told(each) if each else "" for each in answers] == [""] * 20 + ["login.too_often"]
    assert ask(numbers[20], address="203.0.113.8") is None


def test_thirty_wrong_codes_an_hour_from_an_address():
    numbers = [bytes(31) + bytes([each]) for each in range(31)]

    answers = [told(redeem_code(each, "1", at=NOON, address="203.0.113.7")) for each in numbers]

    assert answers == ["login.wrong_code"] * 30 + ["login.too_often"]


def test_known_and_unknown_numbers_get_the_same_answers():
    ask()
    redeem_code(NUMBER, shown_code(), at=NOON)
    later = NOON + timedelta(hours=2)

    def story(number):
        found = [ask(number, at=later)]
        found += [redeem_code(number, wrong(shown_code()), at=later) for _ in range(6)]
        return found

    assert story(NUMBER) == story(OTHER_NUMBER)


def test_known_and_unknown_numbers_cost_the_same_queries():
    ask()
    redeem_code(NUMBER, shown_code(), at=NOON)
    later = NOON + timedelta(hours=2)

    counts = []
    for number in (NUMBER, OTHER_NUMBER):
        with CaptureQueriesContext(connection) as counted:
            ask(number, at=later)
        counts.append(len(counted))
    assert counts[0] == counts[1]


def test_no_row_of_a_try_holds_the_number_or_the_address():
    ask(address="203.0.113.7")
    redeem_code(NUMBER, "000000", at=NOON, address="203.0.113.7")

    rows = [bytes(each) for each in Attempt.objects.values_list("subject", flat=True)]
    assert len(rows) == 4
    assert NUMBER not in rows
    assert not [each for each in rows if b"203.0.113.7" in each]


def test_without_a_sender_no_code_is_issued(settings):
    settings.MINGDAI_CODE_SENDER = ""

    with pytest.raises(Unavailable):
        ask()
    assert not LoginCode.objects.exists()
