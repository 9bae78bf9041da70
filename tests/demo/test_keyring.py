import re
from pathlib import Path

from mingdai_demo.keyring import SIGHTINGS, load_or_make, save, seed_of
from mingdai_demo.posting import SERVICES

LENDERS = {"lender-a": "示例甲银行"}


def test_secrets_are_made_once_and_readable_by_their_owner_only(tmp_path):
    path = tmp_path / "sandbox" / "config.json"
    made = load_or_make(path, LENDERS, ("bureau", "示例征信"))
    save(path, made)

    again = load_or_make(path, LENDERS, ("bureau", "示例征信"))

    assert again == made
    assert path.stat().st_mode & 0o777 == 0o600
    assert len(seed_of(made["lenders"][0]["signing_seed"])) == 32


def test_a_lender_that_joins_gets_secrets_of_its_own(tmp_path):
    path = tmp_path / "config.json"
    save(path, load_or_make(path, LENDERS, ("bureau", "示例征信")))

    config = load_or_make(path, {**LENDERS, "lender-b": "示例乙小贷"}, ("bureau", "示例征信"))

    first, second = config["lenders"]
    assert first["webhook_secret"] != second["webhook_secret"]
    assert first["opening_keys"] != second["opening_keys"]


def test_two_lenders_answer_sightings_as_published_and_the_others_never(tmp_path):
    lenders = {**LENDERS, "yunting": "示例云汀", "songhe": "示例松禾"}
    made = load_or_make(tmp_path / "config.json", lenders, ("bureau", "示例征信"))

    rules = {each["id"]: each.get("sightings") for each in made["lenders"]}
    assert rules == {"lender-a": None, **SIGHTINGS}
    assert SIGHTINGS["yunting"]["our_service"] == [SERVICES["yunting.example"]]
    guide = Path(__file__).resolve().parents[2] / "docs" / "lender.md"
    rows = re.findall(r"^\| `(\w+)` \| (.*) \| `(\w+)` \|$", guide.read_text("utf-8"), re.MULTILINE)
    assert rows == [
        ("yunting", "`yunting-mail.example`, its mail service", "our_service"),
        ("songhe", "anybody", "investigating"),
    ]
