"""The Django app of this room."""

from django.apps import AppConfig


class ConsentConfig(AppConfig):
    """Tables of `mingdai.consent`."""

    name = "mingdai.consent"
    label = "consent"
