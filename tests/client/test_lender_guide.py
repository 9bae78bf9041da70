"""docs/lender.md says what the code does: its Python runs, its tables are the code's."""

import base64
import json
import re
import secrets
import shlex
import shutil
import subprocess
import threading
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from mingdai_client.api import Event
from mingdai_client.cli import main
from mingdai_client.conformance import Subject, check_endpoint
from mingdai_client.practising import MADE_UP, Practice, PracticePlatform
from mingdai_proofs.webhooks import verify_webhook
from mingdai_sandbox.configuring import parse_config
from mingdai_sandbox.deciding import MAGIC, Applied, decide, read_magic

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "lender.md").read_text(encoding="utf-8")
NOW = datetime.fromtimestamp(time.time(), tz=UTC)
SECRET = "a webhook secret of this test"  # noqa: S105


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", GUIDE, re.DOTALL | re.MULTILINE)


class Served:
    """The guide's endpoint over HTTP, and a receiver of its events."""

    def __init__(self):
        self.code, self.events, self.sightings, self.answers = {}, [], [], []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                self._send(*outer.answer(self.path, body, self.headers))

            def do_GET(self):
                self._send(200, {"sightings": outer.sightings, "next": ""})

            def _send(self, status, content):
                data = json.dumps(content).encode()
                kind = "json" if status < 300 or status == 409 else "problem+json"
                self.send_response(status)
                self.send_header("Content-Type", f"application/{kind}")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,))
        self.thread.start()

    def answer(self, path, body, headers) -> tuple[int, dict]:
        if path == "/api/events":
            self.events.append((headers["Mingdai-Signature"], body))
            return 200, {}
        if path.startswith("/api/sightings/"):
            self.answers.append((path.split("/")[3], json.loads(body)["answer"]))
            return 200, {"taken": True, "proposed": ""}
        if path.endswith("/notices"):
            return self.code["obey"](body)
        return self.code["receive"](body, headers["Idempotency-Key"])

    def close(self):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def served():
    served = Served()
    yield served
    served.close()


@pytest.fixture
def platform():
    return PracticePlatform(b"\x61" * 32, rng=secrets.token_bytes)


@pytest.fixture
def lender(served, platform, tmp_path, monkeypatch, capsys):
    """The guide's Python, executed from top to bottom, and the lender's public side."""
    monkeypatch.chdir(tmp_path)
    main(["keys", "--out", "keys.json"])
    public = json.loads(capsys.readouterr().out)
    known = {
        "url": served.url,
        "policy": platform.policy,
        "manifest_key": platform.manifest_key,
        "api_key": "mk_a_b",
        "webhook_secret": SECRET,
        "lender": "yunting-cf",
        "kid": public["sealing_key"]["kid"],
    }
    (tmp_path / "platform.json").write_text(json.dumps(known), encoding="utf-8")
    for block in blocks("python"):
        exec(compile(block, "docs/lender.md", "exec"), served.code)  # noqa: S102
    sealing = base64.b64decode(public["sealing_key"]["public_key"])
    return Subject(
        served.url,
        Practice("yunting-cf", known["kid"], sealing),
        base64.b64decode(public["countersign_key"]),
    )


def test_the_guides_endpoint_opens_an_application(lender, served, platform):
    manifest, envelope = platform.send(lender.practice, at=NOW)

    status, answer = served.code["receive"](envelope.encode(), manifest.disclosure_id)

    assert (status, answer["received"]) == (202, True)
    assert MADE_UP["name"] not in json.dumps(answer, ensure_ascii=False)


def test_the_guides_endpoint_passes_the_conformance_check(lender, platform):
    stranger = PracticePlatform(b"\x62" * 32, rng=secrets.token_bytes)

    outcomes = check_endpoint(lender, platform=platform, stranger=stranger, at=NOW)

    assert [each.name for each in outcomes if not each.held] == []


def test_the_guides_endpoint_keeps_out_what_was_withdrawn(lender, served, platform):
    manifest, envelope = platform.send(lender.practice, at=NOW)
    served.code["receive"](envelope.encode(), manifest.disclosure_id)

    served.code["obey"](platform.notify(manifest)[1])
    status, _ = served.code["receive"](envelope.encode(), manifest.disclosure_id)

    assert (status, served.code["store"]) == (410, {})


def test_the_guides_callback_is_signed(lender, served):
    event = Event("e-1", "received", "a-1", "2026-11-23T04:00:00Z", {"reference": "A-1"})

    status = served.code["call_back"](event)

    header, body = served.events[0]
    now_s = int(time.time())
    verdict = verify_webhook([SECRET.encode()], header=header, body=body, now_s=now_s)
    assert (status, verdict) == (200, "e-1")


def test_the_guides_answers_name_own_services_and_are_not_repeated(lender, served):
    served.sightings = [
        {"sighting_id": "s-1", "seen": {"authenticated_as": "mail-service.example"}},
        {"sighting_id": "s-2", "seen": {"authenticated_as": "chengdai.example"}},
        {"sighting_id": "s-3", "seen": {"authenticated_as": ""}, "answer": "investigating"},
    ]

    served.code["answer_open"]()

    assert served.answers == [("s-1", "our_service"), ("s-2", "investigating")]


def test_the_shell_recipe_makes_the_signature_the_library_accepts(tmp_path):
    missing = [tool for tool in ("sh", "openssl", "cut") if not shutil.which(tool)]
    if missing:
        pytest.skip(f"foreign tool not installed: {missing[0]}")
    recipe = next(block for block in blocks("sh") if "openssl" in block)
    script = recipe.replace("curl -sS", 'printf "%s\\n"')

    done = subprocess.run(
        ["sh", "-c", f"PLATFORM=http://x API_KEY=k WEBHOOK_SECRET='{SECRET}'\n{script}"],
        capture_output=True,
        text=True,
        check=True,
    )

    lines = done.stdout.splitlines()
    header = next(line for line in lines if line.startswith("Mingdai-Signature: "))
    now_s = int(time.time())
    header = header.removeprefix("Mingdai-Signature: ")
    found = verify_webhook([SECRET.encode()], header=header, body=lines[-1].encode(), now_s=now_s)
    assert found == "e-1"


def test_every_shell_line_is_well_formed_and_asks_a_known_path():
    known = ("/api/events", "/api/me", "/api/applications/$APPLICATION", "/api/log/policy")
    known += ("/api/sightings", "/api/senders")
    for line in (line for block in blocks("sh") for line in block.splitlines()):
        words = shlex.split(line)
        assert words
        if words[0] == "curl":
            assert words[2].removeprefix("$PLATFORM") in known


def test_the_table_of_endings_is_the_sandboxs():
    rows = dict(re.findall(r"^\| (\d\d) \| (.*) \|$", GUIDE, re.MULTILINE))

    assert rows == {ending: words for ending, (_, words) in MAGIC.items()}


def test_every_kind_of_event_has_its_row_with_its_data():
    kinds = dict(re.findall(r"^\| `([a-z_]+)` \| (.*) \|$", GUIDE, re.MULTILINE))
    sent = {}
    for ending in range(10):
        amount = (10_000 + ending) * 100
        applied = Applied(amount, 12, "month")
        for event in decide(applied, magic=read_magic(amount), at=NOW, pace=timedelta(1)):
            sent.setdefault(event.kind, set()).update(event.data)

    for kind, names in sent.items():
        assert [name for name in sorted(names) if f"`{name}`" not in kinds[kind]] == []


def test_every_code_of_a_refusal_is_listed():
    source = (ROOT / "src/mingdai_client/opening.py").read_text(encoding="utf-8")
    codes = set(re.findall(r'"((?:receipt|manifest|entry|key|seal|opening)\.[a-z_]+)"', source))

    assert len(codes) > 10
    assert [code for code in sorted(codes) if f"`{code}`" not in GUIDE] == []


def test_the_configuration_shown_has_every_member(tmp_path):
    shown = json.loads(blocks("json")[0])
    seed = base64.b64encode(bytes(32)).decode()
    shown["lenders"][0]["opening_keys"][0]["seed"] = shown["lenders"][0]["signing_seed"] = seed

    config = parse_config(shown, default_folder=tmp_path)

    assert (config.hold_s, config.ask_s) == (30.0, 5.0)
    assert config.lenders["yunting-cf"].sightings.otherwise == "investigating"
    assert set(config.lenders) == {"yunting-cf"}
