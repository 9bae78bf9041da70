from typing import ClassVar

import pytest

from mingdai.paper.speaking import LANGUAGES, TONGUES, Speaker


class Greeter(Speaker):
    """Two sentences."""

    __slots__ = ()
    texts: ClassVar = {"hello": ("{who}好", "Hello {who}"), "bye": ("再见", "Bye")}


def test_each_language_says_its_own_sentence():
    assert [Greeter(each)("hello", who="X") for each in LANGUAGES] == ["X好", "Hello X"]


def test_a_list_is_joined_as_the_language_does():
    assert [Greeter(each).join(["a", "b"]) for each in LANGUAGES] == ["a、b", "a, b"]


def test_an_unknown_sentence_is_refused():
    with pytest.raises(KeyError):
        Greeter("zh")("none")


def test_every_language_has_its_name_in_html():
    assert list(TONGUES) == list(LANGUAGES)
