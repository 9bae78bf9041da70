from __future__ import annotations

from datetime import timedelta

import pytest

from mingdai.errors import Invalid
from mingdai.gate.disclosing import disclose_to_partner, own_view
from mingdai.gate.models import Disclosure
from mingdai.gate.recalling import withdraw_grant
from mingdai.trace.contacting import Contact, mask_caller, report, same_caller, who_had
from mingdai.trace.models import ContactReport
from tests.conftest import NOON
from tests.gate.world import NECESSARY, give_grant, handover_of, make_lender
from tests.mail.world import make_post

LATER = NOON + timedelta(days=1)


@pytest.fixture
def post(db, data_folder):
    return make_post()


def asked(channel: str = "call", known=frozenset(), **changes) -> Contact:
    words = {"happened_at": LATER, "caller": "", "to_address": "", **changes}
    return Contact(channel=channel, known=frozenset(known), **words)


def another(post, fields: frozenset[str]):
    lender = make_lender("yunmu-ml", legal_name="云木示例小额贷款有限公司")
    given = give_grant(post.borrower, lender, fields=fields)
    row = disclose_to_partner(handover_of(given), at=NOON + timedelta(hours=1))
    Disclosure.objects.filter(pk=row.pk).update(sent_at=NOON)
    return lender, given


def test_holders_stand_by_how_much_they_had_then_by_how_long(post):
    another(post, NECESSARY)

    answer = who_had(post.borrower, asked(known={"name", "email"}))

    assert answer.asked == ("name", "mobile", "email")
    assert [(each.id, each.held, each.had_all) for each in answer.holders] == [
        ("heyan-ml", ("name", "mobile", "email"), True),
        ("yunmu-ml", ("name", "mobile"), False),
    ]
    assert answer.holders[0].since == NOON


def test_a_withdrawn_consent_is_named_with_its_end(post):
    _, given = another(post, NECESSARY)
    withdraw_grant(given, at=NOON + timedelta(hours=2))

    [holder] = [each for each in who_had(post.borrower, asked()).holders if each.id == "yunmu-ml"]

    assert holder.withdrawn_at == NOON + timedelta(hours=2)


def test_what_never_left_and_own_views_are_nobodys(post):
    own_view(post.borrower.pk, codes=["mobile"], session_key="s", at=NOON)
    Disclosure.objects.exclude(partner=None).update(sent_at=None, attempts=0)

    answer = who_had(post.borrower, asked())

    assert answer.holders == ()
    assert answer.settling == ("nobody_here", "phone_alias", "list", "decoy")


def test_what_was_disclosed_later_does_not_count(post):
    before = asked(happened_at=NOON - timedelta(seconds=1))

    assert who_had(post.borrower, before).holders == ()


def test_an_alias_of_ones_own_is_found_and_of_another_is_not(post):
    other = make_post(mobile="19900000002", lender=post.lender)

    mine = who_had(post.borrower, asked("email", to_address=post.address.upper()))
    theirs = who_had(post.borrower, asked("email", to_address=other.address))

    assert mine.alias == post.alias
    assert (mine.settling[0], theirs.settling[0]) == ("alias_found", "alias_address")
    assert theirs.alias is None


def test_two_queries_answer(post, django_assert_num_queries):
    with django_assert_num_queries(2):
        answer = who_had(post.borrower, asked("email", to_address=post.address))
        [(each.disclosure.partner.legal_name, each.expires_at) for each in answer.holders]


@pytest.mark.parametrize(
    ("contact", "problem"),
    [(asked(known={"album"}), "contact.fields"), (asked("call", {"x"}), "contact.fields")],
)
def test_what_is_not_of_the_lists_is_refused(post, contact, problem):
    with pytest.raises(Invalid, match=problem.replace(".", r"\.")):
        who_had(post.borrower, contact)


def test_an_unknown_channel_is_refused(post):
    with pytest.raises((Invalid, KeyError)):
        who_had(post.borrower, asked("pigeon"))


def test_a_report_keeps_no_number_and_counts_those_who_got_the_same_call(post):
    other = make_post(mobile="19900000002", lender=post.lender)
    contact = asked(caller="199 0000 0444")
    for each in (post, post, other):
        report(each.borrower, contact, who_had(each.borrower, contact), at=LATER)

    row = ContactReport.objects.first()
    assert (row.caller_preview, row.fields) == ("199…44", ["mobile"])
    assert same_caller("19900000444") == 2
    assert same_caller("95500") == same_caller("") == 0


@pytest.mark.parametrize(
    ("caller", "masked"),
    [
        ("sales@chengdai.example", "…@chengdai.example"),
        ("95500", "95500"),
        ("+86 199-0000-0444", "861…44"),
        ("a@b", ""),
        ("", ""),
        ("某人", ""),
    ],
)
def test_a_caller_is_masked(caller, masked):
    assert mask_caller(caller) == masked
