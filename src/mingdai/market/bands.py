"""The bands a person chooses on the offers page: coarse, never stored, never a name."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Band:
    """One choice: a stable code and its words."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class AgeBand(Band):
    """Whole years, both ends included."""

    low: int
    high: int


AGES: tuple[AgeBand, ...] = (
    AgeBand("18-22", "18–22 岁", "18–22", 18, 22),
    AgeBand("23-30", "23–30 岁", "23–30", 23, 30),
    AgeBand("31-40", "31–40 岁", "31–40", 31, 40),
    AgeBand("41-55", "41–55 岁", "41–55", 41, 55),
    AgeBand("56-65", "56–65 岁", "56–65", 56, 65),
    AgeBand("66-", "66 岁及以上", "66 and over", 66, 150),
)

EMPLOYMENT: tuple[Band, ...] = (
    Band("employed", "受雇上班", "Employed"),
    Band("public", "机关事业单位", "Public sector"),
    Band("self_employed", "个体经营", "Self-employed"),
    Band("business_owner", "企业主", "Business owner"),
    Band("flexible", "灵活就业", "Flexible work"),
    Band("retired", "退休", "Retired"),
    Band("student", "在校学生", "Student"),
    Band("other", "其他", "Other"),
)

INCOME: tuple[Band, ...] = (
    Band("0-3k", "月收入 3,000 元以下", "Under 3,000 yuan a month"),
    Band("3k-5k", "3,000–5,000 元", "3,000–5,000 yuan"),
    Band("5k-8k", "5,000–8,000 元", "5,000–8,000 yuan"),
    Band("8k-15k", "8,000–15,000 元", "8,000–15,000 yuan"),
    Band("15k-", "15,000 元以上", "Over 15,000 yuan"),
)

REGIONS: tuple[Band, ...] = tuple(
    Band(code, zh, en)
    for code, zh, en in (
        ("11", "北京", "Beijing"),
        ("12", "天津", "Tianjin"),
        ("13", "河北", "Hebei"),
        ("14", "山西", "Shanxi"),
        ("15", "内蒙古", "Inner Mongolia"),
        ("21", "辽宁", "Liaoning"),
        ("22", "吉林", "Jilin"),
        ("23", "黑龙江", "Heilongjiang"),
        ("31", "上海", "Shanghai"),
        ("32", "江苏", "Jiangsu"),
        ("33", "浙江", "Zhejiang"),
        ("34", "安徽", "Anhui"),
        ("35", "福建", "Fujian"),
        ("36", "江西", "Jiangxi"),
        ("37", "山东", "Shandong"),
        ("41", "河南", "Henan"),
        ("42", "湖北", "Hubei"),
        ("43", "湖南", "Hunan"),
        ("44", "广东", "Guangdong"),
        ("45", "广西", "Guangxi"),
        ("46", "海南", "Hainan"),
        ("50", "重庆", "Chongqing"),
        ("51", "四川", "Sichuan"),
        ("52", "贵州", "Guizhou"),
        ("53", "云南", "Yunnan"),
        ("54", "西藏", "Tibet"),
        ("61", "陕西", "Shaanxi"),
        ("62", "甘肃", "Gansu"),
        ("63", "青海", "Qinghai"),
        ("64", "宁夏", "Ningxia"),
        ("65", "新疆", "Xinjiang"),
    )
)
"""Province-level regions by their two-digit code (GB/T 2260)."""

AGE_BY_CODE: dict[str, AgeBand] = {band.code: band for band in AGES}
CODES: dict[str, frozenset[str]] = {
    "age": frozenset(band.code for band in AGES),
    "region": frozenset(band.code for band in REGIONS),
    "employment": frozenset(band.code for band in EMPLOYMENT),
    "income": frozenset(band.code for band in INCOME),
}
"""All codes of each kind of band."""
