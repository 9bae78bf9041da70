import base64
import gzip
import hashlib
import zlib

import brotli
import pytest

from mingdai.audit.detecting.requests import Request

MOBILE = b"19900012345"


def nest(data, depth):
    for _ in range(depth):
        data = base64.b64encode(data)
    return data


@pytest.mark.parametrize("depth", range(5))
def test_four_layers_are_opened(seen, depth):
    assert seen(b"d=" + nest(MOBILE, depth))["mobile"].chain == ("base64",) * depth


@pytest.mark.parametrize(
    ("body", "chain"),
    [
        (base64.b64encode(gzip.compress(MOBILE, mtime=0)), ("base64", "gzip")),
        (
            base64.b64encode(zlib.compress(b"%7B" + MOBILE.hex().encode())),
            ("base64", "zlib", "hex"),
        ),
        (base64.b32encode(zlib.compress(MOBILE * 3, wbits=-15)), None),
        (brotli.compress(b'{"m":"' + MOBILE + b'"}' * 4), None),
        (MOBILE.hex().encode()[::-1], ("reverse", "hex")),
    ],
)
def test_codes_open_inside_each_other(seen, body, chain):
    found = seen(b"k=" + body if body.isascii() else body)

    if chain is None:
        assert set(found) <= {"mobile"}
    else:
        assert found["mobile"].chain == chain


def test_a_nest_ten_deep_ends_and_says_that_the_budget_was_reached(detector):
    report = detector.inspect(Request("r", "https://t.test/", body=nest(MOBILE, 10)))

    assert report.budget_reached
    assert report.findings == ()


def test_a_longer_number_is_not_cut_by_reading_it_backwards_twice(seen):
    escapes = b"&r=" + b"%7B%22".replace(b"%", b"")[::-1] + b"D7%B7%22%A3%"
    longer = (b"199000128").hex().encode()[::-1]

    assert seen(b"d=" + longer + escapes) == {}


def test_hexadecimal_at_an_odd_place_needs_an_odd_length(seen):
    assert set(seen(b"d=a" + MOBILE.hex().encode())) == {"mobile"}
    assert seen(b"d=" + b"199000128".hex().encode()[::-1]) == {}


def test_a_bomb_of_64_mebibytes_ends_and_says_so(detector):
    body = gzip.compress(bytes(64 << 20), 1)

    report = detector.inspect(Request("r", "https://t.test/", body=body))

    assert report.budget_reached


def test_a_bomb_spends_only_its_own_budget(detector):
    bomb = Request("r1", "https://t.test/", body=gzip.compress(bytes(64 << 20), 1))
    beside = Request("r2", "https://t.test/", body=b"m=" + nest(MOBILE, 3))

    reports = list(detector.inspect_all([bomb, beside]))

    assert [report.budget_reached for report in reports] == [True, False]
    assert [finding.field for finding in reports[1].findings] == ["mobile"]


def test_a_path_segment_with_a_slash_inside_its_base64_is_read(seen):
    token = base64.b64encode(b"??>>" + MOBILE + b"??").decode().replace("/", "%2F")

    assert "mobile" in seen(b"", url=f"https://t.test/a/b/{token}/c")


def test_a_stream_in_base64url_is_not_cut_short_at_a_separator(seen):
    digest = hashlib.sha1(MOBILE, usedforsecurity=False).hexdigest().encode()
    packed = [zlib.compress(digest + b"%x" % number) for number in range(256, 512)]
    tokens = [base64.urlsafe_b64encode(each).rstrip(b"=") for each in packed]
    cut = [token for token in tokens if b"-" in token[40:] or b"_" in token[40:]]

    assert cut
    assert all(seen(b"k=" + token + b"&n=1") == {} for token in cut)
