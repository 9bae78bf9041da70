"""One made-up person, searched for in every test of the room."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from mingdai.audit.detecting.identity import parse_identity
from mingdai.audit.detecting.inspecting import Detector
from mingdai.audit.detecting.requests import Request
from tests.audit.walked import walk_story

DOCUMENT = {
    "fields": {
        "name": "王小明",
        "mobile": "19900012345",
        "idno": "99999919900101123X",
        "email": "li.lei@mail.example.cn",
        "address": "浙江省杭州市西湖区示例路12号5栋601室",
    },
    "salts": ["pepper", "s4lt"],
    "consent_ts": 1_700_000_000,
    "declared": ["lender.example.cn"],
}


WALKS = {"walked", "hidden", "narrow", "flow"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """What looks at one real walk runs where that walk was made: each is walked once."""
    for item in items:
        if WALKS & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.xdist_group("walk"))


@pytest.fixture(scope="session")
def document():
    return DOCUMENT


@pytest.fixture(scope="session")
def identity():
    return parse_identity(DOCUMENT)


@pytest.fixture(scope="session")
def detector(identity):
    return Detector(identity)


@pytest.fixture
def seen(detector):
    """The fields found in a body, with their chains."""

    def look(body, **more):
        request = Request("r1", more.pop("url", "https://t.tracker.test/p"), body=body, **more)
        return {finding.field: finding for finding in detector.inspect(request).findings}

    return look


def walk_apart(*arguments, **more):
    """Walk in a thread of its own: the browser plug-in of other tests holds this one's loop."""
    return apart(walk_story, *arguments, **more)


def apart(work, *arguments, **more):
    """Do it in a thread of its own and hand back what it gives."""
    with ThreadPoolExecutor(max_workers=1) as beside:
        return beside.submit(work, *arguments, **more).result()


@pytest.fixture(scope="session")
def flow(tmp_path_factory):
    """Any story of the world, walked once for all who ask."""
    kept = {}

    def walk(story, seed, *more):
        if (story, seed, more) not in kept:
            folder = tmp_path_factory.mktemp(story)
            kept[story, seed, more] = walk_apart(story, folder, *more, seed=seed)
        return kept[story, seed, more]

    return walk


@pytest.fixture(scope="session")
def walked(tmp_path_factory):
    """One real walk through a code, a drawn box and every widget."""
    return walk_apart("widgets", tmp_path_factory.mktemp("widgets"))


@pytest.fixture(scope="session")
def hidden(tmp_path_factory):
    """One real walk through beacons at unload, a SharedWorker and a press without consent."""
    return walk_apart("hidden_ways", tmp_path_factory.mktemp("hidden"))


@pytest.fixture(scope="session")
def narrow(tmp_path_factory):
    """One real walk that may visit the first company only."""
    return walk_apart("nested", tmp_path_factory.mktemp("narrow"), "--allow", "*.none.test")
