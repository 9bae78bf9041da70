from datetime import timedelta

import pytest

from mingdai.consent.granting import GrantRequest, decline, grant, may_ask
from mingdai.consent.models import Grant
from mingdai.consent.wording import keep_wording
from mingdai.errors import Invalid, Refused, Unavailable
from mingdai.ledger.guarding import close_ledger
from mingdai.ledger.models import LedgerEntry
from mingdai.words import Purpose, Route
from mingdai_proofs.entries import EntryKind, decode_entry
from tests.conftest import NOON
from tests.gate.world import NECESSARY, SENSITIVE, give_grant, kinds

CREDIT = Purpose.CREDIT_DECISION


def test_a_grant_is_a_row_and_an_entry_that_names_the_fields(given, settings):
    entry = decode_entry(bytes(LedgerEntry.objects.get().data))

    assert entry.kind is EntryKind.GRANTED
    assert (entry.recipient, set(entry.fields)) == ("heyan-ml", NECESSARY)
    assert bytes(given.entry_id) == entry.entry_id
    assert given.expires_at == NOON + timedelta(days=settings.MINGDAI_GRANT_DAYS)
    assert set(given.sensitive_agreed) == SENSITIVE


def test_two_entries_of_one_borrower_do_not_link(borrower, lender):
    give_grant(borrower, lender)
    give_grant(borrower, lender)

    one, two = (decode_entry(bytes(each.data)) for each in LedgerEntry.objects.all())
    assert one.subject_tag != two.subject_tag
    assert not set(one.commitments) & set(two.commitments)


def request_of(borrower, lender, **changes) -> GrantRequest:
    columns = {
        "borrower": borrower,
        "recipient": lender,
        "carrier": None,
        "application_id": borrower.pk,
        "product_id": "p",
        "purpose": CREDIT,
        "route": Route.DIRECT,
        "fields": NECESSARY,
        "sensitive_agreed": SENSITIVE,
        "wording": keep_wording("示例", kind="consent_sheet", locale="zh-hans", at=NOON),
    }
    return GrantRequest(**{**columns, **changes})


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"fields": NECESSARY | {"contacts"}}, "consent.unknown_field"),
        ({"fields": frozenset(), "sensitive_agreed": frozenset()}, "consent.no_fields"),
        ({"sensitive_agreed": SENSITIVE | {"name"}}, "consent.agreed_beyond"),
        ({"sensitive_agreed": SENSITIVE | {"monthly_income"}}, "consent.agreed_beyond"),
    ],
)
def test_a_request_that_is_no_consent_is_not_granted(borrower, lender, changes, code):
    with pytest.raises(Invalid, match=code.replace(".", r"\.")):
        grant(request_of(borrower, lender, **changes), at=NOON)

    assert kinds() == []
    assert not Grant.objects.exists()


def test_where_the_ledger_is_closed_nothing_is_granted(borrower, lender):
    close_ledger(Refused(code="ledger.rolled_back", reason="an older backup"))

    with pytest.raises(Unavailable, match=r"ledger\.closed"):
        grant(request_of(borrower, lender), at=NOON)

    assert not Grant.objects.exists()


def test_after_a_refusal_the_same_question_waits_and_another_does_not(borrower, lender, settings):
    decline(borrower, recipient=lender, purpose=CREDIT, at=NOON)
    end = NOON + timedelta(days=settings.MINGDAI_REFUSAL_COOLDOWN_DAYS)

    def code(purpose, at) -> str:
        reason = may_ask(borrower, recipient=lender, purpose=purpose, at=at)
        return reason.code if reason else ""

    assert code(CREDIT, end - timedelta(seconds=1)) == "consent.declined_lately"
    assert code(CREDIT, end) == ""
    assert code(Purpose.ONWARD_TRANSFER, NOON) == ""
