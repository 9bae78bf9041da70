import json

import pytest

from mingdai_sandbox.relaying import PASSED_ON
from mingdai_sandbox.routing import Request, route
from mingdai_sandbox.serving import build_town


@pytest.fixture
def town(world):
    return build_town(world.config, port=1)


def ask(town, method: str, path: str):
    return route(town, Request(method, path, dict.fromkeys(PASSED_ON, ""), b""))


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/health", 200),
        ("GET", "/", 200),
        ("GET", "/lenders/yunting-cf/received.json", 200),
        ("GET", "/bureau/relayed.json", 200),
        ("POST", "/lenders/yunting-cf/applications", 422),
        ("POST", "/lenders/yunting-cf/notices", 422),
        ("POST", "/bureau/relay/nobody/applications", 404),
        ("GET", "/lenders/nobody/received.json", 404),
        ("POST", "/lenders/nobody/applications", 404),
        ("POST", "/lenders/yunting-cf/anything", 404),
        ("GET", "/lenders/yunting-cf/applications", 404),
        ("POST", "/health", 404),
    ],
)
def test_every_path_has_its_answer(town, method, path, status):
    assert ask(town, method, path).status == status


def test_health_counts_the_lenders(town):
    assert json.loads(ask(town, "GET", "/health").body) == {"status": "ok", "lenders": 2}
