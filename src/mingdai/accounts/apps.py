"""The Django app of this room."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Tables of `mingdai.accounts`."""

    name = "mingdai.accounts"
    label = "accounts"
