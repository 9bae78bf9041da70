# ruff: noqa: E501 - lines of HTML and script
"""Dark patterns and their honest twins: each story draws one variety of one name by lot.

A twin looks alike and is clean.  `python -m tests.audit.world.measuring --stories preticked` walks
them; the variety drawn is `Truth.variety`.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from tests.audit.world.consenting import (
    AGREE,
    KINDS,
    OTHERS,
    OWN,
    Sheet,
    agreement_page,
    agreement_text,
    box,
    sheet_page,
)
from tests.audit.world.pages import CODES, Leak, plain_page
from tests.audit.world.serving import Reply, World
from tests.audit.world.stories import Truth, begin_story, done_page, draw_hosts, place_leak

Variety = Callable[["Scene"], None]


class Scene:
    """One story being set up: its hosts, its words, its truth."""

    def __init__(self, world: World, rng: random.Random) -> None:
        self.world, self.rng = world, rng
        self.one, self.two, self.three = draw_hosts(rng, 3)
        self.truth = begin_story(world, rng, self.one)
        self.own = rng.choice(OWN)
        self.others = rng.sample(OTHERS, 5)
        self.kind = rng.choice(KINDS)
        self.agree = rng.choice(AGREE)
        self.doc = rng.choice(("用户服务协议", "个人信息授权书", "隐私政策", "综合授权协议"))
        world.page(self.one, "/agreement", agreement_page(self.doc, self.own))
        done_page(world, self.one)

    def link(self, href: str = "/agreement", more: str = "", doc: str = "") -> str:
        return f'<a href="{href}" {more}>《{doc or self.doc}》</a>'

    def line(self, words: str = "", *, ticked: bool = False) -> str:
        return box(self.kind, words or self.agree + self.link(), ticked=ticked)

    def home(self, sheet: Sheet) -> None:
        self.world.page(self.one, "/", sheet_page(self.rng, sheet))

    def leak(self, name: str, code: str, host: str) -> Leak:
        disguise = self.rng.choice([c for c in CODES if c not in {"mask", "first8md5"}])
        channel = self.rng.choice(("fetch", "beacon", "xhr", "img", "keepalive"))
        leak = Leak(name, code, "submit", channel, disguise, host)
        return place_leak(self.world, self.truth, leak)


def _story(dark: str, varieties: dict[str, Variety]) -> Callable[[World, random.Random], Truth]:
    def set_up(world: World, rng: random.Random) -> Truth:
        scene = Scene(world, rng)
        name = rng.choice(list(varieties))
        return _set(scene, dark, name, varieties)

    return set_up


def _set(scene: Scene, dark: str, name: str, varieties: dict[str, Variety]) -> Truth:
    truth = scene.truth
    truth.dark = frozenset({dark} if dark else ())
    varieties[name](scene)
    truth.variety = f"{name}, {scene.kind}"
    truth.verdict = "fail" if truth.dark else "pass"
    truth.violation = bool(truth.dark)
    return truth


# --- preticked_consent ---------------------------------------------------------------------------


def _ticked(s: Scene) -> None:
    s.home(Sheet(consent=s.line(ticked=True)))


def _ticked_by_script(s: Scene) -> None:
    s.kind = s.rng.choice(("wrap", "for", "hidden"))
    s.home(Sheet(consent=s.line(), after="<script>setTimeout(()=>{c.checked=true},400)</script>"))


def _ticked_by_input(s: Scene) -> None:
    s.kind = s.rng.choice(("wrap", "for"))
    s.home(
        Sheet(
            consent=s.line(),
            after="<script>document.addEventListener('input',e=>{if(e.target.dataset.p)c.checked=true})</script>",
        )
    )


def _ticked_below(s: Scene) -> None:
    gap = "<div style='height:900px'>产品介绍</div>"
    s.home(Sheet(consent="", after=gap + s.line(ticked=True)))


def _one_of_two_ticked(s: Scene) -> None:
    first = (
        "<p><label><input type='checkbox' id='first'> 同意《营销信息推送授权》（可选）</label></p>"
    )
    s.home(Sheet(consent=first + s.line(ticked=True)))


def _remember(s: Scene) -> None:
    s.home(
        Sheet(
            consent="<p><label><input type='checkbox' checked> 记住手机号，下次免输入</label></p>"
            + s.line()
        )
    )


def _decorated(s: Scene) -> None:
    s.home(
        Sheet(
            before="<ul><li>✓ 安全加密</li><li>✓ 额度透明</li><li>☑ 持牌机构放款</li></ul>",
            consent=s.line(),
        )
    )


def _by_press(s: Scene) -> None:
    words = s.rng.choice(("点击按钮即表示您已阅读并同意", "点击“提交”视为同意", "继续即代表您同意"))
    s.home(Sheet(consent=f"<p>{words}{s.link()}</p>"))


def _agreed_in_dialog(s: Scene) -> None:
    dialog = f"<div id='d' style='display:none;position:fixed;inset:0;background:#fff;z-index:9;overflow:auto'>{agreement_text(s.doc, s.own)}<button onclick=\"d.style.display='none';c.checked=true\">同意并继续</button> <button onclick=\"d.style.display='none'\">不同意</button></div>"
    s.kind = s.rng.choice(("wrap", "for"))
    s.home(
        Sheet(consent=s.line(), after=dialog, check="if(!AGREED()){d.style.display='block';return}")
    )


def _plain_box(s: Scene) -> None:
    s.home(Sheet(consent=s.line()))


def _gender_ticked(s: Scene) -> None:
    s.home(
        Sheet(
            before="<p>性别 <label><input type='radio' name='xb' checked>男</label><label><input type='radio' name='xb'>女</label></p>",
            consent=s.line(),
        )
    )


# --- bundled_consent -----------------------------------------------------------------------------


def _names_in_line(s: Scene) -> None:
    names = "、".join(s.others[: s.rng.choice((2, 3, 5))])
    s.home(Sheet(consent=s.line(f"{s.agree}{s.link()}，并同意将信息提供给{names}")))


def _names_in_text(s: Scene) -> None:
    names = "、".join(s.others[:3])
    s.world.page(
        s.one,
        "/agreement",
        agreement_page(
            s.doc,
            s.own,
            f"三、您同意我们将您的姓名、手机号提供给以下机构：{names}，由其为您提供贷款服务。",
        ),
    )
    s.home(Sheet(consent=s.line()))


def _many_agreements(s: Scene) -> None:
    links = ""
    for number, name in enumerate(s.others[:3]):
        s.world.page(
            s.one,
            f"/a{number}",
            agreement_page(
                f"{name}个人信息授权书", name, f"您授权{name}获取并处理您的姓名、手机号。"
            ),
        )
        links += s.link(f"/a{number}", doc=f"{name}个人信息授权书")
    s.home(Sheet(consent=s.line(s.agree + s.link() + links)))


def _press_for_all(s: Scene) -> None:
    names = "、".join(s.others[:4])
    s.home(Sheet(consent=f"<p>点击按钮即视为您同意{s.link()}并授权{names}获取您的信息</p>"))


def _list_page(s: Scene) -> None:
    rows = "".join(
        f"<tr><td>{name}</td><td>姓名、手机号</td><td>贷款审批</td></tr>" for name in s.others
    )
    s.world.page(
        s.one,
        "/list",
        f"<!doctype html><meta charset='utf-8'><h2>合作机构清单</h2><table><tr><th>接收方</th><th>信息</th><th>目的</th></tr>{rows}</table><p>您同意上述机构共同获取您的个人信息。</p>",
    )
    s.home(Sheet(consent=s.line(s.agree + s.link() + s.link("/list", doc="合作机构信息共享清单"))))


def _one_named(s: Scene) -> None:
    name = s.others[0]
    s.home(
        Sheet(consent=s.line(f"{s.agree}{s.link()}，并同意将手机号提供给{name}用于本次贷款审批"))
    )


def _own_papers(s: Scene) -> None:
    s.world.page(s.one, "/privacy", agreement_page("隐私政策", s.own))
    s.home(
        Sheet(
            consent=s.line(
                s.agree + s.link(doc="用户服务协议") + "和" + s.link("/privacy", doc="隐私政策")
            )
        )
    )


def _box_each(s: Scene) -> None:
    rows = "".join(
        f"<p><label><input type='checkbox' name='p{n}'> 同意将手机号提供给{name}（可选）</label></p>"
        for n, name in enumerate(s.others[:3])
    )
    s.home(Sheet(before="", consent=rows + s.line()))


# --- dead_agreement_link -------------------------------------------------------------------------


def _dead_to(reply: Reply | None) -> Variety:
    def set_up(s: Scene) -> None:
        if reply is not None:
            s.world.page(s.one, "/gone", reply)
        s.home(
            Sheet(consent=s.line(s.agree + s.link("/gone", s.rng.choice(("", "target=_blank")))))
        )

    return set_up


def _dead_href(*hrefs: str) -> Variety:
    def set_up(s: Scene) -> None:
        s.home(Sheet(consent=s.line(s.agree + s.link(s.rng.choice(hrefs)))))

    return set_up


def _one_dead_of_two(s: Scene) -> None:
    s.home(Sheet(consent=s.line(s.agree + s.link() + s.link("/nowhere", doc="征信查询授权书"))))


def _empty_dialog(s: Scene) -> None:
    s.kind = s.rng.choice(("wrap", "for", "icon", "aria"))
    link = f"<a href='javascript:void(0)' onclick=\"d.style.display='block'\">《{s.doc}》</a>"
    dialog = "<div id='d' style='display:none;position:fixed;inset:10%;background:#fff;border:1px solid;z-index:9'><button onclick=\"d.style.display='none'\">关闭</button></div>"
    s.home(Sheet(consent=s.line(s.agree + link), after=dialog))


def _in(how: str) -> Variety:
    def set_up(s: Scene) -> None:
        text = agreement_text(s.doc, s.own)
        body = text.replace("'", "’")
        if how == "modal":
            link = f"<a href='javascript:;' onclick=\"d.style.display='block'\">《{s.doc}》</a>"
            after = f"<div id='d' style='display:none;position:fixed;inset:8%;background:#fff;border:1px solid;z-index:9;overflow:auto'>{text}<button onclick=\"d.style.display='none'\">关闭</button></div>"
        elif how == "popup":
            link, after = (
                f"<span style='color:#06c;cursor:pointer' onclick=\"window.open('/agreement','x','width=300,height=400')\">《{s.doc}》</span>",
                "",
            )
        elif how == "tab":
            link, after = s.link("/agreement", "target='_blank'"), ""
        elif how == "frame":
            link = f"<a href='#' onclick=\"f.src='/agreement';d.style.display='block';return false\">《{s.doc}》</a>"
            after = "<div id='d' style='display:none;position:fixed;inset:5%;background:#fff;z-index:9'><iframe id='f' style='width:100%;height:80%'></iframe><button onclick=\"d.style.display='none'\">返回</button></div>"
        elif how == "inline":
            link, after = f"<details><summary>《{s.doc}》</summary>{body}</details>", ""
        elif how == "redirect":
            s.world.page(s.one, "/r", Reply("", 302, headers={"Location": "/agreement"}))
            link, after = s.link("/r"), ""
        elif how == "script":
            s.world.page(s.one, "/text", Reply(text))
            s.world.page(
                s.one,
                "/spa",
                "<!doctype html><meta charset='utf-8'><div id=x>加载中</div><script>fetch('/text').then(r=>r.text()).then(t=>setTimeout(()=>{x.innerHTML=t},700))</script>",
            )
            link, after = s.link("/spa"), ""
        elif how == "plain":
            s.world.page(
                s.one,
                "/a.txt",
                Reply(
                    f"{s.doc}\n本协议由您与{s.own}订立，{s.own}处理您的姓名与手机号用于评估贷款申请，保存至业务结束，可随时撤回。".encode(),
                    kind="text/plain; charset=utf-8",
                ),
            )
            link, after = s.link("/a.txt"), ""
        elif how == "gbk":
            page = agreement_page(s.doc, s.own).replace("utf-8", "gbk").encode("gbk")
            s.world.page(s.one, "/g.html", Reply(page, kind="text/html"))
            link, after = s.link("/g.html"), ""
        else:
            s.world.page(s.one, "/a.pdf", Reply(tiny_pdf(), kind="application/pdf"))
            link, after = s.link("/a.pdf"), ""
        s.home(Sheet(consent=s.line(s.agree + link), after=after))

    return set_up


def tiny_pdf() -> bytes:
    """A one-page PDF with a line of text, its cross-reference table right."""
    stream = b"BT /F1 12 Tf 40 700 Td (Agreement between you and the company, article 1 to 9) Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 6\n0000000000 65535 f \n%strailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
    return made + end % (table, len(made))


# --- recipient_not_named -------------------------------------------------------------------------


def _silent_recipient(s: Scene) -> None:
    s.home(Sheet(consent=s.line(), leaks=[s.leak("r1", "mobile", s.two)]))


def _catch_all(s: Scene) -> None:
    words = s.rng.choice(("我们的合作机构", "第三方合作伙伴及其关联方", "相关金融机构等合作方"))
    s.world.page(
        s.one,
        "/agreement",
        agreement_page(
            s.doc, s.own, f"三、您同意我们将您的信息提供给{words}，具体以实际合作为准。"
        ),
    )
    s.home(Sheet(consent=s.line(), leaks=[s.leak("r1", "mobile", s.two)]))


def _no_agreement(s: Scene) -> None:
    s.home(Sheet(consent=box(s.kind, "我同意授权并继续"), leaks=[s.leak("r1", "mobile", s.two)]))


def _named_with_site(s: Scene) -> None:
    s.truth.named = frozenset({s.two})
    name = s.others[0]
    s.home(
        Sheet(
            consent=s.line(
                f"{s.agree}{s.link()}，并同意将手机号提供给{name}（网站 {s.two}）用于贷款审批"
            ),
            leaks=[s.leak("r1", "mobile", s.two)],
        )
    )


def _named_in_text(s: Scene) -> None:
    s.truth.named = frozenset({s.two})
    name = s.others[0]
    s.world.page(
        s.one,
        "/agreement",
        agreement_page(
            s.doc,
            s.own,
            f"三、为完成审批，您单独同意我们将您的手机号提供给{name}（网址：http://{s.two}），该公司不再向他人提供。",
        ),
    )
    s.home(Sheet(consent=s.line(), leaks=[s.leak("r1", "mobile", s.two)]))


def _named_and_shown(s: Scene) -> None:
    """The lender's own page says who it is; the visitor is moved there."""
    s.truth.named = frozenset({s.two})
    name = s.others[0]
    s.home(
        Sheet(
            consent=s.line(f"{s.agree}{s.link()}，并同意将手机号提供给{name}用于贷款审批"),
            leaks=[s.leak("r1", "mobile", s.two)],
            next=s.world.url(s.two, "/lp"),
        )
    )
    s.world.page(
        s.two,
        "/lp",
        plain_page(
            name, f"申请已提交，{name}正在审核，请保持手机畅通。", f"<footer>© {name}</footer>"
        ),
    )
    s.truth.hops = {(s.one, s.two)}


# --- forced_contacts_permission ------------------------------------------------------------------


def _then(s: Scene, body: str) -> None:
    s.home(Sheet(consent=s.line(), next="/step2"))
    s.world.page(
        s.one,
        "/step2",
        f"<!doctype html><html><head><meta charset='utf-8'><title>授权</title><meta name='viewport' content='width=device-width'></head><body>{body}</body></html>",
    )


def _contacts_only_way(s: Scene) -> None:
    words = s.rng.choice(
        (
            "为完成风控评估，必须授权访问您的通讯录",
            "请允许读取通讯录，未授权将无法继续申请",
            "需获取您的手机联系人列表，否则不能借款",
        )
    )
    button = s.rng.choice(("去授权", "允许访问", "授权通讯录并继续", "立即授权"))
    _then(
        s,
        f"<h3>通讯录授权</h3><p>{words}</p><button onclick=\"location.href='/done'\">{button}</button>",
    )


def _contacts_refused(s: Scene) -> None:
    said = s.rng.choice(("未授权通讯录，无法继续申请", "必须开启通讯录权限才能借款"))
    _then(
        s,
        f"<div style='position:fixed;inset:20% 8%;border:1px solid;background:#fff'><h3>“示例借款”想访问您的通讯录</h3><button onclick=\"alert('{said}')\">不允许</button><button onclick=\"location.href='/done'\">允许</button></div>",
    )


def _contacts_in_box(s: Scene) -> None:
    words = s.rng.choice(
        ("并授权读取手机通讯录、通话记录", "同意平台获取我的通讯录联系人信息用于贷后催收")
    )
    s.home(Sheet(consent=s.line(f"{s.agree}{s.link()}{words}")))


def _contacts_list(s: Scene) -> None:
    _then(
        s,
        "<h3>上传通讯录</h3><p>请一键导入通讯录（不少于50个联系人），否则无法审批</p><button onclick=\"location.href='/done'\">一键导入通讯录</button>",
    )


def _contacts_offered(s: Scene) -> None:
    skip = s.rng.choice(("跳过", "暂不授权", "以后再说"))
    _then(
        s,
        f"<h3>可选：授权通讯录</h3><p>您可以授权通讯录以便快速填写联系人，不授权不影响申请。</p><button onclick=\"location.href='/done'\">授权通讯录</button> <button onclick=\"location.href='/done'\">{skip}</button>",
    )


def _emergency_optional(s: Scene) -> None:
    s.home(
        Sheet(
            consent=s.line(),
            before="<p>紧急联系人姓名（选填）<input name='lxr'></p><p>紧急联系人电话（选填）<input name='lxrdh'></p>",
        )
    )


def _contacts_promise(s: Scene) -> None:
    s.home(Sheet(consent=s.line(), before="<p>我们承诺：不读取通讯录、不获取通话记录。</p>"))


# --- forced_loan_offer ---------------------------------------------------------------------------

PAID = (
    "恭喜！5000元借款已放款至您的账户，请于7天后还款6500元",
    "系统已自动为您下款3000元，资金已到账，请按时还款",
    "您的借款已生成并放款成功，首期还款日为7天后",
)


def _paid_out(s: Scene) -> None:
    s.home(Sheet(consent=s.line(), next="/result", title="免费测额度"))
    s.world.page(s.one, "/result", plain_page("评估结果", s.rng.choice(PAID)))


def _counts_down(s: Scene) -> None:
    s.home(Sheet(consent=s.line(), next="/offer", title="查看可借额度"))
    said = s.rng.choice(
        (
            "系统将在<span id='n'>3</span>秒后自动为您确认借款并放款",
            "<span id='n'>3</span>秒后自动提现至您的账户",
        )
    )
    script = "<script>let k=3;setInterval(()=>{k--;if(k>0)n.textContent=k;if(k==0)location.href='/result'},900)</script>"
    s.world.page(
        s.one, "/offer", plain_page("您的额度", f"<p>已为您批准8000元</p><p>{said}</p>", script)
    )
    s.world.page(s.one, "/result", plain_page("结果", s.rng.choice(PAID)))


def _by_submitting(s: Scene) -> None:
    words = s.rng.choice(
        (
            "提交资料即视为同意借款，审核通过后自动放款，不可取消",
            "资料提交后系统自动放款，无需再次确认",
        )
    )
    s.home(Sheet(consent=s.line(), before=f"<p style='font-size:10px;color:#999'>{words}</p>"))


TERMS = "<p>金额 5000 元，期限 12 期，年化利率（单利）10.8%，每期应还 441.6 元，总利息 299 元</p>"


def _to_be_confirmed(s: Scene) -> None:
    yes = s.rng.choice(("确认借款", "同意借款", "确认提现"))
    no = s.rng.choice(("暂不借款", "取消", "再想想"))
    s.home(Sheet(consent=s.line(), next="/offer", title="申请额度"))
    s.world.page(
        s.one,
        "/offer",
        plain_page(
            "您的额度",
            "请核对后再决定是否借款",
            f"{TERMS}<button onclick=\"location.href='/done'\">{yes}</button> <button onclick=\"location.href='/about'\">{no}</button>",
        ),
    )


def _confirmed_then_paid(s: Scene) -> None:
    s.home(Sheet(consent=s.line(), next="/offer", title="申请额度"))
    s.world.page(
        s.one,
        "/offer",
        plain_page(
            "借款确认",
            "请确认以下借款信息",
            f"{TERMS}<button onclick=\"location.href='/paid'\">确认借款</button> <a href='/about'>放弃</a>",
        ),
    )
    s.world.page(
        s.one, "/paid", plain_page("借款成功", "您确认的借款5000元已放款，请在账单日前还款。")
    )


def _limit_only(s: Scene) -> None:
    s.home(Sheet(consent=s.line(), next="/result", title="测测额度"))
    s.world.page(
        s.one,
        "/result",
        plain_page(
            "评估完成", "您的可用额度为20000元。额度不等于借款，是否借款由您决定。您的申请已提交。"
        ),
    )


VARIETIES: dict[str, dict[str, Variety]] = {
    "preticked_consent": {
        "ticked": _ticked,
        "ticked again": _ticked,
        "by script": _ticked_by_script,
        "by typing": _ticked_by_input,
        "below": _ticked_below,
        "one of two": _one_of_two_ticked,
    },
    "bundled_consent": {
        "names in the line": _names_in_line,
        "names in the text": _names_in_text,
        "many agreements": _many_agreements,
        "press for all": _press_for_all,
        "list page": _list_page,
    },
    "dead_agreement_link": {
        "not found": _dead_to(None),
        "server error": _dead_to(Reply("<h1>Internal Server Error</h1>", 500)),
        "says not found": _dead_to(Reply("<h3>抱歉，您访问的页面不存在</h3>")),
        "empty": _dead_to(Reply("<html><body></body></html>")),
        "title only": _dead_to(Reply("<h2>用户协议</h2><p>内容更新中，敬请期待</p>")),
        "no address": _dead_href("#", "javascript:;", "javascript:void(0)", ""),
        "no such host": _dead_href("http://agreement-gone.test:9/a"),
        "one of two": _one_dead_of_two,
        "empty dialog": _empty_dialog,
    },
    "recipient_not_named": {
        "silent": _silent_recipient,
        "catch-all": _catch_all,
        "no agreement": _no_agreement,
    },
    "forced_contacts_permission": {
        "only way": _contacts_only_way,
        "refused": _contacts_refused,
        "in the box": _contacts_in_box,
        "import": _contacts_list,
    },
    "forced_loan_offer": {
        "paid out": _paid_out,
        "counts down": _counts_down,
        "by submitting": _by_submitting,
    },
}
TWINS: dict[str, dict[str, Variety]] = {
    "preticked_consent": {
        "plain box": _plain_box,
        "remember me": _remember,
        "decorated": _decorated,
        "by press": _by_press,
        "in a dialog": _agreed_in_dialog,
        "gender": _gender_ticked,
    },
    "bundled_consent": {
        "one named": _one_named,
        "own papers": _own_papers,
        "a box each": _box_each,
    },
    "dead_agreement_link": {
        how: _in(how)
        for how in (
            "modal",
            "popup",
            "tab",
            "frame",
            "inline",
            "redirect",
            "script",
            "plain",
            "gbk",
            "pdf",
        )
    },
    "recipient_not_named": {
        "with its site": _named_with_site,
        "in the text": _named_in_text,
        "shown by its page": _named_and_shown,
    },
    "forced_contacts_permission": {
        "offered": _contacts_offered,
        "emergency contact": _emergency_optional,
        "promise": _contacts_promise,
    },
    "forced_loan_offer": {
        "to be confirmed": _to_be_confirmed,
        "confirmed": _confirmed_then_paid,
        "a limit only": _limit_only,
    },
}


SHORT = {
    "preticked_consent": "preticked",
    "bundled_consent": "bundled",
    "dead_agreement_link": "dead_link",
    "recipient_not_named": "not_named",
    "forced_contacts_permission": "contacts",
    "forced_loan_offer": "forced_loan",
}
DARK = {SHORT[name]: _story(name, rows) for name, rows in VARIETIES.items()}
TWIN = {f"{SHORT[name]}_twin": _story("", rows) for name, rows in TWINS.items()}
EACH: dict[str, Callable[[World, random.Random], Truth]] = {}
"""Every variety as a story of its own: `preticked:by script`, `dead_link_twin:popup`."""

for _dark, _rows in VARIETIES.items():
    for _name in _rows:
        EACH[f"{SHORT[_dark]}:{_name}"] = _story(_dark, {_name: _rows[_name]})
for _dark, _rows in TWINS.items():
    for _name in _rows:
        EACH[f"{SHORT[_dark]}_twin:{_name}"] = _story("", {_name: _rows[_name]})
