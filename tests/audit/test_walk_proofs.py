"""Real walks over TLS, by order of an authority, by a script, and a recorded walk once more."""

import json
import random

import pytest

from mingdai.errors import Refused
from tests.audit.conftest import apart, walk_apart
from tests.audit.walked import walk_truth
from tests.audit.world.every import ALL
from tests.audit.world.pages import Form, form_page
from tests.audit.world.serving import World
from tests.audit.world.stories import begin_story, done_page

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def _said(walked):
    return {
        (row["recipient_host"], row["field"]): row["before_consent"]
        for row in walked.findings["egress"]
        if not row["first_party"]
    }


def test_what_leaves_over_tls_is_read_whole(tmp_path):
    walked = walk_apart("typing", tmp_path, seed=1, secure=True)

    assert walked.visit.start_url.startswith("https://")
    assert walked.got
    assert _said(walked) == walked.got
    assert any("wire" in each.seen_by and each.body for each in walked.visit.exchanges)


def _outside(world):
    """A flow on names outside the test world that lead to loopback only."""
    one, lender = "www.loan.example", "h5.lender.example"
    truth = begin_story(world, random.Random(7), one)  # noqa: S311
    truth.identity["fields"]["email"] = "a@mail.example.cn"
    world.page(
        one,
        "/",
        form_page(random.Random(7), Form(("mobile", "name"), world.url(lender, "/in"))),  # noqa: S311
    )
    done_page(world, lender, "/in")
    truth.hops = {(one, lender)}
    truth.direct = [(lender, "/in", code, False) for code in ("mobile", "name")]
    return truth


RULES = ("--resolver-rules", "MAP *.example 127.0.0.1")


def _walk_outside(folder, *more):
    with World() as world:
        return walk_truth(world, _outside(world), folder, *RULES, *more)


def test_outside_the_test_world_a_walk_goes_by_order_of_an_authority(tmp_path):
    order = tmp_path / "order.json"
    order.write_text(
        json.dumps(
            {
                "ordered_by": "示例监管",
                "hosts": ["*.loan.example", "*.lender.example"],
                "until": "2099-01-01T00:00:00+08:00",
                "contacts": {"mobile": "owned", "email": "owned"},
            }
        ),
        encoding="utf-8",
    )

    walked = apart(_walk_outside, tmp_path, "--authority", str(order))

    assert walked.visit.stop.code == "end"
    assert _said(walked) == walked.got
    assert walked.got
    assert (walked.folder / "authority.json").is_file()


def test_without_an_authority_it_does_not_even_start(tmp_path):
    with pytest.raises(Refused, match="walk.authority"):
        _walk_outside(tmp_path)


def test_a_recorded_walk_is_walked_again_by_its_own_script(tmp_path):
    """What the servers get may differ: a worker started by the press may die with its page."""
    (tmp_path / "once").mkdir()
    (tmp_path / "again").mkdir()

    def twice():
        with World() as world:
            truth = ALL["fanout"](world, random.Random("fanout1"))  # noqa: S311
            first = walk_truth(world, truth, tmp_path / "once")
            world.log.clear()
            script = ("--script", str(first.folder / "script.yaml"))
            return first, walk_truth(world, truth, tmp_path / "again", *script)

    first, again = apart(twice)

    assert [said for said in again.said("press") if "by script" in said]
    assert not [step.said for step in again.visit.steps if "not found" in step.said]
    assert again.visit.stop.code == first.visit.stop.code
    assert [each.field for each in again.visit.typed] == [each.field for each in first.visit.typed]
    assert _said(first) == first.got
    assert _said(again) == again.got


def test_a_script_of_a_persons_own_comes_first(tmp_path):
    steps = tmp_path / "steps.yaml"
    steps.write_text(
        "steps:\n- {fill: 'css:[data-p=mobile]', with: mobile}\n- {stop: enough}\n",
        encoding="utf-8",
    )

    walked = walk_apart("typing", tmp_path, "--script", str(steps), seed=1)

    assert walked.visit.stop.code == "script"
    assert [each.field for each in walked.visit.typed] == ["mobile"]
    assert walked.visit.presses == ()
