import pytest

from mingdai_sandbox.masking import mask


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ("name", "示例甲", "示****"),
        ("mobile", "19900012345", "199****2345"),
        ("bank_card", "6200000000000000000", "****0000"),
        ("address", "示例市示例路一号", "****"),
        ("mobile", "1990001", "****"),
        ("unknown", "x", "****"),
    ],
)
def test_only_the_outer_characters_of_a_few_kinds_are_shown(code, value, shown):
    assert mask(code, value) == shown
