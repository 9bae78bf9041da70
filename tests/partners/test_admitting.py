import secrets
from datetime import UTC, datetime, timedelta

from mingdai.partners.admitting import ROTATION_OVERLAP, admit, issue_key, revoke, rotate
from mingdai.partners.models import ApiKey
from mingdai.words import ActorId

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
SYSTEM = ActorId("system")


def issued(lender) -> str:
    return issue_key(lender, actor=SYSTEM, at=NOON, rng=secrets.token_bytes)


def test_a_key_admits_its_partner(lender):
    assert admit(issued(lender), at=NOON) == lender


def test_a_key_with_one_letter_changed_admits_nobody(lender):
    key = issued(lender)
    other = key[:-1] + ("a" if key[-1] != "a" else "b")

    assert admit(other, at=NOON) is None


def test_what_is_no_key_admits_nobody(lender):
    issued(lender)

    assert [admit(text, at=NOON) for text in ("", "mk_", "mk_x", "x_y_z", "mk_a_" * 99)] == (
        [None] * 5
    )


def test_the_secret_is_not_in_the_table(lender):
    secret = issued(lender).split("_")[2]

    row = ApiKey.objects.values().get()
    assert secret not in str(row)
    assert secret.encode() not in bytes(row["key_hash"])


def test_after_rotation_the_old_key_lives_for_the_overlap_only(lender):
    old = issued(lender)

    new = rotate(lender, actor=SYSTEM, at=NOON, rng=secrets.token_bytes)

    assert admit(old, at=NOON + ROTATION_OVERLAP - timedelta(seconds=1)) == lender
    assert admit(old, at=NOON + ROTATION_OVERLAP) is None
    assert admit(new, at=NOON + ROTATION_OVERLAP) == lender


def test_a_revoked_key_admits_nobody(lender):
    key = issued(lender)

    revoke(ApiKey.objects.get(), actor=SYSTEM, at=NOON)

    assert admit(key, at=NOON) is None
