"""The match receipt: all that a match was made of, and the check that it comes out the same.

The person can keep it.  It holds the bands they chose, the facts of every offer that the rule
reads, and the outcome with reasons; no name and no price a lender pays.  Format: docs/ranking.md.
"""

from __future__ import annotations

import re
from typing import cast

from mingdai.errors import Invalid
from mingdai.market.canonical import Json, content_hash
from mingdai.market.matching import REASONS, RULE, Offer, Outcome, Wish, match_offers
from mingdai.market.products import Eligibility
from mingdai.market.quoting import Quote
from mingdai.market.schedules import Repayment, Span

FORMAT = "mingdai-match/1"

_SPAN = re.compile(r"([1-9][0-9]{0,3})([md])", re.ASCII)
_KEYS = {"format", "rule", "catalogue", "wish", "facts", "facts_hash", "outcome"}

Object = dict[str, Json]


def match_receipt(wish: Wish, offers: list[Offer], *, catalogue: str) -> Object:
    """The receipt of a match; `catalogue` is the hash of the catalogue it was made from.

    Raises Invalid as `match_offers` does.
    """
    facts: list[Json] = [_fact(each, wish) for each in sorted(offers, key=lambda o: o.product_id)]
    return {
        "format": FORMAT,
        "rule": RULE,
        "catalogue": catalogue,
        "wish": {
            "amount_fen": wish.amount,
            "term": str(wish.span) if wish.span else "",
            "age": wish.age,
            "region": wish.region,
            "employment": wish.employment,
            "income": wish.income,
        },
        "facts": facts,
        "facts_hash": content_hash(facts),
        "outcome": outcome_json(match_offers(wish, offers)),
    }


def replay_receipt(receipt: object) -> list[str]:
    """What comes out different when the receipt's own facts are matched again; empty is "same".

    Raises Invalid `match.malformed` or `match.unknown_rule`.
    """
    document = _checked(receipt)
    try:
        wish = _read_wish(_object(document["wish"]))
        offers = [_read_offer(_object(each)) for each in _list(document["facts"])]
        again = outcome_json(match_offers(wish, offers))
        recorded = _object(document["outcome"])
    except (KeyError, TypeError, ValueError, Invalid) as error:
        raise Invalid(code="match.malformed", reason="the match receipt cannot be read") from error
    differences = []
    if document["facts_hash"] != content_hash(document["facts"]):
        differences.append("facts_hash: the facts are not those that were hashed")
    for part in ("matched", "unmatched"):
        if recorded.get(part) != again[part]:
            differences.append(f"outcome.{part}: the rule gives another answer")
    if set(recorded) != set(again):
        differences.append("outcome: it says more or less than the rule does")
    return differences


def outcome_json(outcome: Outcome) -> Object:
    """The outcome as the receipt writes it."""
    return {
        "matched": [
            {
                "rank": each.rank,
                "product": each.offer.product_id,
                "term": str(each.quote.span),
                "repayment": each.quote.repayment.value,
                "total_cost_fen": each.quote.total_cost,
                "simple_bps": each.quote.simple_bps,
            }
            for each in outcome.matched
        ],
        "unmatched": [
            {
                "product": each.offer.product_id,
                "reasons": [
                    {"code": code, "zh": REASONS[code][0], "en": REASONS[code][1]}
                    for code in each.reasons
                ],
            }
            for each in outcome.unmatched
        ],
    }


def _fact(offer: Offer, wish: Wish) -> Object:
    who = offer.eligibility
    return {
        "product": offer.product_id,
        "version": offer.version,
        "lender": offer.lender_id,
        "amount_min_fen": offer.amount_min,
        "amount_max_fen": offer.amount_max,
        "age_min": who.age_min,
        "age_max": who.age_max,
        "regions": [*sorted(who.regions)],
        "employment": [*sorted(who.employment)],
        "income": [*sorted(who.income)],
        "quotes": [_quote(each) for each in offer.quotes if each.amount == wish.amount],
    }


def _quote(quote: Quote) -> Object:
    return {
        "amount_fen": quote.amount,
        "term": str(quote.span),
        "repayment": quote.repayment.value,
        "simple_bps": quote.simple_bps,
        "total_repaid_fen": quote.total_repaid,
        "net_received_fen": quote.net_received,
        "first_payment_fen": quote.first_payment,
    }


def _checked(receipt: object) -> Object:
    if not isinstance(receipt, dict) or set(receipt) != _KEYS or receipt["format"] != FORMAT:
        raise Invalid(
            code="match.malformed",
            reason=f"that is not a match receipt of format {FORMAT}",
            remedy="take the file as the offers page gave it",
        )
    if receipt["rule"] != RULE:
        raise Invalid(
            code="match.unknown_rule",
            reason="the receipt was made under another version of the ranking rule",
            remedy=f"replay it with the release that had its rule; this one has {RULE}",
        )
    try:
        content_hash(receipt)
    except (TypeError, ValueError, RecursionError) as error:
        raise Invalid(code="match.malformed", reason="the receipt holds a float") from error
    return cast(Object, receipt)


def _read_wish(raw: Object) -> Wish:
    return Wish(
        amount=_whole(raw["amount_fen"]),
        span=_read_span(raw["term"]) if raw["term"] else None,
        age=_text(raw["age"]),
        region=_text(raw["region"]),
        employment=_text(raw["employment"]),
        income=_text(raw["income"]),
    )


def _read_offer(raw: Object) -> Offer:
    quotes = [_object(each) for each in _list(raw["quotes"])]
    eligibility = Eligibility(
        age_min=_whole(raw["age_min"]),
        age_max=_whole(raw["age_max"]),
        regions=_texts(raw["regions"]),
        employment=_texts(raw["employment"]),
        income=_texts(raw["income"]),
    )
    low, high = _whole(raw["amount_min_fen"]), _whole(raw["amount_max_fen"])
    return Offer(
        product_id=_text(raw["product"]),
        version=_text(raw["version"]),
        lender_id=_text(raw["lender"]),
        eligibility=eligibility,
        amount_min=low,
        amount_max=high,
        quotes=tuple(_read_quote(each) for each in quotes),
    )


def _read_quote(raw: Object) -> Quote:
    simple = raw["simple_bps"]
    return Quote(
        amount=_whole(raw["amount_fen"]),
        span=_read_span(raw["term"]),
        repayment=Repayment(_text(raw["repayment"])),
        simple_bps=None if simple is None else _whole(simple),
        compound_bps=None,
        total_repaid=_whole(raw["total_repaid_fen"]),
        net_received=_whole(raw["net_received_fen"]),
        first_payment=_whole(raw["first_payment_fen"]),
        interest=0,
        fees=0,
        flags=(),
    )


def _read_span(value: Json) -> Span:
    match = _SPAN.fullmatch(_text(value))
    if not match:
        raise ValueError("a term is 12m or 30d")
    return Span(months=int(match[1])) if match[2] == "m" else Span(days=int(match[1]))


def _object(value: Json) -> Object:
    if not isinstance(value, dict):
        raise TypeError("an object was expected")
    return value


def _list(value: Json) -> list[Json]:
    if not isinstance(value, list):
        raise TypeError("a list was expected")
    return value


def _text(value: Json) -> str:
    if not isinstance(value, str):
        raise TypeError("a string was expected")
    return value


def _texts(value: Json) -> frozenset[str]:
    return frozenset(_text(each) for each in _list(value))


def _whole(value: Json) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError("a whole number was expected")
    return value
