import stat

import pytest

from mingdai.ledger import keys
from mingdai_proofs.flaws import Flawed
from mingdai_proofs.notes import KeyKind, Signer
from mingdai_proofs.policies import Policy

WITNESSES = [
    (
        name,
        Signer.from_seed(
            f"{name}.example", KeyKind.ED25519_COSIGNATURE, bytes([n]) * 32
        ).verifier.vkey,
        f"http://127.0.0.1:{9000 + n}",
    )
    for n, name in enumerate(("one", "two", "three"), 1)
]


def test_the_origin_is_chosen_once_and_the_setting_no_longer_moves_it(data_folder, settings):
    settings.MINGDAI_ORIGIN = "log.example/first"
    assert keys.origin() == "log.example/first"

    settings.MINGDAI_ORIGIN = "log.example/second"

    assert keys.origin() == "log.example/first"
    assert (data_folder / "log" / "origin").read_text() == "log.example/first\n"


def test_without_a_setting_two_folders_get_two_origins(data_folder, settings, tmp_path):
    first = keys.origin()
    settings.MINGDAI_DATA = tmp_path / "other"

    assert keys.origin() != first
    assert first.startswith("log.mingdai.example/")


def test_the_log_key_is_named_after_the_origin_and_readable_by_its_owner_only(data_folder):
    made = keys.vkey()

    path = data_folder / "keys" / "log.key"
    assert made == keys.vkey()
    assert made.startswith(f"{keys.origin()}+")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list((data_folder / "keys").iterdir()) == [path]


def test_a_file_that_is_there_already_is_not_written_over(tmp_path):
    keys.write_once(tmp_path / "x", "first", mode=0o600)

    keys.write_once(tmp_path / "x", "second", mode=0o600)

    assert (tmp_path / "x").read_text() == "first"


@pytest.mark.parametrize(
    ("count", "quorum", "last_lines"),
    [
        (0, None, ["quorum none"]),
        (1, None, ["quorum one"]),
        (2, None, ["group witnesses all one two", "quorum witnesses"]),
        (3, "any", ["group witnesses any one two three", "quorum witnesses"]),
        (3, "2", ["group witnesses 2 one two three", "quorum witnesses"]),
    ],
)
def test_the_policy_asks_for_the_witnesses_of_the_settings(
    data_folder, settings, count, quorum, last_lines
):
    settings.MINGDAI_WITNESSES = WITNESSES[:count]
    if quorum:
        settings.MINGDAI_QUORUM = quorum

    text = keys.policy_text()

    assert text.splitlines()[-len(last_lines) :] == last_lines
    assert Policy.parse(text).logs[0].vkey == keys.vkey()
    assert len(Policy.parse(text).witnesses) == count


def test_a_damaged_key_file_is_not_replaced(data_folder):
    keys.vkey()
    path = data_folder / "keys" / "log.key"
    path.write_text("damaged\n")

    with pytest.raises(Flawed, match="skey"):
        keys.vkey()

    assert path.read_text() == "damaged\n"
