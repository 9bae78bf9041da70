from mingdai.audit.reporting.concealing import Concealer
from mingdai.audit.reporting.listing import finding_rows
from mingdai.audit.reporting.wording import Words


def rows(bundle, language="zh"):
    third = bundle.rows(first_party=False)
    return list(finding_rows(bundle, third, Concealer(bundle.identity), Words(language)))


def test_what_came_before_consent_is_told_first(bundle):
    assert [each.host for each in rows(bundle)] == [
        "beacon.spy.test",
        "m.two.test",
        "late.spy.test",
    ]


def test_a_row_says_where_how_decoded_and_what_it_gave_masked(bundle):
    row = rows(bundle)[0]

    assert (row.mark, row.when, row.at) == ("●", "同意前", "+12.0 s")
    assert (row.where, row.requests, row.steps) == ("信标 · 网址参数", ("r1",), ("未编码",))
    assert row.value == "199****2345 · 明文"
