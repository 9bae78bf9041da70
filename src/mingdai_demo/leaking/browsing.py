"""Somebody at a browser without scripts: follows addresses, sends the forms that pages hold."""

from __future__ import annotations

import html
import re
from types import TracebackType

import httpx

from mingdai.errors import Unavailable

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
TIMEOUT_S = 60


class Browser:
    """One person with cookies of their own, reading in one language."""

    def __init__(self, url: str, *, language: str = "zh-hans") -> None:
        """`url` is where the pages are, without a trailing slash."""
        self.http = httpx.Client(
            base_url=url,
            follow_redirects=True,
            timeout=TIMEOUT_S,
            headers={"Referer": url, "Accept-Language": language},
        )

    def __enter__(self) -> Browser:
        """Itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Close what is open."""
        self.http.close()

    def sees(self, path: str) -> str:
        """The page; raises Unavailable `demo.page` for any answer but 200."""
        return _checked(self.http.get(path)).text

    def sends(
        self,
        path: str,
        fields: dict[str, str | list[str]],
        *,
        at: str,
        files: dict[str, tuple[str, bytes, str]] | None = None,
    ) -> httpx.Response:
        """A form of the page at `at`, sent to `path`; raises Unavailable `demo.page`."""
        found = _TOKEN.search(self.sees(at))
        token = found[1] if found else ""
        data = {"csrfmiddlewaretoken": token, **fields}
        return _checked(self.http.post(path, data=data, files=files))


def text_of(page: str) -> str:
    """What a person reads of a page: no tags, one space between words."""
    bare = re.sub(r"<(script|style)\b.*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(bare)).strip()


def _checked(answer: httpx.Response) -> httpx.Response:
    if answer.status_code != httpx.codes.OK:
        problem = re.search(r'data-problem="([\w.]+)"', answer.text)
        raise Unavailable(
            code="demo.page",
            reason=f"{answer.request.method} {answer.request.url.path}: {answer.status_code}"
            f" {problem[1] if problem else ''}",
            remedy="see said.log in the data folder",
        )
    return answer
