"""What an input asks for, in the words Chinese loan forms use.

Each role has the words people read and the tokens programmers write.  The order matters: the
first role that fits wins, so that 联系人手机 is a contact's number and 短信验证码 is a code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Role:
    """One kind of input: `words` as seen by people, `tokens` as written in names and ids."""

    name: str
    words: re.Pattern[str]
    tokens: frozenset[str]


def _role(name: str, words: str, tokens: str) -> Role:
    return Role(name, re.compile(words, re.IGNORECASE), frozenset(tokens.split()))


ROLES: tuple[Role, ...] = (
    _role("search", r"^(请输入)?(搜索|查找|关键词|筛选)|^search", "search keyword sousuo"),
    _role(
        "captcha",
        r"图形验证码|图片验证码|图形码|图中|看不清|captcha",
        "captcha piccode imgcode imagecode tuxing",
    ),
    _role(
        "code",
        r"验证码|校验码|动态码|短信码|动态密码|verification code|sms code|one.?time",
        "code yzm smscode sms otp mobilecode phonecode telcode usercode verifycode vcode "
        "checkcode yanzhengma captchacode authcode dxyzm",
    ),
    _role(
        "contact_mobile",
        r"(联系人|亲属|家属|父母|配偶|朋友|同事|亲友|紧急).{0,8}(手机|电话|号码|联系方式)",
        "contactmobile contactphone contacttel linkmobile linkphone emergencyphone emergencymobile "
        "lxrsjh lxrdh relativephone",
    ),
    _role(
        "contact_relation",
        r"(与.{0,6})?关系|relation",
        "relation relationship guanxi contactrelation gx",
    ),
    _role(
        "contact_name",
        r"(联系人|亲属|家属|父母|配偶|朋友|同事|亲友|紧急联系人).{0,4}(姓名|名字|名称)?$|"
        r"(联系人|亲属|亲友).{0,6}姓名",
        "contactname linkname linkman emergencyname lxrxm lxr contact relativename contacts",
    ),
    _role(
        "bank_card",
        r"银行卡号|(银行卡|储蓄卡|收款卡|还款卡|放款卡)(?!.{0,4}(预留|绑定|手机))|借记卡号|卡号|"
        r"bank ?card|(?<!id )(?<!identity )card ?number",
        "bankcard bankcardno cardnumber cardnum bankno bankaccount yhk yhkh cardno kahao",
    ),
    _role(
        "id_number",
        r"身份证(?!.{0,4}(姓名|名字))|证件号|公民身份|居民身份|身份号码|18位.{0,4}(证|号)|"
        r"\bid ?(card|number|no)\b|citizen id",
        "idcard idno idnumber idcardno sfz sfzh sfzhm certno certid cert certnumber identity "
        "idnum zjh zjhm shenfenzheng cid cardid identitycard zhengjian personid",
    ),
    _role(
        "company",
        r"单位名称|公司名称|工作单位|所在单位|企业名称|任职|就职|company|employer",
        "company companyname employer workunit gsmc gongsi danwei corp",
    ),
    _role(
        "email",
        r"邮箱|电子邮件|邮件地址|e-?mail",
        "email mail youxiang yx emailaddress",
    ),
    _role(
        "mobile",
        r"手机|电话|移动号码|联系方式|联系号码|联络号码|接收.{0,8}号码|通知.{0,4}号码|11位.{0,4}号码|"
        r"phone|mobile|\btel\b|cell|call you",
        "mobile phone tel sjh shouji mobileno phoneno phonenumber mobilenumber telephone cell "
        "cellphone "
        "msisdn sj dh dianhua lxdh mobilephone telno userphone usermobile shoujihao dhhm",
    ),
    _role("wechat", r"微信|wechat", "wechat weixin wx wxh wxid"),
    _role("qq", r"QQ", "qq"),
    _role(
        "credit_score",
        r"芝麻分|芝麻信用|信用分|微粒贷|花呗|借呗|白条|京东",
        "zhima zmf zhimafen creditscore sesame weilidai huabei jingdong",
    ),
    _role("fund", r"公积金|provident", "gongjijin fund gjj housingfund providentfund"),
    _role("social", r"社保|social security", "shebao social sb socialsecurity"),
    _role("insurance", r"保险|保单|寿险", "insurance baoxian baodan policy bx bd"),
    _role("credit_card", r"信用卡", "creditcard xyk"),
    _role("overdue", r"逾期|征信|信用情况|信用记录", "overdue yuqi credit zhengxin"),
    _role(
        "income",
        r"收入|月薪|工资|薪资|年薪|流水|income|salary|monthly pay",
        "income salary monthincome yuexin shouru sr gongzi wage yueshouru monthlyincome earn",
    ),
    _role("house", r"房产|房屋|住房|有房|房贷|house|property", "house fangchan fc housing room"),
    _role("car", r"车产|车辆|有车|汽车|车贷|名下车|\bcar\b|vehicle", "car vehicle chechan auto cc"),
    _role(
        "amount",
        r"借款金额|贷款金额|申请金额|借多少|额度|需要多少|金额|amount|how much",
        "amount money loanamount jine amt jkje quota limit loanmoney je",
    ),
    _role(
        "term",
        r"借款期限|贷款期限|期限|分期|期数|借多久|还款期|term\b|months",
        "term period loanterm qixian months periods qx loantime qs",
    ),
    _role("purpose", r"用途|借款目的|purpose", "purpose usage yongtu loanuse loanfor yt"),
    _role(
        "job",
        r"职业|工作性质|工作类型|从业|身份类型|岗位|occupation|profession|\bjob\b",
        "job occupation profession zhiye career work zy gz position",
    ),
    _role("education", r"学历|教育|文化程度|education|degree", "education degree xueli edu xl"),
    _role("marriage", r"婚姻|婚否|marri", "marriage marital hunyin hy married"),
    _role("gender", r"性别|gender|\bsex\b", "sex gender xingbie xb"),
    _role("birth", r"出生|生日|birth", "birth birthday birthdate csrq shengri"),
    _role("age", r"年龄|周岁|\bage\b", "age nianling nl"),
    _role(
        "address",
        r"地址|住址|居住地|街道|门牌|address|street",
        "address addr dizhi dz zhuzhi liveaddress homeaddress street detailaddress xxdz jzdz",
    ),
    _role(
        "city",
        r"城市|所在地|地区|省市|居住城|户籍|省份|区县|籍贯|city|province|district|region",
        "city chengshi area region province district cs diqu shengfen szd county",
    ),
    _role(
        "name",
        r"姓名|名字|真实姓名|申请人|借款人|本人|称呼|怎么称呼|贵姓|户名|持卡人|大名|尊姓|芳名|"
        r"全名|户主|经办人|办理人|叫什么|"
        r"full ?name|real ?name|your name",
        "name realname username truename xm xingming custname cname fullname cnname nm applicant "
        "customername personname xingm uname mingzi applyname borrower",
    ),
    _role("password", r"密码|password", "password pwd passwd mima"),
    _role("invite", r"邀请码|推荐码|邀请人|优惠码", "invite invitecode referrer yqm tjm"),
)

BY_NAME = {role.name: role for role in ROLES}
PLANTABLE = {"mobile", "name", "id_number", "email", "address"}


def tokens_of(name: str) -> list[str]:
    """The words of a programmer's name: `userMobile_no` gives user, mobile, no and their joins."""
    parts = [
        each.lower()
        for each in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", re.sub(r"[^A-Za-z]+", " ", name))
    ]
    joins = ["".join(parts[i:j]) for i in range(len(parts)) for j in range(i + 2, len(parts) + 1)]
    return sorted({*parts, *joins}, key=lambda token: -len(token))


_BRACKETS = re.compile(r"[（(\[【][^）)\]】]*[）)\]】]")
_GAP = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
_SURE: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("name", re.compile(r"(身份证|证件|实名)[^号]{0,8}(姓名|名字)|(姓名|名字).{0,8}(一致|相同)")),
    ("mobile", re.compile(r"(手机|电话).{0,8}(接收|获取|发送|用于|收取).{0,6}(验证码|短信)")),
)
"""Wordings that mention two roles and mean the one named here."""


def role_in_words(text: str) -> str:
    """The role a piece of visible text asks for, "" where it asks for none."""
    bare = _BRACKETS.sub("", text).strip() or text
    bare = _GAP.sub("", bare)
    for name, words in _SURE:
        if words.search(bare):
            return name
    return next((role.name for role in ROLES if bare and role.words.search(bare)), "")


def role_in_name(name: str) -> str:
    """The role a name or id stands for: the longest known token wins."""
    for token in tokens_of(name):
        for role in ROLES:
            if token in role.tokens:
                return role.name
    short = _by_initials(name)
    if short:
        return short
    longest = [
        (len(token), role.name)
        for role in ROLES
        for token in role.tokens
        if len(token) >= 5 and token in re.sub(r"[^a-z]", "", name.lower())
    ]
    return max(longest)[1] if longest else ""


_INITIALS = {
    "mobile": ("sjh", "sjhm", "lxdh", "dhhm", "sj", "dh", "mob", "mbl"),
    "id_number": ("sfzh", "sfz", "zjhm", "zjh", "sfzhm"),
    "name": ("xm", "mc"),
    "code": ("yzm", "dxm"),
    "address": ("dz", "zz"),
    "email": ("yx", "yj"),
}
"""How pinyin initials end: `khxm` is a customer's name, `jkrsjh` a borrower's mobile."""


def _by_initials(name: str) -> str:
    bare = re.sub(r"[^a-z]", "", name.lower())
    if not 3 <= len(bare) <= 9 or len(re.findall(r"[aeiou]", bare)) > 1:
        return ""
    found = [(len(e), role) for role, ends in _INITIALS.items() for e in ends if bare.endswith(e)]
    return max(found)[1] if found else ""
