"""The conclusion in words: whose copy is in the list, never who leaked."""

from __future__ import annotations

from collections.abc import Iterator

from mingdai.trace.reporting.records import Reason, Record
from mingdai.trace.reporting.telling import count, one_in
from mingdai.trace.reporting.wording import Words

_MOST = 3
_SEEN = ("listed_and_drawn", "hits", "seen", "rows", "found")
_EXPECTED = ("expected_if_innocent", "expected_by_guessing", "expected")


def headline(record: Record, words: Words) -> str:
    """The conclusion as a title."""
    if record.unread:
        return words("head.unread")
    names = words.join([record.name(each) for each in record.accuse])
    return words(f"head.{record.conclusion}", names=names)


def sentences(record: Record, words: Words) -> Iterator[str]:
    """What the conclusion rests on, and what it does not say."""
    if record.unread:
        yield words("said.unread", why=record.unread)
    elif record.conclusion == "named":
        yield from (_named(record, partner, words) for partner in record.accuse)
    elif record.conclusion == "investigate":
        top = list(dict.fromkeys(each.partner for each in record.evidence if each.bits > 1))
        names = words.join([record.name(each) for each in top[:_MOST]])
        yield words("said.investigate", names=names) if names else words("said.unclear")
    else:
        yield words("said.none" if record.matched else "said.nobody")
    yield words("never")


def seen_in(reason: Reason) -> float | None:
    """How many were seen, whatever this kind of evidence calls them."""
    return _first(reason, _SEEN)


def expected_in(reason: Reason) -> float | None:
    """How many an innocent recipient would have shown."""
    return _first(reason, _EXPECTED)


def _named(record: Record, partner: str, words: Words) -> str:
    reasons = [
        each for each in record.evidence if each.partner == partner and each.by_design and each.bits
    ]
    name = record.name(partner)
    gap = "" if words.language == "zh" else " "
    what = gap.join(said for each in reasons for said in _told(each, name, words)) + gap
    least = min((each.p_value for each in reasons if each.p_value is not None), default=1.0)
    return words("said.named", what=what, name=name, chance=one_in(least, words))


def _told(reason: Reason, name: str, words: Words) -> Iterator[str]:
    """One sentence for each thing it consists of."""
    expected = count(expected_in(reason) or 0)
    for kind, seen in reason.parts or ((reason.kind, seen_in(reason) or 0),):
        yield words(words.told(kind), name=name, seen=count(seen), expected=expected)


def _first(reason: Reason, names: tuple[str, ...]) -> float | None:
    found = (reason.detail[each] for each in names if each in reason.detail)
    return next((float(each) for each in found if isinstance(each, int | float)), None)
