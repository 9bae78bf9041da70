"""SIGKILL from outside at every point of one disclosure's way, on a real witness and lender.

After each: the worker is started again and works until nothing is left to do; then every byte that
ever crossed to the lender had its leaf, leaves and rows stand for each other, the lender processed
the application once, and whatever was signed belongs to one history.  `python -m tests.kill`
prints the table.
"""

from __future__ import annotations

import signal
import sys
from collections import Counter
from dataclasses import dataclass, replace

import pytest

from mingdai_proofs.bundles import read_bundle
from mingdai_proofs.checkpoints import Checkpoint
from mingdai_proofs.envelopes import Envelope
from mingdai_proofs.ledgers import verify_ledger
from mingdai_proofs.merkle import leaf_hash, tree_root
from mingdai_proofs.receipts import verify_receipt
from mingdai_proofs.sources import Folder
from mingdai_proofs.witnessing import Request
from tests.kill.world import YUAN, YUAN_HELD, World, is_listening, kill, wait_for, wait_until_here

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("kill")]

SUBMIT = ("submit", YUAN)
SUBMITTED = (*SUBMIT, "publish", "watch", "worker")
DELIVERED = (*SUBMIT, "settle", "watch", "withdraw")


@dataclass(frozen=True)
class Found:
    """What is there right after the kill: rows, the disclosure's entry, what crossed, who has it.

    The entry is waiting, placed, signed (a head over it is) or provable.
    """

    application: str
    disclosure: str = "none"
    leaves: str = ""
    entry: str = ""
    crossed: int = 0
    taken: int = 0
    withdrawn: int = 0

    def __str__(self) -> str:
        parts = [f"application {self.application}", f"disclosure {self.disclosure}"]
        parts += [f"leaves: {self.leaves} ({self.entry})" if self.leaves else "no leaf"]
        parts += [f"crossed {self.crossed}×", f"lender has {self.taken}"]
        return ", ".join([*parts, "grant withdrawn"] if self.withdrawn else parts)


@dataclass(frozen=True)
class Point:
    """Where the process is killed: at `place`, while it does the last of `words`.

    `asleep`: the lender's process is stopped meanwhile, so it reads only after the kill.
    """

    name: str
    words: tuple[str, ...]
    place: str
    found: Found
    asleep: bool = False


NOTHING = Found("draft")
QUEUED = Found("consented", "queued", "G D", "waiting")
PLACED = replace(QUEUED, entry="placed")
SIGNED = replace(QUEUED, entry="signed")
PROVABLE = Found("consented", "queued", "G D", "provable")
SENT = Found("consented", "queued", "G D", "provable", crossed=1)
TAKEN = Found("consented", "queued", "G D", "provable", crossed=1, taken=1)

ON_THE_WAY = [
    Point(
        "after grant",
        ("watch", *SUBMIT),
        "mingdai.consent.granting:grant",
        NOTHING,
    ),
    Point(
        "after open",
        ("watch", *SUBMIT),
        "mingdai.gate.marking:mark:call",
        NOTHING,
    ),
    Point(
        "after seal before commit",
        ("watch", *SUBMIT),
        "mingdai.gate.enveloping:seal_envelope",
        NOTHING,
    ),
    Point(
        "after the rows before commit",
        ("watch", *SUBMIT),
        "mingdai.gate.disclosing:disclose_or_record",
        NOTHING,
    ),
    Point(
        "after commit",
        ("watch", *SUBMIT),
        "mingdai.loans.applying:submit",
        QUEUED,
    ),
    Point(
        "after placing before tiles",
        (*SUBMIT, "watch", "worker"),
        "mingdai.ledger.sequencing:_next_entries",
        PLACED,
    ),
    Point(
        "after tiles before checkpoint",
        (*SUBMIT, "watch", "worker"),
        "mingdai.ledger.storing:LogFolder.write",
        PLACED,
    ),
    Point(
        "after signing before the witness",
        (*SUBMIT, "watch", "worker"),
        "mingdai.ledger.publishing:Writer._ask:call",
        SIGNED,
    ),
    Point(
        "after signing before publishing",
        (*SUBMIT, "watch", "worker"),
        "mingdai.ledger.publishing:Writer._ask",
        SIGNED,
    ),
    Point(
        "after publishing before send",
        (*SUBMIT, "watch", "worker"),
        "mingdai.gate.delivering:_deliver:call",
        PROVABLE,
    ),
    Point(
        "after send before the answer",
        SUBMITTED,
        "httpcore._sync.http11:HTTP11Connection._send_request_body",
        SENT,
        asleep=True,
    ),
    Point(
        "after the lender processed before the outcome leaf",
        SUBMITTED,
        "mingdai.gate.settling:settle_taken:call",
        TAKEN,
    ),
    Point(
        "inside the outcome's transaction",
        SUBMITTED,
        "mingdai.consent.recording:record",
        TAKEN,
    ),
]

ENDED = Found("consented", "countersigned", "G D C", "provable", crossed=1, taken=1)

WITHDRAWING = [
    Point(
        "during withdrawal, inside the transaction",
        DELIVERED,
        "mingdai.gate.notifying:queue_notices",
        ENDED,
    ),
    Point(
        "during withdrawal, after commit before the notice is sent",
        DELIVERED,
        "mingdai.gate.recalling:withdraw_grant",
        Found("consented", "countersigned", "G D C W T", "provable", 1, 1, 1),
    ),
    Point(
        "during withdrawal, after the notice is sent before its answer",
        (*SUBMIT, "settle", "withdraw", "watch", "worker"),
        "httpcore._sync.http11:HTTP11Connection._send_request_body",
        Found("consented", "countersigned", "G D C W T", "provable", 1, 1, 1),
        asleep=True,
    ),
]

NOT_YET_SENT = [
    Point(
        "during withdrawal of what is queued, inside the transaction",
        (*SUBMIT, "publish", "watch", "withdraw"),
        "mingdai.gate.queueing:cancel",
        PROVABLE,
    ),
    Point(
        "during withdrawal of what is queued, after commit",
        (*SUBMIT, "publish", "watch", "withdraw"),
        "mingdai.gate.recalling:withdraw_grant",
        Found("consented", "cancelled", "G D W T", "provable", withdrawn=1),
    ),
]

LETTERS = {
    "GRANTED": "G",
    "DISCLOSED": "D",
    "COUNTERSIGNED": "C",
    "WITHDRAWN": "W",
    "TERMINATED": "T",
    "NOTICE_ACCEPTED": "A",
}


def named(points: list[Point]):
    return pytest.mark.parametrize("point", points, ids=[each.name for each in points])


@dataclass(frozen=True)
class Scene:
    """What could be seen from outside between the kill and the restart."""

    before: bytes
    heads: tuple[Checkpoint, Checkpoint]
    crossed: int
    taken: int


def die(world: World, point: Point) -> Scene:
    """Go to the point and be killed there."""
    before = world.checkpoint()
    if point.asleep:
        return _die_unheard(world, point, before)
    process = world.child(point.place, *point.words)
    wait_until_here(process)
    kill(process)
    return look(world, before)


def _die_unheard(world: World, point: Point, before: bytes) -> Scene:
    start = point.words.index("watch")
    world.work(*point.words[:start])
    crossed = len(world.to_sandbox.crossed)
    world.sandbox.send_signal(signal.SIGSTOP)
    process = world.child(point.place, *point.words[start:])
    wait_until_here(process)
    wait_for(lambda: len(world.to_sandbox.crossed) > crossed)
    kill(process)
    scene = look(world, before, asleep_with=crossed)
    world.sandbox.send_signal(signal.SIGCONT)
    return scene


def look(world: World, before: bytes, *, asleep_with: int | None = None) -> Scene:
    """What is there now; a lender that sleeps has what crossed before it fell asleep."""
    crossed = world.to_sandbox.sent("/applications")
    taken = len(world.received()) if asleep_with is None else asleep_with
    heads = (world.published(), world.signed())
    return Scene(before, heads, len(crossed), taken)


def found(scene: Scene, now: dict, yuan: str = YUAN) -> Found:
    """Rows as the restarted process found them, with what was seen from outside."""
    states = list(now["disclosures"].values())
    kinds = [each["kind"] for each in now["entries"]]
    disclosed = [each["index"] for each in now["entries"] if each["kind"] == "DISCLOSED"]
    entry = _standing(disclosed[0], scene) if disclosed else ""
    return Found(
        application=now["applications"][yuan],
        disclosure=states[0] if states else "none",
        leaves=" ".join(LETTERS[each] for each in kinds if each in LETTERS),
        entry=entry,
        crossed=scene.crossed,
        taken=scene.taken,
        withdrawn=now["withdrawn"],
    )


def _standing(index: int | None, scene: Scene) -> str:
    published, signed = scene.heads
    if index is None:
        return "waiting"
    return "provable" if index < published.size else "signed" if index < signed.size else "placed"


def log_leaves(world: World) -> list[bytes]:
    """The published entries' leaf hashes, from the files anybody can fetch."""
    size, folder = world.published().size, Folder(world.data / "log")
    entries: list[bytes] = []
    while len(entries) < size:
        number = len(entries) // 256
        entries += read_bundle(folder.read, number, min(256, size - len(entries)))
    return [leaf_hash(each) for each in entries]


def check_one_history(world: World, scene: Scene) -> None:
    """Everything that was ever signed or cosigned is a beginning of the one log there is."""
    report = verify_ledger(Folder(world.data / "log"), world.policy(), previous=scene.before)
    assert report.flaw is None
    asked = [Request.parse(each.body).head for each in world.to_witness.crossed]
    heads = [*scene.heads, *asked, world.published(), world.signed()]
    leaves = log_leaves(world)
    assert {each.origin for each in heads} == {report.head.origin}
    assert {(each.size, each.root) for each in heads} == {
        (size, tree_root(leaves[:size])) for size in {each.size for each in heads}
    }


def check_leaves_and_rows(world: World, now: dict) -> None:
    """Every entry has its place in the log and its row, every row its entry."""
    by_index = sorted(now["entries"], key=lambda each: each["index"])
    assert [each["leaf"] for each in by_index] == [each.hex() for each in log_leaves(world)]
    assert sorted([each["kind"], each["id"]] for each in now["entries"]) == now["named"]


def check_every_byte_had_its_leaf(world: World) -> None:
    """Each envelope that crossed brought the proof of its own leaf in this log."""
    leaves = log_leaves(world)
    for exchange in world.to_sandbox.sent("/applications"):
        receipt = Envelope.parse(exchange.body).receipt
        assert receipt is not None
        assert verify_receipt(receipt, world.policy()) is None
        assert leaf_hash(receipt.entry) in leaves


def check_processed_once(world: World) -> None:
    """One application, decided once, however often it was delivered."""
    (received,) = world.received()
    assert received["leaf_hash"] in [each.hex() for each in log_leaves(world)]
    assert set(Counter(each["kind"] for each in received["events"]).values()) == {1}


def restart(world: World, scene: Scene, *words: str) -> tuple[dict, dict]:
    """Start again until nothing is left to do; rows as found, and rows at the end."""
    now, at_end = world.work("tell", "resume", *words, "settle", "tell")
    check_one_history(world, scene)
    check_leaves_and_rows(world, at_end)
    check_every_byte_had_its_leaf(world)
    return now, at_end


def say(record_property, point: str, seen: object, at_end: str) -> None:
    """The row of the table."""
    record_property("kill", (point, str(seen), at_end))
    sys.stdout.write(f"{point} | {seen} | {at_end}\n")


@named(ON_THE_WAY)
def test_killed_on_the_way_the_application_arrives_once(world, record_property, point):
    scene = die(world, point)

    now, at_end = restart(world, scene, *SUBMIT)

    assert found(scene, now) == point.found
    assert list(at_end["disclosures"].values()) == ["countersigned"]
    check_processed_once(world)
    deliveries = len(world.to_sandbox.sent("/applications"))
    assert deliveries == 1 + point.found.crossed
    say(record_property, point.name, point.found, f"processed 1× in {deliveries} deliveries")


@named(WITHDRAWING)
def test_killed_while_withdrawing_the_lender_is_told_and_gets_nothing_more(
    world, record_property, point
):
    scene = die(world, point)

    now, at_end = restart(world, scene, "withdraw")

    assert found(scene, now) == point.found
    check_processed_once(world)
    assert len(world.to_sandbox.sent("/applications")) == 1
    assert (at_end["withdrawn"], at_end["notices"], at_end["acknowledged"]) == (1, 1, 1)
    assert world.received()[0]["values_kept"] == 0
    notices = len(world.to_sandbox.sent("/notices"))
    say(record_property, point.name, point.found, f"withdrawn, lender deleted, {notices} notices")


@named(NOT_YET_SENT)
def test_killed_while_withdrawing_what_is_queued_nothing_is_ever_sent(
    world, record_property, point
):
    scene = die(world, point)

    now, at_end = restart(world, scene, "withdraw")

    assert found(scene, now) == point.found
    assert list(at_end["disclosures"].values()) == ["cancelled"]
    assert world.to_sandbox.crossed == []
    assert world.received() == []
    say(record_property, point.name, point.found, "withdrawn, nothing was ever sent")


def test_killed_while_the_lender_holds_its_answer_it_is_processed_once(world, record_property):
    before = world.checkpoint()
    process = world.child("", "submit", YUAN_HELD, "worker")
    wait_for(lambda: len(world.received()) == 1)
    kill(process)
    scene = look(world, before)

    now, at_end = restart(world, scene)

    assert found(scene, now, YUAN_HELD) == TAKEN
    assert list(at_end["disclosures"].values()) == ["countersigned"]
    check_processed_once(world)
    assert [each.status for each in world.to_sandbox.sent("/applications")][-1] == 409
    say(record_property, "while the lender holds its answer", TAKEN, "processed 1×, then 409")


def test_the_lender_killed_after_processing_before_answering_processes_once(world, record_property):
    before = world.checkpoint()
    process = world.child("", "submit", YUAN_HELD, "worker")
    wait_for(lambda: len(world.received()) == 1)
    kill(world.sandbox)
    wait_for(lambda: not is_listening(world.to_sandbox.to))
    world.start_sandbox()
    wait_for(lambda: world.to_sandbox.sent("/applications")[-1].status == 409)
    scene = look(world, before)
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=30) == 0

    _, at_end = restart(world, scene)

    assert list(at_end["disclosures"].values()) == ["countersigned"]
    check_processed_once(world)
    deliveries = len(world.to_sandbox.sent("/applications"))
    say(
        record_property,
        "lender killed after processing before answering",
        "lender has 1 after its restart",
        f"processed 1× in {deliveries} deliveries",
    )


def test_the_witness_killed_with_its_answer_on_the_way_signs_one_history(world, record_property):
    before = world.checkpoint()
    process = world.child("mingdai.ledger.publishing:Writer._ask", *SUBMIT, "watch", "worker")
    wait_until_here(process)
    kill(world.witness)
    kill(process)
    scene = look(world, before)
    world.start_witness()
    wait_for(lambda: is_listening(world.to_witness.to))

    now, at_end = restart(world, scene)

    assert found(scene, now) == SIGNED
    assert list(at_end["disclosures"].values()) == ["countersigned"]
    check_processed_once(world)
    say(record_property, "platform and witness killed after cosigning", SIGNED, "processed 1×")
