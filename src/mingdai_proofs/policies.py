"""Trust policies: which log keys and which witnesses a checkpoint needs.  Source: C2SP tlog-policy.

A policy with no log key judges nothing valid.  `quorum none` asks for no witness and must be
written out; there is no default.  Stricter than the standard in one place: names and comments are
UTF-8.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from mingdai_proofs.checkpoints import Checkpoint
from mingdai_proofs.encodings import parse_decimal
from mingdai_proofs.flaws import Flaw, Flawed, refuse
from mingdai_proofs.notes import KeyKind, Note, Verifier, open_note

_CODE = "policy.malformed"
NONE = "none"
MAX_LINES = 200


def open_checkpoint(data: bytes, verifiers: Iterable[Verifier]) -> tuple[Checkpoint, Note]:
    """The checkpoint in a signed note, once a log key among `verifiers` signed it.

    A log key is an Ed25519 key (type 01) whose name is the checkpoint's origin.  Raises Flawed.
    """
    note = open_note(data, tuple(verifiers))
    head = Checkpoint.parse(note.text)
    kinds = {each.verifier.kind for each in note.verified if each.verifier.name == head.origin}
    if KeyKind.ED25519 not in kinds:
        refuse("checkpoint.unsigned", "no known key of the checkpoint's origin signed it")
    return head, note


@dataclass(frozen=True, slots=True)
class Policy:
    """A parsed policy; `text` is the file it was read from."""

    text: str
    logs: tuple[Verifier, ...]
    witnesses: dict[str, Verifier]
    groups: dict[str, tuple[int, tuple[str, ...]]]
    quorum: str
    urls: dict[str, str] = field(default_factory=dict)
    """Witness name, or a log's key name, to its URL."""

    @classmethod
    def parse(cls, text: str) -> Policy:
        """Read a policy file; raises Flawed (`policy.malformed`, `vkey.malformed`)."""
        if not text.endswith("\n") or any(c != "\n" and c != "\t" and c < " " for c in text):
            refuse(_CODE, "a policy is lines of text without control characters")
        reader = _Reader()
        if text.count("\n") > MAX_LINES:
            refuse(_CODE, f"a policy has at most {MAX_LINES} lines")
        for line in text[:-1].split("\n"):
            words = line.replace("\t", " ").split(" ")
            words = [word for word in words if word]
            if words and not words[0].startswith("#"):
                reader.take(words)
        if not reader.quorum:
            refuse(_CODE, "the policy has no quorum line")
        if not reader.logs:
            refuse("policy.empty", "the policy names no log")
        return cls(
            text, tuple(reader.logs), reader.witnesses, reader.groups, reader.quorum, reader.urls
        )

    def read(self, data: bytes) -> Checkpoint:
        """The checkpoint in `data` if the policy accepts it; raises Flawed if not."""
        head, note = open_checkpoint(data, (*self.logs, *self.witnesses.values()))
        seen = {each.verifier for each in note.verified}
        if self.quorum != NONE and not self._holds(self.quorum, seen):
            refuse("policy.quorum", f"too few witnesses cosigned for the quorum {self.quorum}")
        return head

    def judge(self, data: bytes) -> Flaw | None:
        """Whether the policy accepts the signed checkpoint in `data`."""
        try:
            self.read(data)
        except Flawed as flawed:
            return flawed.flaw
        return None

    def asked(self) -> frozenset[str]:
        """The names of the witnesses that the quorum counts."""
        names, found = [self.quorum], set()
        while names:
            name = names.pop()
            if name in self.witnesses:
                found.add(name)
            names += self.groups.get(name, (0, ()))[1]
        return frozenset(found)

    def _holds(self, name: str, seen: set[Verifier]) -> bool:
        if name in self.witnesses:
            return self.witnesses[name] in seen
        threshold, members = self.groups[name]
        return sum(self._holds(member, seen) for member in members) >= threshold


class _Reader:
    """Takes a policy line by line; a group may name only what stands above it."""

    def __init__(self) -> None:
        self.logs: list[Verifier] = []
        self.witnesses: dict[str, Verifier] = {}
        self.groups: dict[str, tuple[int, tuple[str, ...]]] = {}
        self.urls: dict[str, str] = {}
        self.quorum = ""
        self._members: set[str] = set()

    def take(self, words: list[str]) -> None:
        match words:
            case ["log", vkey, *url] if len(url) < 2:
                self._take_log(Verifier.parse(vkey), url)
            case ["witness", name, vkey, *url] if len(url) < 2:
                self._take_witness(name, Verifier.parse(vkey), url)
            case ["group", name, threshold, *members] if members:
                self._take_group(name, threshold, members)
            case ["quorum", name] if not self.quorum:
                if name != NONE and not self._defined(name):
                    refuse(_CODE, f"the quorum {name} is not defined above it")
                self.quorum = name
            case _:
                refuse(_CODE, f"a line beginning {words[0]!r} is not as it should be")

    def _take_log(self, key: Verifier, url: list[str]) -> None:
        if key.kind is not KeyKind.ED25519 or any(key.public == each.public for each in self.logs):
            refuse(_CODE, "a log has its own Ed25519 key of type 01")
        self.logs.append(key)
        self.urls.update(zip([key.name], url, strict=False))

    def _take_witness(self, name: str, key: Verifier, url: list[str]) -> None:
        twice = any(key.public == each.public for each in self.witnesses.values())
        if key.kind is KeyKind.ED25519 or twice:
            refuse(_CODE, "a witness has its own cosignature key")
        self._new_name(name)
        self.witnesses[name] = key
        self.urls.update(zip([name], url, strict=False))

    def _take_group(self, name: str, threshold: str, members: list[str]) -> None:
        self._new_name(name)
        for member in members:
            if not self._defined(member) or member in self._members or member == name:
                refuse(_CODE, f"the member {member} is not defined above, or is a member twice")
            self._members.add(member)
        words = {"any": 1, "all": len(members)}
        needed = words.get(threshold) or parse_decimal(threshold, _CODE)
        if not 1 <= needed <= len(members):
            refuse(_CODE, f"the group {name} cannot have {needed} of {len(members)}")
        self.groups[name] = needed, tuple(members)

    def _defined(self, name: str) -> bool:
        return name in self.witnesses or name in self.groups

    def _new_name(self, name: str) -> None:
        if name == NONE or self._defined(name):
            refuse(_CODE, f"the name {name} is taken")
