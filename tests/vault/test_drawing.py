import pytest

from mingdai.vault.drawing import draw, fingerprint
from mingdai.vault.wrapping import platform_key


@pytest.fixture(autouse=True)
def fresh_folder(data_folder):
    return data_folder


def test_a_draw_depends_on_the_message_alone():
    assert draw(b"one") == draw(b"one")
    assert draw(b"one") != draw(b"two")
    assert len(draw(b"")) == 32


def test_the_fingerprint_is_neither_the_key_nor_a_draw():
    assert fingerprint() == fingerprint()
    assert fingerprint() not in (platform_key("mark").hex(), draw(b"").hex())


def test_marks_have_a_key_of_their_own():
    names = ("index", "link", "guard", "mark")

    assert len({platform_key(name) for name in names}) == len(names)
