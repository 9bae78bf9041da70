"""The Django app of this room."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """Tables of `mingdai.partners`."""

    name = "mingdai.partners"
    label = "partners"
