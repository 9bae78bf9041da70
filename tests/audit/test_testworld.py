import pytest

from mingdai.audit.testworld import is_test_host, matches


@pytest.mark.parametrize("host", ["shop.test", "a.b.test", "localhost", "127.0.0.1", "::1"])
def test_names_of_nobody_are_the_test_world(host):
    assert is_test_host(host)


@pytest.mark.parametrize("host", ["shop.example", "test", "shop.test.example", "10.0.0.1", ""])
def test_every_other_name_is_not(host):
    assert not is_test_host(host)


def test_a_pattern_covers_what_the_star_stands_for():
    assert matches("a.loan.example", ["*.loan.example"])
    assert not matches("loan.example", ["*.loan.example"])
