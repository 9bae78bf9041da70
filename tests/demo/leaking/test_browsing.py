import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from mingdai.errors import Unavailable
from mingdai_demo.leaking.browsing import Browser, text_of

FORM = '<form><input name="csrfmiddlewaretoken" value="tok3n"></form>'


class Pages(BaseHTTPRequestHandler):
    """A form, an echo of what is sent, and a page that refuses."""

    def do_GET(self):
        self._answer(422 if self.path == "/refuses" else 200, FORM + '<p data-problem="x.y">')

    def do_POST(self):
        self._answer(200, self.rfile.read(int(self.headers["Content-Length"])).decode())

    def _answer(self, status, text):
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Quiet."""


@pytest.fixture
def browser():
    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with Browser(f"http://127.0.0.1:{server.server_port}") as found:
            yield found
        server.shutdown()


def test_a_form_is_sent_with_the_token_of_its_page(browser):
    sent = browser.sends("/take", {"a": "1", "many": ["x", "y"]}, at="/form").text

    assert sent == "csrfmiddlewaretoken=tok3n&a=1&many=x&many=y"


def test_a_page_that_refuses_is_an_error_with_its_code(browser):
    with pytest.raises(Unavailable, match=r"demo\.page") as caught:
        browser.sees("/refuses")

    assert "422 x.y" in caught.value.reason


def test_a_page_is_read_without_its_tags():
    assert text_of("<style>p{}</style><h1>甲 &amp;\n乙</h1><script>x</script> 丙") == "甲 & 乙 丙"
