from dataclasses import replace

import pytest

from mingdai_proofs.canonical import encode_json
from mingdai_proofs.commitments import commitment_key
from mingdai_proofs.flaws import Flawed
from mingdai_proofs.openings import (
    Opening,
    OpeningsFile,
    check_complete,
    check_openings,
    verify_openings,
)
from tests.proofs.worlds import POLICY, SUBJECT_KEY, make_entry, written

ENTRY = make_entry(17)
VALUES = {"name": "示例甲", "mobile": "19900000017"}
NAME, MOBILE = (
    Opening(code, value, commitment_key(SUBJECT_KEY, ENTRY.entry_id, code))
    for code, value in VALUES.items()
)
WORLD, ENTRIES = written(300)
FILE = OpeningsFile(WORLD.receipt(17, ENTRIES[17]), (NAME, MOBILE))


def test_what_was_sent_opens_what_was_recorded():
    assert check_complete(ENTRY, [NAME, MOBILE]) is None


def test_one_field_may_be_shown_and_the_rest_kept():
    assert check_openings(ENTRY, [MOBILE]) is None
    assert check_complete(ENTRY, [MOBILE]).code == "opening.incomplete"


@pytest.mark.parametrize(
    ("openings", "code"),
    [
        ([], "opening.none"),
        ([NAME, NAME], "opening.twice"),
        ([replace(NAME, code="email")], "opening.field"),
        ([replace(NAME, value="示例乙")], "opening.mismatch"),
        ([replace(NAME, key=MOBILE.key)], "opening.mismatch"),
        ([replace(NAME, code="mobile")], "opening.mismatch"),
        ([replace(NAME, key=b"")], "opening.key"),
    ],
)
def test_an_opening_of_anything_else_is_refused(openings, code):
    assert check_openings(ENTRY, openings).code == code
    assert check_complete(ENTRY, openings).code == code


def test_a_file_is_read_as_it_was_written_and_verifies():
    file = OpeningsFile.parse(FILE.encode())

    assert file == FILE
    assert verify_openings(file, POLICY) is None
    assert b'"note":"contains your data"' in FILE.encode()


def test_a_file_fails_with_its_receipt_or_with_an_opening():
    other = replace(FILE, receipt=WORLD.receipt(17, ENTRIES[18]))
    wrong = replace(FILE, openings=(replace(NAME, value="x"),))
    torn = replace(FILE, receipt=replace(FILE.receipt, entry=b"x"))

    assert verify_openings(other, POLICY).code == "inclusion.mismatch"
    assert verify_openings(wrong, POLICY).code == "opening.mismatch"
    assert verify_openings(torn).code == "entry.length"


def test_no_value_and_no_key_shows_in_a_log():
    assert repr(NAME) == "Opening(code='name')"


GOOD = {
    "format": "mingdai-openings/1",
    "note": "contains your data",
    "receipt": FILE.receipt.as_json(),
    "openings": [NAME.as_json()],
}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"format": "other"}, "openings.format"),
        ({"note": ""}, "openings.format"),
        ({"more": ""}, "openings.malformed"),
        ({"openings": ""}, "openings.malformed"),
        ({"openings": [""]}, "openings.malformed"),
        ({"openings": [{"code": "name"}]}, "openings.malformed"),
        ({"openings": [{**NAME.as_json(), "key": "?"}]}, "openings.malformed"),
        ({"receipt": {}}, "receipt.malformed"),
    ],
)
def test_what_is_not_an_openings_file_is_refused(change, code):
    with pytest.raises(Flawed) as caught:
        OpeningsFile.parse(encode_json({**GOOD, **change}))

    assert caught.value.flaw.code == code
