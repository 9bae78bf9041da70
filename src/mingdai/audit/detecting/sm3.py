"""SM3 (GB/T 32905-2016) for machines whose OpenSSL lacks it; slow, used only to build tables."""

from __future__ import annotations

_START = (
    0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600,
    0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E,
)  # fmt: skip
_WORD = 0xFFFFFFFF


def sm3(data: bytes) -> bytes:
    """The 32-byte digest of `data`."""
    padded = data + b"\x80" + bytes((55 - len(data)) % 64) + (len(data) * 8).to_bytes(8, "big")
    state: tuple[int, ...] = _START
    for at in range(0, len(padded), 64):
        state = _compress(state, padded[at : at + 64])
    return b"".join(word.to_bytes(4, "big") for word in state)


def _turn(word: int, by: int) -> int:
    by %= 32
    return (word << by | word >> (32 - by)) & _WORD


def _expand(block: bytes) -> list[int]:
    words = [int.from_bytes(block[i : i + 4], "big") for i in range(0, 64, 4)]
    for j in range(16, 68):
        mixed = words[j - 16] ^ words[j - 9] ^ _turn(words[j - 3], 15)
        mixed ^= _turn(mixed, 15) ^ _turn(mixed, 23)
        words.append(mixed ^ _turn(words[j - 13], 7) ^ words[j - 6])
    return words


def _compress(state: tuple[int, ...], block: bytes) -> tuple[int, ...]:
    words = _expand(block)
    a, b, c, d, e, f, g, h = state
    for j in range(64):
        constant = 0x79CC4519 if j < 16 else 0x7A879D8A
        first = _turn((_turn(a, 12) + e + _turn(constant, j)) & _WORD, 7)
        second = first ^ _turn(a, 12)
        early = j < 16
        mixed_a = a ^ b ^ c if early else (a & b) | (a & c) | (b & c)
        mixed_e = e ^ f ^ g if early else (e & f) | (~e & g)
        one = (mixed_a + d + second + (words[j] ^ words[j + 4])) & _WORD
        two = (mixed_e + h + first + words[j]) & _WORD
        d, c, b, a = c, _turn(b, 9), a, one
        h, g, f, e = g, _turn(f, 19), e, two ^ _turn(two, 9) ^ _turn(two, 17)
    return tuple(old ^ new for old, new in zip(state, (a, b, c, d, e, f, g, h), strict=True))
