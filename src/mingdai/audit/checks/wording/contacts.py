"""Sentences that demand the address book (通讯录), apart from those that promise to leave it alone.

A typed emergency contact is no demand for the address book.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingdai.audit.checks.wording.clauses import sentences

_BOOK = (
    r"(?:通讯录|通信录|电话[簿本]|手机联系人|联系人(?:权限|列表|名单|数据|授权|记录)|"
    r"contacts? (?:list|access|permission))"
)
_ASK = (
    r"(?:授权|允许|同意|开启|读取|访问|获取|收集|上传|打开|提供|开通|采集|调取|调用|查看|同步|导入|认证|"
    r"allow|access)"
)
_DEMAND = re.compile(
    rf"{_ASK}[^。；\n]{{0,18}}{_BOOK}|{_BOOK}[^。；\n]{{0,8}}(?:权限|授权|读取|认证|访问|信息|上传)",
    re.IGNORECASE,
)
_NOT = re.compile(
    rf"(?:不|无需|无须|不会|绝不|禁止|从不|不再|免|未)[^，。；\n]{{0,10}}{_ASK}[^，。；\n]{{0,14}}{_BOOK}|"
    rf"(?:不|无需|无须|不会|绝不|免)[^，。；\n]{{0,12}}{_BOOK}|"
    rf"{_BOOK}[^，。；\n]{{0,10}}(?:不会|不被|不予|无需|不收集|不读取|不上传)"
)
_OPTIONAL = re.compile(
    r"(?:可以|有权|可|能)(?:随时|自行|选择)?(?:拒绝|跳过|不授权|不提供|关闭|取消|撤回)|不影响|可选|选填|非必[须填要]|"
    r"自愿|(?:如|若|当)(?:果)?(?:您|你|用户)|方便您?(?:选择|填写)|选择紧急联系人|经(?:您|你|用户)[^，。；]{0,6}同意"
)
_FORCE = re.compile(
    r"必须|必需|务必|须|否则|才能|才可|方可|无法(?:继续|申请|借款|提交|完成|审核|放款|获得)|"
    r"不能(?:继续|申请|借款|提交)|请先|强制|必填|不授权|拒绝(?:后|则|将|授权)|未授权|未开启|失败",
)
_IMPERATIVE = re.compile(
    r"请|需要?|必须|须|点击|立即|授权|允许|同意|开启|为了|以便|用于|申请(?:访问|获取)"
)


def contact_demands(text: str) -> Iterator[str]:
    """The sentences that ask for the address book and leave no choice open."""
    for clause in sentences(text):
        said = clause.text
        if _DEMAND.search(said) and _IMPERATIVE.search(said) and not _leaves_a_choice(said):
            yield said


def is_forced(sentence: str) -> bool:
    """Whether the sentence says that nothing goes on without it."""
    return bool(_FORCE.search(sentence))


def mentions_contacts(text: str) -> bool:
    """Whether the words speak of an address book at all."""
    return bool(re.search(_BOOK, text, re.IGNORECASE))


def _leaves_a_choice(said: str) -> bool:
    return bool(_NOT.search(said) or _OPTIONAL.search(said)) and not is_only_way(said)


def is_only_way(said: str) -> bool:
    """Whether "不…" in it speaks of what happens without the permission (不授权则无法借款)."""
    threat = re.search(
        r"(?:不|未|拒绝)[^，。；\n]{0,10}(?:授权|允许|开启|同意)[^。；\n]{0,20}(?:无法|不能|将|则|失败|终止)",
        said,
    )
    return bool(threat) and not re.search(r"不影响", said)
