"""Put a report together: every sentence and table of it, before it becomes a page or a PDF.

Both are made from the same `Report`, so they say the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from importlib.metadata import version

from mingdai.audit.reporting import naming
from mingdai.audit.reporting.captioning import tell_stops
from mingdai.audit.reporting.charting import chart, views_with_pictures
from mingdai.audit.reporting.checking import CheckGroup, check_groups
from mingdai.audit.reporting.concealing import Concealer
from mingdai.audit.reporting.drawing import Told
from mingdai.audit.reporting.judging import verdict_sentence
from mingdai.audit.reporting.listing import FindingRow, finding_rows
from mingdai.audit.reporting.loading import Bundle, picture_size
from mingdai.audit.reporting.missing import incompleteness, unseen_lines
from mingdai.audit.reporting.tabulating import Matrix, matrix_of
from mingdai.audit.reporting.wording import Words

_SHANGHAI = timezone(timedelta(hours=8))
_MOST_SHOTS = 16
COMMANDS = (
    "mingdai verify audit DIR",
    "mingdai verify audit DIR --expect SHA256",
    "mingdai audit scan DIR/capture.jsonl --identity DIR/identity.json",
)
"""How whoever holds the folder DIR checks it."""
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture of a page on arrival; `file` is its path in the folder."""

    file: str
    head: str
    said: str
    size: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Jump:
    """One line of the list of jumps."""

    at: str
    source: str
    target: str
    how: str
    is_data: bool


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step of the walk in words."""

    number: int
    at: str
    host: str
    said: str


@dataclass(frozen=True, slots=True)
class Report:
    """All of a report in one language."""

    words: Words
    verdict: str
    sentence: str
    facts: Pairs
    stops: tuple[Told, ...]
    jumps: tuple[Jump, ...]
    shots: tuple[Shot, ...]
    more_shots: str
    matrix: Matrix
    patterns: tuple[str, ...]
    checks: tuple[CheckGroup, ...]
    no_check: str
    third: tuple[FindingRow, ...]
    first: tuple[FindingRow, ...]
    is_complete: bool
    unseen: tuple[str, ...]
    order: Pairs
    steps: tuple[StepLine, ...]
    commands: tuple[str, ...]
    hashes: Pairs
    made_at: datetime
    foot: str


def compose(bundle: Bundle, language: str, *, sealed: bool = False) -> Report:
    """The report of a folder; with `sealed` it names the manifest's hash."""
    words, visit = Words(language), bundle.visit
    concealer = Concealer(bundle.identity)
    stops = chart(bundle)
    patterns = tuple(naming.pattern(each, words) for each in bundle.findings["dark_patterns"])
    shots = tuple(_shots(bundle, concealer, words))
    return Report(
        words=words,
        verdict=str(bundle.findings["verdict"]),
        sentence=verdict_sentence(bundle, words),
        facts=tuple(_facts(bundle, words, len(stops))),
        stops=tuple(tell_stops(bundle, stops, concealer, words)),
        jumps=tuple(_jumps(bundle, words)),
        shots=shots[:_MOST_SHOTS],
        more_shots=words("shots.more", n=len(shots) - _MOST_SHOTS) if shots[_MOST_SHOTS:] else "",
        matrix=matrix_of(bundle, words),
        patterns=patterns,
        checks=tuple(check_groups(bundle, concealer, words)),
        no_check="checks.none" if "checks" in bundle.findings else "checks.absent",
        third=tuple(finding_rows(bundle, bundle.rows(first_party=False), concealer, words)),
        first=tuple(finding_rows(bundle, bundle.rows(first_party=True), concealer, words)),
        is_complete=not any(incompleteness(bundle, words)),
        unseen=tuple(unseen_lines(bundle, words)),
        order=tuple(_order(bundle, concealer, words)),
        steps=tuple(_steps(bundle, concealer, words)),
        commands=COMMANDS,
        hashes=tuple(_hashes(bundle, words, sealed=sealed)),
        made_at=datetime.fromtimestamp(int(visit.ended_at), UTC),
        foot=words("foot", version=version("mingdai")),
    )


def moment(at: float) -> str:
    """A time of the visit as people in China read it, to the second."""
    return f"{datetime.fromtimestamp(at, _SHANGHAI):%Y-%m-%d %H:%M:%S} (UTC+8)"


def clock(at: float) -> str:
    """The time of day, to the hundredth of a second."""
    return f"{datetime.fromtimestamp(at, _SHANGHAI):%H:%M:%S.%f}"[:-4]


def _facts(bundle: Bundle, words: Words, stops: int) -> Iterator[tuple[str, str]]:
    visit = bundle.visit
    third = {row["recipient_host"] for row in bundle.rows(first_party=False)}
    early = {r["recipient_host"] for r in bundle.rows(first_party=False) if r["before_consent"]}
    seconds = int(visit.ended_at - visit.started_at)
    yield words("fact.flow"), visit.start_url.partition("?")[0].partition("#")[0]
    yield words("fact.when"), f"{moment(visit.started_at)} · {seconds} s"
    yield words("fact.ordered"), _ordered_by(bundle, words)
    yield words("fact.hops"), words("hosts", n=stops)
    told = words("recipients.n", n=len(third), early=len(early))
    yield words("fact.recipients"), told if third else words("recipients.none")
    yield words("fact.stop"), naming.stop(visit.stop.code, visit.stop.said, words)


def _ordered_by(bundle: Bundle, words: Words) -> str:
    return bundle.authority.ordered_by if bundle.authority else words("world")


def _jumps(bundle: Bundle, words: Words) -> Iterator[Jump]:
    for hop in bundle.findings["hops"]:
        how = naming.way(hop["how"], hop.get("detail", ""), words)
        is_data = hop["kind"] == "data"
        yield Jump(clock(hop["at"]), hop["from_host"], hop["to_host"], how, is_data)


def _shots(bundle: Bundle, concealer: Concealer, words: Words) -> Iterator[Shot]:
    for view, file in views_with_pictures(bundle):
        size = picture_size((bundle.folder / file).read_bytes()[:24])
        title = concealer.text(view.title) or view.host
        how = naming.way(view.how, "", words)
        yield Shot(file, f"{view.number}. {view.host}", f"{title} · {how} · {clock(view.at)}", size)


def _order(bundle: Bundle, concealer: Concealer, words: Words) -> Iterator[tuple[str, str]]:
    visit, authority = bundle.visit, bundle.authority
    yield words("order.by"), _ordered_by(bundle, words)
    if authority is not None:
        contacts = [f"{key}: {value}" for key, value in authority.contacts.items()]
        yield words("order.hosts"), words.join(list(authority.hosts))
        yield words("order.until"), moment(authority.until)
        yield words("order.contacts"), words.join(contacts) or words("none")
    yield words("order.allowed"), words.join(list(visit.allowed)) or words("none")
    planted = [
        f"{naming.field_name(each.field, each.kind, words)} {concealer.value(each.field)}"
        for each in bundle.fields
    ]
    yield words("order.planted"), words.join(planted)
    yield words("order.guards"), words("order.guard")
    yield words("order.agent"), visit.user_agent or words("none")


def _steps(bundle: Bundle, concealer: Concealer, words: Words) -> Iterator[StepLine]:
    for each in bundle.visit.steps:
        said = naming.step(concealer.text(each.said), words)
        yield StepLine(each.number, clock(each.at), each.host or "-", said)


def _hashes(bundle: Bundle, words: Words, *, sealed: bool) -> Iterator[tuple[str, str]]:
    yield from bundle.hashes.items()
    known = bundle.manifest if sealed and bundle.manifest else words("verify.later")
    yield words("verify.manifest"), known
