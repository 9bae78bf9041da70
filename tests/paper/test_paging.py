import base64
import hashlib
import re

import pytest

from mingdai.paper.markup import tag
from mingdai.paper.paging import Frame, page_of


@pytest.fixture
def written() -> str:
    frame = Frame("zh", "报告", "报告 · <一>", ".x{color:red}", "other.html", "English", "写于此")
    return page_of(frame, tag("p", "正文"))


def test_the_policy_names_the_style_that_is_there_and_nothing_else(written):
    style = re.search(r"<style>(.*?)</style>", written, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()

    assert style.endswith(".x{color:red}")
    assert f"default-src &#x27;none&#x27;; style-src &#x27;sha256-{digest}&#x27;" in written
    assert "<script" not in written


def test_the_page_says_its_language_and_leads_to_the_other(written):
    assert '<html lang="zh-CN">' in written
    assert '<a href="other.html" hreflang="en">English</a>' in written
    assert "<title>报告 · &lt;一&gt;</title>" in written
