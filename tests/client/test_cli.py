import base64
import json
import stat

import pytest

from mingdai_client.cli import main
from mingdai_client.keying import sealing_key_id, sealing_public
from mingdai_client.opening import Trust

SEED = base64.b64encode(b"\x31" * 32).decode()


def test_keys_keeps_the_seeds_and_prints_the_public_side(tmp_path, capsys):
    path = tmp_path / "keys.json"

    code = main(["keys", "--out", str(path)])

    printed, kept = json.loads(capsys.readouterr().out), json.loads(path.read_text())
    public = sealing_public(base64.b64decode(kept["opening_seed"]))
    assert code == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert printed["sealing_key"]["kid"] == sealing_key_id(public)
    assert kept["opening_seed"] not in json.dumps(printed)


def test_keys_overwrites_nothing(tmp_path, capsys):
    path = tmp_path / "keys.json"
    path.write_text("precious")

    code = main(["keys", "--out", str(path)])

    assert (code, path.read_text()) == (2, "precious")
    assert "keys.json" in capsys.readouterr().err


def test_trust_prints_what_a_test_system_has_to_trust(tmp_path, capsys):
    path = tmp_path / "conformance.json"
    path.write_text(json.dumps({"practice_seed": SEED}))

    code = main(["trust", "--config", str(path)])

    printed = json.loads(capsys.readouterr().out)
    assert code == 0
    assert Trust.parse(**printed).policy.logs[0].name == "practice.mingdai.example/log"


@pytest.mark.parametrize("config", [{}, {"practice_seed": "AAAA"}, {"practice_seed": SEED}])
def test_a_configuration_that_lacks_something_is_wrong_usage(tmp_path, capsys, config):
    path = tmp_path / "conformance.json"
    path.write_text(json.dumps(config))

    code = main(["conformance", "--endpoint", "http://127.0.0.1:9", "--config", str(path)])

    assert code == 2
    assert "mingdai_client:" in capsys.readouterr().err
