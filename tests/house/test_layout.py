"""The limits of the house: sizes, a test file for each source file, a row for each listed thing."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src"
TESTS = ROOT / "tests"

MODULE_LINES = 300
FUNCTION_LINES = 30

TOO_LONG: dict[str, str] = {}
"""`path` or `path:function` that may pass a limit, with the reason."""

NO_TEST_FILE = {"models.py", "apps.py", "__init__.py", "__main__.py", "wsgi.py"}
"""Declarations without behaviour of their own; what stands on them is tested."""

TEST_FOLDERS = {
    "mingdai_proofs": "proofs",
    "mingdai_client": "client",
    "mingdai_sandbox": "sandbox",
    "mingdai_demo": "demo",
}


def modules() -> list[Path]:
    return sorted(
        path.relative_to(SOURCE)
        for path in SOURCE.rglob("*.py")
        if "migrations" not in path.parts and ".egg-info" not in str(path)
    )


def expected_test_of(module: Path) -> Path:
    package, *rooms, name = module.parts
    top = [TEST_FOLDERS[package]] if package in TEST_FOLDERS else []
    return TESTS.joinpath(*top, *rooms, f"test_{name}")


def code_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the end, without the docstring."""
    lines = function.end_lineno - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None:
        lines -= first.end_lineno - first.lineno + 1
    return lines


@pytest.mark.parametrize("module", modules(), ids=str)
def test_a_module_and_its_functions_stay_short(module):
    text = (SOURCE / module).read_text(encoding="utf-8")
    found = {
        f"{module}:{node.name}": code_lines(node)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    long = [name for name, lines in found.items() if lines > FUNCTION_LINES]
    if text.count("\n") > MODULE_LINES:
        long.append(str(module))

    assert [name for name in long if name not in TOO_LONG] == []


def test_every_exception_to_the_limits_still_needs_to_be_one():
    assert [name for name in TOO_LONG if not (SOURCE / name.split(":")[0]).exists()] == []


@pytest.mark.parametrize("module", [m for m in modules() if m.name not in NO_TEST_FILE], ids=str)
def test_a_source_file_has_its_test_file(module):
    expected = expected_test_of(module)

    assert expected.exists(), f"write {expected.relative_to(ROOT)}"


def test_an_init_holds_a_docstring_and_at_most_one_list():
    wordy = []
    for module in modules():
        if module.name != "__init__.py":
            continue
        body = ast.parse((SOURCE / module).read_text(encoding="utf-8")).body
        extra = [node for node in body[1:] if not isinstance(node, ast.Import | ast.ImportFrom)]
        if ast.get_docstring(ast.Module(body, [])) is None or len(extra) > 1:
            wordy.append(str(module))

    assert wordy == []


def test_nothing_is_imported_late_or_left_unfinished():
    banned = ("TODO", "FIXME", "NotImplementedError", "assert True")
    found = [
        f"{module}: {word}"
        for module in modules()
        for word in banned
        if word in (SOURCE / module).read_text(encoding="utf-8")
    ]

    assert found == []


@pytest.mark.parametrize(
    ("folder", "page"),
    [("law", "docs/law.md"), ("partners/adapters", "docs/api.md")],
)
def test_every_rule_and_adapter_has_its_row(folder, page):
    text = (ROOT / page).read_text(encoding="utf-8")
    listed = (SOURCE / "mingdai" / folder / "__init__.py").read_text(encoding="utf-8")
    names = [
        path.stem
        for path in sorted((SOURCE / "mingdai" / folder).glob("*.py"))
        if path.stem != "__init__" and path.stem in listed
    ]

    assert names
    assert [name for name in names if f"`{name}`" not in text] == []


def test_architecture_names_every_room_and_no_other():
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rooms = {path.parent.name for path in (SOURCE / "mingdai").glob("*/__init__.py")}
    named = {
        line.split("`")[1].removesuffix("/")
        for line in text.splitlines()
        if line.startswith("| `") and line.split("`")[1].endswith("/")
    }

    assert named == rooms
