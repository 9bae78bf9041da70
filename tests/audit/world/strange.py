# ruff: noqa: E501 - lines of HTML and script; drawn by seed
"""Stories in other hands' styles: mobile frameworks, old tables, chat, cards, keypads, elements.

Each page is a template under `strange/`; labels, hosts, order, timing and leaks are drawn by lot.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from pathlib import Path

from tests.audit.world.pages import CODES, SCRIPT, Leak, plain_page
from tests.audit.world.serving import Got, Reply, World
from tests.audit.world.stories import (
    Truth,
    begin_story,
    done_page,
    draw_hosts,
    name_recipient,
    place_leak,
)

FOLDER = Path(__file__).with_name("strange")
BRANDS = ("及时雨", "小满钱包", "样本花", "示例借条", "易周转", "好借速达", "青禾分期")
ASK = {
    "mobile": (
        "手机号",
        "手机号码",
        "您的电话",
        "移动电话",
        "联系方式",
        "接收通知的号码(11位)",
        "常用手机",
    ),
    "name": ("姓名", "怎么称呼您", "真实姓名", "办理人姓名", "您的大名", "户主姓名"),
    "idno": ("身份证号", "证件号码", "二代身份证", "18位身份证号码", "居民身份证"),
    "email": ("电子邮箱", "常用邮箱", "E-mail"),
}
TOKENS = {
    "mobile": ("sjh", "mobile", "tel", "phone_num", "lxdh"),
    "name": ("xm", "userName", "realname", "khxm"),
    "idno": ("sfz", "sfzh", "id_card", "zjhm"),
}
CONSENT = (
    "我已阅读并同意",
    "本人已充分知悉并授权",
    "勾选即代表同意",
    "已阅读、理解并接受",
    "我同意",
)
REFUSE = ("请先阅读并同意相关协议", "请勾选下方协议", "您还未同意《协议》", "请同意授权后继续")
DOCS = ("个人信息授权书", "用户注册协议", "隐私保护政策", "信息查询及使用授权书")
GO = (
    "立即借款",
    "下一步",
    "马上申请",
    "我要用钱",
    "查看可借额度",
    "继续",
    "一键测额",
    "开始申请",
    "确认并提交",
)
_COMPANY = ("示例科技有限公司", "示例科技有限公司及接收您信息的示例消费金融有限公司（网址 {}）")
CHANNELS = ("img", "fetch", "beacon", "xhr", "keepalive", "blob", "worker", "script")


def page_of(name: str, leaks: list[Leak], **values: object) -> str:
    """The template with its places filled; an unfilled place is an error."""
    rows = json.dumps([{**leak.__dict__, "full": 999} for leak in leaks], ensure_ascii=False)
    text = (FOLDER / f"{name}.html").read_text(encoding="utf-8")
    text = text.replace("%%LIB%%", f"<script>const LEAKS={rows};{SCRIPT}</script>")
    for key, value in values.items():
        text = text.replace(f"%%{key}%%", str(value))
    left = re.findall(r"%%[A-Z0-9]+%%", text)
    if left:
        raise KeyError(f"{name}: {sorted(set(left))}")
    return text


def draw_words(rng: random.Random) -> dict[str, str]:
    return {
        "BRAND": rng.choice(BRANDS),
        "DOC": rng.choice(DOCS),
        "CONSENT": rng.choice(CONSENT),
        "REFUSE": rng.choice(REFUSE),
        "GO1": rng.choice(GO),
        "GO2": rng.choice(GO),
        "MISS": rng.choice(("请填写完整信息", "信息不能为空", "请完善资料")),
    }


def draw_leaks(
    world: World, truth: Truth, rng: random.Random, rows: list[tuple[str, str, str]]
) -> list[Leak]:
    """`rows` are (field, when, host); the channel and the disguise are drawn."""
    made = []
    for number, (code, when, host) in enumerate(rows):
        disguise = rng.choice(
            [c for c in CODES if code == "mobile" or c not in {"mask", "first8md5"}]
        )
        channel = rng.choice(CHANNELS)
        leak = Leak(f"s{number}", code, when, channel, disguise, host)
        made.append(place_leak(world, truth, leak))
    truth.violation = any(when in {"blur", "input"} for _, when, _ in rows)
    if rng.random() < 0.5 and len({host for _, _, host in rows}) == 1:
        start = truth.start.partition("://")[2].partition(":")[0]
        name_recipient(world, truth, start, rows[0][2])
    return made


def chain_end(world: World, truth: Truth, rng: random.Random, host: str, *, via: str = "") -> str:
    """Where a flow goes on to: a last page, sometimes by a page that jumps on by itself."""
    done_page(world, host, "/over")
    last = world.url(host, "/over")
    if not via:
        return last
    jump = rng.choice((f"location.href='{last}'", f"location.replace('{last}')"))
    count = rng.choice((2, 3, 4))
    text = rng.choice(("正在为您跳转至合作机构页面", "授权成功后将进入下一机构", "资料同步中"))
    world.page(
        via,
        "/auth",
        page_of("auto", [], BRAND=rng.choice(BRANDS), TEXT=text, COUNT=count, JUMP=jump),
    )
    return world.url(via, "/auth")


def cells(world: World, rng: random.Random) -> Truth:
    """A framework's cells without labels or names, a picker, hash steps, buttons shut until valid."""
    one, other, via, end = draw_hosts(rng, 4)
    truth = begin_story(world, rng, one)
    words = draw_words(rng)
    keys = ["mobile", "name", "idno", "email"]
    rng.shuffle(keys)
    first, second = keys[:2], keys[2:]
    when = {key: rng.choice(("blur", "submit" if key in first else "final")) for key in keys}
    rows = [(key, when[key], other) for key in keys]
    leaks = draw_leaks(world, truth, rng, rows)

    def cell(key: str) -> str:
        label = rng.choice(ASK[key])
        return f"cell('{label}',input('{key}','{rng.choice(('请输入', '必填', '请如实填写'))}',RULES.{key}))"

    picks = [
        "pickCell('income','月收入',['5千以下','5千-1万','1万以上'])",
        "pickCell('fund','公积金',['有','无'])",
    ]
    body = page_of(
        "cells",
        leaks,
        **words,
        TITLE1="填写资料",
        TITLE2="完善信息",
        CELLS1=",".join(cell(key) for key in first),
        CELLS2=",".join([*(cell(key) for key in second), *rng.sample(picks, 2)]),
        KEYS1=json.dumps(first),
        KEYS2=json.dumps([*second, "income", "fund"]),
        NEXT=chain_end(world, truth, rng, end, via=via),
        WAIT=rng.choice((300, 1500, 3000)),
        DELAY=rng.choice((0, 400, 1200)),
    )
    world.page(one, "/", body)
    truth.hops = {(one, via), (via, end)}
    return truth


def tables(world: World, rng: random.Random) -> Truth:
    """A table page in GBK with pinyin names, cascading regions and a button that is a picture."""
    one, two, end = draw_hosts(rng, 3)
    truth = begin_story(world, rng, one)
    words = draw_words(rng)
    keys = ["mobile", "name", "idno"]
    rng.shuffle(keys)
    names = {key: rng.choice(TOKENS[key]) for key in keys}
    bare = rng.random() < 0.5

    def row(key: str) -> str:
        label = "" if bare and key != "idno" else rng.choice(ASK[key]) + "："
        return f'<tr><td align="right">{label}</td><td><input name="{names[key]}" size="20" data-p="{key}"></td></tr>'

    button = rng.choice(
        (
            f'<input type="image" alt="{words["GO1"]}" src="/none.gif" width="160" height="40">',
            f'<input type="submit" value="{words["GO1"]}">',
            f"<button><b>{words['GO1']}</b></button>",
        )
    )
    method = rng.choice(("get", "post"))
    next_url = world.url(two, "/cgi-bin/in.asp")
    leaks = draw_leaks(world, truth, rng, [("mobile", rng.choice(("blur", "submit")), end)])
    body = page_of(
        "tables",
        leaks,
        **{**words, "MISS": ""},
        TITLE1="贷款申请表",
        METHOD=method,
        NEXT=next_url,
        ROWS="".join(row(key) for key in keys),
        NAMES=json.dumps(list(names.values())),
        BUTTON=button,
    )
    world.page(one, "/", Reply(body.encode("gbk"), kind="text/html"))
    port = world.second_port()
    world.page(
        two, "/cgi-bin/in.asp", Reply("", 302, headers={"Location": f"http://{end}:{port}/r?s=1"})
    )
    world.page(end, "/r", plain_page("结果", "您的申请已受理，客户经理将在24小时内与您联系"))
    truth.hops = {(one, two), (two, end)}
    truth.direct = [(two, "/cgi-bin/in.asp", key, False) for key in keys]
    return truth


def codefirst(world: World, rng: random.Random) -> Truth:
    """The number first, an authority read to its end, six boxes for a code, no button after it."""
    one, other, end = draw_hosts(rng, 3)
    truth = begin_story(world, rng, one)
    six = rng.choice(
        ('<input maxlength="1" inputmode="numeric">', '<input type="tel" maxlength="1">')
    )
    leaks = draw_leaks(world, truth, rng, [("mobile", rng.choice(("blur", "submit")), other)])
    body = page_of(
        "codefirst",
        leaks,
        **draw_words(rng),
        TITLE1=rng.choice(("登录后查看额度", "欢迎", "手机号登录/注册")),
        HINT=rng.choice(("请输入手机号", "11位手机号码", "手机号未注册将自动注册")),
        GETCODE=rng.choice(("获取验证码", "下一步", "同意协议并登录")),
        SIX=six * 6,
        AGREE=rng.choice(("同意并继续", "我已阅读并同意", "同意授权")),
        COMPANY=_COMPANY[other in truth.named].format(other),
        COUNT=rng.choice((2, 4, 6)),
        NEXT=chain_end(world, truth, rng, end),
    )
    world.page(one, "/", body)
    truth.hops = {(one, end)}
    return truth


def retain(world: World, rng: random.Random) -> Truth:
    """An opening advertisement to sit out, and a pop-up that begs to stay."""
    one, other, end = draw_hosts(rng, 3)
    truth = begin_story(world, rng, one)
    leaks = draw_leaks(
        world,
        truth,
        rng,
        [("mobile", rng.choice(("blur", "submit")), other), ("name", "submit", other)],
    )
    words = draw_words(rng)
    body = page_of(
        "retain",
        leaks,
        **words,
        HINT1="请输入" + rng.choice(ASK["mobile"]),
        HINT2=rng.choice(ASK["name"]),
        PRESS=rng.choice(
            ("点击按钮即视为同意", "点击“申请”即表示您已阅读并同意", "提交即代表同意")
        ),
        COUNT=rng.choice((2, 3)),
        HOLD=rng.choice(("确定要离开吗？", "别走，专属优惠等您领取", "恭喜获得免息券")),
        STAY=rng.choice(("继续领取", "再想想", "立即领取", "开心收下")),
        COUPON=rng.choice((18, 66, 88)),
        NEXT=chain_end(world, truth, rng, end),
    )
    world.page(one, "/", body)
    truth.hops = {(one, end)}
    return truth


def chat(world: World, rng: random.Random) -> Truth:
    """A conversation: one input, a question at a time, chips for answers."""
    one, other, end = draw_hosts(rng, 3)
    truth = begin_story(world, rng, one)
    when = rng.choice(("input", "submit"))
    steps: list[dict[str, object]] = [
        {"key": "name", "ask": rng.choice(("请问您怎么称呼？", "请告诉我您的姓名"))},
        {
            "key": "mobile",
            "ask": rng.choice(("您的手机号是多少？", "请留下您的手机号码")),
            "re": "^1\\d{10}$",
        },
        {"key": "house", "ask": "您名下有房产吗？", "chips": ["有房", "无房"]},
    ]
    if rng.random() < 0.5:
        steps.reverse()
    for step in steps:
        step["leak"] = step["key"] == "mobile" and when == "input"
    doc = "<a href='/agreement'>《个人信息授权书》</a>"
    steps.append(
        {
            "key": "ok",
            "ask": f"点击下方按钮即表示您已阅读并同意{doc}",
            "chips": [rng.choice(("提交申请", "确认提交", "同意并提交"))],
            "end": True,
        }
    )
    leaks = draw_leaks(world, truth, rng, [("mobile", when, other)])
    body = page_of(
        "chat",
        leaks,
        BRAND=rng.choice(BRANDS),
        HINT=rng.choice(("请输入", "在此输入您的回答", "说点什么…")),
        STEPS=json.dumps(steps, ensure_ascii=False),
        HELLO="您好，我是您的借款小助手，最高可借20万。",
        DELAY=rng.choice((200, 600, 900)),
        NEXT=chain_end(world, truth, rng, end),
    )
    world.page(one, "/", body)
    truth.hops = {(one, end)}
    return truth


def cards(world: World, rng: random.Random) -> Truth:
    """A question a page, cards that go on by themselves, a drawn slider, regions in three taps."""
    one, other, end = draw_hosts(rng, 3)
    truth = begin_story(world, rng, one)
    order = ["house", "job", "amount", "region"]
    rng.shuffle(order)
    order.insert(rng.randrange(2, 5), "who")
    leaks = draw_leaks(
        world,
        truth,
        rng,
        [("mobile", rng.choice(("blur", "submit")), other), ("name", "submit", other)],
    )
    body = page_of(
        "cards",
        leaks,
        **{**draw_words(rng), "GO1": rng.choice(("下一步", "继续", "确定"))},
        ORDER=json.dumps(order),
        HOUSE=json.dumps(
            rng.choice((["有商品房", "无房"], ["有房产", "没有房产", "租房"])), ensure_ascii=False
        ),
        JOB=json.dumps(
            rng.choice((["上班族", "个体户", "企业主"], ["公务员", "自由职业", "学生"])),
            ensure_ascii=False,
        ),
        WHO=rng.choice(("最后一步，方便联系您", "您的联系信息")),
        HINT1=rng.choice(ASK["name"]),
        HINT2=rng.choice(ASK["mobile"]),
        DELAY=rng.choice((50, 400)),
        NEXT=chain_end(world, truth, rng, end),
    )
    world.page(one, "/", body)
    truth.hops = {(one, end)}
    return truth


def keypad(world: World, rng: random.Random) -> Truth:
    """A number typed on a drawn keypad, a name in an editable box, a picture for a button."""
    one, other, end = draw_hosts(rng, 3)
    truth = begin_story(world, rng, one)
    leaks = draw_leaks(
        world,
        truth,
        rng,
        [("mobile", rng.choice(("blur", "submit")), other), ("name", "blur", other)],
    )
    body = page_of(
        "keypad",
        leaks,
        **draw_words(rng),
        TITLE1="极速借款",
        HINT1=rng.choice(("请输入手机号", "点击输入手机号码", "您的手机号")),
        HINT2=rng.choice(("请输入姓名", "真实姓名")),
        OPEN=rng.choice(("", ",'noopener'")),
        NEXT=chain_end(world, truth, rng, end),
    )
    world.page(one, "/", body)
    truth.hops = {(one, end)}
    return truth


def elements(world: World, rng: random.Random) -> Truth:
    """Custom elements within custom elements; a form made at the last moment carries it all."""
    one, other, end = draw_hosts(rng, 3)
    truth = begin_story(world, rng, one)
    keys = ["mobile", "name", "idno"]
    rng.shuffle(keys)
    words = draw_words(rng)
    fields = "".join(f'<x-field data-k="{key}">{rng.choice(ASK[key])}</x-field>' for key in keys)
    inner = f'<h2>{words["BRAND"]}</h2>{fields}<x-check>{words["CONSENT"]}<a href="/agreement">《{words["DOC"]}》</a></x-check><div class="tip"></div><x-button>{words["GO1"]}</x-button>'
    leaks = draw_leaks(
        world, truth, rng, [(rng.choice(keys), rng.choice(("blur", "submit")), other)]
    )
    body = page_of(
        "elements",
        leaks,
        **words,
        INNER=json.dumps(inner, ensure_ascii=False),
        NEXT=world.url(end, "/in"),
    )
    world.page(one, "/", body)
    done_page(world, end, "/in")
    truth.hops = {(one, end)}
    truth.direct = [(end, "/in", key, False) for key in keys]
    return truth


def lazy(world: World, rng: random.Random) -> Truth:
    """A page that draws itself while it is scrolled; its button stays shut until all is done."""
    one, other, end = draw_hosts(rng, 3)
    truth = begin_story(world, rng, one)
    leaks = draw_leaks(
        world,
        truth,
        rng,
        [("idno", rng.choice(("blur", "submit")), other), ("mobile", "submit", other)],
    )
    words = draw_words(rng)
    body = page_of(
        "lazy",
        leaks,
        **words,
        TITLE1="申请资料",
        L1=rng.choice(ASK["mobile"]),
        L2=rng.choice(ASK["name"]),
        L3=rng.choice(ASK["idno"]),
        N1=rng.choice(TOKENS["mobile"]),
        N2=rng.choice(TOKENS["name"]),
        N3=rng.choice(TOKENS["idno"]),
        COMPANY=_COMPANY[other in truth.named].format(other),
        MATCH=rng.choice(("智能匹配", "风控评估中")),
        WAIT=rng.choice((1500, 4000, 5500)),
        NEXT=chain_end(world, truth, rng, end),
    )
    world.page(one, "/", body)
    world.page(one, "/api", lambda got: Reply('{"ok":1}', kind="application/json"))
    truth.hops = {(one, end)}
    return truth


def frameset(world: World, rng: random.Random) -> Truth:
    """A form in a frame in a frame, of another company, that moves the whole window on."""
    one, mid, inner, end = draw_hosts(rng, 4)
    truth = begin_story(world, rng, one)
    style = "border:0;width:100%;height:560px"
    world.page(
        one,
        "/",
        f"<!doctype html><meta charset=utf-8><h3>{rng.choice(BRANDS)}</h3><iframe style='{style}' src='{world.url(mid, '/a')}'></iframe>",
    )
    world.page(
        mid,
        "/a",
        f"<!doctype html><meta charset=utf-8><iframe style='{style}' src='{world.url(inner, '/b')}'></iframe>",
    )
    rows = "".join(
        f"<li>{rng.choice(ASK[key])}<br><input name={rng.choice(TOKENS[key])}></li>"
        for key in ("name", "mobile")
    )
    words = draw_words(rng)
    world.page(
        inner,
        "/b",
        f"<!doctype html><meta charset=utf-8><form target=_top method=post action='/b/take' onsubmit=\"if(!this.c.checked){{alert('{words['REFUSE']}');return false}}\"><ul>{rows}</ul><input type=checkbox name=c>{words['CONSENT']}<a href=/agreement>《{words['DOC']}》</a><p><input type=submit value='{words['GO1']}'></form>",
    )
    begin_story(world, rng, inner)

    def take(got: Got) -> Reply:
        return Reply("", 303, headers={"Location": chain_end(world, truth, rng, end)})

    world.page(inner, "/b/take", take)
    truth.hops = {(one, mid), (mid, inner), (inner, end)}
    truth.direct = [(inner, "/b/take", key, False) for key in ("name", "mobile")]
    truth.also = {(one, inner)}
    return truth


STRANGE: dict[str, Callable[[World, random.Random], Truth]] = {
    "cells": cells,
    "tables": tables,
    "codefirst": codefirst,
    "retain": retain,
    "chat": chat,
    "cards": cards,
    "keypad": keypad,
    "elements": elements,
    "lazy": lazy,
    "frameset": frameset,
}
