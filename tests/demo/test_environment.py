import socket
from pathlib import Path

from mingdai.settings import _witnesses
from mingdai_demo.environment import choose_port, is_free, prepare
from mingdai_proofs.notes import Verifier


def test_what_is_set_stays_and_what_is_missing_is_filled_in(tmp_path):
    environment = {"MINGDAI_DATA": str(tmp_path), "PORT": "48123"}

    prepare(environment)
    first = dict(environment)
    prepare(environment)

    assert environment == first
    assert environment["DJANGO_SETTINGS_MODULE"] == "mingdai.settings"
    assert environment["MINGDAI_WITNESS_PORT"] == "48124"


def test_the_witness_keeps_its_key_between_starts(tmp_path):
    keys = []
    for _ in range(2):
        environment = {"MINGDAI_DATA": str(tmp_path), "PORT": "48133"}
        prepare(environment)
        [(_, vkey, url)] = _witnesses(environment["MINGDAI_WITNESSES"])
        keys.append(Verifier.parse(vkey).vkey)

    assert keys[0] == keys[1]
    assert url == "http://127.0.0.1:48134"
    assert (tmp_path / "witness" / "cosigner.keys").stat().st_mode & 0o777 == 0o600


def test_a_relative_data_folder_is_the_same_for_every_child_process(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    environment = {"PORT": "48143"}

    prepare(environment)

    assert Path(environment["MINGDAI_DATA"]) == tmp_path / "data"


def test_a_taken_port_gives_way_to_a_free_one():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]

        chosen = choose_port(taken, taken=set())

    assert chosen != taken
    assert is_free(chosen)
