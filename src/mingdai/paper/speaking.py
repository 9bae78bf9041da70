"""Say each sentence in one of two languages: `key: (zh, en)`.

Reports are written where Django may not be installed, so their sentences do not go through gettext;
a key that is not there is refused, and a test compares both columns.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

LANGUAGES = ("zh", "en")
TONGUES = {"zh": "zh-CN", "en": "en"}
"""Each language as HTML names it."""

Texts = Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Speaker:
    """The sentences of one language; a report's own class names its `texts`."""

    language: str
    texts: ClassVar[Texts] = {}

    def __call__(self, key: str, **values: object) -> str:
        """The sentence of a key; raises KeyError where there is none."""
        return self.choose(self.texts[key]).format(**values)

    def choose(self, pair: tuple[str, str]) -> str:
        """The text of this language out of a pair."""
        return pair[LANGUAGES.index(self.language)]

    def join(self, items: list[str]) -> str:
        """Items as a list inside a sentence."""
        return self.choose(("、", ", ")).join(items)
