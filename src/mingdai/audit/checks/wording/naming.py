"""Find company names in running Chinese text, which has no spaces to cut at.

A name is a stem that tells one company from others, with what it is (银行, 小额贷款) and, in full
names, its legal form.  Kinds of company ("持牌消费金融公司", "各大银行") name nobody and are not
found.  Short names without any such ending are found only in a list that is announced as one.
Limits: a name whose own first characters read as a particle (向日葵) may be cut short; that still
counts as one company, and `same_name` holds both spellings to be one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_RUN = r"[\u3400-\u9fffA-Za-z0-9·&（）()]"
_BUSINESS = (
    r"消费金融|小额贷款|融资担保|融资租赁|商业保理|汽车金融|互联网|金融科技|信息科技|信息技术|网络科技|"
    r"网络技术|数字科技|科技|技术|信息服务|信息咨询|商务咨询|咨询|服务|信息|网络|金融|征信|担保|信托|保险|"
    r"保理|典当|租赁|支付|数据|数科|资产管理|投资|管理|财务|理财|贷款|借贷|助贷|证券|基金|期货|财富|资本|"
    r"商务|电子|软件|传媒|文化|小贷|消金|贷|放贷|信贷|融资|经纪|代理|中介|增信|科创|智能"
)
_LEGAL = re.compile(rf"({_RUN}{{1,30}}?)((?:股份)?有限(?:责任)?公司|(?:集团|控股)公司)")
_WEAK = re.compile(
    rf"({_RUN}{{1,16}}?)(消费金融公司|小额贷款公司|融资担保公司|农村商业银行|村镇银行|农商银行|农商行|"
    r"农村信用社|信用社|消费金融|小额贷款|融资担保|消金|小贷|银行|担保公司|信托公司|征信公司|保险公司|"
    r"科技公司|金融公司|信托|金服|数科|征信|担保|公司|集团)(?![卡账流户存预汇承业家])"
)
_WORDS = re.compile(
    r"提供|共享|分享|披露|传输|传送|发送|推送|转让|转移|转交|交给|授权|同意|许可|委托|允许|知悉|确认|包括|"
    r"但不限于|例如|比如|诸如|如下|分别|名称|简称|以下|以上|本人|我方|我们|贵司|合作方|合作机构|合作伙伴|"
    r"合作银行|资金方|资方|出借人|贷款人|出借方|担保方|增信方|服务商|运营方|运营主体|接收方|受托方|第三方|机构|"
    r"关联方|通过|签订|签署|订立|欢迎|使用|感谢|申请|前往|由于|以及|及其|并且|或者|还有|来自|对应|指定|之间|"
    r"选择|推荐|匹配|联合|关于|其他|其它|仅向|仅由|均由|乙方|甲方|丙方|处理|收集|查询|获取|平台|产品"
)
_PARTICLES = "向与及给由为至将被对经或等是即系指和在从请于的并把让跟同您你我其到"
_GENERIC = re.compile(
    rf"{_BUSINESS}|消费|小额|持牌|正规|合规|合法|合作|商业|各大|各家|各类|各|多家|数家|多|国有|股份制|股份|地方|村镇|"
    r"民营|外资|中小|大型|相关|有关|其他|其它|任何|第三方|本|贵|我|该|此|你|您|子|母|分|总|关联|运营|发卡|开户|"
    r"收款|还款|放款|手机|网上|电子|城市|农村|农商|人民|政策性|存管|托管|清算|部分|上述|前述|指定|所有|全部|"
    r"一家|两家|几家|家|的|等|类|非|具备|具有|资质|牌照|有限|责任|公司|银行|机构|集团|平台|企业|单位|用户|"
    r"个人|借款|出借|资金|境内|境外|国内|依法|设立|专业|个|系|旗下|控股|目标|最终|实际|可能|不同|更多|众多"
)
_NOBODY = re.compile(
    r"中国人民银行|人民银行|征信中心|国家|公安|法院|监管|协会|管理局|委员会|仲裁|银联"
)
_LETTER = re.compile(r"[A-Za-z甲乙丙丁戊某]")
_LIST = re.compile(
    r"(?:合作(?:机构|方|伙伴|公司)|第三方(?:机构|公司)?|接收方|受让方|资金方|推荐方|共享对象|授权对象)"
    r"(?:名单|列表|清单|名录|名称)?(?:目前)?(?:包括(?:但不限于)?|包含|如下|分别为|分别是|有|为|即)?"
    r"[：:（(]\s*([^。；;）)\n]{2,200})"
)
_NOT_A_NAME = re.compile(
    r"信息|资料|数据|手机|姓名|身份|用于|进行|目的|协议|同意|我们|您|本人|联系|查询|审核|授权|评估|营销|方式|"
    r"类型|处理|电话|地址|银行卡|证件|包括|提供|共享|范围|以下|下列|随时|期限|http|www|见|详|点击|更新|调整|号码"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """One company name where it stands in a text: `start` and `end` are positions in it."""

    name: str
    start: int
    end: int


def mentions_in(text: str) -> list[Mention]:
    """Every company named, in order."""
    found: list[Mention] = []
    for pattern in (_LEGAL, _WEAK):
        for match in pattern.finditer(text):
            mention = _trimmed(match)
            if mention and not any(_overlap(mention, old) for old in found):
                found.append(mention)
    found += [each for each in _listed(text) if not any(_overlap(each, old) for old in found)]
    return sorted(found, key=lambda each: each.start)


def names_in(text: str) -> list[str]:
    """The different companies of a text, each by its longest spelling, in order."""
    names: list[str] = []
    for mention in mentions_in(text):
        for number, known in enumerate(names):
            if same_name(known, mention.name):
                names[number] = max(known, mention.name, key=len)
                break
        else:
            names.append(mention.name)
    return names


def core_of_name(name: str) -> str:
    """The name without legal form and brackets: 示例（北京）科技有限公司 is 示例科技."""
    bare = re.sub(r"[（(][^）)]*[）)]", "", name)
    return re.sub(r"(股份)?有限(责任)?公司$|(集团|控股)?公司$|集团$", "", bare).strip() or name


def same_name(one: str, other: str) -> bool:
    """Whether two spellings are of one company: one core holds the other's."""
    first, second = core_of_name(one), core_of_name(other)
    if min(len(first), len(second)) < 2:
        return first == second
    return first.endswith(second) or second.endswith(first) or _starts(first, second)


def _starts(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= 3 and long.startswith(short)


def _trimmed(match: re.Match[str]) -> Mention | None:
    """Cut what stands before the name, and give up where nothing distinguishing is left."""
    run, suffix = match[1], match[2]
    if _NOBODY.search(run + suffix):
        return None
    cut = max((found.end() for found in _WORDS.finditer(run)), default=0)
    for at in range(len(run) - 1, cut - 1, -1):
        if run[at] in _PARTICLES and _distinguishes(run[at + 1 :], suffix):
            cut = at + 1
            break
    opened = run.rfind("（" if "（" in run else "(")
    if opened >= cut and not re.search(r"[）)]", run[opened:]):
        cut = opened + 1
    stem = run[cut:].lstrip("）)·&")
    if not _distinguishes(stem, suffix):
        return None
    return Mention(stem + suffix, match.end(1) - len(stem), match.end())


def _distinguishes(stem: str, suffix: str = "") -> bool:
    """Whether more than kinds and qualities is left of it; a full name may have little left."""
    left = _GENERIC.sub("", re.sub(r"[（(）)]", "", stem))
    enough = 1 if suffix.endswith("有限公司") or suffix.endswith("有限责任公司") else 2
    return len(left) >= enough or bool(_LETTER.fullmatch(left))


def _listed(text: str) -> Iterator[Mention]:
    for match in _LIST.finditer(text):
        at = match.start(1)
        for part in re.split(r"([、，,/]|以及|\s+)", match[1]):
            name = re.sub(r"^(和|及|与)|(等.*|……|\.\.\.)$", "", part.strip(" “”\"'【】"))
            if _is_short_name(name):
                start = text.find(name, at)
                yield Mention(name, start, start + len(name))
            at += len(part)


def _is_short_name(name: str) -> bool:
    if not 2 <= len(name) <= 12 or _NOT_A_NAME.search(name) or _NOBODY.search(name):
        return False
    return bool(re.fullmatch(_RUN + "+", name)) and _distinguishes(name)


def _overlap(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end
