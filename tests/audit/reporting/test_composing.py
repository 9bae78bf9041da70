from mingdai.audit.evidence import seal_folder
from mingdai.audit.reporting.composing import clock, compose, moment
from mingdai.audit.reporting.loading import load_bundle
from tests.audit.visit_of import MOBILE


def test_no_planted_value_is_in_a_report(report):
    said = repr(report)

    for value in (MOBILE, "王小明", "99999919900101123X"):
        assert value not in said
    assert "199****2345" in said


def test_the_report_of_a_sealed_folder_names_the_manifest(folder):
    seal_folder(folder)
    bundle = load_bundle(folder)

    assert (
        dict(compose(bundle, "en", sealed=True).hashes)["SHA-256 of manifest.json"]
        == bundle.manifest
    )
    assert "sealed after" in dict(compose(bundle, "en").hashes)["SHA-256 of manifest.json"]


def test_an_audit_of_nothing_is_a_report_too(empty):
    report = compose(load_bundle(empty), "zh")

    assert (report.third, report.first, report.jumps, report.shots) == ((), (), (), ())
    assert report.is_complete


def test_an_incomplete_audit_says_so(gaps):
    report = compose(load_bundle(gaps), "zh")

    assert not report.is_complete
    assert "966 字节经 UDP 离开，无法读取" in report.unseen


def test_times_are_those_of_china():
    assert moment(0) == "1970-01-01 08:00:00 (UTC+8)"
    assert clock(0.129) == "08:00:00.12"
