"""The API against its own OpenAPI document: schemathesis calls a live server."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from mingdai.api.describing import complete
from tests.mail.post import STRANGER, write
from tests.mail.world import make_post


def test_every_admitted_call_may_answer_a_problem():
    document = {
        "paths": {
            "/x": {
                "get": {"responses": {200: {"description": "OK"}}, "security": [{"Key": []}]},
                "post": {"responses": {200: {"description": "OK"}}},
            }
        }
    }

    operations = complete(document)["paths"]["/x"]

    assert {"401", "404", "409", "422", "429", "500"} <= set(operations["get"]["responses"])
    assert "401" not in operations["post"]["responses"]
    assert "Mingdai-Version" in operations["get"]["responses"][200]["headers"]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_schemathesis_runs_clean(live_server, engineer, tmp_path):
    lender = engineer.partner
    lender.direct_exemption = "示例豁免"
    lender.save()
    post = make_post(lender=lender, mobile="19900000041")
    post.judged(STRANGER.sign(write("a@chengdai.example", "you")), mail_from="a@chengdai.example")
    program = Path(sys.executable).with_name("schemathesis")
    found = subprocess.run(
        [
            program,
            "run",
            f"{live_server.url}/api/openapi.json",
            "-H",
            f"Authorization: Bearer {engineer.key}",
            "--checks",
            "all",
            "--max-examples",
            "25",
            "--seed",
            "20261123",
            "--no-color",
            "--generation-database",
            "none",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert found.returncode == 0, found.stdout[-4000:]
