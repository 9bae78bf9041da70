import pytest

from mingdai.errors import Refused
from mingdai.partners.adapters.credit_agency import CreditAgencyAdapter


def test_the_bureau_is_handed_the_bytes_for_one_named_lender(counter, lender, bureau):
    CreditAgencyAdapter().send(b"sealed", recipient=lender, via=bureau, key="d-1")
    CreditAgencyAdapter().notify(b"notice", recipient=lender, via=bureau, key="n-1")

    assert counter.seen == [
        ("/bureau/relay/yunting-cf/applications", "d-1", b"sealed"),
        ("/bureau/relay/yunting-cf/notices", "n-1", b"notice"),
    ]


def test_without_a_carrier_nothing_is_sent(counter, lender):
    with pytest.raises(Refused, match=r"route.no_carrier"):
        CreditAgencyAdapter().send(b"sealed", recipient=lender, via=None, key="d-1")

    assert counter.seen == []
