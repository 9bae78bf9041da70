"""How the visitor was moved from host to host, jump by jump."""

from __future__ import annotations

from collections.abc import Sequence

from mingdai.audit.companies import bare_host
from mingdai.audit.records import Intent, Seen
from mingdai.audit.visits import Hop, Press

_REASONS = {
    "anchorClick": ("link", "link"),
    "formSubmissionGet": ("form", "form GET"),
    "formSubmissionPost": ("form", "form POST"),
    "httpHeaderRefresh": ("redirect", "refresh header"),
    "metaTagRefresh": ("redirect", "meta refresh"),
    "scriptInitiated": ("redirect", "script"),
}
_AFTER_PRESS_S = 4.0


def hops_of(
    seen: Sequence[Seen], intents: Sequence[Intent], presses: Sequence[Press]
) -> tuple[Hop, ...]:
    """Every move between two hosts that an address was asked for and answered."""
    hops = []
    for each in seen:
        to_host = bare_host(each.url)
        if not each.navigation or each.purpose != "visit" or not _arrived(each):
            continue
        from_host = bare_host(each.redirected_from) or _from_host(each)
        if from_host and to_host and from_host != to_host:
            how, detail = _how(each, intents, presses)
            hops.append(Hop(from_host, to_host, how, detail, each.at, each.page, each.url))
    return tuple(_without_repeats(hops))


def how_opened(url: str, at: float, hops: Sequence[Hop], intents: Sequence[Intent]) -> str:
    """How a document came to be in the tab: the hop that led there, or the reason of the move."""
    for hop in reversed(hops):
        if hop.url.partition("#")[0] == url.partition("#")[0] and abs(hop.at - at) < 10:
            return hop.how
    for intent in reversed(intents):
        if intent.url.partition("#")[0] == url.partition("#")[0] and abs(intent.at - at) < 10:
            return _REASONS.get(intent.reason, ("script", ""))[0]
    return "open"


def _arrived(seen: Seen) -> bool:
    return seen.status not in {0, 204, 205} and not seen.blocked and not seen.is_download


def _from_host(seen: Seen) -> str:
    if seen.navigation == "frame" and seen.frame_host:
        return seen.frame_host
    return seen.page_host


def _how(seen: Seen, intents: Sequence[Intent], presses: Sequence[Press]) -> tuple[str, str]:
    if seen.redirected_from:
        return "redirect", "http"
    if seen.navigation in {"frame", "popup"}:
        return seen.navigation, "new tab" if seen.navigation == "popup" else "frame"
    reason = ""
    for intent in intents:
        same = intent.url.partition("#")[0] == seen.url.partition("#")[0]
        if same and abs(intent.at - seen.at) < 5:
            reason = intent.reason
    how, detail = _REASONS.get(reason, ("link", "unknown"))
    pressed = any(0 <= seen.at - press.at < _AFTER_PRESS_S for press in presses)
    if detail == "script" and pressed:
        return "link", "script after a press"
    return how, detail


def _without_repeats(hops: list[Hop]) -> list[Hop]:
    """The same move told twice within a second is one move (a frame drawn anew, a retried load)."""
    kept: list[Hop] = []
    for hop in hops:
        same = (
            old
            for old in reversed(kept[-20:])
            if (old.from_host, old.to_host, old.how) == (hop.from_host, hop.to_host, hop.how)
        )
        last = next(same, None)
        if last is None or hop.at - last.at > 1.0:
            kept.append(hop)
    return kept
