"""The Django app of this room."""

from django.apps import AppConfig


class TraceConfig(AppConfig):
    """Tables of `mingdai.trace`."""

    name = "mingdai.trace"
    label = "trace"
