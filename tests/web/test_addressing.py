import pytest
from django.test import RequestFactory

from mingdai.web.addressing import client_address


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "203.0.113.9", "127.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9, 192.0.2.7", "203.0.113.9"),
        (2, "203.0.113.9", ""),
        (1, "", ""),
    ],
)
def test_only_as_many_proxies_are_believed_as_there_are(settings, proxies, forwarded, expected):
    settings.MINGDAI_PROXIES = proxies
    request = RequestFactory().get("/", headers={"x-forwarded-for": forwarded})

    assert client_address(request) == expected
