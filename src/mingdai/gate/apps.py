"""The Django app of this room."""

from django.apps import AppConfig


class GateConfig(AppConfig):
    """Tables of `mingdai.gate`."""

    name = "mingdai.gate"
    label = "gate"
