"""Bring the English messages up to date: extract, keep what is translated, compile.

Run after changing a sentence: `python tools/messages.py`.  Needs GNU gettext.  A new message is
listed here and stays empty until somebody writes its English into `django.po`.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "src/mingdai"
PO = SOURCE / "locale/en/LC_MESSAGES/django.po"
HEADER = """# English for mingdai; the msgids are Chinese.
msgid ""
msgstr ""
"Project-Id-Version: mingdai\\n"
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""


def main() -> int:
    """Rewrite `django.po` and `django.mo`; how many messages have no English."""
    before = read(PO.read_text(encoding="utf-8"))
    extract = [sys.executable, "-m", "django", "makemessages", "-l", "en", "--no-location"]
    subprocess.run([*extract, "--ignore", "web/static/*"], cwd=SOURCE, check=True)
    now = read(PO.read_text(encoding="utf-8"))
    blocks = [write(message, now[message], before.get(message, {})) for message in sorted(now)]
    PO.write_text("\n".join([HEADER, *blocks]), encoding="utf-8")
    compiled = PO.with_suffix(".mo")
    subprocess.run(["msgfmt", "--no-hash", "-o", compiled, PO], check=True)
    untranslated = sorted({m for m in now if not english(before.get(m, {}))})
    sys.stdout.write("".join(f"no English yet: {message}\n" for message in untranslated))
    return len(untranslated)


def read(text: str) -> dict[str, dict[str, str]]:
    """Each message with its parts (`msgid_plural`, `msgstr`, `flags`); none that is obsolete."""
    found = {}
    for block in text.split("\n\n"):
        parts: dict[str, str] = {}
        name = ""
        for line in block.splitlines():
            keyword, _, quoted = line.partition(" ")
            if line.startswith("#,"):
                parts["flags"] = re.sub(r",?\s*fuzzy", "", line)
            elif keyword.startswith("msg"):
                name, parts[keyword] = keyword, ast.literal_eval(quoted)
            elif line.startswith('"'):
                parts[name] += ast.literal_eval(line)
        if parts.get("msgid"):
            found[parts["msgid"]] = parts
    return found


def english(parts: dict[str, str]) -> list[str]:
    """The translations, none where one of them is empty."""
    texts = [text for name, text in parts.items() if name.startswith("msgstr")]
    return texts if all(texts) else []


def write(message: str, parts: dict[str, str], before: dict[str, str]) -> str:
    """One block; a guess of msgmerge is never kept, only what stood for this very message."""
    lines = [parts["flags"]] if parts.get("flags", "#") not in {"#", "#,"} else []
    lines.append(f"msgid {quote(message)}")
    if "msgid_plural" in parts:
        lines.append(f"msgid_plural {quote(parts['msgid_plural'])}")
    names = [name for name in parts if name.startswith("msgstr")]
    lines += [f"{name} {quote(before.get(name, ''))}" for name in names]
    return "\n".join(lines) + "\n"


def quote(text: str) -> str:
    """A string as gettext writes it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


if __name__ == "__main__":
    sys.exit(0 if main() == 0 else 1)
