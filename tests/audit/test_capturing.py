import pytest

from tests.audit.conftest import apart
from tests.audit.world.channels import CHANNELS, walk

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_documents_are_numbered_in_the_order_they_were_shown(walked):
    assert [view.number for view in walked.visit.pages] == [1, 2, 3]


def test_what_no_event_told_of_is_still_known_from_the_wire(hidden):
    alone = [each for each in hidden.visit.exchanges if each.unattributed and "/b/u2" in each.url]

    assert [each.sent for each in alone] == [True]


def test_dialogs_are_kept_with_the_page_that_showed_them(walked):
    assert walked.visit.dialogs[0][0] == 1
    assert "同意" in walked.visit.dialogs[0][2]


def test_a_host_that_is_not_allowed_is_not_visited_and_the_attempt_is_kept(narrow):
    blocked = {each.blocked for each in narrow.visit.exchanges if each.blocked}

    assert blocked == {"host not allowed"}
    assert narrow.got == {}
    assert narrow.findings["hops"] == []
    assert narrow.findings["attempted"]


def test_by_every_channel_what_the_servers_got_is_captured_whole_and_found(tmp_path):
    """Only the net log sees what leaves while a page unloads and what a SharedWorker sends."""
    rows = {row.channel: row for row in apart(walk, tmp_path)}

    assert [row for row in rows.values() if not row.complete] == []
    assert {*CHANNELS} <= {*rows}
    assert rows["shared-worker"].wire_only == 1
