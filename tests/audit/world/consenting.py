# ruff: noqa: E501 - lines of HTML and script
"""Consent lines in many markups, and the form pages they stand on."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field

from tests.audit.world.pages import SCRIPT, Leak

OWN = ("示例科技有限公司", "样本信息技术有限公司", "假设网络科技有限公司")
OTHERS = (
    "甲乙丙消费金融有限公司",
    "范例小额贷款有限公司",
    "虚构融资担保有限公司",
    "青禾数据服务有限公司",
    "北辰虚拟信托有限公司",
    "测试村镇银行股份有限公司",
    "云梯助贷信息有限公司",
)
ASKS = {
    "mobile": (("手机号", "sjh"), ("手机号码", "phone"), ("联系电话", "tel"), ("本人手机", "m1")),
    "name": (("姓名", "xm"), ("真实姓名", "realName"), ("您的姓名", "n1"), ("借款人", "uname")),
    "idno": (("身份证号", "sfz"), ("证件号码", "certNo")),
}
GO = ("立即申请", "下一步", "提交申请", "获取额度", "马上领取", "确认提交", "去借钱", "查看额度")
AGREE = ("我已阅读并同意", "同意", "本人已阅读并授权", "阅读并接受", "我已充分理解并同意")
REFUSE = ("请先阅读并同意协议", "请勾选同意协议后再提交", "需同意相关条款才能继续")

_KINDS = {
    "wrap": """<p><label><input type="checkbox" id="c" CHECKED> WORDS</label></p><script>AGREED=()=>c.checked</script>""",
    "for": """<p><input type="checkbox" id="c" CHECKED><label for="c">WORDS</label></p><script>AGREED=()=>c.checked</script>""",
    "hidden": """<style>#c{position:absolute;opacity:0}#c+label:before{content:'';display:inline-block;width:14px;height:14px;border:1px solid #888}#c:checked+label:before{background:#07f}</style><p><input type="checkbox" id="c" CHECKED><label for="c">WORDS</label></p><script>AGREED=()=>c.checked</script>""",
    "aria": """<div style="display:flex"><div id="c" role="checkbox" tabindex="0" aria-checked="BOOL" style="width:18px;height:18px;border:1px solid #777;flex:none"></div><div>WORDS</div></div><script>document.getElementById('c').addEventListener('click',e=>{const t=e.currentTarget;t.setAttribute('aria-checked',String(t.getAttribute('aria-checked')!='true'))});AGREED=()=>document.getElementById('c').getAttribute('aria-checked')=='true'</script>""",
    "switch": """<p><span id="c" role="switch" aria-checked="BOOL" style="display:inline-block;width:40px;height:22px;border-radius:11px;background:#bbb"></span> WORDS</p><script>document.getElementById('c').onclick=e=>{const t=e.target;t.setAttribute('aria-checked',String(t.getAttribute('aria-checked')!='true'))};AGREED=()=>document.getElementById('c').getAttribute('aria-checked')=='true'</script>""",
    "icon": """<p><i id="c" class="ico-check ACTIVE" style="display:inline-block;width:16px;height:16px;border:1px solid #999;cursor:pointer"></i> <span>WORDS</span></p><script>document.getElementById('c').onclick=e=>e.target.classList.toggle('active');AGREED=()=>document.getElementById('c').classList.contains('active')</script>""",
    "vant": """<div class="van-checkbox" id="w" role="checkbox" aria-checked="BOOL" style="display:flex"><div class="van-checkbox__icon van-checkbox__icon--round VANT" id="c"><i class="van-icon" style="display:block;width:16px;height:16px;border:1px solid #aaa;border-radius:50%"></i></div><span class="van-checkbox__label">WORDS</span></div><script>w.addEventListener('click',e=>{if(e.target.tagName=='A')return;const on=w.getAttribute('aria-checked')!='true';w.setAttribute('aria-checked',String(on));document.getElementById('c').classList.toggle('van-checkbox__icon--checked',on)});AGREED=()=>w.getAttribute('aria-checked')=='true'</script>""",
    "picture": """<p><img id="c" class="agree-img" width="16" height="16" src="IMAGE" data-on="ONE" style="cursor:pointer"> WORDS</p><script>document.getElementById('c').onclick=e=>{const t=e.target,on=t.dataset.on!='1';t.dataset.on=on?'1':'0';t.src=on?'/img/checked.png':'/img/uncheck.png'};AGREED=()=>document.getElementById('c').dataset.on=='1'</script>""",
    "glyph": """<p><span id="c" style="cursor:pointer;font-size:20px">GLYPH</span> WORDS</p><script>document.getElementById('c').onclick=e=>{e.target.textContent=e.target.textContent=='☑'?'☐':'☑'};AGREED=()=>document.getElementById('c').textContent=='☑'</script>""",
    "shadow": """<x-agree></x-agree><script>class XA extends HTMLElement{connectedCallback(){const r=this.attachShadow({mode:'open'});r.innerHTML='<label><input type="checkbox" CHECKED> </label><span></span>';r.querySelector('span').innerHTML=`WORDS`;AGREED=()=>r.querySelector('input').checked}}customElements.define('x-agree',XA)</script>""",
    "state": """<div><button type="button" id="c" data-state="STATEWORD" aria-checked="BOOL" role="checkbox" style="width:18px;height:18px;padding:0"></button> WORDS</div><script>document.getElementById('c').onclick=e=>{const t=e.currentTarget,on=t.getAttribute('aria-checked')!='true';t.setAttribute('aria-checked',String(on));t.dataset.state=on?'checked':'unchecked'};AGREED=()=>document.getElementById('c').getAttribute('aria-checked')=='true'</script>""",
}
KINDS = tuple(_KINDS)


def box(kind: str, words: str, *, ticked: bool = False) -> str:
    """One consent box; the page's `AGREED()` tells whether it is ticked."""
    made = _KINDS[kind]
    places = {
        "CHECKED": "checked" if ticked else "",
        "BOOL": "true" if ticked else "false",
        "ACTIVE": "active" if ticked else "",
        "VANT": "van-checkbox__icon--checked" if ticked else "",
        "IMAGE": "/img/checked.png" if ticked else "/img/uncheck.png",
        "ONE": "1" if ticked else "0",
        "GLYPH": "☑" if ticked else "☐",
        "STATEWORD": "checked" if ticked else "unchecked",
        "WORDS": words,
    }
    for name, value in places.items():
        made = made.replace(name, value)
    return made


@dataclass
class Sheet:
    """What a form page holds beside its consent line."""

    fields: tuple[str, ...] = ("mobile", "name")
    consent: str = ""
    next: str = "/done"
    leaks: list[Leak] = field(default_factory=list)
    before: str = ""
    after: str = ""
    check: str = "if(!AGREED()){alert('%s');return}"
    title: str = "借款申请"


def _field(rng: random.Random, code: str) -> str:
    label, name = rng.choice(ASKS[code])
    kind = "tel" if code == "mobile" else "text"
    return rng.choice(
        (
            f'<p><label>{label}<input type="{kind}" name="{name}" data-p="{code}"></label></p>',
            f'<div class="r"><span>{label}</span><input type="{kind}" name="{name}" data-p="{code}"></div>',
            f'<p><input type="{kind}" placeholder="请输入{label}" data-p="{code}"></p>',
        )
    )


def sheet_page(rng: random.Random, sheet: Sheet) -> str:
    """A form whose button says no until its consent is given, then sends and moves on."""
    leaks = json.dumps([{**leak.__dict__, "full": 999} for leak in sheet.leaks])
    fields = "".join(_field(rng, code) for code in sheet.fields)
    need = "".join(f"if(!V('{code}')){{alert('请填写完整');return}}" for code in sheet.fields)
    text = rng.choice(GO)
    button = rng.choice(
        (
            f"<button onclick='go()'>{text}</button>",
            f"<div class='btn' style='background:#e40;color:#fff;width:280px;text-align:center;cursor:pointer' onclick='go()'>{text}</div>",
            f"<a href='javascript:;' class='btn' onclick='go()'>{text}</a>",
        )
    )
    check = sheet.check % rng.choice(REFUSE) if "%s" in sheet.check else sheet.check
    wait = rng.choice((50, 300, 900))
    return f"""<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>{sheet.title}</title><meta name="viewport" content="width=device-width"></head><body><h2>{sheet.title}</h2>
<script>let AGREED=()=>true;const LEAKS={leaks};{SCRIPT}
function go(){{{need}{check}STATE=1;run('submit');setTimeout(()=>{{location.href='{sheet.next}'}},{wait})}}</script>
{sheet.before}{fields}{sheet.consent}{button}{sheet.after}</body></html>"""


def agreement_text(name: str, company: str, more: str = "") -> str:
    """The whole text of an agreement between the borrower and one company."""
    return (
        f"<h2>{name}</h2><p>本协议由您与{company}（以下简称“我们”）订立。</p>"
        f"<p>一、为评估您的贷款申请，{company}将处理您的姓名和手机号码，保存至业务结束。</p>"
        f"<p>二、您可以随时撤回同意，撤回不影响此前处理的效力。</p><p>{more}</p>"
    )


def agreement_page(name: str, company: str, more: str = "") -> str:
    """The same as a page of its own."""
    text = agreement_text(name, company, more)
    return f"<!doctype html><html><head><meta charset='utf-8'><title>{name}</title></head><body>{text}</body></html>"
