from mingdai.gate.delivering import deliver_due
from mingdai.gate.disclosing import disclose_to_partner, own_view
from mingdai.gate.listing import ProofStatus, path_of
from mingdai.gate.recalling import withdraw_grant
from mingdai.words import RecipientKind
from tests.conftest import NOON
from tests.gate.world import (
    NECESSARY,
    SECOND,
    give_grant,
    handover_of,
    make_bureau,
    make_person,
    publish,
)
from tests.vault.people import VALUES

LATER = NOON + SECOND


def test_a_row_says_who_what_when_on_which_consent_and_what_proves_it(borrower, lender):
    given = give_grant(borrower, lender, carrier=make_bureau())
    disclose_to_partner(handover_of(given), at=LATER)

    row = path_of(borrower)[0]

    assert (row.name, row.carrier) == (lender.legal_name, "朴远示例征信有限公司")
    assert set(row.fields) == NECESSARY
    assert (row.disclosed_at, row.grant_id, row.wording_id) == (LATER, given.pk, given.wording_id)
    assert (row.proof, row.can_withdraw, row.notices) == (ProofStatus.RECORDED, True, ())
    publish()
    assert path_of(borrower)[0].proof is ProofStatus.PROVABLE


def test_withdrawal_and_notice_show(given, borrower):
    disclose_to_partner(handover_of(given), at=LATER)
    publish()
    deliver_due(at=LATER)
    withdraw_grant(given, at=LATER + SECOND)
    deliver_due(at=LATER + SECOND)

    row = path_of(borrower)[0]

    assert (row.withdrawn_at, row.can_withdraw) == (LATER + SECOND, False)
    assert row.terminated_entry_id is not None
    assert [each.acknowledged_at for each in row.notices] == [LATER + SECOND]
    assert row.outcome_entry_id is not None


def test_the_alias_shows_where_the_email_was_sent(lender):
    person = make_person(NECESSARY | {"email"}, mobile="19900000011")
    given = give_grant(person, lender, fields=NECESSARY | {"email"})
    disclose_to_partner(handover_of(given), at=LATER)

    row = path_of(person)[0]

    assert row.alias.endswith("@alias.mingdai.example")
    assert row.mark_bits == 60.0


def test_no_value_is_in_the_list(given, borrower):
    disclose_to_partner(handover_of(given), at=LATER)
    own_view(borrower.pk, codes=["name"], session_key="s", at=LATER + SECOND)

    text = str(path_of(borrower))
    assert [code for code in NECESSARY if VALUES[code] in text] == []


def test_readers_can_be_chosen_by_kind_newest_first(given, borrower):
    disclose_to_partner(handover_of(given), at=LATER)
    own_view(borrower.pk, codes=["name"], session_key="s", at=LATER + SECOND)

    kinds = [row.recipient_kind for row in path_of(borrower)]
    partners = path_of(borrower, kinds=frozenset({RecipientKind.PARTNER}))

    assert kinds == ["borrower", "partner"]
    assert [row.recipient_kind for row in partners] == ["partner"]


def test_many_rows_cost_no_more_queries_than_one(borrower, lender, django_assert_num_queries):
    for _ in range(5):
        disclose_to_partner(handover_of(give_grant(borrower, lender)), at=LATER)

    with django_assert_num_queries(3):
        assert len(path_of(borrower)) == 5


def test_another_borrowers_reads_are_not_mine(given, borrower):
    disclose_to_partner(handover_of(given), at=LATER)

    assert path_of(make_person(mobile="19900000012")) == []
