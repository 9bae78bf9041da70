"""What the checks look at: a visit, what left in it, and every consent it asked for.

A consent is one act of the visitor: one box, or one press where the page says that pressing is
consent or has no box at all.  What left after a press is put to the last press that consented.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from mingdai.audit.checks.registry import Registry
from mingdai.audit.checks.remarks import Evidence
from mingdai.audit.checks.wording.naming import same_name
from mingdai.audit.checks.wording.standing import Named
from mingdai.audit.companies import company_of
from mingdai.audit.detecting.findings import Finding
from mingdai.audit.detecting.identity import Identity
from mingdai.audit.leaving import Egress
from mingdai.audit.visits import Agreement, Box, Press, Visit


@dataclass(frozen=True, slots=True)
class ConsentText:
    """One text a consent covers; `kind` is box, press (its sentence), notice or agreement."""

    kind: str
    text: str
    evidence: Evidence
    agreement: Agreement | None = None


@dataclass(frozen=True, slots=True)
class Consent:
    """One act of consent; `box` or `press` is what the visitor touches.

    `readable` is False where an agreement it covers could not be read, so that nothing can be said
    of whom it leaves out.
    """

    page: int
    host: str
    box: Box | None
    press: Press | None
    texts: tuple[ConsentText, ...]
    readable: bool = True

    @property
    def whole(self) -> str:
        """All its texts, one after another."""
        return "\n".join(each.text for each in self.texts)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Where its texts can be read."""
        return tuple(dict.fromkeys(each.evidence for each in self.texts))


@dataclass(frozen=True, slots=True)
class Act:
    """One press that consented, the consents in force then, and what third parties got by it."""

    press: Press
    host: str
    consents: tuple[Consent, ...]
    egress: tuple[Egress, ...]

    @property
    def recipients(self) -> dict[str, list[Egress]]:
        """What each company got, by its registered name."""
        rows: dict[str, list[Egress]] = {}
        for row in self.egress:
            rows.setdefault(company_of(row.recipient_host), []).append(row)
        return rows


@dataclass(frozen=True, slots=True)
class Matter:
    """Everything one judgement needs, worked out once."""

    visit: Visit
    identity: Identity
    egress: tuple[Egress, ...]
    attempts: tuple[Egress, ...] = ()
    findings: Mapping[str, Sequence[Finding]] = field(default_factory=dict)
    opaque: Mapping[str, str] = field(default_factory=dict)
    consents: tuple[Consent, ...] = ()
    acts: tuple[Act, ...] = ()
    own: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The names a company's own pages give it, by registered name of the host."""
    shown: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Every company name seen on a host's pages or on links to it, by registered name."""
    registry: Registry | None = None

    @property
    def third_parties(self) -> tuple[Egress, ...]:
        """What other companies than the page's own got."""
        return tuple(row for row in self.egress if not row.first_party)

    def own_of(self, host: str) -> tuple[str, ...]:
        """What the company behind a host calls itself."""
        return self.own.get(company_of(host), ())

    def page_ref(self, number: int) -> Evidence:
        """The page's text in the folder."""
        return Evidence("page", f"pages/{number:03}.txt")

    def step_at(self, moment: float) -> Evidence:
        """The step of the log that was under way at that time."""
        before = [each for each in self.visit.steps if each.at <= moment + 0.5]
        return Evidence("step", str(before[-1].number if before else 0))

    def sent_by(self, row: Egress) -> tuple[Evidence, ...]:
        """The requests that carried it, at most five."""
        how = " > ".join(row.chain) or row.form
        note = f"{row.recipient_host}: {row.field} ({how}, {row.place})"
        return tuple(Evidence("exchange", name, note) for name in row.requests[:5])

    def pictures(self, number: int) -> tuple[Evidence, ...]:
        """The last picture of a page."""
        names = [
            name for view in self.visit.pages if view.number == number for name in view.screenshots
        ]
        return tuple(Evidence("screenshot", name) for name in names[-1:])


def others_named(matter: Matter, consent: Consent, named: Sequence[Named]) -> list[Named]:
    """The companies a consent names beside the page's own."""
    from_host = matter.own_of(consent.host)
    return [each for each in named if not is_one_of(each.name, from_host)]


def is_one_of(name: str, known: Sequence[str]) -> bool:
    """Whether the name is a spelling of one of them."""
    return any(same_name(name, each) for each in known)
