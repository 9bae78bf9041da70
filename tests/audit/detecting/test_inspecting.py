import base64

import pytest

from mingdai.audit.detecting.requests import Request
from tests.audit.corpus.generating import generate
from tests.audit.corpus.scoring import score


def test_one_finding_a_field_with_every_place(seen):
    token = base64.b64encode(b"19900012345").decode()

    found = seen(token.encode(), url=f"https://t.test/?q={token}", headers=(("X-K", token),))

    assert {place.where for place in found["mobile"].places} == {"query", "header", "body"}


@pytest.mark.parametrize(
    ("ts", "before"), [(1_699_999_999.0, True), (1_700_000_000.0, False), (None, None)]
)
def test_a_finding_is_before_or_after_consent(seen, ts, before):
    assert seen(b"m=19900012345", ts=ts)["mobile"].pre_consent is before


def test_a_finding_says_whether_the_recipient_was_declared(seen):
    declared = seen(b"m=19900012345", url="https://api.lender.example.cn/x")

    assert declared["mobile"].declared
    assert not seen(b"m=19900012345")["mobile"].declared


def test_requests_searched_together_are_reported_apart(detector):
    token = base64.b64encode(b'{"m":"19900012345"}').decode()
    requests = [
        Request("r1", f"https://a.test/?q={token}", body=b"n=1"),
        Request("r2", "https://b.test/", body=b"nothing"),
        Request("r3", "https://c.test/", body=b"e=li.lei@mail.example.cn&q=" + token.encode()),
    ]

    together = list(detector.inspect_all(requests))

    assert together == [detector.inspect(request) for request in requests]
    assert [{each.field for each in report.findings} for report in together] == [
        {"mobile"},
        set(),
        {"mobile", "email"},
    ]


def test_ciphertext_is_listed_apart(detector):
    blob = base64.b64encode(bytes((n * 73 + 41) % 256 for n in range(96)))

    report = detector.inspect(Request("r", "https://t.test/", body=b'{"d":"' + blob + b'"}'))

    assert report.findings == ()
    assert [each.place.where for each in report.opaque] == ["body"]


def test_an_unseen_corpus_is_read_without_a_false_finding():
    result = score(generate(9001, 250))

    assert result.precision == 1.0
    assert result.recall("core") >= 0.99
    assert result.recall("rare") >= 0.9
