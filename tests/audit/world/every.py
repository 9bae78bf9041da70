"""All stories by name, and the groups they are walked in."""

from __future__ import annotations

from tests.audit.world.dark import DARK, EACH, TWIN
from tests.audit.world.hard import HARD
from tests.audit.world.other import OTHER
from tests.audit.world.stories import STORIES
from tests.audit.world.strange import STRANGE

ALL = {**STORIES, **HARD, **STRANGE, **OTHER, **DARK, **TWIN, **EACH}
GROUPS = {
    "plain": tuple(STORIES),
    "hard": tuple(HARD),
    "strange": tuple(STRANGE),
    "other": tuple(OTHER),
    "dark": tuple(DARK),
    "twins": tuple(TWIN),
    "each": tuple(EACH),
}


def named(names: str) -> list[str]:
    """Story names of a comma list that may hold names of groups; "all" is every story once."""
    wanted: list[str] = []
    for name in names.split(","):
        if name == "all":
            wanted += [each for group, rows in GROUPS.items() if group != "each" for each in rows]
        else:
            wanted += GROUPS.get(name, (name,))
    return wanted
