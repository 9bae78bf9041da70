from pathlib import Path

from mingdai.audit import equipping
from mingdai.audit.equipping import missing


def test_everything_is_here_after_make_setup():
    assert missing() == []


def test_what_is_missing_is_named_in_the_order_to_install_it(monkeypatch):
    monkeypatch.setattr(equipping, "NEEDED", ("no_such_module",))
    monkeypatch.setattr(equipping, "CHROMIUM", Path("/nowhere/chromium"))

    assert missing() == ["audit.no_extra", "audit.no_chromium"]
