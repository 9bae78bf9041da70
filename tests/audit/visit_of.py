"""Small visits put together by hand."""

from __future__ import annotations

from mingdai.audit.visits import Box, Exchange, PageView, Press, Stop, Typing, Visit

MOBILE = "19900012345"


def exchange(number, at, url, **more):
    values = {
        "method": "GET",
        "headers": (),
        "body": b"",
        "kind": "http",
        "resource": "fetch",
        "page": 1,
        "page_host": "www.one.test",
        "frame_host": "www.one.test",
        "initiator": "http://www.one.test",
        "seen_by": ("page", "wire"),
        "sent": True,
        "status": 200,
    }
    return Exchange(f"r{number}", at, url=url, **{**values, **more})


def visit(*exchanges, **more):
    """Typed at 10; pressed at 20 with the box unticked, at 30 with it ticked."""
    values = {
        "pages": (PageView(1, 1.0, "http://www.one.test/", "www.one.test", "示例", "open"),),
        "typed": (Typing("sjh", "mobile", 1, 10.0, "www.one.test", "www.one.test", "label"),),
        "boxes": (Box(1, 1, 2.0, "我已阅读并同意", (), preticked=False, ticked_at=25.0),),
        "presses": (
            Press(1, 20.0, "下一步", "submit", unticked=(1,), outcome="told"),
            Press(1, 30.0, "下一步", "submit", outcome="moved"),
        ),
    }
    return Visit(
        "http://www.one.test/",
        0.0,
        60.0,
        "agent",
        Stop("end", "over"),
        exchanges=tuple(exchanges),
        **{**values, **more},
    )
