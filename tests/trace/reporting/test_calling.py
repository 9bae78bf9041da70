import pytest

from mingdai.trace.reporting.calling import called, never_given
from mingdai.trace.reporting.composing import compose
from mingdai.trace.reporting.records import as_record
from mingdai.trace.reporting.wording import Words

STAFF = "staff:00000000-0000-0000-0000-000000000001"


@pytest.fixture
def own(raws):
    """A result as the product writes it: P000 is a firm, its two hits are aliases."""
    raw = {name: value for name, value in raws["named"].items() if name != "run"}
    recipients = {
        "P000": {"kind": "partner", "name": "示例机构", "en": "Example Co."},
        "P001": {"kind": "staff", "name": "ben", "role": "operator"},
    }
    header = {
        "recipients": recipients,
        "found_at": "2026-03-01T00:00:00+08:00",
        "read_at": "2026-03-02T00:00:00+08:00",
        "list_sha256": "cd" * 32,
    }
    inputs = {**raw["inputs"], "trials": ["alias"]}
    aliases = {"hits": {"P000": 2}, "never_given": 3}
    return {**raw, "header": header, "inputs": inputs, "aliases": aliases}


@pytest.mark.parametrize(
    ("language", "firm", "person"),
    [("zh", "示例机构", "员工 ben（运营）"), ("en", "Example Co.", "employee ben (operator)")],
)
def test_recipients_are_called_as_the_reader_knows_them(own, language, firm, person):
    record = called(as_record(own), Words(language))

    assert [record.name(each) for each in ("P000", "P001", "P002")] == [firm, person, "P002"]


def test_aliases_are_told_by_their_name_and_keep_their_line(own):
    report = compose(as_record(own), "en", sha256="")

    assert any(row.kind == "exclusive contacts" and row.names for row in report.design)
    assert "2 contact(s) that only Example Co. was ever given" in report.sentences[0]


def test_an_address_that_never_left_us_speaks_against_the_platform(own):
    record = as_record(own)

    assert never_given(record) == 3
    assert "3 address(es)" in compose(record, "en", sha256="").others[0]


def test_times_and_digest_come_from_the_header(own):
    report = compose(as_record(own), "zh", sha256="ab" * 32)

    assert ("发现时间", "2026-03-01 00:00 (UTC+8)") in report.facts
    assert report.redoing.again == ""
    assert [digest for _, digest in report.redoing.hashes] == ["cd" * 32, "ab" * 32]


def test_a_result_of_files_is_left_as_it_is(records):
    assert called(records["named"], Words("zh")) is records["named"]


def test_each_mark_of_one_copy_is_told_by_itself(own):
    hits = {"P000": [[2, 1e-9], [1, 1e-6], [3, 1e-5], [0, 1.0]]}  # the last was no hit
    trials = ["alias", "variants", "exact", "masked"]
    inputs = {**own["inputs"], "trials": trials, "decoys": hits}
    spellings = {"P000": {"places": 40}}

    report = compose(as_record({**own, "inputs": inputs, "spellings": spellings}), "en", sha256="")

    said = report.sentences[0]
    assert "2 contact(s)" in said
    assert "40 places" in said
    assert "3 decoy record(s)" in said
    [row] = [each for each in report.design if each.kind != "random draws"]
    assert row.expected == "1.1 × 10⁻⁵"
    kinds = {row.kind}
    assert "exclusive contacts, exclusive spellings, decoys" in kinds


def test_a_result_without_kinds_of_trials_tells_aliases_where_every_hit_is_one(own):
    inputs = {name: value for name, value in own["inputs"].items() if name != "trials"}

    report = compose(as_record({**own, "inputs": inputs}), "en", sha256="")

    assert "2 contact(s) that only Example Co. was ever given" in report.sentences[0]
    assert "decoy record" not in report.sentences[0]
