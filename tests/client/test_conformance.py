"""The check against the sandbox's lender, and against endpoints that do it wrong."""

import base64
import json
import secrets
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from mingdai_client.conformance import Outcome, Subject, check_endpoint, read_subject, table
from mingdai_client.errors import ClientRefused
from mingdai_client.keying import opening_key, sealing_key_id, sealing_public, signing_key
from mingdai_client.keying import signing_public as public_of
from mingdai_client.opening import Recipient, Trust, open_application
from mingdai_client.practising import Practice, PracticePlatform
from mingdai_client.signing import acknowledge, countersign
from mingdai_proofs.envelopes import Envelope, Manifest
from mingdai_proofs.flaws import Flawed
from mingdai_proofs.merkle import leaf_hash
from mingdai_proofs.notices import Notice

NOON = datetime(2026, 3, 31, 4, 0, tzinfo=UTC)
OPENING, SIGNING = b"\x21" * 32, b"\x22" * 32
PUBLIC = sealing_public(OPENING)
KID = sealing_key_id(PUBLIC)
PLATFORM = PracticePlatform(b"\x31" * 32, rng=secrets.token_bytes)
STRANGER = PracticePlatform(b"\x32" * 32, rng=secrets.token_bytes)
TRUST = Trust.parse(policy=PLATFORM.policy, manifest_key=PLATFORM.manifest_key)


def take_properly(path: str, body: bytes, seen: dict) -> tuple[int, dict]:
    """The smallest endpoint that does everything right."""
    if path.endswith("/notices"):
        notice = Notice.open(body, TRUST.manifest_key)
        signature = acknowledge(
            signing_key(SIGNING), notice_id=notice.notice_id, disclosure_id=notice.disclosure_id
        )
        return 200, {"acknowledgement": signature}
    key = Manifest.parse(Envelope.parse(body).manifest).disclosure_id
    if key in seen:
        return (409, seen[key][1]) if seen[key][0] == body else (422, {"code": "other_body"})
    opened = open_application(
        body, recipient=Recipient("yunting-cf", {KID: opening_key(OPENING)}), trust=TRUST, at=NOON
    )
    signature = countersign(signing_key(SIGNING), leaf_hash=opened.leaf_hash, disclosure_id=key)
    seen[key] = body, {"received": True, "countersignature": signature}
    return 202, seen[key][1]


def believe_everything(path: str, body: bytes, seen: dict) -> tuple[int, dict]:
    """An endpoint that verifies nothing, as endpoints do today."""
    if path.endswith("/notices"):
        return 200, {"acknowledgement": "AAAA"}
    envelope = Envelope.parse(body)
    key = Manifest.parse(envelope.manifest).disclosure_id
    leaf = leaf_hash(envelope.receipt.entry) if envelope.receipt else bytes(32)
    signature = countersign(signing_key(SIGNING), leaf_hash=leaf, disclosure_id=key)
    return 202, {"countersignature": signature}


@pytest.fixture
def make_endpoint():
    made = []

    def make(answer) -> str:
        seen = {}

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                try:
                    status, content = answer(self.path, body, seen)
                except (ClientRefused, Flawed) as refused:
                    code = getattr(refused, "code", "") or refused.flaw.code
                    status, content = 422, {"code": code}
                data = json.dumps(content).encode()
                kind = "application/problem+json" if status == 422 else "application/json"
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        made.append((server, thread))
        return f"http://127.0.0.1:{server.server_port}"

    yield make
    for server, thread in made:
        server.shutdown()
        thread.join()
        server.server_close()


def check(endpoint: str) -> dict[str, Outcome]:
    subject = Subject(endpoint, Practice("yunting-cf", KID, PUBLIC), public_of(SIGNING))
    outcomes = check_endpoint(subject, platform=PLATFORM, stranger=STRANGER, at=NOON)
    return {each.name: each for each in outcomes}


def test_an_endpoint_that_does_everything_right_passes_every_case(make_endpoint):
    outcomes = check(make_endpoint(take_properly))

    assert [name for name, each in outcomes.items() if not each.held] == []
    assert len(outcomes) == 15


def test_an_endpoint_that_believes_everything_fails_every_refusal(make_endpoint):
    outcomes = check(make_endpoint(believe_everything))

    failed = {name for name, each in outcomes.items() if not each.held}
    assert failed == {name for name in outcomes if name.endswith("refused")} | {
        "withdrawal notice acknowledged"
    }


def test_an_endpoint_that_is_not_there_fails_every_case():
    outcomes = check("http://127.0.0.1:9")

    assert len(outcomes) == 4
    assert not any(each.held for each in outcomes.values())


def test_the_table_says_what_failed():
    text = table(
        [Outcome("first", True, "receipt.missing"), Outcome("second", False, "status 200")]
    )

    assert "ok      first" in text
    assert "FAILED  second" in text
    assert text.endswith("1 of 2 hold\n")


def test_a_configuration_names_the_public_side():
    config = {
        "lender": "yunting-cf",
        "sealing_key": {"kid": KID, "public_key": base64.b64encode(PUBLIC).decode()},
        "countersign_key": base64.b64encode(public_of(SIGNING)).decode(),
    }

    subject = read_subject("http://127.0.0.1:1/", config)

    assert subject.endpoint == "http://127.0.0.1:1"
    assert subject.practice == Practice("yunting-cf", KID, PUBLIC)
    for name in config:
        with pytest.raises(ValueError, match="lacks"):
            read_subject("http://x", {key: config[key] for key in config if key != name})
    with pytest.raises(ValueError, match="bytes"):
        read_subject("http://x", config | {"countersign_key": "AAAA"})
