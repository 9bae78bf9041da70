from dataclasses import replace

from mingdai.audit.merging import merge
from mingdai.audit.records import Document, Seen
from mingdai.audit.wiretap.netlog import NetLog, Started, Wire

WIRE = Wire(10.0, "POST", "http://b.test/x", (("Referer", "http://a.test/"),), b"q=1", status=200)
SEEN = Seen(
    at=9.9,
    method="POST",
    url="http://b.test/x",
    headers=(),
    body=b"",
    resource="ping",
    page=1,
    page_host="a.test",
    frame_host="a.test",
)
PAGES = [Document(1, 1.0, "http://a.test/", 1), Document(2, 20.0, "http://c.test/", 1)]


def test_the_wire_gives_the_body_and_the_page_the_rest():
    (exchange,), _ = merge(NetLog([WIRE]), [SEEN], PAGES)

    assert (exchange.body, exchange.resource, exchange.seen_by) == (
        b"q=1",
        "ping",
        ("page", "wire"),
    )
    assert (exchange.at, exchange.request_id) == (9.9, "r1")


def test_what_only_the_wire_saw_is_kept_and_given_to_the_page_its_referer_names():
    (exchange,), _ = merge(NetLog([WIRE]), [], PAGES)

    assert exchange.unattributed
    assert (exchange.page, exchange.page_host, exchange.sent) == (1, "a.test", True)


def test_what_was_told_but_never_left_is_not_sent():
    (exchange,), _ = merge(NetLog(), [SEEN], PAGES)

    assert not exchange.sent


def test_the_browsers_own_upkeep_is_no_visit():
    log = NetLog([WIRE], [Started(9.0, "POST", WIRE.url, "browser")])

    assert merge(log, [], PAGES)[0][0].purpose == "browser"


def test_each_frame_finds_its_own_telling():
    frames = [replace(WIRE, kind="ws_frame", body=body, method="GET") for body in (b"1", b"2")]
    told = [replace(SEEN, kind="ws_frame", body=b"2", method="GET")]

    exchanges, _ = merge(NetLog(frames), told, PAGES)

    assert [(each.body, each.unattributed) for each in exchanges] == [(b"2", False), (b"1", True)]


def test_texts_that_came_back_are_kept_with_their_request():
    wire = replace(WIRE, answer=b"{}", answer_type="application/json", answered_at=11.0)

    _, (answer,) = merge(NetLog([wire]), [SEEN], PAGES)

    assert (answer.request_id, answer.body, answer.at) == ("r1", b"{}", 11.0)
