from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory

from mingdai.cases.deleting import folder
from mingdai.cases.receiving import most_bytes
from mingdai.errors import Invalid
from mingdai.web.console.case_uploading import SealingHandler, sealing


def request(**files: bytes) -> HttpRequest:
    named = {name: SimpleUploadedFile(f"{name}.csv", data) for name, data in files.items()}
    return RequestFactory().post("/", {"source": "x", **named})


def sealed_bytes() -> int:
    return sum(each.stat().st_size for each in folder().iterdir())


def test_a_file_is_sealed_while_it_arrives_and_nothing_else_keeps_it():
    given = request(file=b"19900000001\n" * 200_000)

    with sealing(given) as handler:
        names = list(given.FILES)
        held = sealed_bytes()

    assert names == ["file"]
    assert held > 1 << 20
    assert isinstance(handler, SealingHandler)
    assert list(folder().iterdir()) == []


def test_only_the_one_file_of_the_form_is_taken():
    given = request(other=b"x" * 100, file=b"y" * 100)

    with sealing(given) as handler:
        assert list(given.FILES) == ["file"]
        assert handler.name == "file.csv"


def test_a_form_without_a_file_receives_nothing():
    given = request()

    with sealing(given) as handler:
        assert given.POST["source"] == "x"
        assert handler.receiver is None


def test_a_length_beyond_the_limit_is_refused_before_anything_is_read(settings):
    settings.MINGDAI_LIST_MB = 1
    given = request(file=bytes(most_bytes() + (1 << 17)))

    with pytest.raises(Invalid, match=r"list\.too_large"), sealing(given):
        assert given.POST

    assert not folder().exists()
