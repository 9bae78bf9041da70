import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from mingdai.cli.main import main
from mingdai_demo.auditing.showing import new_folder, show


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """The whole demo as `make audit-demo` runs it, beside whatever browser holds this thread."""
    folder = tmp_path_factory.mktemp("demo") / "run"
    with ThreadPoolExecutor(max_workers=1) as beside:
        code = beside.submit(show, folder).result()
    return folder, code


def findings(folder, name):
    return json.loads((folder / name / "findings.json").read_text(encoding="utf-8"))


@pytest.mark.browser
@pytest.mark.slow
def test_the_demo_shows_what_it_promises(shown, capsys):
    folder, code = shown
    nested, honest = findings(folder, "nested"), findings(folder, "honest")

    assert code == 0
    assert (nested["verdict"], honest["verdict"]) == ("fail", "pass")
    third = {row["recipient_host"] for row in nested["egress"] if row["before_consent"]}
    assert third == {"t.nanqiao.test", "log.xitang.test"}
    assert {"preticked_consent", "dead_agreement_link"} <= set(nested["dark_patterns"])
    assert honest["dark_patterns"] == []
    assert any(row["inferred"] for row in nested["egress"])
    for name in ("nested", "honest"):
        assert (folder / name / "report.pdf").read_bytes().startswith(b"%PDF")
        assert main(["verify", "audit", str(folder / name)]) == 0


def test_a_run_never_writes_where_another_did(tmp_path):
    assert new_folder(str(tmp_path)).parent == tmp_path / "audit-demo"
