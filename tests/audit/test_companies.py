import pytest

from mingdai.audit.companies import bare_host, company_of, same_company


@pytest.mark.parametrize(
    ("host", "company"),
    [
        ("www.one.test", "one.test"),
        ("a.b.example.com.cn", "example.com.cn"),
        ("localhost", "localhost"),
        ("127.0.0.1", "127.0.0.1"),
    ],
)
def test_a_company_is_the_registered_part_of_a_name(host, company):
    assert company_of(host) == company


def test_two_names_under_one_registered_part_are_one_company_and_nobody_is_no_company():
    assert same_company("a.one.test", "b.one.test")
    assert not same_company("one.test", "two.test")
    assert not same_company("", "")


def test_a_host_is_bare_of_port_and_case():
    assert bare_host("http://A.Test:81/x") == "a.test"
