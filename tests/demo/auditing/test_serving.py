import urllib.request

import pytest

from mingdai_demo.auditing.serving import Reply, World, page


def get(world, host, path="/", data=None):
    url = f"http://127.0.0.1:{world.port}{path}"
    request = urllib.request.Request(url, data=data, headers={"Host": f"{host}:{world.port}"})
    with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310
        return answer.status, answer.headers["Content-Type"], answer.read().decode()


@pytest.fixture
def world():
    answers = {("a.test", "/"): lambda asked, port: Reply(f"{asked.method} {port}")}
    with World(answers) as made:
        yield made


def test_companies_are_told_apart_by_their_host(world):
    assert get(world, "a.test") == (200, "text/html; charset=utf-8", f"GET {world.port}")
    assert get(world, "b.test")[0] == 204


def test_what_the_servers_got_is_kept(world):
    get(world, "b.test", "/e?x=1", data=b"d=1")

    assert [(each.host, each.path, each.body) for each in world.received] == [
        ("b.test", "/e?x=1", b"d=1")
    ]


def test_a_page_has_its_values_and_its_kind():
    made = page("done.html", company="甲示例公司", tone="#123")

    assert "甲示例公司" in made.body
    assert "$" not in made.body
    assert page("style.css").kind.startswith("text/css")
