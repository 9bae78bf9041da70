"""The Django app of this room."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    """Tables of `mingdai.mail`."""

    name = "mingdai.mail"
    label = "mail"
