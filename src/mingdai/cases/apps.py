"""The Django app of this room."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Tables of `mingdai.cases`."""

    name = "mingdai.cases"
    label = "cases"
