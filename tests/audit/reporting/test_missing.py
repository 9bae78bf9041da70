from dataclasses import replace

from mingdai.audit.reporting.loading import load_bundle
from mingdai.audit.reporting.missing import incompleteness, unseen_lines
from mingdai.audit.reporting.wording import Words


def test_what_escaped_the_capture_comes_first_then_where_the_walk_stopped(gaps):
    lines = list(unseen_lines(load_bundle(gaps), Words("en")))

    assert lines[0] == "966 bytes left over UDP and cannot be read"
    assert "the limit of minutes is reached" in "".join(lines)
    assert len(lines) >= 4


def test_gaps_that_a_check_found_make_it_incomplete(empty):
    bundle = load_bundle(empty)
    row = {"check": "capture_gaps", "said": {"zh": "没有填入资料。", "en": "Nothing typed."}}
    found = replace(bundle, findings={**bundle.findings, "checks": [row]})

    assert list(incompleteness(bundle, Words("zh"))) == []
    assert list(incompleteness(found, Words("zh"))) == ["没有填入资料"]


def test_unattributed_requests_and_ways_out_are_told(bundle):
    rows = [{"host": "x.test"}, {"host": "x.test"}]
    seen = replace(bundle, findings={**bundle.findings, "unattributed": rows})

    said = "".join(unseen_lines(seen, Words("zh")))
    assert "2 个请求只有网络日志看到" in said
    assert "1 个跳出浏览器的链接没有跟随" in said
