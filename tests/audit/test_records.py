from mingdai.audit.records import Seen


def test_a_request_is_part_of_the_visit_unless_marked_as_reading():
    seen = Seen(1.0, "GET", "http://a.test/", (), b"", "document", 1, "a.test", "a.test")

    assert (seen.purpose, seen.status, seen.blocked) == ("visit", 0, "")
