"""The Django app of this room."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Tables of `mingdai.audit`."""

    name = "mingdai.audit"
    label = "audit"
