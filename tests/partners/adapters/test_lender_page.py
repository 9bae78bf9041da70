import pytest

from mingdai.errors import Refused
from mingdai.partners.adapters.lender_page import LenderPageAdapter


def test_nothing_passes_by_a_link(counter, lender):
    adapter = LenderPageAdapter()

    with pytest.raises(Refused, match=r"route.nothing_passes"):
        adapter.send(b"sealed", recipient=lender, via=None, key="d-1")
    with pytest.raises(Refused, match=r"route.nothing_passes"):
        adapter.notify(b"notice", recipient=lender, via=None, key="n-1")

    assert counter.seen == []
    assert adapter.accepts == frozenset()
