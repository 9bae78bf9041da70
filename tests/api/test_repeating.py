import pytest
from django.test import RequestFactory

from mingdai.api.repeating import answer_once
from mingdai.errors import Invalid, Refused
from mingdai.partners.models import ApiCall
from tests.conftest import NOON
from tests.gate.world import make_lender


@pytest.fixture
def lender(db):
    return make_lender()


def call(lender, act, *, key: str = "k", body: bytes = b"{}", secret=frozenset()):
    headers = {"Idempotency-Key": key} if key else {}
    request = RequestFactory().post(
        "/api/x", data=body, content_type="application/json", headers=headers
    )
    return answer_once(request, lender, at=NOON, act=act, secret=secret)


def test_a_repeat_gets_the_first_answer_and_changes_nothing(lender):
    done: list[int] = []

    def act() -> dict[str, object]:
        done.append(1)
        return {"n": len(done)}

    first, again = call(lender, act), call(lender, act)

    assert first.content == again.content
    assert again["Idempotency-Replayed"] == "true"
    assert done == [1]


def test_without_a_key_nothing_is_remembered(lender):
    call(lender, lambda: {"n": 1}, key="")

    assert not ApiCall.objects.exists()


def test_the_key_of_another_request_is_refused(lender):
    call(lender, lambda: {})

    with pytest.raises(Refused, match=r"idempotency\.other_request"):
        call(lender, lambda: {}, body=b"[]")


def test_an_answer_with_a_secret_is_shown_once(lender):
    call(lender, lambda: {"key": "mk"}, secret=frozenset({"key"}))

    with pytest.raises(Refused, match=r"idempotency\.shown_once"):
        call(lender, lambda: {"key": "mk"}, secret=frozenset({"key"}))
    assert ApiCall.objects.get().answer is None


def test_what_failed_may_be_tried_again_under_its_key(lender):
    def fail() -> dict[str, object]:
        raise Refused(code="x", reason="r")

    with pytest.raises(Refused):
        call(lender, fail)

    assert call(lender, lambda: {"n": 1}).status_code == 200


@pytest.mark.parametrize("key", ["k" * 81, "é"])
def test_a_key_that_is_none_is_refused(lender, key):
    with pytest.raises(Invalid, match=r"idempotency\.key"):
        call(lender, lambda: {}, key=key)


def test_one_partners_key_is_not_anothers(lender):
    other = make_lender("other-ml")
    call(lender, lambda: {"n": 1})

    assert call(other, lambda: {"n": 2}).content == b'{"n": 2}'
