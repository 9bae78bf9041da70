import base64
import hashlib
import hmac

import pytest

MOBILE = b"19900012345"


def md5(data):
    return hashlib.md5(data, usedforsecurity=False).hexdigest().encode()


def sha(data):
    return hashlib.sha256(data).hexdigest().encode()


@pytest.mark.parametrize(
    "digest",
    [
        md5(MOBILE),
        md5(MOBILE).upper(),
        md5(MOBILE)[8:24],
        md5(b"+86" + MOBILE),
        md5(b"pepper" + MOBILE),
        sha(MOBILE + b"s4lt"),
        md5(md5(MOBILE)),
        md5(md5(MOBILE) + b"pepper"),
        sha(md5(MOBILE).upper()),
        hashlib.new("sha3_256", MOBILE).hexdigest().encode(),
        hmac.new(b"pepper", MOBILE, "sha256").hexdigest().encode(),
        base64.b64encode(hashlib.sha1(MOBILE, usedforsecurity=False).digest()),
        base64.urlsafe_b64encode(hashlib.sha512(MOBILE).digest()).rstrip(b"="),
        base64.b32encode(hashlib.sha256(MOBILE).digest()),
        md5(MOBILE)[::-1],
    ],
)
def test_a_digest_of_the_value_counts(seen, digest):
    assert seen(b'{"h":"' + digest + b'"}')["mobile"].form == "hash"


@pytest.mark.parametrize(
    "digest",
    [
        md5(b"19900012346"),
        md5(b"unknown" + MOBILE),
        md5(MOBILE)[:-2],
        b"0" + md5(MOBILE)[1:-1] + b"0",
    ],
)
def test_another_digest_does_not(seen, digest):
    assert seen(b'{"h":"' + digest + b'"}') == {}


def test_first8_beside_a_digest_says_how_many_numbers_are_left(seen):
    found = seen(b"p=19900012&h=" + md5(MOBILE))["mobile"]

    assert (found.form, found.also_seen_as, found.candidates_left) == ("hash", ("first8",), 1000)


def test_a_chinese_name_is_hashed_in_gbk_too(seen):
    assert "name" in seen(b"h=" + md5("王小明".encode("gbk")))
