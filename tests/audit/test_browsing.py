import pytest

from mingdai.audit.browsing import resolver_rules


def test_a_closed_browser_knows_no_name_outside_the_test_world():
    rules = resolver_rules("MAP a.test 127.0.0.1:81", closed=True)

    assert rules.startswith("MAP a.test 127.0.0.1:81, MAP *.test 127.0.0.1, MAP * ~NOTFOUND")
    assert resolver_rules("MAP a.test 127.0.0.1", closed=False) == "MAP a.test 127.0.0.1"


@pytest.mark.browser
@pytest.mark.slow
def test_the_browser_says_what_it_is_to_every_server(walked):
    agents = {
        value
        for each in walked.visit.exchanges
        if each.sent and each.purpose == "visit"
        for name, value in each.headers
        if name.lower() == "user-agent"
    }

    assert agents == {walked.visit.user_agent}
    assert "MingdaiAuditor" in walked.visit.user_agent
