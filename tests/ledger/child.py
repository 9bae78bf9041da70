"""A process of its own that works on a ledger: `append N`, `round`, `rounds`, `rest`, in order.

The order inside a batch is left as it came, so that two runs over copies of one data folder make
the same log; what varies is only where the process died.
"""

from __future__ import annotations

import sys
import time

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from mingdai.ledger.placing import is_all_covered  # noqa: E402
from mingdai.ledger.proving import covered_size  # noqa: E402
from mingdai.ledger.sequencing import sequence_and_publish  # noqa: E402
from tests.ledger.world import submit  # noqa: E402


def run_round() -> int:
    return sequence_and_publish(
        holder=sys.argv[1], at=timezone.now(), shuffle=lambda batch: batch.sort()
    )


def main(words: list[str]) -> None:
    while words:
        match words.pop(0):
            case "migrate":
                call_command("migrate", verbosity=0)
            case "append":
                submit(int(words.pop(0)))
            case "round":
                run_round()
            case "rounds":
                while run_round() or not is_all_covered(covered_size()):
                    time.sleep(0.001)
            case "trickle":
                for _ in range(int(words.pop(0))):
                    submit(1)
                    run_round()
            case "rest":
                time.sleep(60)


main(sys.argv[2:])
