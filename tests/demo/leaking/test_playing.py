from contextlib import ExitStack
from types import SimpleNamespace

from mingdai_demo.leaking import playing
from mingdai_demo.leaking.playing import OUTSIDERS, Play
from tests.demo.leaking.seeds import seeded


def here(tmp_path, leaks=True) -> Play:
    return Play(SimpleNamespace(data=tmp_path, url=""), leaks, ExitStack(), seeded(1))


def rows_of(found) -> list[list[str]]:
    return [line.split(",") for line in found.data.decode().splitlines()[1:]]


def test_strangers_look_like_the_rows_they_stand_among(tmp_path):
    mine = [("示例甲", "19900001000", "x@alias.example")]

    with_address = rows_of(playing._found(here(tmp_path), mine, "示例"))
    without = rows_of(playing._found(here(tmp_path), playing._without_address(mine), "示例"))

    assert len(with_address) == len(without) == OUTSIDERS + 1
    assert all(row[2] for row in with_address)
    assert not any(row[2] for row in without)


def test_employees_are_named_by_log_in_and_lenders_by_their_id():
    recipients = {
        "yunting": {"kind": "partner", "name": "示例云汀"},
        "staff:1": {"kind": "staff", "name": "ben", "role": "operator"},
    }
    result = {"accuse": ["yunting", "staff:1"], "header": {"recipients": recipients}}

    assert playing._names(result) == ("yunting", "ben")
