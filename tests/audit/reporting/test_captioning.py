from dataclasses import replace

from mingdai.audit.reporting.captioning import tell_stops
from mingdai.audit.reporting.charting import chart
from mingdai.audit.reporting.concealing import Concealer
from mingdai.audit.reporting.wording import Words
from tests.audit.visit_of import MOBILE


def test_arrows_and_branches_say_how_what_and_when(bundle):
    told = list(tell_stops(bundle, chart(bundle), Concealer(bundle.identity), Words("zh")))

    assert told[0].arrow == "起点"
    assert told[1].arrow == "HTTP 重定向 · ○ 带去 手机号 · 同意后"
    beacon = next(each for each in told[0].branches if each.head == "beacon.spy.test")
    assert (beacon.mark, beacon.is_early, beacon.is_dashed) == ("●", True, True)
    assert beacon.line == "信标 · 手机号 · 同意前"


def test_what_is_inferred_is_said_to_be(bundle):
    rows = [{**row, "inferred": True} for row in bundle.findings["egress"]]
    changed = replace(bundle, findings={**bundle.findings, "egress": rows})

    told = list(tell_stops(changed, chart(changed), Concealer(bundle.identity), Words("zh")))

    assert told[1].arrow == "HTTP 重定向 · ◇ 带去 手机号 · 同意后 · 推断"


def test_titles_are_masked(bundle):
    told = list(tell_stops(bundle, chart(bundle), Concealer(bundle.identity), Words("en")))

    assert MOBILE not in told[0].stop.title
    assert "199****" in told[0].stop.title


def test_a_way_back_names_the_stop_it_leads_to(bundle):
    told = list(tell_stops(bundle, chart(bundle), Concealer(bundle.identity), Words("en")))

    assert [each.head for each in told[3].branches] == ["back to 1 www.one.test"]
