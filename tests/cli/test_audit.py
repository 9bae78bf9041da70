import base64
import json
import subprocess
import sys

import pytest

from mingdai.cli.main import main

IDENTITY = {"fields": {"sjh": "19900012345"}, "consent_ts": 100, "declared": ["lender.test"]}
ROW = {
    "request_id": "r1",
    "ts": 99,
    "url": "https://api.lender.test/?d=" + base64.b64encode(b'{"m":"19900012345"}').decode(),
}


@pytest.fixture
def files(tmp_path):
    (tmp_path / "identity.json").write_text(json.dumps(IDENTITY))
    (tmp_path / "capture.jsonl").write_text(json.dumps(ROW) + "\n")
    return tmp_path


def scan(files, *more):
    call = [
        "audit",
        "scan",
        str(files / "capture.jsonl"),
        "--identity",
        str(files / "identity.json"),
    ]
    return main([*call, *more])


def test_a_scan_writes_one_line_for_each_finding(files):
    out = files / "findings.jsonl"

    assert scan(files, "--format", "jsonl", "-o", str(out), "--opaque", str(files / "o.jsonl")) == 0

    (row,) = map(json.loads, out.read_text().splitlines())
    assert (row["request_id"], row["field"], row["chain"]) == ("r1", "sjh", ["base64"])
    assert (row["pre_consent"], row["declared"]) == (True, True)


@pytest.mark.parametrize("form", ["table", "sarif", "html"])
def test_a_scan_writes_for_people_and_tools(files, capsys, form):
    assert scan(files, "--format", form) == 0
    assert "sjh" in capsys.readouterr().out


def test_a_finding_is_explained_step_by_step(files, capsys):
    out = files / "findings.jsonl"
    scan(files, "--format", "jsonl", "-o", str(out))
    call = ["--capture", str(files / "capture.jsonl"), "--identity", str(files / "identity.json")]

    assert main(["audit", "explain", f"{out}#1", *call]) == 0

    text = capsys.readouterr().out
    assert "base64 of bytes" in text
    assert "holds" in text


@pytest.mark.parametrize("reference", ["#1", "nowhere#1", "findings.jsonl#9", "findings.jsonl"])
def test_a_reference_to_nothing_is_refused(files, monkeypatch, reference):
    monkeypatch.chdir(files)
    scan(files, "--format", "jsonl", "-o", "findings.jsonl")
    call = ["--capture", "capture.jsonl", "--identity", "identity.json"]

    assert main(["audit", "explain", reference, *call]) == 2


def test_a_notice_is_no_finding_to_explain(files, capsys):
    out = files / "findings.jsonl"
    out.write_text('{"request_id": "r1", "host": "t.test", "notice": "budget reached"}\n')
    call = ["--capture", str(files / "capture.jsonl"), "--identity", str(files / "identity.json")]

    assert main(["audit", "explain", f"{out}#1", *call]) == 2
    assert "notice" in capsys.readouterr().err


def test_an_identity_that_is_no_json_is_refused(files):
    (files / "identity.json").write_text("no")

    assert scan(files) == 2


def test_the_auditor_runs_without_django():
    code = "import sys; import mingdai.cli.audit; sys.exit('django' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
