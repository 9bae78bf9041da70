import hashlib
import json

from mingdai.trace.reporting.writing import write_reports


def test_one_list_makes_four_files_that_name_the_result(raws, tmp_path):
    result = tmp_path / "result.json"
    result.write_text(json.dumps(raws["named"]))

    written = write_reports(result, tmp_path / "out")

    names = ["report.html", "report.en.html", "report.pdf", "report.en.pdf"]
    assert [path.name for path in written] == names
    assert hashlib.sha256(result.read_bytes()).hexdigest() in written[0].read_text("utf-8")
    assert 'href="report.en.html"' in written[0].read_text("utf-8")


def test_many_lists_get_a_folder_each_that_no_case_can_lead_out_of(raws, tmp_path):
    result = tmp_path / "result.jsonl"
    lines = [{**raws["none"], "case": case} for case in ("../../up", "案件", "2026/7")]
    result.write_text("\n".join(map(json.dumps, lines)))

    written = write_reports(result, tmp_path / "out")

    folders = sorted({path.parent.name for path in written})
    assert folders == ["001-up", "002", "003-2026-7"]
    assert {path.parent.parent for path in written} == {tmp_path / "out"}
