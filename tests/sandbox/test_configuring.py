import base64
import copy
import json

import pytest

from mingdai_sandbox.configuring import BadConfig, parse_config, read_config

SEED = base64.b64encode(b"\x01" * 32).decode()
RAW = {
    "platform": {"url": "http://127.0.0.1:8000/", "policy": "log …", "manifest_key": "vkey"},
    "lenders": [
        {
            "id": "yunting-cf",
            "legal_name": "示例云汀消费金融有限公司",
            "opening_keys": [{"kid": "k1", "seed": SEED}],
            "signing_seed": SEED,
            "api_key": "mk_a_b",
            "webhook_secret": "a secret of this test",
        }
    ],
    "bureau": {"id": "hengjian", "legal_name": "示例衡鉴征信有限公司"},
}


def without(path: str) -> dict:
    raw = copy.deepcopy(RAW)
    target, *keys = raw, *path.split(".")
    for key in keys[:-1]:
        target = target[int(key) if key.isdigit() else key]
    del target[int(keys[-1]) if keys[-1].isdigit() else keys[-1]]
    return raw


def test_a_complete_file_is_read(tmp_path):
    path = tmp_path / "sandbox.json"
    path.write_text(json.dumps(RAW), encoding="utf-8")

    config = read_config(path)

    assert config.platform.url == "http://127.0.0.1:8000"
    assert config.lenders["yunting-cf"].opening_seeds == {"k1": b"\x01" * 32}
    assert config.lenders["yunting-cf"].webhook_secret == b"a secret of this test"
    assert config.bureau.relays == {"yunting-cf": ""}
    assert config.folder == tmp_path / "sandbox"


@pytest.mark.parametrize(
    "path",
    [
        "platform",
        "platform.url",
        "platform.policy",
        "platform.manifest_key",
        "lenders.0",
        "lenders.0.id",
        "lenders.0.opening_keys",
        "lenders.0.signing_seed",
        "lenders.0.api_key",
        "lenders.0.webhook_secret",
        "bureau",
        "bureau.id",
    ],
)
def test_a_missing_part_is_named(path, tmp_path):
    with pytest.raises(BadConfig) as refused:
        parse_config(without(path), default_folder=tmp_path)

    wanted = "lenders" if path in {"lenders.0", "lenders.0.opening_keys"} else path.split(".")[-1]
    assert wanted in str(refused.value)


@pytest.mark.parametrize("seed", ["%%%", base64.b64encode(b"short").decode()])
def test_a_bad_seed_is_refused_without_showing_it(seed, tmp_path):
    raw = copy.deepcopy(RAW)
    raw["lenders"][0]["signing_seed"] = seed

    with pytest.raises(BadConfig, match="signing_seed") as refused:
        parse_config(raw, default_folder=tmp_path)

    assert seed not in str(refused.value)


def test_what_is_not_json_is_refused(tmp_path):
    path = tmp_path / "sandbox.json"
    path.write_text("{", encoding="utf-8")

    with pytest.raises(BadConfig, match="JSON"):
        read_config(path)


def test_a_short_webhook_secret_is_refused(tmp_path):
    raw = copy.deepcopy(RAW)
    raw["lenders"][0] |= {"webhook_secret": "short"}

    with pytest.raises(BadConfig, match="webhook_secret"):
        parse_config(raw, default_folder=tmp_path)


def test_a_lender_answers_no_sighting_unless_it_is_said_how(tmp_path):
    raw = copy.deepcopy(RAW)
    silent = parse_config(raw, default_folder=tmp_path).lenders["yunting-cf"]
    raw["lenders"][0]["sightings"] = {"our_service": ["a.example"], "otherwise": "investigating"}

    rules = parse_config(raw, default_folder=tmp_path).lenders["yunting-cf"].sightings

    assert silent.sightings is None
    assert (rules.own, rules.otherwise) == ({"our_service": ("a.example",)}, "investigating")


@pytest.mark.parametrize(
    "rules", [{"maybe": ["a.example"]}, {"otherwise": "maybe"}, [], {"not_ours": ""}]
)
def test_an_answer_that_is_none_is_refused(rules, tmp_path):
    raw = copy.deepcopy(RAW)
    raw["lenders"][0]["sightings"] = rules

    with pytest.raises(BadConfig, match="sightings"):
        parse_config(raw, default_folder=tmp_path)


def test_a_strict_form_is_a_regular_expression():
    raw = copy.deepcopy(RAW)
    raw["lenders"][0]["strict"] = {"name": "("}

    with pytest.raises(BadConfig, match="strict"):
        parse_config(raw, default_folder=None)
