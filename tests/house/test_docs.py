"""The documents say what is there: settings, commands, files they point at, both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mingdai.cli.main import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def test_every_variable_of_the_environment_is_documented():
    named = {
        name
        for path in (ROOT / "src" / "mingdai").rglob("*.py")
        for name in re.findall(
            r"environ(?:\.get\(|\[|\.setdefault\()\s*\"((?:MINGDAI_\w+|DATABASE_URL|PORT))\"",
            path.read_text(encoding="utf-8"),
        )
    }
    text = read("docs/operating.md")

    assert len(named) > 12
    assert [name for name in sorted(named) if f"`{name}`" not in text] == []


def test_every_variable_that_is_documented_exists():
    documented = set(re.findall(r"^\| `(\w+)` \|", read("docs/operating.md"), re.MULTILINE))
    code = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "src" / "mingdai").rglob("*.py")
    )

    assert [name for name in sorted(documented) if f'"{name}"' not in code] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_link_between_documents_leads_somewhere(page):
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text(encoding="utf-8"))

    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_readme_names_commands_that_exist(readme):
    text = read(readme)
    verbs = set(re.findall(r"mingdai (\w+) ", re.sub(r"mingdai_proofs \w+", "", text)))
    tests = set(re.findall(r"(tests/[\w/.]+)", text))
    targets = set(re.findall(r"^make ([\w-]+)", text, re.MULTILINE))
    makefile = read("Makefile")

    assert verbs
    assert verbs <= set(COMMANDS)
    assert [each for each in tests if not (ROOT / each).exists()] == []
    assert [each for each in targets if f"\n{each}:" not in makefile] == []


def test_both_readmes_show_the_same_commands():
    def commands(text: str) -> list[str]:
        blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
        return [line.split("#")[0].strip() for block in blocks for line in block.splitlines()]

    assert commands(read("README.md")) == commands(read("README.zh-CN.md"))


def test_the_readme_has_one_picture_and_the_five_promises():
    text = read("README.md")

    assert text.count("```mermaid") == 1
    for promise in ("One door", "Nothing leaves unrecorded", "One consent", "traceable", "Proof"):
        assert f"**{promise}" in text or promise in text


def test_no_document_or_source_names_a_path_of_some_machine():
    home = re.compile(r"/(?:home|root|Users)/\w+|/tmp/\w+")
    files = [*PAGES, *(ROOT / "src").rglob("*.py")]
    found = [str(path.relative_to(ROOT)) for path in files if home.search(path.read_text("utf-8"))]

    assert found == []
