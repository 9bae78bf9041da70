"""Times in a result as people in China read them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

_SHANGHAI = timezone(timedelta(hours=8))


def seconds_of(said: object) -> float | None:
    """Seconds since 1970 of a number or an ISO time (UTC without a zone); None for neither."""
    if isinstance(said, int | float) and not isinstance(said, bool):
        return float(said)
    try:
        when = datetime.fromisoformat(str(said))
    except ValueError:
        return None
    return (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()


def moment(seconds: float) -> str:
    """To the minute, in China's time."""
    return f"{datetime.fromtimestamp(seconds, _SHANGHAI):%Y-%m-%d %H:%M} (UTC+8)"
