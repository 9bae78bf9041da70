"""The Django app of this room."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Tables of `mingdai.ledger`."""

    name = "mingdai.ledger"
    label = "ledger"
