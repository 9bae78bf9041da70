"""Which offers fit, in which order, and why: pure, published and replayable (docs/ranking.md).

An `Offer` does not hold what a lender pays, so no order can depend on it.  Every offer that fits
is shown and every other is named with its reason.
"""

from __future__ import annotations

from dataclasses import dataclass

from mingdai.errors import Invalid
from mingdai.market.bands import AGE_BY_CODE, CODES
from mingdai.market.products import Eligibility, Product
from mingdai.market.quoting import COMPARED_FEN, Quote
from mingdai.market.schedules import Span

RULE = "ranking/1"
"""The version of the published rule; any change to order or reasons makes a new one."""

_NO_RATE = 10**18


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person chose on the page.  `span` None is any length; "" is a band not said."""

    amount: int
    span: Span | None = None
    age: str = ""
    region: str = ""
    employment: str = ""
    income: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A listed product as ranking sees it."""

    product_id: str
    version: str
    lender_id: str
    eligibility: Eligibility
    amount_min: int
    amount_max: int
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Matched:
    """An offer that fits, at its place; `rank` starts at 1."""

    rank: int
    offer: Offer
    quote: Quote


@dataclass(frozen=True, slots=True)
class Unmatched:
    """An offer that does not fit; `reasons` are codes (`match.age`), the first the first found."""

    offer: Offer
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Every offer, once."""

    matched: tuple[Matched, ...]
    unmatched: tuple[Unmatched, ...]


def offer_of(product: Product, quotes: tuple[Quote, ...]) -> Offer:
    """What ranking may know of a product: not what its lender pays."""
    return Offer(
        product_id=product.id,
        version=product.version,
        lender_id=str(product.lender.id),
        eligibility=product.eligibility,
        amount_min=product.amount_min,
        amount_max=product.amount_max,
        quotes=quotes,
    )


def check_wish(wish: Wish) -> None:
    """Raises Invalid `match.unknown_amount` or `match.unknown_band`."""
    if wish.amount not in COMPARED_FEN:
        raise Invalid(
            code="match.unknown_amount", reason="that amount is not compared", field="amount"
        )
    for name, known in CODES.items():
        if getattr(wish, name) and getattr(wish, name) not in known:
            raise Invalid(code="match.unknown_band", reason=f"{name} is no band", field=name)


def match_offers(wish: Wish, offers: list[Offer]) -> Outcome:
    """Every offer, those that fit in the published order, the others by lender and product.

    Raises Invalid `match.unknown_amount` or `match.unknown_band`.
    """
    check_wish(wish)
    fitting: list[tuple[Offer, Quote]] = []
    unmatched: list[Unmatched] = []
    for offer in offers:
        quote, reasons = _quote_for(wish, offer), _reasons(wish, offer)
        if quote is None or reasons:
            unmatched.append(Unmatched(offer, reasons or ("match.term",)))
        else:
            fitting.append((offer, quote))
    fitting.sort(key=lambda pair: _order(wish, *pair))
    unmatched.sort(key=lambda each: (each.offer.lender_id, each.offer.product_id))
    matched = (Matched(rank, *pair) for rank, pair in enumerate(fitting, start=1))
    return Outcome(tuple(matched), tuple(unmatched))


def _order(wish: Wish, offer: Offer, quote: Quote) -> tuple[int | str, ...]:
    """Total cost where one length was chosen; the annual rate where any length will do."""
    rate = _NO_RATE if quote.simple_bps is None else quote.simple_bps
    first = (quote.total_cost, rate) if wish.span else (rate, quote.total_cost)
    return (*first, quote.first_payment, offer.lender_id, offer.product_id)


def _quote_for(wish: Wish, offer: Offer) -> Quote | None:
    """The quote at the amount and length chosen; for any length the one nearest to 12 months."""
    at_amount = [quote for quote in offer.quotes if quote.amount == wish.amount]
    if wish.span:
        at_amount = [quote for quote in at_amount if quote.span == wish.span]
    return min(at_amount, key=_distance, default=None)


def _distance(quote: Quote) -> tuple[int, int]:
    days = quote.span.months * 30 + quote.span.days
    return abs(days - 360), days


def _reasons(wish: Wish, offer: Offer) -> tuple[str, ...]:
    who = offer.eligibility
    found = []
    if not offer.amount_min <= wish.amount <= offer.amount_max:
        found.append("match.amount")
    elif _quote_for(wish, offer) is None:
        found.append("match.term")
    if wish.age:
        band = AGE_BY_CODE[wish.age]
        if band.high < who.age_min or band.low > who.age_max:
            found.append("match.age")
    chosen = (
        ("match.region", wish.region, who.regions),
        ("match.employment", wish.employment, who.employment),
        ("match.income", wish.income, who.income),
    )
    found += [code for code, said, accepted in chosen if said and said not in accepted]
    return tuple(found)


REASONS: dict[str, tuple[str, str]] = {
    "match.amount": ("金额不在可借范围内", "The amount is outside its range"),
    "match.term": ("没有所选期限", "It has no such length"),
    "match.age": ("年龄段不符合", "The age band is not accepted"),
    "match.region": ("所在地区暂未开放", "Not offered in that region"),
    "match.employment": ("职业类型不符合", "That kind of work is not accepted"),
    "match.income": ("收入区间不符合", "That income band is not accepted"),
}
"""Every reason an offer is not matched: Chinese, English."""
