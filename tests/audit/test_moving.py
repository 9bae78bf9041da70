from dataclasses import replace

from mingdai.audit.moving import hops_of, how_opened
from mingdai.audit.records import Intent, Seen
from mingdai.audit.visits import Press

SEEN = Seen(
    at=10.0,
    method="GET",
    url="http://b.test/x",
    headers=(),
    body=b"",
    resource="document",
    page=1,
    page_host="a.test",
    frame_host="a.test",
    status=200,
    navigation="main",
)


def _hows(seen, reason="", presses=()):
    intents = [Intent(9.9, seen.url, reason, 1)] if reason else []
    return [(h.from_host, h.to_host, h.how) for h in hops_of([seen], intents, presses)]


def test_the_browsers_reason_tells_how_the_visitor_was_moved():
    assert _hows(SEEN, "anchorClick") == [("a.test", "b.test", "link")]
    assert _hows(SEEN, "metaTagRefresh") == [("a.test", "b.test", "redirect")]
    assert _hows(SEEN, "formSubmissionPost") == [("a.test", "b.test", "form")]
    assert _hows(SEEN, "scriptInitiated") == [("a.test", "b.test", "redirect")]


def test_a_script_that_moves_right_after_a_press_is_a_link():
    assert _hows(SEEN, "scriptInitiated", (Press(1, 9.0, "去申请", "submit"),))[0][2] == "link"


def test_each_station_of_a_redirect_is_a_hop():
    seen = replace(SEEN, redirected_from="http://t.test/y")

    assert _hows(seen) == [("t.test", "b.test", "redirect")]


def test_popups_and_frames_are_told_apart():
    assert _hows(replace(SEEN, navigation="popup"))[0][2] == "popup"
    assert _hows(replace(SEEN, navigation="frame"))[0][2] == "frame"


def test_downloads_blocked_and_unanswered_addresses_move_nobody():
    for change in ({"is_download": True}, {"blocked": "x"}, {"status": 0}, {"navigation": ""}):
        assert _hows(replace(SEEN, **change)) == []


def test_the_same_hop_within_a_second_is_one():
    assert len(hops_of([SEEN, replace(SEEN, at=10.5)], [], ())) == 1


def test_a_document_nobody_moved_to_was_opened():
    assert how_opened("http://a.test/", 1.0, (), ()) == "open"
