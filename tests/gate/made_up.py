"""Strategies for made-up values that have many spellings."""

from __future__ import annotations

from hypothesis import strategies as st

from mingdai.gate.marking_spellings import BY_FIELD
from mingdai.vault.validating import clean

SYLLABLES = "云岭东湖明川青禾松梅北桥新安平和"
han = st.text(alphabet=SYLLABLES, min_size=2, max_size=4)
number = st.integers(1, 9999).map(str)


@st.composite
def addresses(draw) -> str:
    """Addresses as people write them: with and without province, building, remark, signs."""
    parts = [
        draw(st.sampled_from(["", draw(han) + "省", draw(han) + "自治区"])),
        draw(st.sampled_from(["", draw(han) + "市"])),
        draw(st.sampled_from(["", draw(han) + "区", draw(han) + "县"])),
        draw(han) + draw(st.sampled_from(["路", "街", "大道", "巷"])),
        draw(number) + "号",
        draw(st.sampled_from(["", f"({draw(han)}花园)", f"（{draw(han)}苑）", draw(han)])),
        draw(
            st.sampled_from(
                [
                    "",
                    f"{draw(number)}栋{draw(number)}单元{draw(number)}室",
                    f"{draw(number)}-{draw(number)}-{draw(number)}",
                    f"{draw(number)}幢{draw(number)}室",
                    f"A{draw(number)}座",
                ]
            )
        ),
        draw(st.sampled_from(["", f"({draw(han)})", "，靠门卫", " 2楼"])),
    ]
    return draw(st.sampled_from(["", " "])).join(each for each in parts if each)


@st.composite
def employers(draw) -> str:
    """Firms, none of them real."""
    place = draw(st.sampled_from(["", f"({draw(han)})", f"（{draw(han)}）"]))
    end = draw(st.sampled_from(["有限公司", "有限责任公司", "股份有限公司", "工作室", "第3店"]))
    return f"{draw(han)}示例{place}科技{draw(st.sampled_from(['', 'A1', '88']))}{end}"


names = st.one_of(han, st.tuples(han, han).map("·".join))
days = st.dates().map(lambda day: day.isoformat())
amounts = st.integers(1, 99_999_999).map(lambda fen: f"{fen // 100}.{fen % 100:02d}")
incomes = st.sampled_from(["月收入 3,000 元以下", "5,000–8,000 元", "15,000 元以上"])
noise = st.text(alphabet="0１9-－号№()（） 路市区省栋单元室a,.·•", min_size=4, max_size=40)


def _clean(code: str, text: str) -> str:
    return text if code == "amount" else clean(code, text)


VALUES = {
    "name": names.map(lambda text: _clean("name", text)),
    "id_valid_until": days.filter(lambda day: day >= "1000"),
    "address": st.one_of(addresses(), addresses().map(lambda text: _clean("address", text))),
    "employer": st.one_of(employers(), employers().map(lambda text: _clean("employer", text))),
    "monthly_income": incomes,
    "amount": amounts,
}
"""A strategy for each field that has kinds, and whatever somebody may type for any of them."""

anything = st.sampled_from(sorted(BY_FIELD)).flatmap(
    lambda code: st.tuples(st.just(code), st.one_of(VALUES[code], noise))
)
