"""`make audit-demo`: walk both flows in a real Chromium, then say what was found and where.

Everything after the world itself is the product's own commands, run as anybody would run them.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mingdai.audit.planting import made_up_person
from mingdai.cli.main import main as mingdai
from mingdai_demo.auditing.flows import HONEST, NESTED, answers
from mingdai_demo.auditing.serving import World

_EXPECTED = {"nested": "fail", "honest": "pass"}
_TITLES = {
    "nested": "一　套娃式导流，边输入边外发 · a nested chain that sends while you type",
    "honest": "二　如实告知的流程 · an honest flow",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One walk: its evidence, what was found, whether the folder verifies."""

    name: str
    folder: Path
    findings: Mapping[str, Any]
    verified: bool

    @property
    def as_expected(self) -> bool:
        """Whether the verdict is the one this flow deserves, and the evidence holds."""
        return self.verified and self.findings["verdict"] == _EXPECTED[self.name]


def show(output: Path) -> int:
    """Walk, judge, report and verify both flows below `output`; 0 where all is as it should be."""
    output.mkdir(parents=True, exist_ok=True)
    identity = output / "identity.json"
    person = {"fields": made_up_person(os.urandom)}
    identity.write_text(json.dumps(person, ensure_ascii=False, indent=1), encoding="utf-8")
    with World(answers()) as world:
        urls = {"nested": world.url(NESTED), "honest": world.url(HONEST)}
        shown = [_walk(name, url, identity, output / name) for name, url in urls.items()]
    for each in shown:
        _tell(each)
    return 0 if all(each.as_expected for each in shown) else 1


def _walk(name: str, url: str, identity: Path, folder: Path) -> Shown:
    _say(f"\n{_TITLES[name]}\n")
    _run("audit", "walk", url, "--identity", str(identity), "-o", str(folder))
    _say("")
    verified = _run("verify", "audit", str(folder)) == 0
    findings = json.loads((folder / "findings.json").read_text(encoding="utf-8"))
    return Shown(name, folder, findings, verified)


def _run(*arguments: str) -> int:
    _say(f"$ mingdai {' '.join(arguments)}")
    return mingdai(arguments)


def _tell(shown: Shown) -> None:
    third = [row for row in shown.findings["egress"] if not row["first_party"]]
    early = {row["recipient_host"] for row in third if row["before_consent"]}
    hosts = {row["recipient_host"] for row in third}
    _say(f"\n{_TITLES[shown.name]}")
    _say(f"  verdict     {shown.findings['verdict']}")
    _say(f"  third parties that got data     {len(hosts)}, {len(early)} of them before consent")
    _say(f"  dark patterns     {', '.join(shown.findings['dark_patterns']) or 'none'}")
    _say(f"  evidence     {'verified' if shown.verified else 'FLAWED'}")
    for name in ("report.html", "report.pdf", "report.en.html", "report.en.pdf"):
        if (shown.folder / name).is_file():
            _say(f"  {shown.folder / name}")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def new_folder(data: str) -> Path:
    """Where this run's evidence goes: evidence is never overwritten."""
    return Path(data) / "audit-demo" / time.strftime("%Y%m%d-%H%M%S")
