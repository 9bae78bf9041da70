import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingdai_proofs.encodings import decode_base64, encode_base64
from mingdai_proofs.flaws import Flawed
from mingdai_proofs.notes import (
    KeyKind,
    Signer,
    Verifier,
    add_lines,
    open_note,
    sign,
    split_note,
)
from tests.proofs.worlds import AT_S, LOG, ORIGIN, OTHER_LOG, WITNESS, WITNESS_PQ

# The example of golang.org/x/mod/sumdb/note (package documentation), also in C2SP signed-note.
GO_VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_SKEY = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
GO_TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
GO_LINE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngot"
    "pRZb6KE6RyyBwJnAM=\n"
)
TEXT = f"{ORIGIN}\n5\n{encode_base64(bytes(32))}\n"
EVERY = [LOG, WITNESS, WITNESS_PQ]


def code(data, verifiers):
    with pytest.raises(Flawed) as caught:
        open_note(data, verifiers)
    return caught.value.flaw.code


def test_the_example_of_the_go_package_is_opened_and_written_alike():
    data = f"{GO_TEXT}\n{GO_LINE}".encode()

    note = open_note(data, [Verifier.parse(GO_VKEY)])

    assert note.text == GO_TEXT
    assert Signer.parse(GO_SKEY).verifier.vkey == GO_VKEY
    assert sign(GO_TEXT, [Signer.parse(GO_SKEY)]) == data


@pytest.mark.parametrize("signer", EVERY)
def test_keys_are_read_as_they_were_written(signer):
    assert Verifier.parse(signer.verifier.vkey) == signer.verifier
    assert Signer.parse(signer.skey).verifier == signer.verifier
    assert signer.skey not in repr(signer)


def test_every_kind_of_signature_is_verified_with_its_time():
    note = open_note(sign(TEXT, EVERY, at_s=AT_S), [each.verifier for each in EVERY])

    assert [each.at_s for each in note.verified] == [None, AT_S, AT_S]


def test_without_keys_no_note_is_opened():
    assert code(sign(TEXT, [LOG]), []) == "note.no_verifiers"


def test_a_note_nobody_known_signed_is_refused():
    assert code(sign(TEXT, [OTHER_LOG]), [LOG.verifier]) == "note.unverified"


def test_a_signature_of_an_unknown_key_is_passed_over():
    data = sign(TEXT, [OTHER_LOG, LOG])

    assert [each.verifier for each in open_note(data, [LOG.verifier]).verified] == [LOG.verifier]


@pytest.mark.parametrize("signer", EVERY)
def test_a_known_key_that_fails_refuses_the_whole_note(signer):
    others = [each for each in EVERY if each is not signer]
    line = signer.line(TEXT.replace("5", "6"), at_s=AT_S)
    data = add_lines(sign(TEXT, others, at_s=AT_S), line)

    assert code(data, [each.verifier for each in EVERY]) == "note.signature"


@pytest.mark.parametrize("signer", EVERY)
@given(data=st.data())
def test_no_bit_of_a_signature_can_be_flipped(signer, data):
    name, raw = signer.line(TEXT, at_s=AT_S).removeprefix("— ").split(" ")
    changed = bytearray(decode_base64(raw.strip(), "x"))
    bit = data.draw(st.integers(32, len(changed) * 8 - 1))
    changed[bit // 8] ^= 1 << bit % 8
    note = f"{TEXT}\n— {name} {encode_base64(bytes(changed))}\n".encode()

    assert code(note, [signer.verifier]) == "note.signature"


LINE = LOG.line(TEXT)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"\n\n",
        TEXT.encode(),
        f"{TEXT}\n".encode(),
        f"{TEXT}{LINE}".encode(),
        f"{TEXT}\n{LINE[:-1]}".encode(),
        f"{TEXT}\n{LINE}\n".encode(),
        f"{TEXT}\n\n{LINE}".encode() + b"x",
        f"{TEXT}\n{LINE}".replace("— ", "- ").encode(),
        f"{TEXT}\n{LINE}".replace("— ", "—  ").encode(),
        f"{TEXT}\n{LINE.replace(' ', '  ', 1)}".encode(),
        f"{TEXT}\n— {ORIGIN}\n".encode(),
        f"{TEXT}\n— {ORIGIN} \n".encode(),
        f"{TEXT}\n— {ORIGIN} AAAA\n".encode(),
        f"{TEXT}\n— {ORIGIN} !!!!!!!!\n".encode(),
        f"{TEXT}\n— a+b AAAAAAA=\n".encode(),
        f"{TEXT}\n— \xa0 AAAAAAA=\n".encode(),
        f"{TEXT}\r\n{LINE}".encode(),
        f"{TEXT}\t\n\n{LINE}".encode(),
        f"{TEXT}\x00\n\n{LINE}".encode(),
        f"{TEXT}\n{LINE}".encode() + b"\xff",
        f"{TEXT}\n{LINE * 101}".encode(),
        b"x" * 1_000_001,
    ],
)
def test_what_is_not_a_note_is_refused(data):
    assert code(data, [LOG.verifier]) == "note.malformed"


@pytest.mark.parametrize(
    "vkey",
    [
        "",
        "name",
        "name+00000000",
        "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        GO_VKEY.replace("c74f20a3", "c74f20a4"),
        GO_VKEY.replace("c74f20a3", "C74F20A3"),
        GO_VKEY.replace("Peter", "Petra"),
        GO_VKEY.replace("Peter", "Pe ter"),
        GO_VKEY[:-4],
        GO_VKEY + "\n",
        "PeterNeumann+c74f20a3+",
        "PeterNeumann+c74f20a3+AhpC",
        "PeterNeumann+c74f20a3+/xpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    ],
)
def test_what_is_not_a_key_is_refused(vkey):
    with pytest.raises(Flawed, match=r"vkey\.malformed"):
        Verifier.parse(vkey)
    with pytest.raises(Flawed, match=r"skey\.malformed"):
        Signer.parse(f"PRIVATE+KEY+{vkey}")


def test_a_private_key_is_not_read_from_a_public_one():
    with pytest.raises(Flawed, match=r"skey\.malformed"):
        Signer.parse(GO_VKEY)


@pytest.mark.parametrize("text", ["", "no newline", "tab\t\n"])
def test_only_whole_lines_are_signed(text):
    with pytest.raises(ValueError, match="whole lines"):
        sign(text, [LOG])


def test_nothing_is_signed_by_nobody_nor_cosigned_at_no_time():
    with pytest.raises(ValueError, match="signer"):
        sign(TEXT, [])
    with pytest.raises(ValueError, match="time"):
        sign(TEXT, [WITNESS])
    with pytest.raises(ValueError, match="32 bytes"):
        Signer.from_seed("a", KeyKind.ED25519, b"short")


def test_a_note_is_split_without_being_verified():
    text, signatures = split_note(sign(TEXT, [LOG, OTHER_LOG]))

    assert text == TEXT
    assert [each[1] for each in signatures] == [LOG.verifier.key_id, OTHER_LOG.verifier.key_id]
