from __future__ import annotations

import hashlib
from datetime import date, timedelta

import pytest

from mingdai.cases.deleting import folder, path_of
from mingdai.cases.models import FoundList
from mingdai.cases.receiving import most_bytes, receive
from mingdai.cases.unsealing import unsealed
from mingdai.errors import Invalid
from tests.cases.world import LATER, actor, arrival, employ, mobile, opened

pytestmark = pytest.mark.django_db
TEXT = ("\n".join(mobile(each) for each in range(300))).encode()


def take(chunks=(TEXT[:1000], TEXT[1000:]), name="张三的客户.csv", **changes) -> FoundList:
    return receive(
        opened(), chunks, name, arrival(**changes), actor=actor(employ("anna")), at=LATER
    )


def test_a_list_is_sealed_and_its_name_forgotten():
    row = take()

    sealed = path_of(row.stowed).read_bytes()
    assert mobile(1).encode() not in sealed
    assert row.digest == hashlib.sha256(TEXT).hexdigest()
    assert (row.size, row.suffix, row.state) == (len(TEXT), "csv", "received")
    assert "张三" not in str(FoundList.objects.values().get())


def test_it_opens_in_memory_and_nowhere_else(tmp_path):
    row = take()

    with unsealed(row) as path:
        assert path.read_bytes() == TEXT
        assert path.resolve().name.startswith("memfd:")

    for each in tmp_path.rglob("*"):
        assert not each.is_file() or mobile(1).encode() not in each.read_bytes()


def refused(code: str, **changes) -> None:
    with pytest.raises(Invalid, match=code):
        take(**changes)

    assert not FoundList.objects.exists()
    assert not folder().exists() or list(folder().iterdir()) == []


@pytest.mark.parametrize("name", ["list.pdf", "list", "list.csv.exe", ""])
def test_other_kinds_of_file_are_refused(name):
    refused(r"list\.form", name=name)


@pytest.mark.parametrize("day", [date(2026, 11, 25), date(2020, 1, 1), date(2027, 6, 1)])
def test_the_day_of_deletion_is_stated_and_not_far(day):
    refused(r"list\.delete_on", delete_on=day)


def test_a_list_cannot_be_found_later_than_now():
    refused(r"list\.found_at", found_at=LATER + timedelta(seconds=1))


@pytest.mark.parametrize(
    ("source", "code"),
    [("", r"list\.source:"), ("电话 19900000001", r"list\.source_personal")],
)
def test_the_source_is_said_without_naming_anybody(source, code):
    refused(code, source=source)


def test_an_empty_list_leaves_nothing():
    refused(r"list\.empty", chunks=())


def test_a_list_that_is_too_large_leaves_nothing(settings):
    settings.MINGDAI_LIST_MB = 1

    refused(r"list\.too_large", chunks=[bytes(most_bytes()), b"x"])


def test_an_arrival_that_breaks_off_leaves_nothing():
    with pytest.raises(ZeroDivisionError):
        take(chunks=(bytes(1 // each) for each in (1, 0)))

    assert list(folder().iterdir()) == []
