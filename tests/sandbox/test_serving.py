"""The sandbox as a process, over real HTTP, with a real receiver of its callbacks."""

import base64
import http.client
import json
import signal
import time

import httpx
import pytest

from mingdai_client.cli import main
from mingdai_client.practising import MADE_UP
from mingdai_client.signing import is_acknowledgement, is_countersignature
from mingdai_proofs.merkle import leaf_hash
from mingdai_proofs.webhooks import verify_webhook
from mingdai_sandbox.clocks import read_clock

BUREAU = "bureau/relay/yunting-cf"


def send(world, yuan: int = 10_000, **changes):
    return world.platform.send(world.practise(yuan, **changes), at=read_clock())


def test_an_application_arrives_is_countersigned_and_called_back(world, process, receiver):
    manifest, envelope = send(world)

    answer = process.deliver(envelope, manifest.disclosure_id)
    kinds = receiver.wait_for(4)

    assert answer.status_code == 202
    assert is_countersignature(
        answer.json()["countersignature"],
        public=world.signing_public,
        leaf_hash=leaf_hash(envelope.receipt.entry),
        disclosure_id=manifest.disclosure_id,
    )
    assert kinds == ["received", "approved", "disbursed", "repayment_plan"]
    for _, headers, body in receiver.calls:
        event = json.loads(body)
        assert event["application_id"] == manifest.application_id
        assert event["event_id"] == verify_webhook(
            [b"a webhook secret of these tests"],
            header=headers["Mingdai-Signature"],
            body=body,
            now_s=int(time.time()),
        )
        assert not [code for code, value in MADE_UP.items() if value.encode() in body]


def test_killed_before_the_answer_it_has_processed_exactly_once(world, process, receiver):
    manifest, envelope = send(world, 10_003)
    with pytest.raises(httpx.ReadTimeout):
        process.deliver(envelope, manifest.disclosure_id, timeout=1.5)

    process.end(signal.SIGKILL)
    process.start()
    answers = [process.deliver(envelope, manifest.disclosure_id) for _ in range(2)]
    kinds = receiver.wait_for(4)

    assert [each.status_code for each in answers] == [409, 409]
    assert answers[0].json() == answers[1].json()
    assert len(process.received()) == 1
    assert process.received()[0]["values_kept"] == len(MADE_UP)
    ids = {json.loads(body)["event_id"] for _, _, body in receiver.calls}
    assert set(kinds) == {"received", "approved", "disbursed", "repayment_plan"}
    assert len(ids) == 4


def test_callbacks_that_waited_at_a_kill_are_sent_after_the_restart(world, process, receiver):
    receiver.answers = [503]
    manifest, envelope = send(world)
    process.deliver(envelope, manifest.disclosure_id)
    receiver.wait_for(1)

    process.end(signal.SIGKILL)
    process.start()
    kinds = receiver.wait_for(5)

    assert kinds == ["received", "received", "approved", "disbursed", "repayment_plan"]
    assert receiver.calls[0][2] == receiver.calls[1][2]


def test_through_the_bureau_it_arrives_and_the_bureau_kept_no_content(world, process):
    manifest, envelope = send(world, carrier="hengjian")

    answer = process.deliver(envelope, manifest.disclosure_id, to=BUREAU)
    relayed = httpx.get(f"{process.url}/bureau/relayed.json").json()["relayed"]

    assert answer.status_code == 202
    assert (relayed[0]["key"], relayed[0]["status"]) == (manifest.disclosure_id, 202)
    files = b"".join(
        each.read_bytes() for each in (world.folder / "sandbox").glob("bureau.sqlite3*")
    )
    assert not [code for code, value in MADE_UP.items() if value.encode() in files]
    assert b"mingdai-envelope" not in files


def test_a_notice_through_the_bureau_deletes_and_is_acknowledged(world, process):
    manifest, envelope = send(world, carrier="hengjian")
    process.deliver(envelope, manifest.disclosure_id, to=BUREAU)
    notice, wire = world.platform.notify(manifest)

    answer = httpx.post(f"{process.url}/{BUREAU}/notices", content=wire)

    assert answer.status_code == 200
    assert is_acknowledgement(
        answer.json()["acknowledgement"],
        public=world.signing_public,
        notice_id=notice.notice_id,
        disclosure_id=manifest.disclosure_id,
    )
    assert process.received()[0]["values_kept"] == 0
    folder = world.folder / "sandbox" / "lenders"
    files = b"".join(each.read_bytes() for each in folder.glob("yunting-cf*"))
    assert not [code for code, value in MADE_UP.items() if value.encode() in files]


def test_the_sandbox_passes_the_conformance_check(world, process, tmp_path, capsys):
    config = tmp_path / "conformance.json"
    practice = world.practise()
    public = base64.b64encode(practice.sealing_public).decode()
    config.write_text(
        json.dumps(
            {
                "lender": practice.recipient,
                "sealing_key": {"kid": practice.key_id, "public_key": public},
                "countersign_key": base64.b64encode(world.signing_public).decode(),
                "practice_seed": base64.b64encode(b"\x51" * 32).decode(),
            }
        )
    )
    endpoint = f"{process.url}/lenders/yunting-cf"

    code = main(["conformance", "--endpoint", endpoint, "--config", str(config)])

    assert (code, "15 of 15 hold" in capsys.readouterr().out) == (0, True)


def test_an_interruption_ends_the_process_quietly(process):
    assert process.end(signal.SIGTERM) == 0


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "attacker.example", "Content-Length": "0"}, 421),
        ({"Content-Length": "99999999"}, 413),
        ({"Content-Length": "-1"}, 411),
    ],
)
def test_odd_requests_are_refused(process, headers, status):
    connection = http.client.HTTPConnection("127.0.0.1", process.port, timeout=5)
    connection.request("POST", "/lenders/yunting-cf/applications", headers=headers)

    found = connection.getresponse().status

    connection.close()
    assert found == status
