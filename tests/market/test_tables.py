"""A table gives each value once, checked."""

import pytest

from mingdai.errors import Invalid
from mingdai.market.schedules import FeeKind
from mingdai.market.tables import Table


def test_what_was_not_asked_for_is_refused_by_name():
    table = Table({"a": "1", "b": "2"}, "product[0]")
    table.text("a")

    with pytest.raises(Invalid) as refused:
        table.close()

    assert (refused.value.code, refused.value.field) == ("catalogue.unknown_key", "product[0].b")


def test_a_word_is_of_its_closed_list():
    assert Table({"kind": "service"}, "").word("kind", FeeKind) is FeeKind.SERVICE
    with pytest.raises(Invalid, match=r"catalogue\.unknown_word"):
        Table({"kind": ["service"]}, "").word("kind", FeeKind)


def test_an_absent_array_of_tables_is_empty_and_a_wrong_one_refused():
    assert Table({}, "").tables("fee") == []
    with pytest.raises(Invalid, match=r"catalogue\.bad_value"):
        Table({"fee": "none"}, "").tables("fee")


def test_a_refusal_never_repeats_the_value():
    with pytest.raises(Invalid) as refused:
        Table({"percent": "secret"}, "").percent("percent")

    assert "secret" not in str(refused.value)
