import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_walk_reaches_the_bank_card_and_finds_what_the_servers_got(walked):
    rows = [row for row in walked.findings["egress"] if not row["first_party"]]
    said = {(row["recipient_host"], row["field"]): row["before_consent"] for row in rows}

    assert walked.visit.stop.code == "bank_card"
    assert said == walked.got
    assert walked.code == 0


def test_the_hops_are_those_of_the_story(walked):
    hops = {(h["from_host"], h["to_host"]) for h in walked.findings["hops"] if h["kind"] != "data"}

    assert hops == walked.truth.hops


def test_unload_beacons_shared_workers_and_presses_without_consent_are_seen(hidden):
    rows = [row for row in hidden.findings["egress"] if not row["first_party"]]
    said = {(row["recipient_host"], row["field"]): row["before_consent"] for row in rows}

    assert len(said) == 3
    assert said == hidden.got
    assert hidden.code == 1
