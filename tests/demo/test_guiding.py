import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

from mingdai.vault.validating import clean
from mingdai_demo.guiding import PERSON, guide_text, wait_until_ready
from mingdai_demo.staffing import DemoLogin

ANNA = DemoLogin("anna", "compliance", "made-up-password", "JBSWY3DPEHPK3PXP")


class Well(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass


def test_the_guide_names_addresses_log_ins_and_what_to_try():
    text = guide_text("http://127.0.0.1:8000", [ANNA])

    for part in ("http://127.0.0.1:8000/", "/inbox/", "/path/", "/console/", "anna", "code"):
        assert part in text


def test_the_made_up_person_is_one_the_form_accepts():
    codes = ("mobile", "name", "id_number", "id_valid_until", "bank_card", "email")

    cleaned = [clean(code, value) for code, value in zip(codes, PERSON.values(), strict=True)]

    assert cleaned == list(PERSON.values())


def test_it_waits_until_the_page_answers():
    with HTTPServer(("127.0.0.1", 0), Well) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        ready = wait_until_ready(f"http://127.0.0.1:{server.server_port}/", timeout_s=5)
        server.shutdown()

    assert ready


def test_it_does_not_wait_for_ever():
    assert not wait_until_ready("http://127.0.0.1:9/", timeout_s=0.3)
