import json

import pytest

from mingdai.cli.main import main


@pytest.fixture
def identity(tmp_path):
    path = tmp_path / "identity.json"
    path.write_text(json.dumps({"fields": {"mobile": "19900012345"}}), encoding="utf-8")
    return path


def test_a_real_host_is_refused_without_authority_and_nothing_is_written(
    tmp_path, identity, capsys
):
    out = tmp_path / "out"

    code = main(
        ["audit", "walk", "http://loan.example/", "--identity", str(identity), "-o", str(out)]
    )

    assert code == 2
    assert "walk.authority" in capsys.readouterr().err
    assert not out.exists()


def test_a_missing_identity_is_said_so(tmp_path, capsys):
    call = ["audit", "walk", "http://a.test/", "--identity", str(tmp_path / "none.json")]

    assert main([*call, "-o", str(tmp_path / "out")]) == 2
    assert "identity.file" in capsys.readouterr().err
