"""What a consent text says of passing data on: sentence by sentence, with its negations.

A promise not to share, or to ask again first, is not a clause that shares.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mingdai.audit.checks.wording.naming import mentions_in

_BREAK = re.compile(r"(?<=[。！？!?；;\n])")
_SHARE = re.compile(
    r"提供|共享|分享|披露|传输|传送|发送|推送|转让|转移|转交|交给|同步|对接|流转|推荐|匹配|"
    r"(?:授权|同意|许可|允许)[^。；\n]{0,60}(?:收集|查询|使用|处理|获取|知悉|联系|致电|存储)"
)
_DATA = re.compile(r"信息|资料|数据|手机|电话|姓名|身份证|联系方式|联系|通讯录|个人")
_SOMEBODY = re.compile(
    r"合作(?:的)?(?:机构|方|伙伴|商|公司|企业|单位|平台|银行|金融机构|商户|商家|第三方|贷款机构|助贷机构)|"
    r"第三方(?!支付账)|关联(?:公司|方|企业|机构)|(?:持牌|金融|贷款|放贷|助贷|信贷|借贷|放款|授信)(?:类)?(?:金融)?机构|"
    r"(?:资金|出借|放款|助贷|受让|推荐)方|(?:其他|其它|相关|有关|若干|多家|各类|任何|更多)(?:的)?"
    r"(?:金融|贷款|合作)?(?:机构|公司|方|企业|平台|银行)|服务商|商业银行|消费金融公司|小额贷款公司|(?<!我)(?<!本)银行等|"
    r"(?:需要|有).{0,6}客户的(?:机构|公司)"
)
_NOT = re.compile(
    r"(?:不会|不得|不能|绝不|从不|均不|并不|不再|不予|拒绝|禁止|无权|未曾|不)[^，。；]{0,18}"
    r"(?:提供|共享|分享|披露|传输|发送|推送|转让|出售|泄露|交给|转交|收集|使用|获取|处理|对外|用于)|"
    r"(?:未经|未获|未取得)[^。；]{0,16}(?:同意|授权|许可)|"
    r"(?:另行|再次|单独|逐一|事先|重新)[^，。；]{0,6}(?:征得|征求|取得|获得|同意|授权|告知)|"
    r"(?:征得|取得|获得)(?:了)?(?:您|你|本人|用户)[^，。；]{0,8}(?:单独|明确)[^，。；]{0,4}(?:同意|授权)|"
    r"仅(?:向|由|限于)?[^，。；]{0,30}(?:不|无)"
)
_BY_LAW = re.compile(
    r"司法|监管(?:机构|部门|机关)|行政机关|法律(?:法规|规定)|依法(?:提供|披露)|公安|法院"
)
_OPEN = re.compile(
    r"包括但不限于|不限于|等(?:其他|多家|各类)?(?:合作)?(?:机构|公司|银行|第三方|平台)"
)
_ONWARD = re.compile(
    r"(?:再次|继续|进一步|转)(?:提供|共享|分享|授权|委托|传输|披露|推送|推荐)|"
    r"(?:合作机构|合作方|第三方|接收方|被授权(?:人|方)|资金方|受托方|其)[^。；\n]{0,24}"
    r"(?:可|有权|可以|将|得以?|能够)[^。；\n]{0,14}(?:再|继续|另行|转|向[^。；\n]{0,12})"
    r"(?:提供|共享|分享|授权|委托|转让|传输|披露|推送|推荐)|"
    r"及其(?:关联公司|合作(?:机构|方|伙伴)|关联方|受托方|授权的)"
)
_RISK = re.compile(
    r"(?:风险|损失|后果|责任|费用|纠纷)[^。；\n]{0,16}(?:由|均由|应由|概由|全部由)?"
    r"(?:您|你|用户|借款人|本人|客户|申请人)[^。；\n]{0,8}(?:自行|自己|全部|独立)?(?:承担|负责|负担)|"
    r"(?:您|你|用户|借款人|本人|客户|申请人)[^。；\n]{0,8}(?:自行|自己|独立)[^。；\n]{0,10}承担|"
    r"(?:平台|我们|本公司|本平台|我司)[^。；\n]{0,24}(?:不承担|概不负责|不负)[^。；\n]{0,12}(?:责任|赔偿|负责)?|"
    r"放弃[^。；\n]{0,12}(?:追究|索赔|抗辩|诉讼|主张|权利)"
)
_RISK_NOT = re.compile(r"(?:依法|按照法律|由我们|由平台|由本公司)[^。；\n]{0,12}承担")
_DATA_RISK = re.compile(r"信息|泄露|泄漏|资料|数据|合作机构|第三方|贷款|借款|服务|授权")


@dataclass(frozen=True, slots=True)
class Clause:
    """One sentence, and where it begins in the text."""

    text: str
    start: int


def sentences(text: str) -> list[Clause]:
    """The sentences of a text in order; lines end sentences too."""
    rows, at = [], 0
    for part in _BREAK.split(text):
        bare = part.strip()
        if bare:
            rows.append(Clause(bare, at + part.find(bare[0])))
        at += len(part)
    return rows


def catch_all_clauses(text: str) -> Iterator[Clause]:
    """Sentences that let data go to a kind of company instead of a company."""
    for clause in sentences(text):
        said = clause.text
        somebody = _SOMEBODY.search(_without_names(said))
        if not somebody or not _SHARE.search(said) or not _DATA.search(said):
            continue
        if is_negated(said) or (_BY_LAW.search(said) and not re.search("合作", said)):
            continue
        yield clause


def _without_names(said: str) -> str:
    """The sentence with every named company cut out: 云杉消费金融公司 is no kind of company."""
    for mention in reversed(mentions_in(said)):
        said = said[: mention.start] + "〇" + said[mention.end :]
    return said


def is_open_ended(text: str) -> bool:
    """Whether a list of names is said to be only examples."""
    return bool(_OPEN.search(text))


def is_negated(sentence: str) -> bool:
    """Whether the sentence promises not to do it, or to ask again first."""
    return bool(_NOT.search(sentence))


def onward_clauses(text: str) -> Iterator[Clause]:
    """Sentences that let a recipient pass data on again."""
    for clause in sentences(text):
        said = clause.text
        if _ONWARD.search(said) and _DATA.search(said) and not is_negated(said):
            yield clause


def risk_clauses(text: str) -> Iterator[Clause]:
    """Sentences that put risk or loss from the company's doings on the borrower."""
    for clause in sentences(text):
        said = clause.text
        if _RISK.search(said) and _DATA_RISK.search(said) and not _RISK_NOT.search(said):
            yield clause
