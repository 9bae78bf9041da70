"""The offers page with 1,000 products: queries, server time, compressed size of all it loads.

`python -m bench.offers` prints a line a figure.  Server time is from request to response inside
one process, with every middleware; the baseline is an empty page of the same site (`/healthz`).
"""

# ruff: noqa: E402 - Django is set up on a folder of its own before anything of ours is imported

from __future__ import annotations

import os
import re
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

FOLDER = Path(tempfile.mkdtemp(prefix="mingdai-bench-"))
os.environ["DJANGO_SETTINGS_MODULE"] = "mingdai.settings"
os.environ["MINGDAI_DATA"] = str(FOLDER)
os.environ.pop("DATABASE_URL", None)

import django

django.setup()

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mingdai.cli.main import main as mingdai
from mingdai.market.canonical import content_hash
from mingdai.market.catalogue import read_catalogue
from mingdai.market.listing import list_products
from mingdai.market.products import Product
from mingdai.partners.models import Partner
from mingdai.words import PartnerKind

COUNT = int(os.environ.get("COUNT", "1000"))
ROUNDS = 200
CATALOGUE = Path(__file__).parents[1] / "src/mingdai_demo/catalogue"
TERMS = ("3m", "6m", "12m", "24m", "")
ASSET = re.compile(r'(?:href|src)="(/static/[^"#]+)')


def main() -> int:
    """Seed, measure, print."""
    mingdai(["migrate"])
    seed()
    client = Client(headers={"accept-encoding": "gzip, br"})
    page = client.get("/", {"amount": "10000", "term": "12m"})
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get("/", {"amount": "10000", "term": "6m"})
    asked = len(queries)
    times = [timed(client, number) for number in range(ROUNDS)]
    empty = [timed_empty(client) for _ in range(ROUNDS)]
    size, assets = weigh(client, page.content)
    p95 = statistics.quantiles(times, n=20)[-1]
    report("products", COUNT, "")
    report("cards on the page", cards(client), "")
    report("queries", asked, "limit 12")
    report("server time p50", f"{statistics.median(times) * 1000:.1f} ms", "")
    report("server time p95", f"{p95 * 1000:.1f} ms", "limit 60 ms")
    report("p95 / empty page", f"{p95 / statistics.median(empty):.1f}", "ratio")
    report("compressed bytes in all", size, f"limit 100000, {assets} assets")
    return 0


def seed() -> None:
    """1,000 products: the demo's, each many times under ids of their own."""
    at = timezone.now()
    originals = read_catalogue(CATALOGUE)
    for lender in {product.lender for product in originals}:
        Partner.objects.create(
            id=lender.id,
            kind=PartnerKind.LENDER,
            legal_name=lender.legal_name,
            short_name=lender.short_name,
            licence=lender.licence,
            licence_number=lender.licence_number,
            contact=lender.contact,
            complaint_phone=lender.complaint_phone,
            status=Partner.Status.ACTIVE,
            created_at=at,
        )
    copies = islice(enumerate(cycle(originals)), COUNT)
    list_products([copy_of(product, number) for number, product in copies], at=at)


def copy_of(product: Product, number: int) -> Product:
    """The same product under another id, consistently in its spec."""
    key = f"{product.id[:30]}-{number}"
    spec = {**product.spec, "product": {**product.spec["product"], "id": key}}
    return replace(product, id=key, spec=spec, version=content_hash(spec))


def timed(client: Client, number: int) -> float:
    """Seconds for one page; terms and bands change so that no wish is always the same."""
    wish = {"amount": ("10000", "20000", "5000")[number % 3], "term": TERMS[number % 5]}
    start = time.perf_counter()
    answer = client.get("/", wish)
    spent = time.perf_counter() - start
    assert answer.status_code == 200
    return spent


def timed_empty(client: Client) -> float:
    """Seconds for the site's emptiest page."""
    start = time.perf_counter()
    client.get("/healthz")
    return time.perf_counter() - start


def cards(client: Client) -> int:
    """How many offers one page shows."""
    plain = Client().get("/", {"amount": "10000", "term": "12m"}).content.decode()
    del client
    return plain.count("data-offer=")


def weigh(client: Client, page: bytes) -> tuple[int, int]:
    """Bytes of the compressed page and every asset it names, compressed as served."""
    plain = Client().get("/", {"amount": "10000", "term": "12m"}).content.decode()
    paths = set(ASSET.findall(plain))
    scripts = [settings.STATIC_ROOT / path.removeprefix("/static/") for path in paths]
    del client
    return len(page) + sum(smallest(path) for path in scripts), len(paths)


def smallest(path: Path) -> int:
    """The size as served: brotli, gzip or plain."""
    sizes = [Path(f"{path}{end}") for end in (".br", ".gz", "")]
    return min(each.stat().st_size for each in sizes if each.exists())


def report(name: str, value: object, beside: str) -> None:
    """One line."""
    sys.stdout.write(f"{name:28} {value!s:>12}   {beside}\n")


if __name__ == "__main__":
    sys.exit(main())
