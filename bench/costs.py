"""How long 1,000 products take: their cost at one amount and length, and their whole listing.

`python bench/costs.py` prints one JSON object; times are the median of three runs, in seconds.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from itertools import cycle, islice
from pathlib import Path

from mingdai.market.admitting import refusals
from mingdai.market.catalogue import read_catalogue
from mingdai.market.products import Product
from mingdai.market.quoting import quote_all, quote_loan

START = date(2026, 11, 24)
CATALOGUE = Path(__file__).parents[1] / "src/mingdai_demo/catalogue"
COUNT = 1_000


def main() -> int:
    """Time both and print them."""
    products = list(islice(cycle(read_catalogue(CATALOGUE)), COUNT))
    figures = {
        "products": COUNT,
        "one_cost_each_s": median_of(lambda: cost_each(products)),
        "listing_s": median_of(lambda: list_each(products[:100])) * COUNT / 100,
    }
    sys.stdout.write(json.dumps(figures) + "\n")
    return 0


def cost_each(products: list[Product]) -> None:
    """One schedule and its cost for each product."""
    for product in products:
        span, repayment = product.ways()[-1]
        quote_loan(product, product.amount_min, span, repayment, start=START)


def list_each(products: list[Product]) -> None:
    """All that listing computes: the refusals and every quote."""
    for product in products:
        refusals(product, START)
        quote_all(product, start=START)


def median_of(work: Callable[[], None]) -> float:
    """Seconds, the median of three runs."""
    seconds = []
    for _ in range(3):
        began = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - began)
    return round(statistics.median(seconds), 3)


if __name__ == "__main__":
    raise SystemExit(main())
