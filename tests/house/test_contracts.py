"""Each import contract is broken once on purpose, in a copy, and seen to be refused."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

PLANTED = [
    ("Rooms stand in the order of the story", "mingdai/ledger/appending.py", "mingdai.gate.models"),
    ("Packages stand on proofs", "mingdai_proofs/merkle.py", "mingdai_client"),
    ("The marketplace does not know its client", "mingdai/loans/applying.py", "mingdai_client"),
    ("Only the gate opens the vault", "mingdai/gate/delivering.py", "mingdai.vault.opening"),
    ("Only the gate opens filed letters", "mingdai/loans/applying.py", "mingdai.vault.unfiling"),
    (
        "Only the bulk door opens everybody's fields",
        "mingdai/cases/worlds.py",
        "mingdai.vault.surveying",
    ),
    ("Keys stay in the vault", "mingdai/gate/sealing.py", "mingdai.vault.wrapping"),
    ("Only the gate speaks to partners", "mingdai/loans/applying.py", "mingdai.partners.adapters"),
    ("Only recalling withdraws and erases", "mingdai/loans/applying.py", "mingdai.vault.erasing"),
    (
        "Choosing needs no personal information",
        "mingdai/market/matching.py",
        "mingdai.vault.keeping",
    ),
    ("The auditor stands apart from what it audits", "mingdai/audit/__init__.py", "mingdai.gate"),
    ("What decides knows no framework", "mingdai/law/adult.py", "django"),
    ("Settings import no room", "mingdai/settings.py", "mingdai.law"),
    ("Cryptography in few places", "mingdai/loans/applying.py", "cryptography"),
]


def contracts() -> set[str]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {each["name"] for each in settings["tool"]["importlinter"]["contracts"]}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    script = (
        f"import sys; sys.path.insert(0, {str(folder / 'src')!r}); "
        "from importlinter.cli import lint_imports; "
        "sys.exit(lint_imports(no_cache=True))"
    )
    return subprocess.run(
        [sys.executable, "-P", "-c", script],
        cwd=folder,
        env={"PYTHONPATH": str(folder / "src"), "PATH": "", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(tmp_path):
    shutil.copytree(
        ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("*.egg-info", "static")
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_contract_is_kept(copy):
    answer = lint(copy)

    assert answer.returncode == 0, answer.stdout
    assert "0 broken" in answer.stdout


@pytest.mark.parametrize(("contract", "module", "planted"), PLANTED, ids=[p[0] for p in PLANTED])
def test_a_planted_import_breaks_its_contract(copy, contract, module, planted):
    path = copy / "src" / module
    path.write_text(path.read_text(encoding="utf-8") + f"\nimport {planted}\n", encoding="utf-8")

    answer = lint(copy)

    assert answer.returncode != 0
    assert f"{contract} BROKEN" in answer.stdout


def test_no_contract_is_left_unbroken():
    assert {each[0] for each in PLANTED} == contracts()
