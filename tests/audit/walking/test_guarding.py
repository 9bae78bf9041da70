import json

import pytest

from mingdai.audit.walking.guarding import (
    Authority,
    is_private,
    make_guard,
    read_authority,
    refuse_start,
    rule_targets,
)
from mingdai.errors import Invalid, Refused

IDENTITY = {"fields": {"mobile": "19900012345", "idno": "99999919900101123X"}}
ORDER = Authority("示例监管", ("*.loan.example",), 2000.0, {"mobile": "owned"})


def _guard(url="http://a.test/", *, allow=(), authority=None, public=("8.8.8.8",), yes=False):
    return make_guard(
        url, allow=allow, authority=authority, ask=lambda _host: yes, resolve=lambda _host: public
    )


def _start(url, *, guard=None, rules="", identity=IDENTITY, now=1000.0):
    refuse_start(url, guard=guard or _guard(url), identity=identity, rules=rules, now=now)


def test_the_test_world_needs_no_authority():
    assert _start("http://a.test/") is None
    assert _start("http://127.0.0.1:81/", rules="MAP *.test 127.0.0.1:81") is None


@pytest.mark.parametrize(
    ("url", "more", "code"),
    [
        ("http://www.loan.example/", {}, "walk.authority"),
        ("http://a.test/", {"rules": "MAP a.test 93.184.216.34"}, "walk.rules"),
        ("http://a.test/", {"guard": _guard(allow=("*.com",))}, "walk.authority"),
    ],
)
def test_outside_the_test_world_nothing_starts_without_authority(url, more, code):
    with pytest.raises(Refused, match=code):
        _start(url, **more)


@pytest.mark.parametrize(
    ("authority", "now", "code"),
    [
        (ORDER, 2000.0, "walk.authority_ended"),
        (Authority("x", ("b.example",), 2000.0, {"mobile": "owned"}), 1.0, "walk.authority_hosts"),
        (Authority("x", ("*.loan.example",), 2000.0, {}), 1.0, "walk.contact_owner"),
    ],
)
def test_an_authority_must_be_in_force_name_the_host_and_say_whose_phone_it_is(
    authority, now, code
):
    url = "http://www.loan.example/"
    guard = _guard(url, allow=("www.loan.example",), authority=authority)

    with pytest.raises(Refused, match=code):
        _start(url, guard=guard, now=now)


def test_an_id_number_of_a_real_region_is_refused_outside_the_test_world():
    url = "http://www.loan.example/"
    fields = {"fields": {"idno": "11010119900101123X"}}

    with pytest.raises(Refused, match=r"walk\.id_region"):
        _start(url, guard=_guard(url, authority=ORDER), identity=fields)


def test_a_name_that_leads_to_a_private_address_is_refused():
    url = "http://www.loan.example/"

    with pytest.raises(Refused, match=r"walk\.address_range"):
        _start(url, guard=_guard(url, authority=ORDER, public=("10.0.0.7",)))


def test_only_allowed_hosts_are_visited_and_nobody_there_to_ask_means_no():
    guard = _guard(allow=("a.test",))

    assert guard.refuses_visit("http://a.test/x") == ""
    assert guard.refuses_visit("http://b.test/") == "host not allowed"
    assert guard.refuses_contact("http://b.test/") == ""
    assert guard.refuses_contact("http://real.example/") != ""
    assert guard.refuses_visit("intent://x#Intent;end") == "leaves the browser"
    assert _guard(allow=("a.test",), yes=True).refuses_visit("http://b.test/") == ""


def test_an_authority_without_an_end_is_invalid(tmp_path):
    path = tmp_path / "order.json"
    path.write_text(json.dumps({"ordered_by": "x", "hosts": ["a.example"]}), encoding="utf-8")

    with pytest.raises(Invalid, match=r"authority\.incomplete"):
        read_authority(path)


def test_an_authority_is_read_from_yaml(tmp_path):
    path = tmp_path / "order.yaml"
    path.write_text("ordered_by: x\nhosts: [A.example]\nuntil: '2027-01-01'\n", encoding="utf-8")

    assert read_authority(path).hosts == ("a.example",)


@pytest.mark.parametrize("address", ["10.1.1.1", "192.168.0.1", "169.254.1.1", "fc00::1", "::1"])
def test_private_ranges_are_known(address):
    assert is_private(address)
    assert not is_private("8.8.8.8")


def test_the_targets_of_resolver_rules_are_read():
    assert rule_targets("MAP *.test 127.0.0.1:80, EXCLUDE x, MAP * ~NOTFOUND") == ["127.0.0.1"]
