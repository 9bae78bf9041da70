import re
from pathlib import Path

import pytest

from mingdai.trace.reporting import wording
from mingdai.trace.reporting.explanations import EXPLANATIONS
from mingdai.trace.reporting.findings import FINDINGS
from mingdai.trace.reporting.wording import Words


def test_no_key_stands_twice():
    assert not set(FINDINGS) & set(EXPLANATIONS)


def test_every_key_that_the_report_asks_for_is_there():
    folder = Path(wording.__file__).parent
    code = "".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    asked = set(re.findall(r"(?:words|said|report\.words)\(\s*\"([\w.]+)\"", code))
    typst = (folder / "report.typ").read_text("utf-8")
    asked |= set(re.findall(r't\.at\("([\w.]+)"\)', typst)) | set(re.findall(r"#t\.(\w+)", typst))

    assert asked - {"at"} <= set(Words.texts)


@pytest.mark.parametrize(
    ("kind", "said"), [("draws", "random draws"), ("alias", "exclusive contacts"), ("new", "new")]
)
def test_a_kind_has_a_name_and_an_unknown_one_keeps_its_code(kind, said):
    assert Words("en").kind(kind) == said


@pytest.mark.parametrize(
    ("kind", "key"), [("marks", "said.marks"), ("overlap", "said.other"), ("new", "said.other")]
)
def test_evidence_is_told_by_its_kind(kind, key):
    assert Words("zh").told(kind) == key
