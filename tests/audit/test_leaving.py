import base64

import pytest

from mingdai.audit.detecting.identity import parse_identity
from mingdai.audit.leaving import attempts_of, consented_at, egress_of
from mingdai.audit.visits import Answer
from tests.audit.visit_of import MOBILE, exchange, visit

IDENTITY = parse_identity({"fields": {"sjh": MOBILE}})
CODED = base64.b64encode(MOBILE.encode()).decode()


@pytest.mark.parametrize(("at", "before"), [(15.0, True), (21.0, True), (31.0, False)])
def test_consent_is_the_press_with_the_box_ticked(at, before):
    (row,) = egress_of(visit(exchange(1, at, f"http://t.two.test/?d={CODED}")), IDENTITY)

    assert (row.recipient_host, row.field, row.before_consent) == ("t.two.test", "sjh", before)
    assert not row.first_party


def test_pressing_a_button_for_a_code_consents_to_nothing():
    told = visit()
    presses = tuple(type(p)(p.page, p.at, p.text, "code") for p in told.presses)

    assert consented_at(visit(presses=presses), told.typed[0]) is None


def test_what_goes_to_the_pages_own_company_is_marked_so():
    (row,) = egress_of(visit(exchange(1, 31.0, f"http://api.one.test/?m={MOBILE}")), IDENTITY)

    assert row.first_party


def test_a_value_in_the_fragment_was_sent_to_nobody():
    sent = exchange(1, 31.0, f"http://t.two.test/x#m={MOBILE}")

    assert egress_of(visit(sent), IDENTITY) == ()


def test_what_never_left_is_an_attempt_and_no_egress():
    held = exchange(1, 31.0, f"http://real.example/?m={MOBILE}", sent=False, status=0)

    assert egress_of(visit(held), IDENTITY) == ()
    assert [row.recipient_host for row in attempts_of(visit(held), IDENTITY)] == ["real.example"]


def _shown(url, sent_url):
    body = f"<p>尊敬的 {MOBILE[:3]}****{MOBILE[7:]} 用户</p>".encode()
    answer = Answer("r1", 32.0, url, 200, "text/html", body)
    return visit(exchange(1, 31.0, sent_url), answers=(answer,))


def test_a_value_shown_by_a_host_nobody_sent_it_to_was_passed_on_behind_the_page():
    url = "http://www.two.test/offer?t=ab12"

    (row,) = egress_of(_shown(url, url), IDENTITY)

    assert (row.recipient_host, row.inferred, row.before_consent) == ("www.two.test", True, False)


def test_a_host_that_shows_what_it_was_sent_is_not_inferred():
    url = f"http://www.two.test/offer?m={MOBILE}"

    assert [row.inferred for row in egress_of(_shown(url, url), IDENTITY)] == [False]


def test_a_value_sent_before_it_was_typed_is_somebody_elses():
    early = visit(exchange(1, 5.0, f"http://t.two.test/?m={MOBILE}"))

    assert egress_of(early, IDENTITY) == ()
