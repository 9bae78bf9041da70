"""Find the button that takes a borrower further, press it, and hear what comes of it."""

from __future__ import annotations

import re

from mingdai.audit.companies import bare_host
from mingdai.audit.visits import Link, Press
from mingdai.audit.walking.coding import CODE_BUTTON
from mingdai.audit.walking.handling import scroll_down, touch
from mingdai.audit.walking.listening import Heard, before, hear
from mingdai.audit.walking.reading import note_shown
from mingdai.audit.walking.scenes import Control, Scene
from mingdai.audit.walking.ticking import unticked
from mingdai.audit.walking.walker import Walker

_WORDS: tuple[tuple[int, re.Pattern[str]], ...] = tuple(
    (weight, re.compile(words, re.IGNORECASE))
    for weight, words in (
        (
            92,
            r"(立即|马上|一键|免费|在线|现在|快速|极速|我要|去).{0,3}(申请|借|贷|拿钱|办理)|apply",
        ),
        (
            90,
            r"(已阅读|同意|授权|确认|知晓).{0,8}(并|且|,|，)?.{0,3}(继续|提交|申请|下一步|领取|注册|登录|查看)",
        ),
        (88, r"下一步|下一页|继续|next|continue|proceed"),
        (87, r"提交|submit|发送申请"),
        (
            86,
            r"(领取|领|查看|获取|激活|测|查|提取|解锁|拿).{0,4}(额度|额|钱|结果|方案|资格|借款|现金)",
        ),
        (80, r"提现|借款|贷款|申请|借钱|用钱"),
        (78, r"^(我已)?同意|^授权|^agree|^accept"),
        (
            70,
            r"(去|立即|马上|现在|开始).{0,4}(认证|完善|填写|验证|开通|领取|体验|查看|匹配|使用|评估)|^开始|start",
        ),
        (62, r"^(确认|确定|好的|好|知道了|我知道了|完成|ok|收下|收到)$|确认.{0,6}$|我已.{0,6}"),
        (56, r"登录|注册|log ?in|sign ?(in|up)"),
        (46, r"查看|进入|打开|前往|点击|去看看|更多|view|open|enter|go\b"),
        (40, r"下载|安装|download"),
    )
)
_NEVER = re.compile(
    r"取消|返回|拒绝|离开|忍痛|狠心|不同意|暂不|不需要|放弃|关闭|退出|再想想|再看看|重置|清空|上一步|修改|客服|"
    r"联系我们|关于|帮助|举报|投诉|注销|分享|首页|语言|公告|撤回|删除|跳过|以后再说|稍后|^[×xX✕✖]$|"
    r"cancel|back\b|close|decline|reject|skip|later|logout",
    re.IGNORECASE,
)
_CROSS = re.compile(r"^[×xX✕✖]$|^关闭$")
_SHUT = re.compile(
    r"^[×xX✕✖]$|关闭|跳过|稍后|以后再说|再想想|再看看|暂不|不需要|取消|close|skip|later",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(r"《|协议$|政策$|条款$|授权书$|须知$|告知书$|声明$|合同$")
_PRESS_IS_CONSENT = re.compile(
    r"[^\n。；]{0,30}(点击|点按|按下|继续|提交|登录|注册|申请)[^\n。；]{0,24}(即|则|视为|表示|代表)[^\n。；]{0,10}"
    r"(同意|授权|阅读|知晓)[^\n]{0,160}"
)
_CONTACTS = re.compile(r"通讯录|通信录|联系人(权限|列表|信息)")
_SKIP = re.compile(r"跳过|暂不|以后再说|稍后|不允许|不授权|拒绝")
_TICKING = re.compile(
    r"^[（(]?-?\d+\s*(s|秒)?[)）]?$|^[（(]?-?\d+\s*(s|秒).{0,4}(重新|重发|再次|可重)", re.I
)
"""A button that only counts until a code may be asked for again."""
_MARKS = frozenset("○●◯◉☐☑□■✓✔")
_BY_CODE = re.compile(r"(验证码|短信|免密|快捷|动态码).{0,6}(登录|注册|登陆)|忘记密码.{0,2}验证码")
_LEAST = 12
_LATE_BEACON_MS = 1200
_LATEST_BEACON_MS = 3000
"""Pages that wait for a pause in typing before they send must get that pause before a press."""
_GAP = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
_COUNTDOWN = re.compile(r"\d+\s*(秒|s\b|S\b)|[（(]\s*\d+\s*[)）]")


def best_button(walker: Walker, scene: Scene) -> Control | None:
    """The button a person would press next, None where nothing invites."""
    skips = [b for b in scene.reachable if _SKIP.search(b.text("text"))]
    if skips and _CONTACTS.search(scene.cover or scene.text) and _is_new(walker, skips[0]):
        return skips[0]
    other_way = _way_without_password(walker, scene)
    if other_way is not None:
        return other_way
    ranked = sorted(
        ((score(walker, scene, each), -number) for number, each in enumerate(scene.buttons)),
        reverse=True,
    )
    if not ranked or ranked[0][0] < _LEAST:
        return None
    return scene.buttons[-ranked[0][1]]


def _way_without_password(walker: Walker, scene: Scene) -> Control | None:
    """Where a page wants a password nobody has: its way in by a code sent to the number, once."""
    wanted = [each for each in scene.controls if each.text("type") == "password"]
    if not any(each.flag("reach") and not each.text("value") for each in wanted):
        return None
    ways = [each for each in scene.reachable if _BY_CODE.search(each.text("text"))]
    return next((each for each in ways if _is_new(walker, each)), None)


def way_out_of_cover(walker: Walker, scene: Scene) -> Control | None:
    """What shuts the box lying over the page, where nothing in it leads on; once each."""
    if not scene.cover:
        return None
    shut = [b for b in scene.reachable if b.flag("modal") and _SHUT.search(b.text("text"))]
    shut = [b for b in shut if _is_new(walker, b)]
    return min(shut, key=lambda b: not _CROSS.search(b.text("text")), default=None)


def invites(text: str) -> int:
    """How strongly words on a button say that it leads on, 0 where they say nothing of it."""
    return next((weight for weight, words in _WORDS if words.search(text)), 0)


def score(walker: Walker, scene: Scene, button: Control) -> float:
    """How much a button looks like the way on; 0 or less is never pressed."""
    text = _GAP.sub("", button.text("text"))
    if not button.flag("reach") or _NEVER.search(text) or CODE_BUTTON.search(text):
        return 0
    if _TICKING.search(text) or _is_consent_line(button, text):
        return 0
    if button.kind == "link" and (_DOCUMENT.search(text) or button.flag("download")):
        return 0 if _DOCUMENT.search(text) else 30
    if _DOCUMENT.search(text) and len(text) < 40 and not re.search(r"同意|授权并|提交", text):
        return 0
    if re.match(r"(tel|sms|mailto):", button.text("href")):
        return 0
    worth = invites(text) or _unknown(button)
    times = walker.pressed[walker.number, button.key]
    if times and walker.number in walker.back:
        return 0
    worth -= 25 * times
    worth -= 12 if button.flag("disabled") else 0
    return worth + _bonus(scene, button)


def press(walker: Walker, scene: Scene, button: Control) -> Heard:
    """Wait for the page to fall silent, press, and say what came of it."""
    if _typed_since_last_press(walker):
        walker.rest(max(_LATE_BEACON_MS, walker.stir().last(_LATEST_BEACON_MS) + 200))
    walker.settle(1800)
    button = _again(walker, button)
    shown = note_shown(walker, scene, button)
    past = before(walker, scene)
    walker.pressed[walker.number, button.key] += 1
    host = bare_host(walker.page.url)
    walker.recorder.last_host = host or walker.recorder.last_host
    _note(walker, scene, button, shown)
    walker.chosen_at = 0
    touch(button)
    heard = hear(walker, past)
    walker.journal.outcome(heard.outcome, heard.words)
    return heard


def _is_consent_line(button: Control, text: str) -> bool:
    """A line such as ○ 我已阅读并同意《…》: pressing it ticks it and leads nowhere."""
    named = "《" in text and button.kind == "loose" and not button.flag("painted")
    return named or text[:1] in _MARKS


def _note(walker: Walker, scene: Scene, button: Control, shown: tuple[Link, ...]) -> None:
    """Write down the press with what it consents to: boxes, a sentence, a text shown beside it."""
    open_boxes = unticked(walker, scene)
    text = button.text("text") or "a button without words"
    found = _PRESS_IS_CONSENT.search(scene.text)
    sentence = " ".join(found[0].split()) if found else ""
    walker.journal.press(
        Press(
            walker.number,
            walker.journal.clock(),
            text,
            "agree" if re.search(r"同意|授权|agree", text) else "submit",
            unticked=open_boxes,
            by_press=sentence or (text if shown else ""),
            links=shown or tuple(link for link in scene.hrefs if _DOCUMENT.search(link.text)),
        )
    )
    walker.journal.step(walker.page, "press", f"pressed {text[:30]}{_about(open_boxes)}")


def _typed_since_last_press(walker: Walker) -> bool:
    typed = [each.at for each in walker.journal.typed if each.page == walker.number]
    pressed = [each.at for each in walker.journal.presses if each.page == walker.number]
    return bool(typed) and max(typed) > max(pressed, default=0.0)


def wait_until_open(walker: Walker, button: Control) -> bool:
    """A button that counts down, or waits for reading to the end: give it that; True if open."""
    for _ in range(10):
        scene = walker.scene()
        for look, index in scene.scrolls:
            scroll_down(look, index)
        found = [b for b in scene.buttons if _same(b, button)]
        if found and not found[0].flag("disabled"):
            return True
        if not found or not _COUNTDOWN.search(found[0].text("text") + scene.cover[-80:]):
            walker.pause(250)
            fresh = [b for b in walker.scene().buttons if _same(b, button)]
            return bool(fresh) and not fresh[0].flag("disabled")
        walker.pause(1000)
    return False


def _same(one: Control, other: Control) -> bool:
    bare = [_COUNTDOWN.sub("", each.text("text")).strip("（）() ") for each in (one, other)]
    return bare[0] == bare[1] and one.text("id") == other.text("id")


def _again(walker: Walker, button: Control) -> Control:
    """The same button after the page may have drawn itself anew."""
    fresh = [b for b in walker.scene().buttons if _same(b, button) and b.flag("reach")]
    near = sorted(fresh, key=lambda b: abs(b.size("top") - button.size("top")))
    return near[0] if near else button


def _unknown(button: Control) -> int:
    """A button whose words say nothing: still a button, unless it only looks like one."""
    if button.flag("guess"):
        return 0
    if button.text("type") == "submit" or (button.kind == "button" and button.size("form") >= 0):
        return 30
    if button.kind == "button":
        return 22
    if button.flag("picture") and not button.text("text"):
        return 15
    if button.kind == "loose":
        return 16 if button.flag("painted") and button.size("width") > 120 else 2
    return 10 if button.text("href") else 2


def _bonus(scene: Scene, button: Control) -> float:
    bonus = 8.0 if button.text("type") == "submit" else 0.0
    bonus += 5 if button.kind == "button" else 0
    bonus += 5 if button.flag("painted") else 0
    bonus += 20 if scene.cover and button.flag("modal") else 0
    bonus += 3 if button.size("width") > 180 else 0
    forms = {each.size("form") for each in scene.controls if each.kind == "field"} - {-1}
    bonus += 6 if button.size("form") in forms else 0
    return bonus - min(len(button.text("text")), 30) * 0.2


def _is_new(walker: Walker, button: Control) -> bool:
    return walker.pressed[walker.number, button.key] == 0


def _about(boxes: tuple[int, ...]) -> str:
    if not boxes:
        return ""
    return f" (box {', '.join(map(str, boxes))} left unticked)"
