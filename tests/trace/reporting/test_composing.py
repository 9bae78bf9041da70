import json
from dataclasses import asdict

import pytest

from mingdai.errors import Invalid
from mingdai.trace.lists import unread_record
from mingdai.trace.reporting.composing import compose
from mingdai.trace.reporting.records import as_record


def test_the_error_rate_is_a_sentence_for_a_judge(records):
    zh, en = (compose(records["named"], each, sha256="").errors[0] for each in ("zh", "en"))

    assert (
        zh == "假如这 5 个接收方没有一个泄露，这样的名单仍会指认某一方的，每 1,000 份里不到 1 份。"
    )
    assert en == (
        "If none of the 5 recipients had leaked, a list like this would name somebody in fewer "
        "than 1 of 1,000 cases."
    )


def test_the_platform_and_the_devices_are_candidates_in_every_report(reports):
    for report in reports.values():
        assert len(report.others) >= 2
        assert "platform itself" in report.others[0] or "平台自己" in report.others[0]


def test_others_that_held_the_listed_people_are_counted(records):
    report = compose(records["named"], "en", sha256="")

    assert "P001" in report.others[2]
    assert "P000" not in report.others[2]


def test_every_report_says_what_would_change_it_and_where_its_chances_hold(reports):
    for report in reports.values():
        assert len(report.changes) >= 3
        assert "20" in report.domain[0]


def test_the_domain_is_told_in_the_reader_s_language(records):
    zh, en = (compose(records["none"], each, sha256="").domain[0] for each in ("zh", "en"))

    assert "模拟世界" in zh
    assert "made-up worlds" in en


def test_a_value_that_found_its_way_into_the_result_stays_out(raws):
    raw = {**raws["named"], "file": "19900000123.csv", "titles": ["测试甲"]}
    report = asdict(compose(as_record(raw), "zh", sha256=""))
    said = json.dumps(report, ensure_ascii=False, default=str)

    assert "19900000123" not in said
    assert "测试甲" not in said


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_list_that_could_not_be_read_has_a_report_that_says_so(language):
    refused = Invalid(code="list.form", reason="no line of it is text", field="FILE")
    record = as_record(unread_record(("P000",), refused))

    report = compose(record, language, sha256="")

    assert report.head in {"这份名单读不出来", "This list could not be read"}
    assert report.notes == ("no line of it is text",)
    assert "P000" not in "".join(report.sentences)


def test_a_world_outside_the_domain_of_the_calibration_is_said_to_be(raws):
    domain = "made-up worlds of 20-200 recipients"
    many = {**raws["none"]["prob"], **{f"Q{each}": 0.0 for each in range(30)}}
    few = compose(as_record({**raws["none"], "domain": domain}), "en", sha256="")
    enough = compose(as_record({**raws["none"], "domain": domain, "prob": many}), "en", sha256="")

    assert few.domain[1].startswith("3 recipients were compared here, outside this domain")
    assert enough.domain[1] == "Outside this domain it is not to be trusted."
