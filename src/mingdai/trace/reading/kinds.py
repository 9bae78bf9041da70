"""What one cell could be, by its form alone."""

from __future__ import annotations

import enum
import re
import unicodedata


class Kind(enum.Enum):
    """The forms of values that found lists hold."""

    MOBILE = "mobile"
    MASKED = "masked mobile"
    DIGEST = "digest"
    TAIL = "last four"
    ID = "id number"
    ID_MASKED = "masked id number"
    NAME = "name"
    NAME_MASKED = "masked name"
    ADDRESS = "address"
    AMOUNT = "amount with a unit"
    NUMBER = "number"
    TIME = "time"
    OTHER = "other"


_HAN = "㐀-䶿一-鿿·"
_MASK = "*×•●■□＃#?？"
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
    "常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季"
    "裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦"
    "戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻"
    "苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练"
    "廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿"
    "鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由"
)

_FORMS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.MOBILE, re.compile(r"^(?:\+|00)?(?:86)?1[3-9]\d{9}$")),
    (Kind.MASKED, re.compile(r"^(?:\+|00)?(?:86)?1[3-9]\d{1,6}(?:\*+|[xX]{3,})\d{0,6}$")),
    (Kind.DIGEST, re.compile(r"^(?:[0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{64})$")),
    (Kind.ID, re.compile(r"^\d{17}[\dXx]$")),
    (Kind.ID_MASKED, re.compile(r"^\d{0,14}(?:\*{5,}|[xX]{5,})\d{0,6}[\dXx]$|^\d{14,17}\*{1,4}$")),
    (Kind.TAIL, re.compile(r"^(?:\*+|尾号[:：]?)?\d{4}$")),
)
_BASE64 = re.compile(r"^(?:[A-Za-z0-9+/]{22}==|[A-Za-z0-9+/]{27}=|[A-Za-z0-9+/]{43}=)$")
_SCIENTIFIC = re.compile(r"^\d\.\d+[eE]\+?(10|17)$")
_TIME = re.compile(
    r"^20\d{2}(?:[-/.年]?\d{1,2})(?:[-/.月]?\d{1,2})日?[T\s]*(?:\d{1,2}[:时]?\d{2}(?:[:分]?\d{2})?)?"
    r"(?:\.\d+)?[分秒Z]?(?:[+-]\d{2}:?\d{2})?$|^1[4-7]\d{8}(?:\d{3})?$"
)
_AMOUNT = re.compile(
    r"^(?:[¥￥$]|RMB|CNY|人民币)\s*\d[\d,]*(?:\.\d+)?\s*(?:万|[wWkK]|千)?元?$"
    r"|^\d[\d,]*(?:\.\d+)?\s*(?:万元|万|[wWkK]|千元|千|元整|元|块|圆|RMB|CNY|yuan)$"
    r"|^\d{1,3}(?:,\d{3})+(?:\.\d+)?$|^\d+\.\d{2}$",
    re.IGNORECASE,
)


def kind_of(cell: str) -> Kind:
    """The first form that fits; `OTHER` where none does."""
    text = unicodedata.normalize("NFKC", cell).strip().strip("'\"")
    if not text:
        return Kind.OTHER
    if _BASE64.match(text):
        return Kind.DIGEST
    folded = _SCIENTIFIC.match(text)
    if folded:
        return Kind.MOBILE if folded[1] == "10" else Kind.ID
    bare = re.sub(rf"[{_MASK}]+", lambda found: "*" * len(found.group()), text)
    bare = re.sub(r"[\s()\-./]+", "", re.sub(r"\.0+$", "", bare))
    for kind, form in _FORMS:
        if form.match(bare) and not (kind is Kind.TAIL and bare != text.lstrip("#")):
            return kind
    return _wordy(text)


def _wordy(text: str) -> Kind:
    if _TIME.match(text):
        return Kind.TIME
    if _AMOUNT.match(text):
        return Kind.AMOUNT
    if re.match(r"^\d+(?:\.\d+)?$", text):
        return Kind.NUMBER
    masked = re.match(rf"^[{_HAN}{_MASK}]+$", text) and re.search(rf"[{_MASK}]", text)
    if masked or re.match(rf"^[{_HAN}]{{1,2}}(?:某某?|先生|女士|小姐)$", text):
        return Kind.NAME_MASKED
    named = re.match(rf"^[{_HAN}]{{2,4}}$", text) and text[0] in _SURNAMES
    if named and text[-1] not in "市县省区":
        return Kind.NAME
    if re.search(rf"[{_HAN}]{{2}}", text) and (len(text) > 6 or text[-1] in "市县省区"):
        return Kind.ADDRESS
    return Kind.OTHER
