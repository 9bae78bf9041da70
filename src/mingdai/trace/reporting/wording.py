"""Say what a report says, in Chinese or English; a key that is not there is refused."""

from __future__ import annotations

from typing import ClassVar

from mingdai.paper.speaking import Speaker
from mingdai.trace.reporting.explanations import EXPLANATIONS
from mingdai.trace.reporting.findings import FINDINGS
from mingdai.trace.reporting.records import Reason

KNOWN_KINDS = {
    "draws": "draws", "decoys": "decoys", "overlap": "overlap",
    "alias": "aliases", "aliases": "aliases",
    "mark": "marks", "marks": "marks", "variants": "marks",
}  # fmt: skip
"""Kinds of evidence in a result, and under which name they are told."""


class Words(Speaker):
    """The sentences of one language."""

    __slots__ = ()
    texts: ClassVar = {**FINDINGS, **EXPLANATIONS}

    def kind(self, kind: str) -> str:
        """What a kind of evidence is called; an unknown one by its code."""
        known = KNOWN_KINDS.get(kind)
        return self(f"kind.{known}") if known else kind

    def kinds(self, reason: Reason) -> str:
        """What evidence consists of."""
        return self.join([self.kind(kind) for kind, _ in reason.parts or ((reason.kind, 0),)])

    def told(self, kind: str) -> str:
        """The key of the sentence that tells a kind of evidence."""
        known = KNOWN_KINDS.get(kind)
        return f"said.{known}" if known and known != "overlap" else "said.other"
