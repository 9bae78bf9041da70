# ruff: noqa: E501 - lines of HTML and script
"""Stories dressed by hand, each with a trick of its own that real flows use."""

from __future__ import annotations

import random
from collections.abc import Callable
from urllib.parse import parse_qs

from tests.audit.packing import package
from tests.audit.world.pages import AGREEMENT, SCRIPT, Leak, plain_page
from tests.audit.world.serving import Got, Reply, World
from tests.audit.world.stories import Truth, begin_story, done_page, draw_hosts, place_leak

HEAD = "<!doctype html><html lang='zh'><head><meta charset='utf-8'><title>示例</title><style>.hide{display:none}.mask{position:fixed;inset:0;background:#0008;z-index:9}.pop{position:fixed;left:20px;right:20px;top:120px;background:#fff;z-index:10;padding:12px}</style></head><body>"


WIZARD = r"""
function step1(){root.innerHTML='<h2>第1步</h2><p><span>手机</span> <input id="m" type="tel"></p><p><input type="checkbox" id="ag"><span>我已知晓并同意</span><a href="/agreement">《注册协议》</a></p><a class="btn" style="cursor:pointer;background:#06c">下一步</a>';
root.querySelector('.btn').onclick=()=>{const v=document.getElementById('m').value;if(!/^1[0-9]{10}$/.test(v)){toast('请输入正确的手机号');return}if(!ag.checked){toast('请阅读并勾选协议');return}keep.mobile=v;STATE=1;const l=LEAKS[0];fetch(l.url,{method:'POST',mode:'no-cors',body:'c='+l.id+'&s=1&d='+hex(v)});step2()}}
function step2(){root.innerHTML='<h2>第2步</h2><x-box></x-box><a class="btn" style="cursor:pointer;background:#06c">下一步</a>';const s=root.querySelector('x-box').attachShadow({mode:'open'});s.innerHTML='<label>姓名 <input id=n></label><label>身份证号 <input id=i></label>';
root.querySelector('.btn').onclick=()=>{if(!s.getElementById('n').value||!s.getElementById('i').value){toast('请填写完整');return}step3()}}
function step3(){root.innerHTML='<h2>第3步</h2><div>您的职业</div><div class=o><span class=c>上班族</span><span class=c>个体户</span><span class=c>自由职业</span></div><div>房产情况</div><div class=o><span class=c>有房产</span><span class=c>无房产</span></div><button>立即提交</button>';
root.querySelectorAll('.c').forEach(e=>{e.style.cursor='pointer';e.onclick=()=>{[...e.parentNode.children].forEach(x=>x.classList.remove('active'));e.classList.add('active')}});
root.querySelector('button').onclick=()=>{if(root.querySelectorAll('.active').length<2){toast('请选择完整');return}root.innerHTML='<p>正在为您匹配最优产品，请稍候…</p>';setTimeout(()=>location.href='NEXT_PAGE',4000)}}
function toast(t){const d=document.createElement('div');d.textContent=t;d.style='position:fixed;top:50%;left:30%;background:#000;color:#fff';document.body.append(d);setTimeout(()=>d.remove(),1500)}
step1();
"""


def _script(leaks: list[Leak], more: str) -> str:
    rows = ",".join(
        f"{{id:'{x.id}',field:'{x.field}',when:'{x.when}',channel:'{x.channel}',code:'{x.code}',url:'{x.url}',full:11}}"
        for x in leaks
    )
    return f"<script>const LEAKS=[{rows}];{SCRIPT}{more}</script>"


def modal(world: World, rng: random.Random) -> Truth:
    """A landing picture, a form in a pop-up, an agreement that must be scrolled and waited for."""
    one, other = draw_hosts(rng, 2)
    truth = begin_story(world, rng, one)
    leak = place_leak(world, truth, Leak("m1", "mobile", "submit", "fetch", "plain", other))
    body = f"""<div style="height:500px;background:#fc0">最高可借20万 <img alt="马上拿钱" width="200" height="60" onclick="document.getElementById('p').classList.remove('hide')"></div>
<div id="p" class="hide"><div class="mask"></div><div class="pop"><div>验证手机号</div><input data-p="mobile" maxlength="11" inputmode="numeric" placeholder="请输入本人手机号">
<div style="background:#e33;color:#fff;padding:10px" onclick="document.getElementById('q').classList.remove('hide')">极速拿钱</div></div></div>
<div id="q" class="hide"><div class="mask" style="z-index:19"></div><div class="pop" style="z-index:20"><h3>个人信息授权书</h3><div style="height:120px;overflow-y:auto" id="sc" onscroll="if(this.scrollTop+this.clientHeight>=this.scrollHeight-5)ready=1"><div style="height:900px">授权示例科技处理您的信息</div></div>
<button id="ok" disabled onclick="STATE=1;run('submit');setTimeout(()=>location.href='/done',200)">同意并继续(3s)</button> <button onclick="document.getElementById('q').classList.add('hide')">不同意</button></div></div>
{_script([leak], "let ready=0,n=3;setInterval(()=>{if(!document.getElementById('q').classList.contains('hide')){n=Math.max(0,n-1);ok.textContent=n?'同意并继续('+n+'s)':'同意并继续';ok.disabled=!(ready&&n==0)}},700)")}</body></html>"""
    world.page(one, "/", HEAD + body)
    done_page(world, one)
    return truth


def framed(world: World, rng: random.Random) -> Truth:
    """The whole form stands in another company's frame; the frame's company is sent the data."""
    one, inner = draw_hosts(rng, 2)
    truth = begin_story(world, rng, one)
    world.page(
        one,
        "/",
        HEAD
        + f"<h1>示例</h1><iframe src='{world.url(inner, '/f')}' style='width:380px;height:600px;border:0'></iframe></body></html>",
    )
    world.page(
        inner,
        "/f",
        HEAD
        + """<form method="post" action="/b/in"><div><b>姓　名</b><input name="a1"></div><div><b>联络手机</b><input name="a2"></div>
<label style="display:block"><input type="checkbox" required style="display:none" id="ck"><span style="display:inline-block;width:14px;height:14px;border:1px solid"></span>我同意<a href="/agreement">《授权书》</a></label><button>确认申请</button></form></body></html>""",
    )
    world.page(inner, "/agreement", AGREEMENT.format(name="授权书", company="示例小贷"))
    truth.hops = {(one, inner)}
    truth.direct = [(inner, "/b/in", "mobile", False), (inner, "/b/in", "name", False)]
    return truth


def carried(world: World, rng: random.Random) -> Truth:
    """A form posted to another company and on by 307, twice: the body travels along."""
    one, two, three = draw_hosts(rng, 3)
    truth = begin_story(world, rng, one)
    world.page(
        one,
        "/",
        HEAD
        + f"""<form method="post" action="{world.url(two, "/p")}"><p>怎么称呼您<br><input name="a"></p><p>常用手机<br><input name="b" type="number"></p><p>身份证<br><input name="c"></p><p>点击下方按钮即视为同意<a href="/agreement">《服务协议》</a></p><input type="submit" value="测测我能借多少"></form></body></html>""",
    )
    world.page(two, "/p", lambda got: Reply("", 307, headers={"Location": world.url(three, "/q")}))
    world.page(three, "/q", plain_page("恭喜", "您的申请已受理，专属顾问将与您联系"))
    truth.hops = {(one, two), (two, three)}
    truth.direct = [
        (host, path, code, False)
        for host, path in ((two, "/p"), (three, "/q"))
        for code in ("name", "mobile", "idno")
    ]
    return truth


def wizard(world: World, rng: random.Random) -> Truth:
    """One document, three steps, drawn anew each time; open shadow roots; a wait before the jump."""
    one, other, two = draw_hosts(rng, 3)
    truth = begin_story(world, rng, one)
    leak = place_leak(world, truth, Leak("z1", "mobile", "submit", "fetch", "hex", other))
    start = "const root=document.getElementById('root');const keep={};"
    body = f"<div id='root'></div>{_script([leak], start)}<script>{WIZARD}</script></body></html>"
    body = body.replace("NEXT_PAGE", world.url(two, "/lp"))
    world.page(one, "/", HEAD + body)
    world.page(two, "/lp", plain_page("审核", "资料审核中，请留意来电"))
    truth.hops = {(one, two)}
    return truth


def app(world: World, rng: random.Random) -> Truth:
    """An offer list, a download, a jump to an app."""
    one, two = draw_hosts(rng, 2)
    truth = begin_story(world, rng, one)
    world.page(
        one,
        "/",
        HEAD
        + f"""<h1>热门产品</h1><ul><li>示例贷 最高5万 <a href="{world.url(two, "/dl")}">去申请</a></li><li>样本花 最高3万 <a href="/x">去申请</a></li></ul></body></html>""",
    )
    world.page(
        two,
        "/dl",
        HEAD
        + """<p>请下载APP完成借款</p><a class="btn" href="/a.apk">下载APP领取额度</a><a href="intent://apply?x=1#Intent;scheme=loanapp;package=cn.example.loan;end">打开APP</a></body></html>""",
    )
    world.page(
        two,
        "/a.apk",
        Reply(
            package("cn.example.loan", ("android.permission.READ_CONTACTS",)),
            kind="application/vnd.android.package-archive",
            headers={"Content-Disposition": "attachment; filename=a.apk"},
        ),
    )
    truth.dark = frozenset({"forced_contacts_permission"})
    truth.verdict = "fail"
    truth.hops = {(one, two)}
    return truth


def optional(world: World, rng: random.Random) -> Truth:
    """Two boxes, one of them wanted only by the seller; a form sent into a hidden frame."""
    one, seller = draw_hosts(rng, 2)
    truth = begin_story(world, rng, one)

    def take(got: Got) -> Reply:
        return Reply(
            plain_page("提交成功", "提交成功，请保持电话畅通")
            if parse_qs(got.body.decode()).get("must")
            else plain_page("出错", "请返回勾选协议")
        )

    world.page(
        one,
        "/",
        HEAD
        + f"""<iframe name="sink" style="display:none"></iframe><form id=f2 method=post action="{world.url(seller, "/b/sink")}" target="sink"><input type=hidden name=d id=d></form>
<form id=f method=post action="/take"><table><tr><th>申请人</th><td><input name="n1"></td></tr><tr><th>手机</th><td><input name="n2"></td></tr></table>
<p><label><input type=checkbox name=opt> 愿意接收营销推广短信（可选）</label></p><p><label><input type=checkbox name=must> 我已阅读、理解并同意 <a href="/privacy">隐私政策</a></label></p>
<button type=button onclick="if(!this.form.must.checked){{alert('请同意隐私政策');return}}d.value=btoa(this.form.n2.value);f2.submit();setTimeout(()=>f.submit(),300)">提 交</button></form></body></html>""",
    )
    world.page(one, "/take", take)
    truth.direct = [(seller, "/b/sink", "mobile", False)]
    truth.hops = {(one, seller)}
    return truth


def unwanted(world: World, rng: random.Random) -> Truth:
    """The page goes on with its box unticked: what follows was never consented to."""
    one, other = draw_hosts(rng, 2)
    truth = begin_story(world, rng, one)
    world.page(
        one,
        "/",
        HEAD
        + f"""<form action="{world.url(other, "/r")}"><p>手机号<input name=k></p><p><input type=checkbox id=z><label for=z>同意《用户授权协议》</label></p><button>获取额度</button></form></body></html>""",
    )
    world.page(other, "/r", plain_page("审核中", "正在审核"))
    truth.hops = {(one, other)}
    truth.direct = [(other, "/r", "mobile", True)]
    truth.violation = True
    return truth


HARD: dict[str, Callable[[World, random.Random], Truth]] = {
    "modal": modal,
    "framed": framed,
    "carried": carried,
    "wizard": wizard,
    "app": app,
    "optional": optional,
    "unwanted": unwanted,
}
