"""The API client against a real HTTP server that answers as told."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from mingdai_client.api import VERSION, ApplicationStatus, Event, Me, PlatformApi
from mingdai_client.errors import ApiProblem, ApiUnreachable
from mingdai_proofs.webhooks import verify_webhook

SECRET = b"a webhook secret of these tests"
EVENT = Event("e-1", "received", "a-1", "2026-03-31T04:00:00+00:00", {"reference": "示例"})


ME = {
    "partner_id": "yunting-cf",
    "legal_name": "示例",
    "status": "active",
    "sealing_keys": ["k-1"],
    "kind": "lender",
}


class Platform:
    """Answers in order, then 200 with {}; keeps what was asked."""

    def __init__(self):
        self.asked, self.answers = [], []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def _answer(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                outer.asked.append((self.command, self.path, dict(self.headers), body))
                status, content, headers = outer.answers.pop(0) if outer.answers else (200, {}, {})
                data = (
                    content.encode() if isinstance(content, str) else json.dumps(content).encode()
                )
                self.send_response(status)
                for name, value in {"Content-Length": str(len(data)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(data)

            def do_GET(self):
                self._answer()

            def do_POST(self):
                self._answer()

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,))
        self.thread.start()

    def close(self):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def platform():
    platform = Platform()
    yield platform
    platform.close()


@pytest.fixture
def pauses():
    return []


@pytest.fixture
def api(platform, pauses):
    with PlatformApi(platform.url, api_key="mk_a_b", sleep=pauses.append) as api:
        yield api


def test_every_call_names_key_and_version(api, platform):
    platform.answers = [(200, ME, {})]

    me = api.read_me()

    method, path, headers, _ = platform.asked[0]
    assert me == Me("yunting-cf", "示例", "active", ("k-1",))
    assert (method, path) == ("GET", "/api/me")
    assert headers["Authorization"] == "Bearer mk_a_b"
    assert headers["Mingdai-Version"] == VERSION


def test_an_application_is_read_with_its_consent(api, platform):
    grant = {"expires_at": "2026-12-23T04:00:00Z", "withdrawn_at": None}
    status = {"application_id": "a", "disclosure_id": "d", "status": "sent", "grant": grant}
    platform.answers = [(200, status, {})]

    found = api.read_application("a")

    assert found == ApplicationStatus("a", "d", "sent", "2026-12-23T04:00:00Z", "")


@pytest.mark.parametrize(
    ("call", "path", "key", "body"),
    [
        (
            lambda api: api.send_countersignature("a", disclosure_id="d", countersignature="s"),
            "/api/applications/a/countersignature",
            "d",
            {"disclosure_id": "d", "countersignature": "s"},
        ),
        (
            lambda api: api.send_acknowledgement("n", acknowledgement="s"),
            "/api/notices/n/acknowledgement",
            "n",
            {"acknowledgement": "s"},
        ),
    ],
)
def test_what_changes_something_carries_an_idempotency_key(api, platform, call, path, key, body):
    call(api)

    _, asked, headers, sent = platform.asked[0]
    assert (asked, headers["Idempotency-Key"], json.loads(sent)) == (path, key, body)


def test_an_event_is_signed_over_its_exact_bytes(api, platform):
    api.send_event(EVENT.encode(), event_id=EVENT.event_id, secret=SECRET)

    _, path, headers, body = platform.asked[0]
    signature = headers["Mingdai-Signature"]
    assert path == "/api/events"
    assert body == EVENT.encode()
    assert verify_webhook([SECRET], header=signature, body=body, now_s=int(time.time())) == "e-1"


def test_a_problem_is_raised_with_its_code_and_not_repeated(api, platform, pauses):
    problem = {"title": "no", "code": "event.unknown_application", "detail": "…"}
    platform.answers = [(422, problem, {})]

    with pytest.raises(ApiProblem) as raised:
        api.read_application("a")

    assert (raised.value.status, raised.value.code) == (422, "event.unknown_application")
    assert (len(platform.asked), pauses) == (1, [])


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
def test_what_means_later_is_repeated_with_the_same_key(api, platform, pauses, status):
    platform.answers = [(status, {}, {}), (status, {}, {})]

    answer = api.send_acknowledgement("n", acknowledgement="s")

    assert answer.status == 200
    assert [headers["Idempotency-Key"] for _, _, headers, _ in platform.asked] == ["n"] * 3
    assert pauses == [0.5, 1.0]


def test_a_pause_is_as_long_as_the_platform_asks(api, platform, pauses):
    platform.answers = [(429, {}, {"Retry-After": "7"})]

    api.read_me()

    assert pauses == [7.0]


def test_the_last_problem_is_raised_when_every_attempt_failed(api, platform):
    platform.answers = [(503, {"code": "ledger.closed"}, {})] * 4

    with pytest.raises(ApiProblem, match=r"ledger\.closed"):
        api.read_me()

    assert len(platform.asked) == 4


def test_a_platform_that_is_not_there_is_said_to_be_unreachable(pauses):
    with (
        PlatformApi("http://127.0.0.1:9", api_key="k", sleep=pauses.append) as api,
        pytest.raises(ApiUnreachable),
    ):
        api.read_me()

    assert len(pauses) == 3


def test_the_policy_is_text(api, platform):
    platform.answers = [(200, "quorum none\n", {"Content-Type": "text/plain"})]

    assert api.read_policy() == "quorum none\n"


def test_a_rotated_key_is_returned_once(api, platform):
    platform.answers = [(201, {"key": "mk_c_d"}, {})]

    assert api.rotate_key(idempotency_key="r-1") == "mk_c_d"
    assert platform.asked[0][2]["Idempotency-Key"] == "r-1"


def test_an_event_outside_the_json_subset_is_refused_before_it_is_sent():
    broken = Event("e", "k", "a", "t", {"rate": 0.1})

    with pytest.raises(ValueError, match="float"):
        broken.encode()
