import pytest
from axe_playwright_python.sync_playwright import Axe

from mingdai.trace.reporting.rendering import html_of


def test_a_page_asks_nothing_of_the_net_and_runs_nothing(reports):
    for report in reports.values():
        made = html_of(report, other="other.html")

        assert "<script" not in made
        assert "http://" not in made.replace("http://www.w3.org/2000/svg", "")
        assert "https://" not in made
        assert report.head in made


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1440])
def test_a_browser_finds_nothing_amiss_and_nothing_sticks_out(reports, tmp_path, page, width):
    for name, report in reports.items():
        path = tmp_path / f"{name}.html"
        path.write_text(html_of(report, other="other.html"), encoding="utf-8")
        said = []
        page.on("console", lambda message, said=said: said.append(message.text))
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(path.as_uri())

        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert Axe().run(page).response["violations"] == []
        assert said == []
