"""Tell what an input asks for, and by what it was told: the log says "filled 手机号 by label"."""

from __future__ import annotations

import re

from mingdai.audit.walking.roles import role_in_name, role_in_words
from mingdai.audit.walking.scenes import Control

_WORDS = ("label", "aria", "placeholder")
_AUTOCOMPLETE = {
    "tel": "mobile",
    "tel-national": "mobile",
    "name": "name",
    "email": "email",
    "one-time-code": "code",
    "cc-number": "bank_card",
    "street-address": "address",
    "address-line1": "address",
}
_LABEL = 30
"""Longer text with full stops beside an input is prose, not its label."""
_EXAMPLE = re.compile(r"请输入|请填写|您的|你的|必填|\*|：|:")


def recognise(control: Control) -> tuple[str, str]:
    """The role and what gave it away (label, name, near, type …); ("", "") if nothing."""
    for source in _WORDS:
        role = role_in_words(control.text(source))
        if role:
            return role, source
    role = _AUTOCOMPLETE.get(control.text("autocomplete"), "")
    if role:
        return role, "autocomplete"
    if control.kind == "radio":
        role = role_in_words(control.text("group"))
        if role:
            return role, "group"
    for source in ("name", "id", "model"):
        role = role_in_name(control.text(source))
        if role:
            return role, source
    near = control.text("near")
    role = "" if len(near) > _LABEL and "。" in near else role_in_words(near)
    if role:
        return role, "near"
    return _by_type(control)


def called(control: Control) -> str:
    """How the page calls the input, for the log: its label, placeholder or nearby text."""
    for source in ("label", "group", "placeholder", "aria", "near", "name", "id"):
        text = _EXAMPLE.sub("", control.text(source)).strip()
        if text:
            return text[:24]
    return control.kind


def _by_type(control: Control) -> tuple[str, str]:
    if control.kind != "field":
        return "", ""
    longest, numeric = control.size("maxlength"), control.text("inputmode") in {"numeric", "tel"}
    if control.text("type") == "email":
        return "email", "type"
    if longest == 18:
        return "id_number", "length"
    if (control.text("type") == "tel" or numeric) and longest == 11:
        return "mobile", "type"
    if (control.text("type") in {"tel", "number"} or numeric) and longest in {4, 6}:
        return "code", "length"
    if control.text("type") == "tel":
        return "mobile", "type"
    return "", ""
