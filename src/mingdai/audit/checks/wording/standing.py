"""In what standing a consent text names a company: its own author, a recipient, or in passing.

The author of a text is who signs it with the borrower, runs the page, or passes data on; a
recipient is who is given data or is allowed to process it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from mingdai.audit.checks.wording.naming import Mention, mentions_in, names_in, same_name


class Standing(StrEnum):
    """`GIVEN`: data goes to it by the text's own verb; `ALLOWED`: it may process, or is listed."""

    OWN = "own"
    GIVEN = "given"
    ALLOWED = "allowed"
    SUBJECT = "subject"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Named:
    """A company of a text in the most telling standing it has there."""

    name: str
    standing: Standing

    @property
    def is_recipient(self) -> bool:
        """Whether the text lets data go to it: who signs for itself gets data as well."""
        return self.standing in {Standing.GIVEN, Standing.ALLOWED, Standing.OWN}


_RANK = (Standing.GIVEN, Standing.OWN, Standing.ALLOWED, Standing.SUBJECT, Standing.OTHER)
_GIVE = (
    r"(?:提供|共享|分享|披露|传输|传送|发送|推送|转让|转移|报送|同步|转交|转|递交|提交|推荐|"
    r"授权|许可|流转|交)"
)
_GIVEN_BEFORE = re.compile(
    rf"{_GIVE}(?:[^。；\n]{{0,12}}?)(?:给予|给|至|予|到|向)(?:[^。；\n]{{0,60}})$"
)
_TO_BEFORE = re.compile(r"(?:向|给|与|和)(?:[^，。；\n]{0,60}、?)$")
_GIVE_AFTER = re.compile(rf"^[^，。；\n]{{0,60}}?{_GIVE}")
_ALLOWED_BEFORE = re.compile(
    r"(?:授权|同意|许可|允许|委托|接收方|受让方|资金方|出借人|贷款人|出借方|放款方|担保方|增信方|被授权人|被授权方|"
    r"贷款机构|合作机构|合作方|由)[^，。；\n]{0,40}$"
)
_PROCESS_AFTER = re.compile(
    r"^[^，。；\n]{0,20}(?:处理|收集|使用|查询|获取|接收|存储|评估|审核|联系)"
)
_OWN_AFTER = re.compile(
    r"^\s*[（(“\"]?\s*(?:以下|下称|下文|以下简称|简称|以下统称)[^）)。]{0,10}"
    r"(?:我们|我司|本公司|我公司|本平台|平台|本网站|运营方)"
)
_RECEIVER_AFTER = re.compile(
    r"^\s*[（(“\"]?\s*(?:以下|下称|下文|简称)[^）)。]{0,10}"
    r"(?:贵司|贵公司|被授权|贷款人|出借人|资金方|合作机构|接收方|贵行)"
)
_OWN_BEFORE = re.compile(
    r"(?:运营(?:方|主体|者|商|单位|公司)|平台方|主办(?:单位|方)|版权所有|©|Copyright|服务提供(?:者|方)|"
    r"技术服务方|开发者|欢迎使用|欢迎来到|感谢使用|感谢您使用|网站所有者|经营者|备案主体)[^，。；\n]{0,12}$",
    re.IGNORECASE,
)
_SIGN_BEFORE = re.compile(r"(?:您|你|用户|本人|借款人|甲方|客户)(?:与|和|同)$")
_SIGN_AFTER = re.compile(r"^[^。；\n]{0,30}(?:签订|签署|订立|达成|缔结|之间|约定|共同)")
_RUN_AFTER = re.compile(
    r"^[）)]?(?:运营|开发|主办|所有|旗下|版权所有|提供(?:本|的)?(?:平台|技术|本服务|本产品|信息中介))"
)
_ACTOR_AFTER = re.compile(
    rf"^(?:可以|可|将|把|会|有权|须|应|得|在)?[^。；\n]{{0,40}}?(?:向|{_GIVE}(?:给|至|到|予|给予)?)"
    r"[^。；\n]{0,40}(?:提供|共享|分享|传输|披露|推送|发送|公司|机构|银行|第三方|合作|金融|小贷|贷款|担保)"
)
_SUBJECT_AFTER = re.compile(
    r"^(?:将|会|可|可能|有权|承诺|尊重|重视|依法|负责|收集|处理|使用|为您|向您|是|深知|非常|严格|保护)"
)
_LIST_HEAD = re.compile(
    r"^[^。]{0,16}(?:合作(?:机构|方|伙伴|公司)|接收方|第三方|资金方|受让方|共享)[^。]{0,12}"
    r"(?:名单|列表|清单|名录|如下|包括|[：:])[^。]{0,6}$"
)
_ROW = re.compile(
    r"(?:[-–·•*\d一二三四五六七八九十.．、()（）\s]*)(?:(?:公司|机构|接收方)?名称[：:]\s*)?"
)
_HEADING = re.compile(
    r"^(?:第?[一二三四五六七八九十0-9]+[条章、.．]|[（(][一二三四五六七八九十]+[）)])"
)


def standings_of(text: str) -> list[Named]:
    """Every company of a text with its standing."""
    best: list[Named] = []
    for mention, standing in _judged(text):
        for number, known in enumerate(best):
            if same_name(known.name, mention.name):
                name = max(known.name, mention.name, key=len)
                best[number] = Named(name, min(known.standing, standing, key=_RANK.index))
                break
        else:
            best.append(Named(mention.name, standing))
    return best


def own_names(texts: Iterable[str]) -> list[str]:
    """The companies that texts call their own author."""
    rows = [each.name for text in texts for each in standings_of(text) if _is_own(each)]
    return names_in("；".join(dict.fromkeys(rows)))


def _is_own(named: Named) -> bool:
    return named.standing is Standing.OWN


def _judged(text: str) -> Iterable[tuple[Mention, Standing]]:
    listing = False
    for line in text.splitlines(keepends=True):
        if _LIST_HEAD.search(line.strip()):
            listing = True
        elif len(line.strip()) > 60 or _HEADING.match(line.strip()):
            listing = listing and bool(mentions_in(line)) and len(line.strip()) <= 60
        for mention in mentions_in(line):
            standing = _standing(line, mention)
            row = _ROW.fullmatch(line[: mention.start].strip())
            if listing and row and standing in {Standing.OTHER, Standing.SUBJECT}:
                standing = Standing.ALLOWED
            yield mention, standing


def _standing(line: str, mention: Mention) -> Standing:
    left = re.split(r"[。；;！!？?\n]", line[: mention.start])[-1]
    right = re.split(r"[。；;！!？?\n]", line[mention.end :])[0]
    if _RECEIVER_AFTER.match(right):
        return Standing.ALLOWED
    if _is_author(left, right):
        return Standing.OWN
    if _GIVEN_BEFORE.search(left):
        return Standing.GIVEN
    if _TO_BEFORE.search(left) and _GIVE_AFTER.match(right) and "向您" not in left[-3:]:
        return Standing.GIVEN
    if _acts(right):
        return Standing.OWN
    if _ALLOWED_BEFORE.search(left) or (left and _PROCESS_AFTER.match(right)):
        return Standing.ALLOWED
    return Standing.SUBJECT if _SUBJECT_AFTER.match(right) else Standing.OTHER


def _is_author(left: str, right: str) -> bool:
    if _OWN_AFTER.match(right) or _OWN_BEFORE.search(left) or _RUN_AFTER.match(right):
        return True
    return bool(_SIGN_BEFORE.search(left) and _SIGN_AFTER.match(right))


def _acts(right: str) -> bool:
    """Whether the company itself passes data on, as the sentence goes on to say."""
    return bool(
        re.match(r"^(?:可以|可|将|把|会|有权|须|应|向)", right) and _ACTOR_AFTER.match(right)
    )
