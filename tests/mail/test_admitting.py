from __future__ import annotations

import pytest

from mingdai.mail.admitting import (
    HEAD_BYTES,
    HEAD_TOO_LONG,
    LOOPING,
    MOST_HOPS,
    head_of,
    refuse_message,
)

HOP = b"Received: from a by b; Mon\r\n"


@pytest.mark.parametrize(
    ("raw", "answer"),
    [
        (b"From: a@b.example\r\n\r\nX-Mingdai-Loop: in the body only\r\n", ""),
        (b"From: a@b.example\r\nx-mingdai-loop: 1\r\n\r\n", LOOPING),
        (HOP * MOST_HOPS + b"\r\n", ""),
        (HOP * (MOST_HOPS + 1) + b"\r\n", LOOPING),
        (HOP + b"\r\n" + HOP * 100, ""),
        (b"A: " + b"a" * HEAD_BYTES + b"\r\n\r\n", HEAD_TOO_LONG),
        (b"", ""),
    ],
)
def test_what_goes_in_circles_or_has_no_end_is_refused(raw, answer):
    assert refuse_message(raw) == answer


@pytest.mark.parametrize(
    ("raw", "head"),
    [(b"A: 1\r\n\r\nB", b"A: 1"), (b"A: 1\n\nB\r\n\r\n", b"A: 1"), (b"A: 1\r\n", b"A: 1\r\n")],
)
def test_a_head_ends_at_the_first_empty_line(raw, head):
    assert head_of(raw) == head
