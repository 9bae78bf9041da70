import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from axe_playwright_python.sync_playwright import Axe

from mingdai.audit.reporting.composing import compose
from mingdai.audit.reporting.loading import load_bundle
from mingdai.audit.reporting.rendering import html_of
from tests.audit.reporting.conftest import chained, keep
from tests.audit.reporting.conftest import page as view


class Tags(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.seen, self.open = [], []
        self.feed(text)

    def handle_starttag(self, name, attrs):
        self.seen.append((name, dict(attrs)))


def test_the_page_stands_alone_without_script_or_inline_style(report, folder):
    tags = Tags(html_of(report, folder, other="report.en.html")).seen

    assert not [name for name, _ in tags if name in {"script", "iframe", "object"}]
    assert not [
        attrs for _, attrs in tags if "style" in attrs or any(k.startswith("on") for k in attrs)
    ]
    links = [attrs.get("src") or attrs.get("href") for _, attrs in tags]
    links = [each for each in links if each]
    assert all(each.startswith(("#", "data:", "report.")) for each in links)


def test_a_page_of_the_flow_cannot_put_markup_into_the_report(tmp_path):
    evil = "</title><script>alert(1)</script>"
    seen = replace(chained(), pages=(view(1, "www.one.test", evil, "screenshots/001.png"),))

    bundle = load_bundle(keep(tmp_path / "evil", seen))

    assert "<script" not in html_of(compose(bundle, "zh"), bundle.folder, other="x")


def test_each_picture_is_embedded_once(report, folder):
    text = html_of(report, folder, other="x")

    assert text.count("data:image/png") == 2
    assert len(re.findall(r'href="#whole-picture-001-png"', text)) == 2


def test_the_same_folder_gives_the_same_page(folder):
    first, again = (
        html_of(compose(load_bundle(folder), "zh"), folder, other="x") for _ in range(2)
    )

    assert first == again


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1440])
def test_a_browser_obeys_its_policy_and_nothing_sticks_out(report, folder, tmp_path, page, width):
    file = tmp_path / "report.html"
    file.write_text(html_of(report, folder, other="x"), encoding="utf-8")
    told = []
    page.on("console", lambda message: told.append(message.text))
    page.set_viewport_size({"width": width, "height": 900})

    page.goto(file.as_uri())

    assert told == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator(".chain svg:visible").count() == 1
    colour = page.locator(".verdict h1").evaluate("each => getComputedStyle(each).color")
    assert colour == "rgb(168, 32, 22)"
    assert Axe().run(page).response["violations"] == []
