"""The Django app of this room."""

from django.apps import AppConfig


class MarketConfig(AppConfig):
    """Tables of `mingdai.market`."""

    name = "mingdai.market"
    label = "market"
