"""The demo catalogue on the shelf, a browser that is signed in, an application on its way."""

from __future__ import annotations

import re

from django.test import Client
from django.utils import timezone

from mingdai.accounts.models import InboxMessage
from mingdai.ledger.sequencing import sequence_and_publish
from mingdai.loans.models import Application
from mingdai_demo.seeding import Addresses, seed
from tests.vault.people import VALUES

NUMBER = VALUES["mobile"]
PLATFORM = "http://127.0.0.1:9"
PRODUCT = "yunting-qingxiang"


def seed_demo() -> None:
    """Lenders, bureau and products of the demo, as a first start makes them."""
    seed(Addresses(platform=PLATFORM, sandbox=PLATFORM), at=timezone.now())


def sign_in(client: Client, number: str = NUMBER) -> Client:
    """Log in the way a person does: a code from the development inbox."""
    client.post("/login/code/", {"mobile": number})
    code = InboxMessage.objects.latest("sent_at").code
    answer = client.post("/login/", {"mobile": number, "code": code, "agree": "yes"})
    assert answer.status_code == 302, answer.content.decode()
    return client


def form_url(product: str = PRODUCT) -> str:
    return f"/apply/{product}/?amount=10000&term=12m"


def fill_in(client: Client, product: str = PRODUCT, **changes: str) -> Application:
    """A draft: every field of the form filled in."""
    answer = client.post(form_url(product), {**VALUES, **changes})
    assert answer.status_code == 302, answer.content.decode()
    return Application.objects.latest("created_at")


def confirm_cost(client: Client, application: Application) -> str:
    """Read and confirm the cost table (no reading time in tests); the sheet's page."""
    cost = f"/applications/{application.pk}/cost/"
    client.get(cost)
    assert client.post(cost).status_code == 302
    return client.get(f"/applications/{application.pk}/consent/").content.decode()


def ticks(page: str, **changes: object) -> dict[str, object]:
    """Every box that must be ticked, ticked, and "agree"."""
    found = re.search(r'name="wording" value="([0-9a-f]{64})"', page)
    assert found, page
    sensitive = re.findall(r'name="sensitive" value="([a-z_]+)"', page)
    answers = {"wording": found[1], "answer": "agree", "seen": "yes", "sensitive": sensitive}
    return {**answers, **changes}


def agree(client: Client, application: Application, **changes: object) -> Application:
    """Agree on the sheet."""
    page = confirm_cost(client, application)
    client.post(f"/applications/{application.pk}/consent/", ticks(page, **changes))
    application.refresh_from_db()
    return application


def publish() -> None:
    """Make every entry written so far provable."""
    sequence_and_publish(holder="test", at=timezone.now())
