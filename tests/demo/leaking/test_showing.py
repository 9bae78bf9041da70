import subprocess
import sys

import pytest

from mingdai_demo.leaking import showing
from mingdai_demo.leaking.borrowing import Seen
from mingdai_demo.leaking.playing import Outcome
from mingdai_demo.leaking.showing import flaws, main

SEEN = (Seen("这个地址只给过示例云汀消费金融股份有限公司，2026-03-01", "别人发的", ""),)
RIGHT = {
    True: Outcome(SEEN, ("yunting",), ("ben",), "ben", True),
    False: Outcome((), (), (), "", True),
}


@pytest.mark.parametrize("leaks", [True, False])
def test_what_the_product_should_say_has_no_flaw(leaks):
    assert list(flaws(RIGHT[leaks], leaks=leaks)) == []


@pytest.mark.parametrize("leaks", [True, False])
def test_whatever_else_it_says_is_a_flaw(leaks):
    found = list(flaws(RIGHT[not leaks], leaks=leaks))

    assert len(found) == 4


@pytest.mark.parametrize(
    "outcome",
    [
        Outcome(SEEN, ("jiangyu",), ("ben",), "ben", True),
        Outcome(SEEN, ("yunting", "jiangyu"), ("ben",), "ben", True),
        Outcome(SEEN, ("yunting",), ("anna",), "ben", True),
        Outcome(SEEN, ("yunting",), ("ben",), "chen", True),
        Outcome((Seen("这个地址只给过别家", "", ""),), ("yunting",), ("ben",), "ben", True),
        Outcome(SEEN, ("yunting",), ("ben",), "ben", False),
    ],
)
def test_a_wrong_name_or_a_number_that_does_not_follow_is_a_flaw(outcome):
    assert len(list(flaws(outcome, leaks=True))) == 1


@pytest.mark.parametrize(
    ("leak", "leaks"), [("", True), ("on", True), ("off", False), ("0", False)]
)
def test_the_switch_is_read_and_each_run_has_a_folder_of_its_own(
    leak, leaks, tmp_path, monkeypatch
):
    asked = []
    monkeypatch.setattr(
        showing, "show", lambda output, *, leaks: asked.append((output, leaks)) or 0
    )

    assert main({"LEAK": leak, "MINGDAI_DATA": str(tmp_path)}) == 0
    [(output, switched)] = asked
    assert switched is leaks
    assert output.parent == tmp_path / "leak-demo"
    assert not output.exists()


@pytest.mark.slow
@pytest.mark.xdist_group("leaking")
@pytest.mark.parametrize("leak", ["on", "off"])
def test_the_product_points_at_the_right_ones_or_at_nobody(leak, tmp_path):
    """The whole demonstration, as `make leak-demo` runs it."""
    kept = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "PYTHONPATH": ":".join(sys.path)}

    done = subprocess.run(
        [sys.executable, "-m", "mingdai_demo.leaking"],
        env={**kept, "LEAK": leak, "MINGDAI_DATA": str(tmp_path / "data")},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    [run] = (tmp_path / "data" / "leak-demo").iterdir()
    for name in ("lender", "employee"):
        assert (run / name / "report.pdf").read_bytes().startswith(b"%PDF")
        assert "1990000" not in (run / name / "report.html").read_text(encoding="utf-8")
        assert "1990000" not in (run / name / "result.json").read_text(encoding="utf-8")
    assert done.stdout.count("verified") == 2
