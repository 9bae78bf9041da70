"""The two flows of the demo: one passes the visitor and the data on, the other does neither.

北山 sends digits and digest of the number while it is typed, the name in base64, everything to two
list buyers on submit, and hands the visitor through 白石 to 青岭, which shows a number nobody
sent it.  松禾 asks, names itself, and keeps what it is given.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qs, quote

from mingdai_demo.auditing.serving import Answer, Asked, Reply, page

NESTED = "www.beishan.test"
HONEST = "www.songhe.test"
_MATCHER, _LENDER = "go.baishi.test", "h5.qingling.test"


def answers() -> Mapping[tuple[str, str], Answer]:
    """Every address of the world."""
    behind: dict[str, str] = {}
    return {
        (NESTED, "/"): _page("beishan.html"),
        (NESTED, "/agreement"): _page("beishan-agreement.html"),
        (NESTED, "/apply"): lambda asked, port: _forward(asked, port, behind),
        ("t.nanqiao.test", "/sdk.js"): _page("sdk.js"),
        (_MATCHER, "/match"): _page("matching.html"),
        (_LENDER, "/apply"): lambda _, port: _greet(port, behind),
        (_LENDER, "/submit"): _done("青岭示例小额贷款有限公司", "#8a5a00"),
        (_LENDER, "/contract"): lambda *_: Reply("未找到", status=404),
        (HONEST, "/"): _page("songhe.html"),
        (HONEST, "/consent"): _page("songhe-consent.html"),
        (HONEST, "/apply"): _done("松禾示例消费金融有限公司", "#0a6b43"),
        **{
            (host, "/style.css"): _page("style.css") for host in (NESTED, HONEST, _MATCHER, _LENDER)
        },
    }


def _page(name: str) -> Answer:
    return lambda _, port: page(name, port=port)


def _done(company: str, tone: str) -> Answer:
    return lambda *_: page("done.html", company=company, tone=tone)


def _forward(asked: Asked, port: int, behind: dict[str, str]) -> Reply:
    """Pass the name on in the address, the number behind the visitor's back."""
    form = {key: values[0] for key, values in parse_qs(asked.body.decode()).items()}
    behind["mobile"] = form.get("sjh", "")
    address = f"http://{_MATCHER}:{port}/match?u={quote(form.get('xm', ''))}"
    return Reply(status=302, headers={"Location": address})


def _greet(port: int, behind: dict[str, str]) -> Reply:
    number = behind.get("mobile", "")
    masked = f"{number[:3]}****{number[7:]}" if number else "用户"
    return page("qingling.html", port=port, shown="50,000", mobile=masked)
