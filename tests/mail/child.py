"""A process of its own on the database of its environment: `make COUNT` a world, or `count` it."""

from __future__ import annotations

import json
import sys

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from mingdai.gate.aliasing import address  # noqa: E402
from mingdai.gate.models import Alias  # noqa: E402
from mingdai.trace.models import Letter  # noqa: E402
from tests.gate.world import make_lender  # noqa: E402
from tests.mail.world import make_post  # noqa: E402


def make(count: int) -> list[str]:
    """So many borrowers of one lender; their aliases."""
    call_command("migrate", verbosity=0)
    lender = make_lender()
    for number in range(count):
        make_post(mobile=f"199000{number:05d}", lender=lender)
    return [address(each) for each in Alias.objects.all()]


def count() -> dict[str, dict[str, int]]:
    """How often each letter is stored, and how many stand where."""
    digests: dict[str, int] = {}
    states: dict[str, int] = {}
    for digest, state, grade in Letter.objects.values_list("digest", "state", "grade"):
        key, name = bytes(digest).hex(), f"{state} {grade}".strip()
        digests[key] = digests.get(key, 0) + 1
        states[name] = states.get(name, 0) + 1
    return {"digests": digests, "states": states}


if __name__ == "__main__":
    answer = make(int(sys.argv[2])) if sys.argv[1] == "make" else count()
    sys.stdout.write(json.dumps(answer) + "\n")
