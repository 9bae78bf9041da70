"""The made-up person who walks: the identity's own values first, plain answers for the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mingdai.audit.detecting.identity import Kind, kind_of
from mingdai.audit.walking.roles import PLANTABLE, role_in_name, role_in_words

_KINDS = {
    Kind.MOBILE: "mobile",
    Kind.ID_NUMBER: "id_number",
    Kind.EMAIL: "email",
    Kind.NAME: "name",
    Kind.ADDRESS: "address",
}
_CONTACTS = {"contact_name", "contact_mobile", "contact_relation"}

PLAIN_ANSWERS: Mapping[str, str] = {
    "amount": "20000",
    "income": "8000",
    "term": "12",
    "age": "35",
    "company": "示例公司",
    "purpose": "日常消费",
    "job": "上班族",
    "city": "示例市",
    "address": "示例路1号",
    "contact_name": "示例联系人",
    "contact_mobile": "19900000001",
    "contact_relation": "朋友",
    "birth": "1990-01-01",
    "credit_score": "650",
    "education": "本科",
    "marriage": "未婚",
    "gender": "男",
    "fund": "无",
    "social": "有",
    "house": "无",
    "car": "无",
}
"""Answers that identify nobody, for fields the identity does not hold."""


@dataclass(frozen=True, slots=True)
class Value:
    """What to type; `field` is the identity's name for it, "" for a plain answer."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Persona:
    """The values by role, and the one-time code where the identity gives one."""

    by_role: Mapping[str, Value]
    by_name: Mapping[str, Value]
    otp: str = ""

    def value_for(self, role: str, names: tuple[str, ...] = ()) -> Value | None:
        """What this person answers there; None where nothing can be said."""
        for name in names:
            if name and name.lower() in self.by_name and not role:
                return self.by_name[name.lower()]
        if role == "code":
            return Value("", self.otp) if self.otp else None
        if role in self.by_role:
            return self.by_role[role]
        plain = PLAIN_ANSWERS.get(role)
        return Value("", plain) if plain is not None else None


def persona_of(document: Mapping[str, object]) -> Persona:
    """Read the person out of `identity.json`; the kind of a value decides over its name."""
    fields = document.get("fields")
    by_role: dict[str, Value] = {}
    by_name: dict[str, Value] = {}
    for name, raw in fields.items() if isinstance(fields, Mapping) else ():
        text = str(raw[0] if isinstance(raw, list) and raw else raw)
        value = Value(str(name), text)
        by_name[str(name).lower()] = value
        role = _role(str(name), text)
        if role:
            by_role.setdefault(role, value)
    return Persona(by_role, by_name, str(document.get("otp") or ""))


def _role(name: str, text: str) -> str:
    named = role_in_name(name) or role_in_words(name)
    if named in _CONTACTS:
        return named
    found = _KINDS.get(kind_of(name, text), "")
    if found and (named in PLANTABLE or not named):
        return found
    return named or found
