import base64
import hashlib
import zlib

import brotli
import pytest

from mingdai.audit.detecting.digesting import known_digests
from mingdai.audit.detecting.judging import Judge
from mingdai.audit.detecting.layers import Step
from mingdai.audit.detecting.matching import Matcher
from mingdai.audit.detecting.spelling import clear_needles

VALUE = b"19900012345"


@pytest.fixture(scope="module")
def judge(identity):
    needles = [needle for planted in identity.planted for needle in clear_needles(planted)]
    return Judge(Matcher(needles), known_digests(identity))


def opened(judge, token):
    verdict = judge.judge([b"UserAgent12", token]).get(token)
    return list(verdict.openings) if verdict else []


@pytest.mark.parametrize(
    ("token", "steps"),
    [
        (base64.b64encode(VALUE + b"!"), (Step("base64", 0, 16),)),
        (b"x" + base64.b64encode(VALUE + b"!"), (Step("base64", 1, 17),)),
        (b"a/" + base64.b64encode(VALUE + b"!"), (Step("base64", 2, 18),)),
        (base64.b64encode(VALUE + b"!")[::-1], (Step("reverse", 0, 16), Step("base64", 0, 16))),
        (VALUE.hex().encode(), (Step("hex", 0, 22),)),
        (b"p_" + VALUE.hex().encode(), (Step("hex", 2, 24),)),
        (VALUE.hex().encode()[::-1], (Step("reverse", 0, 22), Step("hex", 0, 22))),
        (base64.b32encode(VALUE).rstrip(b"=").lower(), (Step("base32", 0, 18),)),
    ],
)
def test_a_token_opens_where_its_code_begins(judge, token, steps):
    assert steps in opened(judge, token)


@pytest.mark.parametrize(
    "raw",
    [
        brotli.compress(VALUE),
        zlib.compress(VALUE, wbits=-15),
        hashlib.md5(VALUE, usedforsecurity=False).digest(),
    ],
)
def test_bytes_that_are_no_text_open_in_every_code(judge, raw):
    assert opened(judge, base64.b64encode(raw).rstrip(b"="))
    assert opened(judge, base64.b32encode(raw).rstrip(b"="))
    assert opened(judge, raw.hex().encode()) or len(raw) == 16


def test_a_stream_in_a_path_ends_at_the_next_slash(judge):
    stream = base64.urlsafe_b64encode(brotli.compress(b"19900012345 8a6f" * 2)).rstrip(b"=")
    path = b"version/page/" + stream + b"/p"

    assert (Step("base64", 13, 13 + len(stream)),) in opened(judge, path)


@pytest.mark.parametrize("glue", [b"", b"u/"])
def test_a_digest_is_known_in_either_case_and_backwards(judge, glue):
    digest = hashlib.sha256(VALUE).hexdigest().encode()

    for token in (digest, digest.upper(), digest[::-1]):
        known = judge.judge([glue + token])[glue + token].digests
        assert known[0].source.field == "mobile"
        assert known[0].start == len(glue)


def test_a_raw_digest_in_a_code_written_backwards_is_opened(judge):
    raw = hashlib.sha256(VALUE).digest()

    for code, token in (
        ("base64", base64.urlsafe_b64encode(raw).rstrip(b"=")),
        ("base32", base64.b32encode(raw).rstrip(b"=")),
    ):
        size = len(token)
        assert (Step("reverse", 0, size), Step(code, 0, size)) in opened(judge, token[::-1])


def test_a_uuid_may_be_a_digest(judge):
    text = hashlib.md5(VALUE, usedforsecurity=False).hexdigest()
    uuid = "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:])).encode()

    assert judge.judge([uuid])[uuid].digests[0].end == 36


def test_what_holds_nothing_has_no_verdict(judge):
    assert (
        judge.judge([b"accountManagement1", b"UserAgent72", b"9f8e7d6c5b4a39281706f5e4d3c2b1a0"])
        == {}
    )


@pytest.mark.parametrize(("rest", "known"), [(b"a", 0), (b"0123", 0), (b"1700000000000", 1)])
def test_a_longer_run_is_a_digest_only_beside_a_time_or_another_digest(judge, rest, known):
    token = hashlib.md5(VALUE, usedforsecurity=False).hexdigest().encode() + rest
    verdict = judge.judge([token]).get(token)

    assert len(verdict.digests if verdict else ()) == known
    assert not verdict or not verdict.openings
