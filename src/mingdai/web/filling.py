"""How each field is asked for: what kind of input, what the browser may fill in, what helps.

Only codes that a product registered are ever put on a page.  What was typed goes in the body of a
POST; nothing kept is written back into an input.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingdai.market import bands
from mingdai.words import FIELD_BY_CODE


@dataclass(frozen=True, slots=True)
class Input:
    """How one field is asked for.

    `options` are the value kept and its label in both languages; a text input has none.
    """

    autocomplete: str
    inputmode: str = "text"
    hint: Promise | str = ""
    options: tuple[tuple[str, dict[str, str]], ...] = ()
    longest: int = 120


INCOME = tuple((band.zh, {"zh": band.zh, "en": band.en}) for band in bands.INCOME)
HOUSING_FUND = (
    ("没有缴存", {"zh": "没有缴存", "en": "None"}),
    ("缴存不满一年", {"zh": "缴存不满一年", "en": "Less than a year"}),
    ("缴存一年以上", {"zh": "缴存一年以上", "en": "A year or more"}),
)

INPUTS: dict[str, Input] = {
    "name": Input("name", hint=_("与身份证一致"), longest=40),
    "mobile": Input("tel-national", "numeric", longest=20),
    "id_number": Input("off", hint=_("18 位，最后一位可以是 X"), longest=24),
    "id_valid_until": Input("off", hint=_("例如 2035-06-30；长期有效请填“长期”"), longest=12),
    "bank_card": Input("cc-number", "numeric", hint=_("本人名下的借记卡，用于收款"), longest=26),
    "email": Input("email", "email", hint=_("对方只会收到一个专属转发地址，不是您的真实邮箱")),
    "address": Input("street-address"),
    "employer": Input("organization", longest=60),
    "monthly_income": Input("off", options=INCOME),
    "housing_fund": Input("off", options=HOUSING_FUND),
}
"""The closed catalogue, one input each."""


@dataclass(frozen=True, slots=True)
class Question:
    """One input as a page shows it; `preview` is the masked value kept already, "" for none."""

    code: str
    input: Input
    reason: str
    preview: str
    typed: str
    problem: str

    @property
    def is_necessary(self) -> bool:
        """Whether it is of the necessary set; the rest may be left blank."""
        return FIELD_BY_CODE[self.code].necessary

    @property
    def is_required(self) -> bool:
        """Whether leaving it blank is refused."""
        return self.is_necessary and not self.preview


def questions(
    registered: Mapping[str, str],
    previews: Mapping[str, str],
    *,
    typed: Mapping[str, str] | None = None,
    problems: Mapping[str, str] | None = None,
) -> list[Question]:
    """The inputs for the `registered` fields (code to reason), in catalogue order.

    `typed` comes back only where it was refused, so that it can be mended.
    """
    return [
        Question(
            code=code,
            input=INPUTS[code],
            reason=registered[code],
            preview=previews.get(code, ""),
            typed=(typed or {}).get(code, "") if code in (problems or {}) else "",
            problem=(problems or {}).get(code, ""),
        )
        for code in INPUTS
        if code in registered
    ]


def answers(given: Mapping[str, str], codes: Iterable[str]) -> dict[str, str]:
    """What was typed or chosen for `codes`; blanks, and choices not offered, are left out."""
    found = {code: str(given.get(code, "")).strip()[: INPUTS[code].longest] for code in codes}
    return {code: value for code, value in found.items() if value and _is_offered(code, value)}


def _is_offered(code: str, value: str) -> bool:
    options = INPUTS[code].options
    return not options or value in {each for each, _label in options}
