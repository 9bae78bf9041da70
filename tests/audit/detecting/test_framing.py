import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingdai.audit.detecting.framing import payloads, quick_payloads

ITEMS = [b"first item", b"19900012345", bytes(range(200, 240))]


def cut(data, slices):
    return [data[start:end] for start, end in slices]


@pytest.mark.parametrize(("width", "order"), [(4, "big"), (4, "little"), (2, "big"), (1, "big")])
@pytest.mark.parametrize("head", [b"", b"\x01\x02\x03"])
def test_length_prefixed_frames_give_their_payloads(width, order, head):
    data = head + b"".join(len(item).to_bytes(width, order) + item for item in ITEMS)

    assert set(ITEMS) <= set(cut(data, payloads(data)))


def test_the_fields_of_a_protocol_buffers_message_come_apart():
    data = b"\x32\x0b19900012345\x38\x96\x01\x3a\x03abc"

    assert {b"19900012345", b"abc"} <= set(cut(data, quick_payloads(data)))


@given(st.binary(max_size=120))
def test_every_payload_lies_inside_the_message(data):
    for start, end in [*payloads(data), *quick_payloads(data)]:
        assert 0 <= start < end <= len(data)
