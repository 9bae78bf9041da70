import zlib

from hypothesis import given
from hypothesis import strategies as st

from mingdai.audit.wiretap.frames import messages_in
from mingdai.audit.wiretap.http1 import Stream


def _frame(first, payload, mask=b"\x01\x02\x03\x04"):
    size = bytes([0x80 | len(payload)])
    if len(payload) > 125:
        size = bytes([0x80 | 126]) + len(payload).to_bytes(2, "big")
    return bytes([first]) + size + mask + bytes(b ^ mask[i % 4] for i, b in enumerate(payload))


def _read(data):
    stream = Stream()
    stream.add(1.0, data)
    return [body for _, body in messages_in(stream, 0)]


@given(st.lists(st.binary(max_size=400), max_size=4))
def test_masked_messages_come_back_whole(bodies):
    assert _read(b"".join(_frame(0x82, body) for body in bodies)) == bodies


def test_a_message_in_two_frames_is_one_and_a_ping_between_them_is_none():
    data = _frame(0x01, b"he") + _frame(0x89, b"ping") + _frame(0x80, b"llo")

    assert _read(data) == [b"hello"]


def test_a_packed_message_is_unpacked():
    packer = zlib.compressobj(wbits=-15)
    packed = packer.compress(b"hello") + packer.flush(zlib.Z_SYNC_FLUSH)

    assert _read(_frame(0xC1, packed[:-4])) == [b"hello"]
