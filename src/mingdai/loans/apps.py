"""The Django app of this room."""

from django.apps import AppConfig


class LoansConfig(AppConfig):
    """Tables of `mingdai.loans`."""

    name = "mingdai.loans"
    label = "loans"
