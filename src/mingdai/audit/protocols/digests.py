"""Defects 1 to 4: digests of a number, undone where digits stand beside them, joined where not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mingdai.audit.checks.recovering import masks_in, recoveries
from mingdai.audit.checks.remarks import Said
from mingdai.audit.protocols.calls import Call, Seen
from mingdai.audit.protocols.defects import Defect
from mingdai.audit.protocols.fields import held

_OF_A_PHONE = re.compile(r"phone|mobile|sjh|tel|usermd5|encrypt|md5|user", re.IGNORECASE)


def judge(calls: Sequence[Call]) -> Iterator[Defect]:
    """Every digest of a number: recovered by trying, or bare; and the same one at two companies."""
    for call in calls:
        yield from _of(call)
    yield from _joined(calls)


def _of(call: Call) -> Iterator[Defect]:
    digests = [seen for seen in held(call, "digest") if _OF_A_PHONE.search(seen.key)]
    shown = held(call, "first8", "mask")
    masks = [mask for seen in shown for mask in masks_in(seen.text)]
    done: set[str] = set()
    for seen in digests:
        found = next(iter(recoveries([seen.text], masks)), None)
        if found is not None and seen.text not in done:
            code = "hash_with_first8" if found.unknown == 3 else "hash_with_mask"
            said = Said(
                f"{seen.path} 与 {shown[0].path} 同发：{found.candidates} 种可能，"
                f"第 {found.tries} 次还原（约 {found.milliseconds:.3f} 毫秒）。",
                f"{seen.path} stands beside {shown[0].path}: {found.candidates} candidates, "
                f"recovered at try {found.tries} (about {found.milliseconds:.3f} ms).",
            )
            yield Defect(
                code, call.number, seen.path, said, call.line,
                found.candidates, found.tries, found.value,
            )  # fmt: skip
        elif not {seen.text, seen.key} & done:
            yield _bare(call, seen)
            done.add(seen.key)
        done.add(seen.text)


def _bare(call: Call, seen: Seen) -> Defect:
    said = Said(
        f"{seen.path} 是无密钥摘要，可穷举。", f"{seen.path} is an unkeyed digest of a number."
    )
    return Defect("bare_hash", call.number, seen.path, said, call.line, 10**10)


def _joined(calls: Sequence[Call]) -> Iterator[Defect]:
    """The same digest in calls to different parties: they can join what they know."""
    parties: dict[str, dict[str, tuple[Call, str]]] = {}
    for call in calls:
        for seen in held(call, "digest"):
            if call.to and _OF_A_PHONE.search(seen.key):
                parties.setdefault(seen.text.lower(), {}).setdefault(call.to, (call, seen.path))
    for met in parties.values():
        if len(met) >= 2:
            call, path = list(met.values())[-1]
            said = Said(
                f"同一摘要出现在 {len(met)} 家：{'、'.join(met)}。",
                f"One digest is known to {len(met)} parties: {', '.join(met)}.",
            )
            yield Defect("universal_join_key", call.number, path, said, call.line)
