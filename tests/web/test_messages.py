"""Every sentence of the pages has its English, and the compiled file is the written one."""

from __future__ import annotations

import ast
import gettext
import re
from pathlib import Path

import pytest
from django.utils.translation.template import templatize

SOURCE = Path(__file__).resolve().parents[2] / "src/mingdai"
FOLDER = SOURCE / "locale/en/LC_MESSAGES"
CALLS = {"_", "gettext", "gettext_lazy", "ngettext", "gettext_noop"}


def calls_in(text: str) -> set[str]:
    """The first argument of every call that asks for a translation."""
    return {
        node.args[0].value
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in CALLS
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }


def asked() -> dict[str, str]:
    """Message to the file that asks for it."""
    found = {}
    for path in sorted(SOURCE.rglob("*.py")):
        for message in calls_in(path.read_text(encoding="utf-8")):
            found[message] = path.name
    for path in sorted((SOURCE / "web/templates").rglob("*.html")):
        for message in messages_of_template(path.read_text(encoding="utf-8")):
            found[message] = path.name
    return found


def messages_of_template(text: str) -> set[str]:
    """What Django's own extraction finds in a template."""
    python = templatize(text)
    found = re.findall(r"""n?gettext\(u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""", python)
    found += re.findall(r"""(?<!\w)_\(u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""", python)
    return {ast.literal_eval(each) for each in found}


def entries() -> dict[str, list[str]]:
    """Message to its translations, out of the .po file."""
    found = {}
    for block in (FOLDER / "django.po").read_text(encoding="utf-8").split("\n\n"):
        values: dict[str, str] = {}
        name = ""
        for line in block.splitlines():
            keyword, _, quoted = line.partition(" ")
            if keyword.startswith("msg"):
                name, values[keyword] = keyword, ast.literal_eval(quoted)
            elif line.startswith('"'):
                values[name] += ast.literal_eval(line)
        found[values["msgid"]] = [v for k, v in values.items() if k.startswith("msgstr")]
    return found


def test_every_message_has_its_english():
    known = entries()

    missing = {m: f for m, f in asked().items() if not all(known.get(m, [""]))}

    assert missing == {}


def test_no_translation_is_a_guess_and_none_is_left_over():
    text = (FOLDER / "django.po").read_text(encoding="utf-8")

    assert "fuzzy" not in text
    assert "#~" not in text
    assert set(entries()) - {""} - set(asked()) == set()


@pytest.mark.parametrize("message", sorted(m for m in asked() if "%(" in m))
def test_a_translation_keeps_the_values_of_its_message(message):
    for english in filter(None, entries()[message]):
        assert set(re.findall(r"%\(\w+\)s", english)) == set(re.findall(r"%\(\w+\)s", message))


def test_the_compiled_file_is_the_written_one():
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    stored = {k: v for k, v in compiled._catalog.items() if k}

    flat = {}
    for message, english in entries().items():
        for number, text in enumerate(english):
            flat[message if len(english) == 1 else (message, number)] = text
    flat.pop("")
    assert stored == flat
