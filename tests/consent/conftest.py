"""The made-up world of `tests.gate.world`, on a fresh data folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mingdai.accounts.models import Borrower
from mingdai.consent.models import Grant
from mingdai.partners.models import Partner
from tests.gate.world import LenderServer, give_grant, make_lender, make_person, serving


@pytest.fixture(autouse=True)
def fresh_folder(data_folder):
    return data_folder


@pytest.fixture
def server() -> Iterator[LenderServer]:
    with serving("heyan-ml") as running:
        yield running


@pytest.fixture
def lender(db, server: LenderServer) -> Partner:
    return make_lender(endpoint=f"{server.url}/lenders/heyan-ml")


@pytest.fixture
def borrower(db) -> Borrower:
    return make_person()


@pytest.fixture
def given(borrower: Borrower, lender: Partner) -> Grant:
    return give_grant(borrower, lender)
