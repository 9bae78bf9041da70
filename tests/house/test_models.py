"""A foreign key given as a string hides from the import contracts; these walk the tables."""

from __future__ import annotations

import tomllib
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]


def heights() -> dict[str, int]:
    """Room -> height in the order of the story, 0 at the bottom."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    return {
        room.strip(): height
        for height, layer in enumerate(reversed(layers))
        for room in layer.split("|")
    }


def test_foreign_keys_point_to_the_same_or_a_lower_room():
    height = heights()
    ours = [model for model in apps.get_models() if model.__module__.startswith("mingdai.")]
    upward = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in ours
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model in ours
        if field.related_model._meta.app_label != model._meta.app_label
        if height[field.related_model._meta.app_label] >= height[model._meta.app_label]
    ]

    assert len(ours) > 20
    assert upward == []


def test_every_table_says_what_it_is_without_saying_who():
    nameless = [
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith("mingdai.") and "__str__" not in vars(model)
    ]

    assert nameless == []
