import pytest

from mingdai.audit.walking.recognising import called, recognise
from mingdai.audit.walking.scenes import Control, Look


def _control(**facts):
    return Control(Look(0, None, None, "http://a.test/"), 0, facts.pop("kind", "field"), facts)


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({"label": "手机号", "name": "x"}, ("mobile", "label")),
        ({"placeholder": "请输入姓名"}, ("name", "placeholder")),
        ({"name": "sfzh"}, ("id_number", "name")),
        ({"near": "居住地址"}, ("address", "near")),
        ({"type": "tel", "maxlength": 11}, ("mobile", "type")),
        ({"maxlength": 18}, ("id_number", "length")),
        ({"autocomplete": "one-time-code"}, ("code", "autocomplete")),
        ({"kind": "radio", "group": "名下房产", "label": "有"}, ("house", "group")),
        ({}, ("", "")),
    ],
)
def test_an_input_is_known_by_the_first_thing_that_speaks(facts, found):
    assert recognise(_control(**facts)) == found


def test_an_input_is_called_as_the_page_calls_it():
    assert called(_control(label="*手机号：")) == "手机号"
