import time

import pytest

from mingdai.audit.browsing import Browsing, open_browser, open_context
from mingdai.audit.capturing import Recorder
from mingdai.audit.walking.guarding import make_guard
from mingdai.audit.walking.stirring import Stir, stir_of
from tests.audit.conftest import apart
from tests.audit.world.serving import Reply, World

PAGES = {
    "still": "<p>示例</p>",
    "timer": "<script>setTimeout(()=>0,2500)</script>",
    "cleared": "<script>clearTimeout(setTimeout(()=>0,2500))</script>",
    "over": "<script>setTimeout(()=>0,5)</script>",
    "repeats": "<script>setInterval(()=>0,50)</script>",
    "draws": "<script>const f=()=>requestAnimationFrame(f);f()</script>",
    "refresh": "<meta http-equiv='Refresh' content='3;url=/still'>",
    "asks": "<script>fetch('/slow')</script>",
    "framed": "<iframe srcdoc='<script>setTimeout(()=>0,2500)</script>'></iframe>",
    "header": "<p>示例</p>",
}


def test_what_is_due_is_known_by_when():
    stir = Stir((200.0, 9000.0), busy=False)

    assert not stir.still
    assert (stir.within(100), stir.within(200)) == (False, True)
    assert (stir.last(5000), stir.last(100)) == (200.0, 0.0)
    assert Stir((), busy=False).still


def _stirs(folder):
    with World() as world, open_browser(Browsing("", folder / "n.json", closed=True)) as browser:
        guard = make_guard(
            "http://a.test/", allow=(), authority=None, ask=lambda _: False, resolve=lambda _: ()
        )
        recorder = Recorder(open_context(browser, closed=True), time.time, guard)
        recorder.listen()
        page, found = recorder.context.new_page(), {}
        world.page("a.test", "/slow", lambda _got: time.sleep(1.5) or Reply("late"))
        for name, body in PAGES.items():
            more = {"Refresh": "3;url=/still"} if name == "header" else {}
            reply = Reply(f"<!doctype html><body>{body}</body>", headers=more)
            world.page("a.test", f"/{name}", reply)
            page.goto(world.url("a.test", f"/{name}"))
            page.wait_for_timeout(400)
            found[name] = stir_of(page, recorder)
        return found


@pytest.mark.browser
@pytest.mark.slow
def test_a_page_stirs_while_it_still_means_to_do_something(tmp_path):
    stirs = apart(_stirs, tmp_path)

    assert {name for name, stir in stirs.items() if stir.still} == {"still", "cleared", "over"}
    busy = {name for name, stir in stirs.items() if stir.busy}
    assert busy == {"repeats", "draws", "asks", "header"}
    assert stirs["framed"].due_ms
    assert 0 < stirs["timer"].last(2500) <= 2500
