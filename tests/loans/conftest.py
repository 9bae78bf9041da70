"""The made-up market of `tests.loans.world`, with a real HTTP lender behind a bureau."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mingdai.accounts.models import Borrower
from tests.gate.world import NECESSARY, LenderServer, make_person, serving
from tests.loans.world import PRODUCT, open_shop


@pytest.fixture(autouse=True)
def fresh_folder(data_folder):
    return data_folder


@pytest.fixture
def server() -> Iterator[LenderServer]:
    with serving(str(PRODUCT.lender.id)) as running:
        yield running


@pytest.fixture
def shop(db, server: LenderServer) -> LenderServer:
    open_shop(server.url)
    return server


@pytest.fixture
def person(db) -> Borrower:
    return make_person(NECESSARY | {"email"})
