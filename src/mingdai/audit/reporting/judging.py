"""The verdict in one sentence."""

from __future__ import annotations

from mingdai.audit.reporting import naming
from mingdai.audit.reporting.loading import Bundle
from mingdai.audit.reporting.missing import incompleteness
from mingdai.audit.reporting.wording import Words


def verdict_sentence(bundle: Bundle, words: Words) -> str:
    """What was found against the flow, or that nothing was, and what else to know."""
    parts = [*_found(bundle, words)]
    if not parts and bundle.findings["verdict"] == "incomplete":
        why = words.join([*incompleteness(bundle, words)])
        parts.append(words("said.incomplete", why=why))
    elif not parts:
        parts.append(words("said.pass"))
    parts += _after(bundle, words)
    said = words.choose(("；", "; ")).join(parts)
    return said[:1].upper() + said[1:] + words.choose(("。", "."))


def _found(bundle: Bundle, words: Words) -> list[str]:
    early = [row for row in bundle.rows(first_party=False) if row["before_consent"]]
    parts = []
    if early:
        kinds = {each.field: each.kind for each in bundle.fields}
        names = [
            naming.field_name(name, kinds[name], words)
            for name in kinds
            if any(row["field"] == name for row in early)
        ]
        hosts = len({row["recipient_host"] for row in early})
        parts.append(words("said.early", hosts=hosts, fields=words.join(names)))
    patterns = [naming.pattern(each, words) for each in bundle.findings["dark_patterns"]]
    if patterns:
        parts.append(words("said.patterns", patterns=words.join(patterns)))
    return parts + _graver(bundle, words, has_more=bool(parts))


def _graver(bundle: Bundle, words: Words, *, has_more: bool) -> list[str]:
    """Grave remarks that neither an early recipient nor a named practice has told already."""
    rows = [
        row
        for row in bundle.findings.get("checks") or ()
        if row["severity"] == "high"
        and not row["dark_pattern"]
        and row["check"] not in {"before_consent", "capture_gaps"}
    ]
    if not rows:
        return []
    kinds = list(dict.fromkeys(str(row["check"]) for row in rows))
    names = words.join([naming.check(each, words) for each in kinds])
    return [words("said.graver" if has_more else "said.grave", matters=names)]


def _after(bundle: Bundle, words: Words) -> list[str]:
    rows = bundle.rows(first_party=False)
    early = {row["recipient_host"] for row in rows if row["before_consent"]}
    late = {row["recipient_host"] for row in rows} - early
    return [words("said.after", hosts=len(late))] if late else []
