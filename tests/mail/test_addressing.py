from __future__ import annotations

import secrets
from datetime import timedelta

import pytest

from mingdai.mail.addressing import (
    bounce_address,
    draw_token,
    find_target,
    message_id,
    reply_address,
    token_of,
)
from mingdai.mail.models import Outgoing
from tests.conftest import NOON
from tests.mail.post import LENDER, write


def outgoing(post, kind: str) -> Outgoing:
    raw = LENDER.sign(write("a@heyan.example", "you", text=kind))
    letter = post.judged(raw, mail_from="a@heyan.example")
    return Outgoing.objects.create(
        kind=kind,
        token=draw_token(secrets.token_bytes),
        borrower=post.borrower,
        letter=letter,
        digest=bytes(32),
        queued_at=NOON,
        expires_at=NOON + timedelta(days=1),
    )


def test_an_alias_leads_to_its_borrower(post):
    target = find_target(post.address)

    assert (target.kind, target.alias_id) == ("letter", post.alias.pk)
    assert target.borrower_id == post.borrower.pk


def test_a_forward_takes_bounces_and_replies(post):
    row = outgoing(post, "forward")

    assert find_target(bounce_address(row.token)).kind == "bounce"
    assert find_target(reply_address(row.token).upper()).kind == "reply"
    assert find_target(reply_address(row.token)).outgoing_id == row.pk


def test_a_reply_takes_bounces_only(post):
    row = outgoing(post, "reply")

    assert find_target(bounce_address(row.token)).outgoing_id == row.pk
    assert find_target(reply_address(row.token)) is None


@pytest.mark.parametrize(
    "address",
    ["", "b-@alias.mingdai.example", "r-x@alias.mingdai.example", "x-y@alias.mingdai.example"],
)
def test_an_unknown_address_leads_nowhere(post, address):
    assert find_target(address) is None


def test_a_token_in_our_message_id_is_found_and_in_no_other():
    token = draw_token(secrets.token_bytes)

    assert token_of(message_id(token)) == token
    assert token_of("<m-abc@elsewhere.example>") == ""
    assert token_of("<abc@alias.mingdai.example>") == ""
    assert token_of("") == ""
