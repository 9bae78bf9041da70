# ruff: noqa: E501 - lines of HTML and script
"""The stories of the world: each sets up its companies and says what a true audit must find."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from tests.audit.corpus import people
from tests.audit.world.pages import (
    AGREEMENT,
    CHANNELS,
    CODES,
    Form,
    Leak,
    form_page,
    plain_page,
)
from tests.audit.world.serving import Got, Reply, World

WORDS = [
    "ant",
    "bao",
    "cai",
    "dai",
    "fen",
    "hua",
    "jie",
    "kuai",
    "li",
    "mao",
    "pin",
    "qian",
    "rong",
    "su",
    "tong",
    "wei",
    "xin",
    "yi",
    "zhu",
]


@dataclass
class Truth:
    """What must be found: hops of the visitor, egress (host, field, before, inferred), patterns."""

    start: str
    identity: dict[str, Any]
    hops: set[tuple[str, str]] = field(default_factory=set)
    egress: dict[tuple[str, str], bool] = field(default_factory=dict)
    inferred: set[tuple[str, str]] = field(default_factory=set)
    leaks: dict[str, Leak] = field(default_factory=dict)
    direct: list[tuple[str, str, str, bool]] = field(default_factory=list)
    """(host, path, field, before): a request to that path carries the field by itself."""
    violation: bool = False
    also: set[tuple[str, str]] = field(default_factory=set)
    """Hops that may be told as well, such as a window moved by a form in a frame."""
    dark: frozenset[str] = frozenset()
    """Patterns the story plays; unnamed recipients are added from what the servers got."""
    named: frozenset[str] = frozenset()
    """Hosts of other companies that an agreement names with their address."""
    variety: str = ""
    verdict: str = ""
    """"" where the egress alone decides: fail where there was a violation, else pass."""


def received(world: World, truth: Truth) -> dict[tuple[str, str], bool]:
    """What third parties really got, by the servers' own log: (host, field) to before-consent."""
    got: dict[tuple[str, str], bool] = {}
    for each in world.log:
        whole = each.path + "?" + each.body.decode("utf-8", "replace")
        for name, leak in truth.leaks.items():
            if leak.host == each.host and f"c={name}&" in whole:
                before = f"c={name}&s=0" in whole
                got[each.host, leak.field] = got.get((each.host, leak.field), False) or before
        for host, path, code, before in truth.direct:
            if (
                host == each.host
                and each.path.partition("?")[0] == path
                and len(whole) > len(path) + 8
            ):
                got[host, code] = got.get((host, code), False) or before
    return got


def draw_hosts(rng: random.Random, count: int) -> list[str]:
    names = {"".join(rng.sample(WORDS, 2)) + str(rng.randrange(10)) for _ in range(count * 3)}
    return [f"{rng.choice(('www', 'm', 'h5', 'api'))}.{name}.test" for name in sorted(names)][
        :count
    ]


def _identity(rng: random.Random) -> dict[str, Any]:
    return {
        "fields": {
            "name": people.name(rng),
            "mobile": people.mobile(rng),
            "idno": people.id_number(rng),
            "email": people.email(rng),
            "address": people.address(rng),
        },
        "otp": "246810",
    }


def begin_story(world: World, rng: random.Random, host: str) -> Truth:
    for path, name in (("/agreement", "用户服务协议"), ("/privacy", "隐私政策")):
        world.page(host, path, AGREEMENT.format(name=name, company="示例科技有限公司"))
    world.page(host, "/about", plain_page("关于", "示例公司"))
    return Truth(world.url(host), _identity(rng))


def place_leak(world: World, truth: Truth, leak: Leak) -> Leak:
    """The leak with its address; two characters turned around are another name, and so not used."""
    short = leak.field == "name" and len(str(truth.identity["fields"]["name"])) < 3
    code = "hex" if leak.code == "rev" and short else leak.code
    url = world.url(leak.host, f"/b/{leak.id}")
    leak = Leak(**{**leak.__dict__, "url": url, "code": code})
    truth.leaks[leak.id] = leak
    return leak


def done_page(world: World, host: str, path: str = "/done") -> None:
    world.page(host, path, plain_page("提交成功", "您的申请已提交，正在审核中，请保持手机畅通。"))


def name_recipient(
    world: World, truth: Truth, host: str, recipient: str, *, what: str = "手机号、姓名"
) -> None:
    """The agreement of `host` names who is sent what, with its site."""
    more = f"您单独同意将{what}提供给示例消费金融有限公司（网址 http://{recipient}）用于本次贷款审批，该公司不再向他人提供。"
    text = AGREEMENT.format(name="用户服务协议", company="示例科技有限公司")
    world.page(host, "/agreement", text.replace("</p></body>", f"{more}</p></body>"))
    truth.named |= {recipient}


def honest(world: World, rng: random.Random) -> Truth:
    """One company; the lender gets the data by its own page's form, after consent."""
    one, lender = draw_hosts(rng, 2)
    truth = begin_story(world, rng, one)
    form = Form(
        ("mobile", "name"),
        "/apply",
        box=rng.choice(("plain", "drawn")),
        extras=tuple(rng.sample(("select", "radio", "slider", "chips"), 2)),
        submit_check=rng.choice(("alert", "toast")),
    )
    form.leaks.append(
        place_leak(world, truth, Leak("h1", "mobile", "submit", "xhr", "plain", lender))
    )
    form.submit_check = "alert"
    name_recipient(world, truth, one, lender)
    world.page(one, "/", form_page(rng, form))
    go = f"<a href='{world.url(lender, '/welcome')}'>前往示例消费金融有限公司</a>"
    world.page(one, "/apply", plain_page("已为您匹配", "示例消费金融有限公司", go))
    world.page(lender, "/welcome", plain_page("申请已提交", "感谢您的申请，正在审核中。"))
    truth.hops = {(one, lender)}
    return truth


def nested(world: World, rng: random.Random) -> Truth:
    """A chain: redirect, meta refresh, script; the number travels in the address."""
    one, hop, two, three = draw_hosts(rng, 4)
    truth = begin_story(world, rng, one)
    form = Form(("mobile", "name"), "/go", box="plain", go="form")
    world.page(one, "/", form_page(rng, form))

    def forward(got: Got) -> Reply:
        values = [v[0] for v in parse_qs(got.body.decode()).values()]
        number = next(v for v in values if v.startswith("199"))
        return Reply("", 302, headers={"Location": world.url(hop, f"/t?m={number}&z=1")})

    def onward(got: Got) -> Reply:
        return Reply(
            "", 302, headers={"Location": world.url(two, "/land?" + got.path.partition("?")[2])}
        )

    world.page(one, "/go", forward)
    world.page(hop, "/t", onward)
    wait = rng.choice((1, 2))
    target = world.url(three, "/x")
    jump = (
        f"<meta http-equiv='refresh' content='{wait};url={target}'>"
        if rng.random() < 0.5
        else f"<script>setTimeout(()=>location.replace('{target}'),{wait * 700})</script>"
    )
    world.page(two, "/land", plain_page("正在为您匹配", "请稍候…", jump))
    world.page(three, "/x", plain_page("审核中", "正在审核，请保持电话畅通"))
    truth.hops = {(one, hop), (hop, two), (two, three)}
    truth.direct = [(hop, "/t", "mobile", False), (two, "/land", "mobile", False)]
    return truth


def typing(world: World, rng: random.Random) -> Truth:
    """Trackers get each field while it is typed or left."""
    one, *others = draw_hosts(rng, 4)
    truth = begin_story(world, rng, one)
    fields = ("mobile", "name", "idno")
    form = Form(fields, "/done", box=rng.choice(("plain", "drawn", "press")))
    for number, code in enumerate(fields):
        leak = Leak(
            f"t{number}",
            code,
            rng.choice(("blur", "input")),
            rng.choice(CHANNELS),
            rng.choice(("plain", "b64", "md5")),
            rng.choice(others),
        )
        form.leaks.append(place_leak(world, truth, leak))
    world.page(one, "/", form_page(rng, form))
    done_page(world, one)
    truth.violation = True
    return truth


def codes(world: World, rng: random.Random) -> Truth:
    """Each field goes to its own recipient in its own disguise, before or after."""
    one, *others = draw_hosts(rng, 6)
    truth = begin_story(world, rng, one)
    fields = ("name", "mobile", "idno", "email")
    form = Form(fields, "/done", extras=("code", "hidden"))
    for number, host in enumerate(others):
        code = rng.choice(CODES)
        what = "mobile" if code in {"mask", "first8md5"} else rng.choice(fields)
        when = (
            rng.choice(("blur", "submit", "code"))
            if what == "mobile"
            else rng.choice(("blur", "submit"))
        )
        leak = Leak(f"e{number}", what, when, rng.choice(CHANNELS), code, host)
        form.leaks.append(place_leak(world, truth, leak))
    world.page(one, "/", form_page(rng, form))
    done_page(world, one)
    truth.violation = any(each.when != "submit" for each in form.leaks)
    return truth


def windows(world: World, rng: random.Random) -> Truth:
    """A popup, a frame of another company, and a socket."""
    one, framed, popped, socket = draw_hosts(rng, 4)
    truth = begin_story(world, rng, one)
    form = Form(("mobile", "name"), world.url(popped, "/in"), go="popup")
    form.leaks.append(
        place_leak(world, truth, Leak("w1", "mobile", "submit", "frame", "b64", framed))
    )
    form.leaks.append(
        place_leak(world, truth, Leak("w2", "name", "blur", "socket", "plain", socket))
    )
    world.page(one, "/", form_page(rng, form))
    more = Form(("idno",), "/done", title="完善资料")
    world.page(popped, "/in", form_page(rng, more))
    world.page(popped, "/agreement", AGREEMENT.format(name="用户服务协议", company="示例小贷"))
    done_page(world, popped)
    truth.hops = {(one, popped), (one, framed)}
    truth.direct = [(popped, "/in", "mobile", False), (popped, "/in", "name", False)]
    truth.violation = True
    return truth


def fanout(world: World, rng: random.Random) -> Truth:
    """One press, many recipients."""
    one, *others = draw_hosts(rng, 6)
    truth = begin_story(world, rng, one)
    form = Form(("mobile", "name", "idno"), "/done", box=rng.choice(("plain", "press", "ticked")))
    truth.dark = frozenset({"preticked_consent"} if form.box == "ticked" else ())
    for number, host in enumerate(others):
        for code in rng.sample(("mobile", "name", "idno"), 2):
            leak = Leak(
                f"f{number}{code}",
                code,
                "submit",
                rng.choice(CHANNELS),
                rng.choice(CODES[:6]),
                host,
            )
            form.leaks.append(place_leak(world, truth, leak))
    world.page(one, "/", form_page(rng, form))
    done_page(world, one)
    return truth


def behind(world: World, rng: random.Random) -> Truth:
    """The first company passes the number on behind the page; the next one shows it."""
    one, next_host = draw_hosts(rng, 2)
    truth = begin_story(world, rng, one)
    kept: dict[str, str] = {}

    def take(got: Got) -> Reply:
        values = [v[0] for v in parse_qs(got.body.decode()).values()]
        kept["mobile"] = next(v for v in values if v.startswith("199"))
        return Reply("", 302, headers={"Location": world.url(next_host, "/offer?t=ab12")})

    def offer(got: Got) -> Reply:
        number = kept["mobile"]
        shown = rng.choice((number, number[:3] + "****" + number[7:]))
        return Reply(plain_page("额度审批", f"尊敬的 {shown} 用户，正在审核中"))

    world.page(one, "/", form_page(rng, Form(("mobile", "name"), "/take")))
    world.page(one, "/take", take)
    world.page(next_host, "/offer", offer)
    truth.hops = {(one, next_host)}
    truth.inferred = {(next_host, "mobile")}
    return truth


def hidden_ways(world: World, rng: random.Random) -> Truth:
    """Unload beacons, a SharedWorker, a pressed-but-unticked box."""
    one, a, b, c = draw_hosts(rng, 4)
    truth = begin_story(world, rng, one)
    form = Form(("mobile", "name"), "/done", submit_check="leak")
    form.leaks.append(
        place_leak(world, truth, Leak("u1", "mobile", "unload", "beacon", "plain", a))
    )
    form.leaks.append(place_leak(world, truth, Leak("u2", "name", "blur", "shared", "plain", b)))
    form.leaks.append(place_leak(world, truth, Leak("u3", "mobile", "refused", "blob", "b64", c)))
    world.page(one, "/", form_page(rng, form))
    shared = "onconnect=e=>{e.ports[0].onmessage=m=>fetch(m.data[0],{method:'POST',body:m.data[1],mode:'no-cors'})}"
    world.page(one, "/shared.js", Reply(shared, kind="text/javascript"))
    done_page(world, one)
    truth.violation = True
    return truth


def widgets(world: World, rng: random.Random) -> Truth:
    """Every kind of input, a code, two pages; the agreement names who is sent the form."""
    one, two = draw_hosts(rng, 2)
    truth = begin_story(world, rng, one)
    name_recipient(world, truth, one, two, what="姓名、身份证号")
    first = Form(("mobile",), "/more", extras=("code",), box="drawn")
    world.page(one, "/", form_page(rng, first))
    second = Form(
        ("name", "idno"),
        world.url(two, "/end"),
        extras=("select", "radio", "slider", "chips", "picker"),
        box="plain",
        go="form",
    )
    world.page(one, "/more", form_page(rng, second))
    world.page(
        two,
        "/end",
        plain_page(
            "绑定银行卡",
            "请填写",
            "<p><label>银行卡号<input name='card'></label></p><button>提交</button>",
        ),
    )
    truth.hops = {(one, two)}
    truth.direct = [(two, "/end", "name", False), (two, "/end", "idno", False)]
    return truth


STORIES: dict[str, Callable[[World, random.Random], Truth]] = {
    "honest": honest,
    "nested": nested,
    "typing": typing,
    "codes": codes,
    "windows": windows,
    "fanout": fanout,
    "behind": behind,
    "hidden_ways": hidden_ways,
    "widgets": widgets,
}
