"""Put words to the chain: on the arrow that leads to a stop, and in each branch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mingdai.audit.reporting import naming
from mingdai.audit.reporting.charting import Branch, Stop
from mingdai.audit.reporting.concealing import Concealer
from mingdai.audit.reporting.drawing import Caption, Told
from mingdai.audit.reporting.loading import Bundle
from mingdai.audit.reporting.tabulating import AFTER, AFTER_INFERRED, BEFORE, BEFORE_INFERRED, HELD
from mingdai.audit.reporting.wording import Words


def tell_stops(
    bundle: Bundle, stops: Sequence[Stop], concealer: Concealer, words: Words
) -> Iterator[Told]:
    """Each stop with its words, titles masked."""
    numbers = {each.host: each.number for each in stops}
    names = {each.field: naming.field_name(each.field, each.kind, words) for each in bundle.fields}
    for stop in stops:
        captions = tuple(_caption(each, numbers, names, words) for each in stop.branches)
        shown = replace(stop, title=concealer.text(stop.title))
        continued = words("more", host=f"{stop.number} {stop.host}")
        yield Told(shown, _arrow(stop, names, words), captions, continued)


def _arrow(stop: Stop, names: dict[str, str], words: Words) -> str:
    if not stop.source:
        return words("start")
    parts = []
    if stop.source != stop.number - 1:
        parts.append(words("from", number=stop.source))
    parts.append(naming.way(stop.how, stop.detail, words))
    if stop.fields:
        carried = words.join([names.get(each, each) for each in stop.fields])
        when = words("mark.before") if stop.early else words("mark.after")
        marks = (BEFORE_INFERRED, AFTER_INFERRED) if stop.inferred else (BEFORE, AFTER)
        mark = marks[0] if stop.early else marks[1]
        parts.append(f"{mark} {words('carrying', fields=carried)} · {when}")
        parts += [words("mark.inferred")] if stop.inferred else []
    return " · ".join(parts)


def _caption(
    branch: Branch, numbers: dict[str, int], names: dict[str, str], words: Words
) -> Caption:
    head = branch.host
    if branch.kind == "back":
        head = words("again", number=numbers.get(branch.host, ""), host=branch.host)
    parts = [naming.way(branch.how, branch.detail, words)]
    if branch.fields:
        parts.append(words.join([names.get(each, each) for each in branch.fields]))
    if branch.kind in {"held", "app"}:
        parts.append(words(branch.kind))
    elif branch.early is not None:
        parts.append(words("mark.before") if branch.early else words("mark.after"))
    if branch.inferred:
        parts.append(words("mark.inferred"))
    is_dashed = branch.kind in {"data", "held", "app"}
    return Caption(head, " · ".join(parts), _mark(branch), bool(branch.early), is_dashed)


def _mark(branch: Branch) -> str:
    if branch.kind == "held":
        return HELD
    if branch.early is None:
        return ""
    if branch.inferred:
        return BEFORE_INFERRED if branch.early else AFTER_INFERRED
    return BEFORE if branch.early else AFTER
