"""Sentences that pay a loan out: done already, about to happen by itself, or forced by a threat.

Advertising ("最快5分钟放款"), conditions ("审核通过并经您确认后放款"), and other people's loans
("尾号1234用户已成功借款") are none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingdai.audit.checks.wording.clauses import sentences

_PAY = r"(?:放款|下款|打款|汇款|发放|到账|转账|出款|划入|转入|打入|汇入|存入|放贷|入账)"
_DONE = re.compile(
    rf"(?:已经?|均已|现已)(?:为您|为你|成功|自动|实时|全额|提前|向您|将){{0,3}}[^，。；\n]{{0,14}}{_PAY}|"
    rf"(?:放款|下款|打款|到账|借款发放)(?:已)?(?:成功|完成)(?!率)|成功(?:借款|下款|放款|到账|提现|借入)|"
    rf"(?:借款|贷款|款项|资金|额度|元)[^。；\n]{{0,10}}(?:已经?)(?:成功)?{_PAY}|"
    r"(?:您|你)(?:已经?)(?:成功)?借(?:款|入|到)|(?:借款|贷款)(?:合同|协议)?(?:已经?)(?:自动)?(?:生效|成立|生成|签署)|"
    r"(?:借款|贷款)(?:已)(?:办理|发放|完成)|"
    r"(?:loan|money) (?:has been|was) (?:disbursed|paid out|transferred)",
    re.IGNORECASE,
)
_AUTO = re.compile(
    rf"(?:自动|默认|直接|强制)(?:为您|为你|向您|将)?[^，。；\n]{{0,12}}"
    rf"(?:{_PAY}|提现|确认借款|借款|签约|提款|支用)|"
    rf"(?:无需|不需|免)(?:要)?(?:您|你|用户|再次|本人|另行)*(?:确认|签字|签约|同意)[^。；\n]{{0,14}}(?:{_PAY}|借款)"
)
_DEEMED = re.compile(
    r"(?:逾期未|未(?:在|于)?|超过|超时|不(?:取消|拒绝|操作))[^。；\n]{0,22}(?:视为|视同|默认|自动|即)[^。；\n]{0,6}"
    rf"(?:同意|确认|接受|借款|提款|{_PAY})|"
    r"(?:提交|填写|完成)(?:资料|信息|申请|注册)?[^。；\n]{0,6}(?:视为|视同|默认|等于)[^。；\n]{0,4}"
    r"(?:同意|确认|接受)(?:借款|提款|放款|贷款)(?!合同|协议|条款|服务)|"
    rf"(?:\d+\s*秒|倒计时)[^。；\n]{{0,10}}(?:自动|默认)[^。；\n]{{0,6}}(?:借款|提现|确认|提款|{_PAY})"
)
_THREAT = re.compile(
    r"(?:不|拒绝|放弃|取消|未)(?:领取|借款|接受|提现|使用|提款|确认)?[^。；\n]{0,14}"
    r"(?:影响|计入|上报|记入|降低)[^。；\n]{0,8}(?:征信|信用)|"
    r"取消(?:借款|订单|申请)?[^。；\n]{0,8}(?:需|须|要|将)[^。；\n]{0,6}(?:支付|缴纳|承担|收取)[^。；\n]{0,8}(?:违约金|手续费)"
)
_NOT_DONE = re.compile(
    r"(?:未|没有|尚未|还没|待|即将|预计|最快|最迟|平均|如|若|一旦|当|假如|不会|无法|不能|避免|谨防|警惕|任何|"
    r"不收|之前|前|请勿|切勿|凡是?|累计|历史|目标|承诺)[^。；\n]{0,14}(?:放款|下款|打款|到账|发放|借款|汇款)|"
    r"(?:放款|下款|到账|发放|借款)[^。；\n]{0,4}(?:前|之前|后(?:方|才|可|将|起|开始)|中$|失败|未成功|率|时间|速度|方式)|"
    r"未[^，。；\n]{0,4}(?:确认|提现)"
)
_OTHERS = re.compile(
    r"尾号|用户(?!您)|先生|女士|\*{2,}|×{2,}|某|刚刚|[万亿]\s*(?:人|用户|客户|笔)|人次|笔(?:借款|贷款)|累计|他们|客户评价"
)
_NOT_AUTO = re.compile(
    r"(?:不会|不得|绝不|并非|不|非|未|无)[^，。；\n]{0,4}(?:自动|默认|直接|强制)|(?:自动|默认|强制)[^。；\n]{0,10}(?:不会|(?<![可能法得许])取消|失效|还款|扣款)|"
    r"(?:经|由|待|在)?(?:您|你|本人|借款人|用户)[^，。；\n]{0,10}(?<!无需)(?<!未)(?<!不)(?:确认|签署|签约|同意|提交|申请)(?:借款|提现|合同)?[^。；\n]{0,6}后|"
    r"(?:确认|签署合同|签约|提现)(?:借款|提现)?(?:成功)?(?:之)?后"
)


def done_payouts(text: str) -> Iterator[str]:
    """Sentences that say the reader's loan has been paid out."""
    for clause in sentences(text):
        said = clause.text
        if _DONE.search(said) and not _NOT_DONE.search(said) and not _OTHERS.search(said):
            yield said


def forced_payouts(text: str) -> Iterator[str]:
    """Sentences that pay out, or accept a loan, without the reader's own act; or by a threat."""
    for clause in sentences(text):
        said = clause.text
        own = not _OTHERS.search(said)
        if (
            _DEEMED.search(said)
            or (_THREAT.search(said) and not _denied(said))
            or (own and _AUTO.search(said) and not _NOT_AUTO.search(said))
        ):
            yield said


def _denied(said: str) -> bool:
    return bool(re.search(r"不(?:会)?(?:影响|计入|上报|记入|降低)|无需(?:支付|缴纳|承担)", said))
