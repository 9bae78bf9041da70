import pytest

from mingdai.audit.detecting.requests import Request, host_of, places_of


def places(**parts):
    return {(p.where, p.name): p.data for p in places_of(Request("r", **parts))}


def test_every_part_of_a_request_is_a_place():
    found = places(
        url="https://u.t.test/a/b?q=1#f",
        headers=(("Cookie", "c=1"), ("X-A", "v")),
        body=b"body",
    )

    assert found[("host", "")] == b"u.t.test"
    assert found[("path", "")] == b"/a/b"
    assert found[("query", "")] == b"q=1"
    assert found[("fragment", "")] == b"f"
    assert found[("cookie", "Cookie")] == b"c=1"
    assert found[("header", "X-A")] == b"v"
    assert found[("body", "")] == b"body"


def test_the_parts_of_a_multipart_body_are_places_of_their_own():
    body = b'--xx\r\nContent-Disposition: form-data; name="f"\r\n\r\nvalue\r\n--xx--\r\n'

    found = places(
        url="https://t.test/",
        headers=(("Content-Type", 'multipart/form-data; boundary="xx"'),),
        body=body,
    )

    assert found[("body part", "f")] == b"value"


def test_labels_of_a_host_are_joined_and_punycode_is_read():
    found = places(url="https://mfrggzdfmy.3tqnzyge.t.collect.test/")
    named = places(url=f"https://xn--{'王小明'.encode('punycode').decode()}.t.test/")

    assert b"mfrggzdfmy3tqnzyge" in {v for (w, n), v in found.items() if n == "labels joined"}
    assert named[("host", "punycode")] == "王小明".encode()


def test_a_frame_is_one_place():
    assert ("websocket frame", "") in places(url="wss://t.test/s", body=b"x", kind="ws_frame")


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://U.Example.CN:8443/x", "u.example.cn"),
        ("intent://pay#Intent;end", "pay"),
        ("weixin:dl", ""),
        ("http://[bad/", "[bad"),
    ],
)
def test_the_host_is_bare_and_lower_case(url, host):
    assert host_of(url) == host
