"""A signed-in borrower whose lender got an alias, and letters of every grade."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from mingdai.accounts.models import Borrower
from mingdai.mail.judging import Checks, judge_due
from mingdai.trace.models import Letter
from mingdai.vault.keeping import mobile_index
from tests.mail.post import ELSEWHERE, LENDER, STRANGER, envelope, resolver, write
from tests.mail.world import Post, make_post, put
from tests.web.world import sign_in

NUMBER = "19900000001"


def make_reader(client: Client) -> Post:
    """The alias's borrower, signed in by the same mobile number."""
    post = make_post(mobile=NUMBER)
    index = mobile_index(NUMBER)
    Borrower.objects.filter(mobile_index=index).exclude(pk=post.borrower.pk).delete()
    Borrower.objects.filter(pk=post.borrower.pk).update(mobile_index=index)
    sign_in(client, NUMBER)
    return post


def receive(post: Post) -> dict[str, Letter]:
    """The lender's own letter, a stranger's, a forged one; judged now."""
    now = timezone.now()
    own = LENDER.sign(write("禾岩 <notice@heyan.example>", "you", text="下一期还款日是二十五日。"))
    other = STRANGER.sign(write("sales@chengdai.example", "you", subject="极速放款", text="低息。"))
    forged = write(
        "notice@heyan.example", "you", subject="账户异常", text="请到 http://x.example 还款"
    )
    put(own, post.address, envelope("notice@heyan.example"), at=now)
    put(other, post.address, envelope("sales@chengdai.example"), at=now + timedelta(seconds=1))
    put(forged, post.address, envelope("a@heyan.example", ELSEWHERE), at=now + timedelta(seconds=2))
    judge_due(Checks(resolver()), at=now + timedelta(seconds=3))
    return {each.grade: each for each in Letter.objects.all()}
