"""How the codes of a visit and of its findings are called in a report.

A code that is not known here is shown as it is: new codes of the walker stay readable.
"""

from __future__ import annotations

import re

from mingdai.audit.detecting.identity import Kind
from mingdai.audit.reporting.wording import Words

_FIELDS = {
    Kind.NAME: ("姓名", "name"),
    Kind.MOBILE: ("手机号", "mobile"),
    Kind.ID_NUMBER: ("身份证号", "ID number"),
    Kind.EMAIL: ("邮箱", "e-mail"),
    Kind.ADDRESS: ("地址", "address"),
}
_HOW = {
    "open": ("打开", "opened"),
    "link": ("点击链接", "link"),
    "form": ("提交表单", "form"),
    "redirect": ("重定向", "redirect"),
    "popup": ("弹出新窗口", "popup"),
    "frame": ("内嵌页面", "frame"),
    "app": ("跳到应用", "app"),
    "script": ("脚本", "script"),
    "back": ("返回", "back"),
    "document": ("页面请求", "document"),
    "image": ("图片请求", "image"),
    "fetch": ("fetch 请求", "fetch"),
    "xhr": ("XHR 请求", "XHR"),
    "ping": ("信标", "beacon"),
    "beacon": ("信标", "beacon"),
    "websocket": ("WebSocket", "WebSocket"),
    "stylesheet": ("样式请求", "stylesheet"),
    "preflight": ("预检请求", "preflight"),
    "server": ("服务器之间转交", "server to server"),
    "unattributed": ("来源不明的请求", "unattributed request"),
    "empty": ("脚本请求", "script request"),
}
_DETAIL = {
    "http": ("HTTP 重定向", "HTTP redirect"),
    "meta refresh": ("页面自动刷新", "meta refresh"),
    "refresh header": ("刷新标头", "refresh header"),
    "script": ("脚本跳转", "script jump"),
    "script after a press": ("按下按钮后由脚本跳转", "script after a press"),
    "form GET": ("提交表单 GET", "form GET"),
    "form POST": ("提交表单 POST", "form POST"),
    "new tab": ("弹出新窗口", "new tab"),
}
_WHERE = {
    "host": ("主机名", "host name"),
    "path": ("网址路径", "path"),
    "query": ("网址参数", "query"),
    "fragment": ("网址片段", "fragment"),
    "header": ("请求头", "header"),
    "header name": ("请求头名称", "header name"),
    "cookie": ("Cookie", "cookie"),
    "body": ("请求体", "body"),
    "body part": ("表单分段", "body part"),
    "body part header": ("表单分段头", "body part header"),
    "websocket frame": ("WebSocket 帧", "WebSocket frame"),
    "answer": ("该主机的应答", "the host's answer"),
}
_FORMS = {
    "plain": ("明文", "in clear"),
    "formatted": ("换格式的明文", "reformatted"),
    "hash": ("哈希", "hash"),
    "mask": ("部分遮盖", "masked in part"),
    "disguised": ("变形", "disguised"),
    "first8": ("前八位", "first eight digits"),
    "hash of first8": ("前八位的哈希", "hash of the first eight digits"),
}
_PATTERNS = {
    "preticked_consent": ("预先勾选同意", "consent ticked in advance"),
    "bundled_consent": ("一次同意捆绑多家", "one consent for several companies"),
    "dead_agreement_link": ("协议链接打不开", "agreement link that leads nowhere"),
    "recipient_not_named": ("没有写明接收方", "recipient not named"),
    "forced_contacts_permission": ("强制索取通讯录", "contacts demanded"),
    "forced_loan_offer": ("强推贷款", "loan pushed on the visitor"),
}
_CHECKS = {
    "before_consent": ("同意之前外发", "sent before consent"),
    "undeclared_recipients": ("没有告知的接收方", "recipients nobody was told of"),
    "recipients_per_consent": ("每次同意的接收方", "recipients of each consent"),
    "reversible_hash": ("可还原的哈希", "a digest that can be undone"),
    "identity_in_url": ("身份写进网址", "identity in addresses"),
    "one_submit_many_recipients": ("一次提交，多家接收", "one submit, many recipients"),
    "server_side_forwarding": ("服务器之间转交", "passed on between servers"),
    "hops": ("被带过的公司", "companies passed through"),
    "agreement_missing": ("缺少协议", "agreement missing"),
    "catch_all_partners": ("笼统的“合作机构”", "catch-all “partners”"),
    "onward_sharing": ("允许再次提供", "onward sharing allowed"),
    "risk_shifting": ("风险转嫁给借款人", "risk shifted to the borrower"),
    "fields_beyond_necessary": ("超出必要范围的字段", "fields beyond the necessary"),
    "cost_claims": ("费用宣传与真实成本", "cost claims against true cost"),
    "app_permissions": ("应用权限", "app permissions"),
    "unlicensed_end": ("终点不在持牌名单", "end point not in the registry"),
    "contacts_demanded": ("索取通讯录", "address book demanded"),
    "forced_loan": ("强推贷款", "loan pushed on the visitor"),
    "capture_gaps": ("没有看到的", "what could not be seen"),
}
_STOPS = {
    "bank_card": ("页面要求填银行卡，走查从不填写", "the page asks for a bank card"),
    "face": ("页面要求人脸或证件照片", "the page asks for a face or a picture of a document"),
    "end": ("流程显示已完成", "the flow says it is finished"),
    "dead_end": ("页面上没有可以继续的入口", "nothing on the page leads on"),
    "loop": ("同一页面第三次出现", "the same page came back a third time"),
    "hops": ("达到跳转上限", "the limit of hops is reached"),
    "time": ("达到时间上限", "the limit of minutes is reached"),
    "captcha": ("页面要求人机验证", "the page asks for a puzzle made to keep machines out"),
    "otp": ("页面要求验证码而身份没有给出", "a one-time code is asked for and none was given"),
    "refused": ("下一个地址不在许可之内", "the guard refused the next address"),
    "app": ("流程跳出浏览器进入应用", "the flow leaves the browser for an app"),
    "download": ("流程以下载结束", "the flow ends in a download"),
    "unreachable": ("地址没有应答", "the address does not answer"),
    "script": ("脚本步骤已做完", "the script is finished"),
}
_STEPS = (
    (r"opened (.+)", r"打开 \1"),
    (r"filled (.+) \((.+?)\) by (\w+) with the planted value", r"在“\1”填入植入的 \2（依据 \3）"),
    (r"chose (.+) for (.+) by (\w+)", r"“\2”选择“\1”"),
    (r"pressed (.+) \(box (.+) left unticked\)", r"按下“\1”（同意框 \2 未勾选）"),
    (r"pressed (.+)", r"按下“\1”"),
    (r"the page said: (.+)", r"页面提示：\1"),
    (
        r"ticked box (\d+), because the page would not go on: (.+)",
        r"勾选同意框 \1（页面不勾不放行）：\2",
    ),
    (r"followed a new tab", r"跟到新窗口"),
    (r"went back to the tab behind", r"回到后面的窗口"),
    (r"read (.+)", r"阅读 \1"),
    (r"typed the one-time code.*", r"填入验证码"),
)


def field_name(field: str, kind: Kind, words: Words) -> str:
    """A planted field as people call it; its own name where its kind has none."""
    return words.choose(_FIELDS[kind]) if kind in _FIELDS else field


def way(how: str, detail: str, words: Words) -> str:
    """How somebody or something moved."""
    pair = _DETAIL.get(detail) or _HOW.get(how)
    return words.choose(pair) if pair else detail or how


def place(where: str, words: Words) -> str:
    """Where in a request it travelled."""
    return words.choose(_WHERE[where]) if where in _WHERE else where


def form(code: str, words: Words) -> str:
    """What was left of the value."""
    return words.choose(_FORMS[code]) if code in _FORMS else code


def pattern(code: str, words: Words) -> str:
    """A dark pattern in words."""
    return words.choose(_PATTERNS[code]) if code in _PATTERNS else code


def check(code: str, words: Words) -> str:
    """The matter a check looks at."""
    pair = _CHECKS.get(code) or _PATTERNS.get(code)
    return words.choose(pair) if pair else code


def stop(code: str, said: str, words: Words) -> str:
    """Why the walk ended."""
    return words.choose(_STOPS[code]) if code in _STOPS else said


def step(said: str, words: Words) -> str:
    """A line of the walk's log; the log itself is written in English."""
    if words.language == "en":
        return said
    for code, (zh, en) in _STOPS.items():
        if said == en or said.startswith(code + ":"):
            return zh
    for found, put in _STEPS:
        if re.fullmatch(found, said):
            return re.sub(found, put, said)
    return said
