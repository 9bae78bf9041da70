import pytest

from mingdai.audit.walking.preferring import best_choice


@pytest.mark.parametrize(
    ("texts", "role", "own", "chosen"),
    [
        (["请选择", "5000以下", "5000-10000", "1万以上"], "income", "8000", 2),
        (["请选择", "5千以下", "5千-1万"], "income", "8000", 2),
        (["有房", "无房"], "house", "", 1),
        (["请选择", "甲", "乙"], "", "", 1),
        (["取消", "北京市"], "city", "", 1),
        (["请选择"], "", "", -1),
    ],
)
def test_the_choice_is_the_persons_own_or_the_usual_one(texts, role, own, chosen):
    assert best_choice(texts, role, own) == chosen
