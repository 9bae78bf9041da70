from datetime import timedelta

from mingdai.api import limiting
from mingdai.api.limiting import QUOTA, WINDOW_S, count_call
from mingdai.partners.models import RateWindow
from tests.conftest import NOON
from tests.gate.world import make_lender


def test_calls_are_counted_in_windows_of_their_own(db):
    lender = make_lender()

    assert [count_call(lender, at=NOON).remaining for _ in range(3)] == [
        QUOTA - 1,
        QUOTA - 2,
        QUOTA - 3,
    ]
    later = NOON + timedelta(seconds=WINDOW_S)
    assert count_call(lender, at=later).remaining == QUOTA - 1


def test_every_answer_says_what_is_left_and_the_one_too_many_is_refused(engineer, application):
    response = engineer.get("/me")

    assert response["RateLimit-Policy"] == f'"partner";q={limiting.QUOTA};w={limiting.WINDOW_S}'
    assert response["RateLimit"].startswith(f'"partner";r={limiting.QUOTA - 1};t=')

    row = RateWindow.objects.get()
    RateWindow.objects.update(calls=limiting.QUOTA)
    following = row.starts_at + timedelta(seconds=limiting.WINDOW_S)
    RateWindow.objects.create(partner=row.partner, starts_at=following, calls=limiting.QUOTA)
    refused = engineer.get("/me")
    assert (refused.status_code, refused.json()["code"]) == (429, "rate.exceeded")
    assert int(refused["Retry-After"]) <= limiting.WINDOW_S
