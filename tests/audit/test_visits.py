from mingdai.audit.visits import AppLink
from tests.audit.visit_of import exchange, visit


def test_a_visit_is_complete_where_nothing_is_known_to_have_escaped():
    assert visit().complete
    assert not visit(unseen=("12 bytes left over UDP",)).complete


def test_only_what_no_page_told_of_is_unattributed():
    assert exchange(1, 1.0, "http://a.test/", seen_by=("wire",)).unattributed
    assert not exchange(1, 1.0, "http://a.test/").unattributed


def test_an_app_link_is_kept_and_not_followed():
    assert "not followed" in AppLink(1, 1.0, "a.test", "intent://x#Intent;end").blocked
