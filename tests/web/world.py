"""The demo catalogue on the shelf, a lender's standing, and a browser that is signed in."""

from __future__ import annotations

from django.test import Client
from django.utils import timezone

from mingdai.accounts.models import InboxMessage
from mingdai_demo.seeding import Addresses, seed

NUMBER = "19900000001"
PLATFORM = "http://127.0.0.1:9"


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
