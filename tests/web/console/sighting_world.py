"""Sightings of every grade, as an employee meets them."""

from __future__ import annotations

from datetime import timedelta

from mingdai.gate.aliasing import end_aliases
from mingdai.trace.models import Grade, Sighting
from tests.conftest import NOON
from tests.mail.post import ELSEWHERE, STRANGER, write
from tests.mail.world import Post, make_post


def sighted(**changes: object) -> tuple[Post, Sighting]:
    """A stranger's authenticated letter at an alias."""
    post = make_post(**changes)
    return post, strange(post)


def strange(post: Post, text: str = "x", days: int = 0) -> Sighting:
    """One more letter of the stranger, `days` later."""
    raw = STRANGER.sign(write("sales@chengdai.example", "you", text=text))
    letter = post.judged(
        raw, mail_from="sales@chengdai.example", at=NOON + timedelta(days=days, minutes=1)
    )
    assert letter.sighting is not None
    return letter.sighting


def every_grade() -> dict[str, Sighting]:
    """One sighting of each grade, the decoy's being the stranger's of the second day."""
    post, _ = sighted()
    forged = write("notice@heyan.example", "you", subject="账户异常")
    post.judged(forged, mail_from="a@heyan.example", ip=ELSEWHERE, at=NOON + timedelta(hours=1))
    decoy = strange(post, "to a decoy", days=1)
    Sighting.objects.filter(pk=decoy.pk).update(grade=Grade.DECOY)
    ended = NOON + timedelta(days=2)
    end_aliases(post.borrower.pk, application_id=post.alias.application_id, at=ended)
    strange(post, "after its end", days=3)
    return {each.grade: each for each in Sighting.objects.all()}
