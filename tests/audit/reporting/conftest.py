"""Evidence folders put together by hand: one with a chain, one with nothing, one incomplete."""

import json
import os
import shutil
import struct
import zlib
from dataclasses import replace

import pytest

from mingdai.audit.concluding import conclude
from mingdai.audit.detecting.identity import parse_identity
from mingdai.audit.evidence import open_folder, write_findings, write_visit
from mingdai.audit.reporting.composing import compose
from mingdai.audit.reporting.loading import load_bundle
from mingdai.audit.visits import AppLink, Hop, PageView, Step, Stop
from tests.audit.visit_of import MOBILE, exchange, visit

IDENTITY = {"fields": {"sjh": MOBILE, "name": "王小明", "idno": "99999919900101123X"}}
REMARK = {
    "check": "preticked",
    "severity": "high",
    "said": {"zh": f"同意框预先勾选，页面写着 {MOBILE}", "en": f"ticked in advance for {MOBILE}"},
    "fix": {"zh": "默认不勾选", "en": "leave it unticked"},
    "law": [{"article": "第十四条", "title": "个人信息保护法", "mark": "official text"}],
    "evidence": [{"kind": "step", "ref": "3", "note": "看到勾选"}],
    "dark_pattern": "preticked_consent",
}
ONE, TWO, THREE = "www.one.test", "m.two.test", "h5.three.test"


def png(width=8, height=16):
    """A grey picture."""

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    rows = b"".join(b"\0" + b"\x99" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def hop(source, target, at, how="redirect", detail="http"):
    return Hop(source, target, how, detail, at, 1, f"http://{target}/")


def page(number, host, title, *pictures):
    return PageView(number, float(number), f"http://{host}/", host, title, "link", "", (), pictures)


def chained():
    """One leads to Two, which leads to Three; a beacon goes out early, a frame is drawn."""
    seen = visit(
        exchange(1, 12.0, f"http://beacon.spy.test/p?m={MOBILE}", resource="ping"),
        exchange(2, 31.0, f"http://{TWO}/land?m={MOBILE}", resource="document"),
        exchange(3, 32.0, f"http://late.spy.test/p?m={MOBILE}", resource="image"),
    )
    return replace(
        seen,
        hops=(
            hop(ONE, TWO, 31.0),
            hop(ONE, "ad.frame.test", 31.5, "frame", "frame"),
            hop(TWO, THREE, 33.0, "link", "script after a press"),
            hop(ONE, "h5.four.test", 36.0, "popup", "new tab"),
            hop("h5.four.test", ONE, 40.0, "link", "link"),
        ),
        pages=(
            page(1, ONE, f"示例借款 {MOBILE}", "screenshots/001.png"),
            page(2, TWO, "正在匹配"),
            page(3, THREE, "审核中", "screenshots/002.png"),
            page(4, "h5.four.test", "<b>活动</b>"),
        ),
        steps=(
            Step(1, 1.0, 1, ONE, "open", f"opened {ONE}"),
            Step(2, 10.0, 1, ONE, "fill", "filled 手机号 (mobile) by label with the planted value"),
        ),
        app_links=(AppLink(1, 50.0, ONE, "loanapp://open?m=1"),),
    )


def keep(folder, seen, **findings):
    """Write an evidence folder of a visit, not sealed."""
    made = open_folder(folder)
    (made / "identity.json").write_text(json.dumps(IDENTITY), encoding="utf-8")
    for view in seen.pages:
        for name in view.screenshots:
            (made / name).write_bytes(png())
    write_visit(made, seen)
    found = conclude(seen, parse_identity(IDENTITY))
    write_findings(made, {**found, "checks": [], **findings})
    return made


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Debian's Chromium; root needs it without its sandbox."""
    args = ["--no-sandbox"] if os.geteuid() == 0 else []
    chromium = shutil.which("chromium")
    return {**browser_type_launch_args, "executable_path": chromium, "args": args}


@pytest.fixture
def folder(tmp_path):
    patterns = {"dark_patterns": ["preticked_consent"], "checks": [REMARK]}
    return keep(tmp_path / "audit", chained(), **patterns, violation=True, verdict="fail")


@pytest.fixture
def empty(tmp_path):
    """Nothing left and nothing was seen."""
    seen = replace(visit(), typed=(), boxes=(), presses=())
    return keep(tmp_path / "empty", seen, dark_patterns=[], violation=False, verdict="pass")


@pytest.fixture
def gaps(tmp_path):
    """Bytes left over UDP, and the walk was cut short."""
    seen = replace(visit(), unseen=("966 bytes left over UDP and cannot be read",))
    seen = replace(seen, stop=Stop("time", "the limit of minutes is reached"))
    return keep(tmp_path / "gaps", seen, dark_patterns=[], violation=False, verdict="incomplete")


@pytest.fixture
def bundle(folder):
    return load_bundle(folder)


@pytest.fixture(params=["zh", "en"])
def report(request, bundle):
    return compose(bundle, request.param)
