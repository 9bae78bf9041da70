"""The public log over HTTP, as C2SP tlog-tiles has it, and nothing else of the data folder."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture
def log(data_folder):
    files = {
        "checkpoint": b"log\n",
        "tile/0/x001/234": b"t",
        "tile/entries/000.p/7": b"e",
        "origin": b"o",
    }
    for name, data in files.items():
        path = data_folder / "log" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    (data_folder / "secret").write_bytes(b"s")


@pytest.mark.parametrize(
    ("path", "kind", "caching"),
    [
        ("checkpoint", "text/plain; charset=utf-8", "no-store"),
        ("tile/0/x001/234", "application/octet-stream", "immutable"),
        ("tile/entries/000.p/7", "application/octet-stream", "immutable"),
    ],
)
def test_the_logs_files_are_served_with_their_headers(client, log, path, kind, caching):
    answer = client.get(f"/log/{path}")

    assert answer.status_code == 200
    assert answer["Content-Type"] == kind
    assert caching in answer["Cache-Control"]
    assert b"".join(answer.streaming_content)


@pytest.mark.parametrize(
    "path",
    [
        "../secret",
        "tile/../../secret",
        "%2e%2e/secret",
        "tile/0/../../../secret",
        "origin",
        "tile/0/",
        "tile/64/000",
        "tile/00/000",
        "tile/0/000.p/256",
        "tile/0/000.p/0",
        "tile/0/1234",
        "tile/0/999",
        "",
    ],
)
def test_nothing_else_is_served(client, log, path):
    assert client.get(f"/log/{path}").status_code == 404


def test_the_log_is_read_only(client, log):
    assert client.post("/log/checkpoint").status_code == 405
