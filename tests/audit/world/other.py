# ruff: noqa: E501 - lines of HTML; drawn by seed
"""Stories no heuristic was written for: whole redraws, drawn lists, split forms, accordions.

Class names say nothing, labels are few or English, consent is worded in other ways.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable

from tests.audit.world.serving import Reply, World
from tests.audit.world.stories import Truth, begin_story, draw_hosts
from tests.audit.world.strange import ASK, chain_end, draw_leaks, draw_words, page_of

ENGLISH = {
    "mobile": ("Phone", "Your mobile number", "Tel", "Cell phone"),
    "name": ("Full name", "Your name", "Real name"),
    "idno": ("ID No.", "ID card number", "Citizen ID"),
    "email": ("E-mail", "Email address"),
}
PORTAL = {"BRAND", "DOC", "MISS", "REFUSE"}
NO = ("再考虑一下", "先不了", "返回修改", "取消")


def names_of(rng: random.Random, key: str) -> str:
    return rng.choice((*ASK[key], *ENGLISH[key]))


def rerender(world: World, rng: random.Random) -> Truth:
    """A framework that draws everything anew at every key; routes behind the hash."""
    one, other, end = draw_hosts(rng, 3)
    truth = begin_story(world, rng, one)
    keys = ["mobile", "name", "idno"]
    rng.shuffle(keys)
    cut = rng.choice((1, 2, 3))
    steps = [each for each in (keys[:cut], keys[cut:]) if each]
    rows = [(key, rng.choice(("blur", "submit")), other) for key in keys[:2]]
    leaks = draw_leaks(world, truth, rng, rows)
    body = page_of(
        "rerender",
        leaks,
        **draw_words(rng),
        FIELDS=json.dumps({key: names_of(rng, key) for key in keys}, ensure_ascii=False),
        STEPS=json.dumps(steps),
        WAIT=rng.choice((50, 600, 1500)),
        NEXT=chain_end(world, truth, rng, end),
    )
    world.page(one, "/", body)
    truth.hops = {(one, end)}
    return truth


def dropdowns(world: World, rng: random.Random) -> Truth:
    """Lists drawn over the page, a button without words, an authority to be scrolled and waited for."""
    one, other, end = draw_hosts(rng, 3)
    truth = begin_story(world, rng, one)
    when = rng.choice(("blur", "submit"))
    leaks = draw_leaks(world, truth, rng, [("mobile", when, other), ("name", "submit", other)])
    keys = ["mobile", "name"]
    rng.shuffle(keys)
    rows = "".join(
        f'<div class="qx"><input data-p="{key}" id="_{n}" placeholder="{names_of(rng, key)}" style="border:0;width:90%"></div>'
        for n, key in enumerate(keys)
    )
    company = "示例科技有限公司"
    if other in truth.named:
        company = f"接收您信息的示例消费金融有限公司（网址 http://{other}）"
    body = page_of(
        "dropdowns",
        leaks,
        **draw_words(rng),
        ROWS=rows,
        LABEL=rng.choice(("", "提交", "apply")),
        AGREE=rng.choice(("同意并继续", "我已阅读并同意", "接受并提交")),
        NO=rng.choice(("不同意", "暂不授权")),
        COUNT=rng.choice((2, 4)),
        COMPANY=company,
        WAIT=rng.choice((100, 900)),
        NEXT=chain_end(world, truth, rng, end),
    )
    world.page(one, "/", body)
    truth.hops = {(one, end)}
    return truth


def split(world: World, rng: random.Random) -> Truth:
    """The inputs in a frame, the button a picture outside it, a question before it goes."""
    one, other, end = draw_hosts(rng, 3)
    truth = begin_story(world, rng, one)
    keys = ["mobile", "name", "idno"]
    rng.shuffle(keys)
    leaks = draw_leaks(world, truth, rng, [(keys[0], rng.choice(("blur", "submit")), other)])
    rows = "".join(
        f"<div><small>{names_of(rng, key)}</small><br><input data-p={key}></div>" for key in keys
    )
    words = draw_words(rng)
    button = rng.choice(
        (
            "<input type='image' id='b' alt='' width='300' height='46' src='/none.gif'>",
            f"<a id='b' href='#'><img alt='{words['GO1']}' width='300' height='46' src='/none.gif'></a>",
            "<div id='b' style='width:300px;height:46px;background:#e30;border-radius:23px;text-align:center;line-height:46px;color:#fff'>GO ›</div>",
        )
    )
    body = page_of(
        "split",
        leaks,
        **words,
        BUTTON=button,
        PRESS=rng.choice(
            (
                "继续操作即表明您已阅读并接受",
                "轻触按钮，视为您认可并同意",
                "申请即代表您已充分阅读、理解并接受",
            )
        ),
        SURE=rng.choice(("确认提交您的资料？", "资料提交后不可修改，是否继续？")),
        NO=rng.choice(NO),
        YES=rng.choice(("确认提交", "是的，继续", "没问题")),
        TARGET=rng.choice(("_self", "_blank", "_top")),
        WAIT=rng.choice((200, 1200)),
        NEXT=chain_end(world, truth, rng, end),
    )
    world.page(one, "/", body)
    world.page(one, "/inner", page_of("inner", [], ROWS=rows).replace("%%LIB%%", ""))
    truth.hops = {(one, end)}
    return truth


def accordion(world: World, rng: random.Random) -> Truth:
    """Sections that open one after another, a switch for consent, a count before and after it."""
    one, other, end = draw_hosts(rng, 3)
    truth = begin_story(world, rng, one)
    keys = ["mobile", "name", "idno", "email"]
    rng.shuffle(keys)
    rows = [(keys[0], rng.choice(("blur", "submit")), other), (keys[3], "submit", other)]
    leaks = draw_leaks(world, truth, rng, rows)

    def row(key: str) -> str:
        said = names_of(rng, key)
        return rng.choice(
            (
                f"<p>{said}<br><input data-p='{key}'></p>",
                f"<p><input data-p='{key}' aria-label='{said}'></p>",
                f"<dl><dt>{said}</dt><dd><input data-p='{key}'></dd></dl>",
            )
        )

    body = page_of(
        "accordion",
        leaks,
        **draw_words(rng),
        ROWS1="".join(row(key) for key in keys[:2]),
        ROWS2="".join(row(key) for key in keys[2:]),
        KEYS=json.dumps([keys[:2], keys[2:]]),
        T1="基本信息",
        T2="补充信息",
        T3="确认",
        COUNT=rng.choice((3, 5)),
        SURE="确认提交？",
        MATCH=rng.choice(("正在为您匹配", "额度计算中")),
        WAITS=rng.choice((3, 8, 12)),
        NEXT=chain_end(world, truth, rng, end),
    )
    world.page(one, "/", body)
    world.page(one, "/api", lambda got: Reply('{"ok":1}', kind="application/json"))
    truth.hops = {(one, end)}
    return truth


def sheet(world: World, rng: random.Random) -> Truth:
    """A card that opens a sheet, a number set in groups, a ring for a box, an arrow for a button."""
    one, other, end = draw_hosts(rng, 3)
    truth = begin_story(world, rng, one)
    when = rng.choice(("leave", "submit"))
    rows = [("mobile", when, other), (rng.choice(("name", "idno")), "submit", other)]
    leaks = draw_leaks(world, truth, rng, rows)
    truth.violation = when == "leave"
    body = page_of(
        "sheet",
        leaks,
        **draw_words(rng),
        NAME1=rng.choice(("随心借", "快用金", "示例现金贷")),
        NAME2=rng.choice(("大额分期", "车主贷")),
        L1=names_of(rng, "mobile"),
        L2=names_of(rng, "name"),
        L3=names_of(rng, "idno"),
        ARIA=rng.choice(("", "下一步", "go")),
        DONE=rng.choice(("正在打开新页面…", "已在新窗口打开")),
        WAIT=rng.choice((100, 1200)),
        NEXT=chain_end(world, truth, rng, end),
    )
    world.page(one, "/", body)
    truth.hops = {(one, end)}
    return truth


def portal(world: World, rng: random.Random) -> Truth:
    """A log-in that opens on its password side, consent as a choice of two, a bar that fills up."""
    one, other, end = draw_hosts(rng, 3)
    truth = begin_story(world, rng, one)
    when = rng.choice(("leave", "never"))
    rows = [("name", "submit", other), ("idno", "submit", other)]
    rows += [("mobile", "leave", other)] if when == "leave" else []
    leaks = draw_leaks(world, truth, rng, rows)
    truth.violation = when == "leave"
    words = {each: text for each, text in draw_words(rng).items() if each in PORTAL}
    body = page_of(
        "portal",
        leaks,
        **words,
        TAB1=rng.choice(("密码登录", "账号密码登录")),
        TAB2=rng.choice(("验证码登录", "短信快捷登录", "免密登录")),
        HINT=rng.choice(ASK["mobile"]),
        GETCODE=rng.choice(("获取验证码", "发送验证码")),
        LOGIN=rng.choice(("登录", "登 录", "立即登录")),
        TITLE=rng.choice(("实名认证", "完善资料")),
        L1=names_of(rng, "name"),
        L2=names_of(rng, "idno"),
        GO=rng.choice(("提交", "下一步", "确认")),
        MATCH=rng.choice(("正在为您评估额度", "智能匹配中，请耐心等待")),
        STEP=rng.choice((4, 10)),
        NEXT=chain_end(world, truth, rng, end),
    )
    world.page(one, "/", body)
    truth.hops = {(one, end)}
    return truth


def sealed(world: World, rng: random.Random) -> Truth:
    """A form in a shadow root that is shut, a list without handlers of its own."""
    one, other, end = draw_hosts(rng, 3)
    truth = begin_story(world, rng, one)
    keys = ["mobile", "name", "idno"]
    rng.shuffle(keys)
    when = rng.choice(("leave", "submit"))
    leaks = draw_leaks(world, truth, rng, [(keys[0], when, other), (keys[1], "submit", other)])
    truth.violation = when == "leave"
    rows = "".join(
        f'<div class="w"><input data-k="{key}" placeholder="{names_of(rng, key)}"></div>'
        for key in keys
    )
    words = {each: text for each, text in draw_words(rng).items() if each != "GO2"}
    body = page_of(
        "sealed",
        leaks,
        **words,
        ROWS=rows,
        KEYS=json.dumps(keys),
        PICK=rng.choice(("请选择职业", "职业类型", "请选择您的职业")),
        ITEMS="<li>上班族</li><li>个体经营</li><li>自由职业</li>",
        WAIT=rng.choice((100, 1000)),
        NEXT=chain_end(world, truth, rng, end),
    )
    world.page(one, "/", body)
    truth.hops = {(one, end)}
    return truth


OTHER: dict[str, Callable[[World, random.Random], Truth]] = {
    "rerender": rerender,
    "dropdowns": dropdowns,
    "split": split,
    "accordion": accordion,
    "sheet": sheet,
    "portal": portal,
    "sealed": sealed,
}
