"""`make leak-demo [LEAK=off]`: play it, then compare what the product said with what was done."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from mingdai.errors import MingdaiError
from mingdai_demo.leaking.hosting import start
from mingdai_demo.leaking.playing import INSIDER, LEAKER, LEAKER_NAME, Outcome, play, say

OFF = frozenset({"off", "0", "no", "false"})


def main(environment: Mapping[str, str]) -> int:
    """0 where the product pointed at the right ones, or with the leak off at nobody."""
    leaks = environment.get("LEAK", "").lower() not in OFF
    output = Path(environment.get("MINGDAI_DATA", "data")) / "leak-demo" / _name(leaks)
    try:
        return show(output, leaks=leaks)
    except MingdaiError as error:
        say(f"✗ {error.code}: {error.reason}（{error.remedy}）")
        return 1


def show(output: Path, *, leaks: bool) -> int:
    """The same in a folder of one's own, which must not exist yet."""
    say(f"泄露开关 leak: {'开 on' if leaks else '关 off'}；文件在 files in {output}")
    output.parent.mkdir(parents=True, exist_ok=True)
    world = start(output)
    try:
        world.wait()
        outcome = play(world, output, leaks=leaks)
    finally:
        world.stop()
    wrong = list(flaws(outcome, leaks=leaks))
    say("")
    for each in wrong:
        say(f"✗ {each}")
    if not wrong:
        said = "指到了该指的一方 pointed at the right one" if leaks else "谁也没有指 at nobody"
        say(f"✓ 产品{said}")
    return 1 if wrong else 0


def flaws(outcome: Outcome, *, leaks: bool) -> Iterator[str]:
    """Where the product's word is not what was done."""
    about = [each for each in outcome.sightings if LEAKER_NAME in each.headline]
    if leaks and not about:
        yield "the borrower sees no sighting of the address that was used"
    if not leaks and outcome.sightings:
        yield "the borrower sees a sighting although only the right lender wrote"
    if outcome.decoyed != (INSIDER if leaks else ""):
        yield f"of the letter to a decoy the product says {outcome.decoyed or 'nothing'}"
    if outcome.lender_list != ((LEAKER,) if leaks else ()):
        yield f"of the first list the product names {outcome.lender_list or 'nobody'}"
    if outcome.staff_list != ((INSIDER,) if leaks else ()):
        yield f"of the second list the product names {outcome.staff_list or 'nobody'}"
    if not outcome.verified:
        yield "a number of a report does not follow from its inputs"


def _name(leaks: bool) -> str:
    return time.strftime("%Y%m%d-%H%M%S") + ("" if leaks else "-off")
