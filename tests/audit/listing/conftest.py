import base64

import pytest

from mingdai.audit.detecting.requests import Request


@pytest.fixture
def reports(detector):
    nest = b"19900012345"
    for _ in range(10):
        nest = base64.b64encode(nest)
    bodies = [b"m=19900012345", b"nothing", nest]
    return [
        detector.inspect(Request(f"r<{n}>", "https://t.test/p", body=body, ts=1.0))
        for n, body in enumerate(bodies)
    ]
