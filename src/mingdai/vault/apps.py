"""The Django app of this room."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """Tables of `mingdai.vault`."""

    name = "mingdai.vault"
    label = "vault"
