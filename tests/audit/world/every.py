"""All stories by name."""

from __future__ import annotations

from tests.audit.world.hard import HARD
from tests.audit.world.stories import STORIES
from tests.audit.world.strange import STRANGE

ALL = {**STORIES, **HARD, **STRANGE}
