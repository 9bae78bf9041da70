from __future__ import annotations

import pytest

from mingdai.mail.resolving import DnsResolver, Silent, ZoneResolver

ZONE = """
heyan.example. 300 IN MX 10 mx.heyan.example.
heyan.example. IN TXT "v=spf1 " "-all"
mx.heyan.example. IN A 192.0.2.7
www.heyan.example. IN CNAME mx.heyan.example.
loop.example. IN CNAME loop.example.
"""


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("heyan.example", "MX", ["10 mx.heyan.example"]),
        ("HEYAN.example.", "TXT", ["v=spf1 -all"]),
        ("www.heyan.example", "A", ["192.0.2.7"]),
        ("loop.example", "A", []),
        ("nowhere.example", "TXT", []),
    ],
)
def test_a_zone_file_answers_like_the_dns(name, kind, expected):
    assert ZoneResolver(ZONE).lookup(name, kind) == expected


def test_a_zone_is_read_from_its_file(tmp_path):
    path = tmp_path / "zone"
    path.write_text(ZONE)

    assert ZoneResolver.from_file(path).lookup("mx.heyan.example", "A") == ["192.0.2.7"]


def test_a_dns_that_cannot_be_reached_is_silent(monkeypatch):
    resolver = DnsResolver()
    resolver._resolver.nameservers = ["127.0.0.1"]
    resolver._resolver.port = 1
    monkeypatch.setattr("mingdai.mail.resolving.TIMEOUT_S", 0.2)

    with pytest.raises(Silent):
        resolver.lookup("heyan.example", "TXT")
