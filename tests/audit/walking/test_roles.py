import pytest

from mingdai.audit.walking.roles import role_in_name, role_in_words


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("手机号", "mobile"),
        ("联络手机", "mobile"),
        ("短信验证码", "code"),
        ("请输入图形验证码", "captcha"),
        ("联系人手机号", "contact_mobile"),
        ("紧急联系人", "contact_name"),
        ("姓　名", "name"),
        ("请填写与身份证一致的姓名", "name"),
        ("身份证号码（用于实名）", "id_number"),
        ("手机号，用于接收验证码", "mobile"),
        ("银行预留手机号", "mobile"),
        ("银行卡号", "bank_card"),
        ("与本人关系", "contact_relation"),
        ("名下房产", "house"),
        ("月收入", "income"),
        ("搜索", "search"),
        ("ID card number", "id_number"),
        ("Bank card number", "bank_card"),
    ],
)
def test_visible_words_tell_the_role(words, role):
    assert role_in_words(words) == role


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("sjh", "mobile"),
        ("tel", "mobile"),
        ("user_mobile", "mobile"),
        ("realName", "name"),
        ("idCardNo", "id_number"),
        ("phoneCode", "code"),
        ("contact_phone", "contact_mobile"),
        ("q17", ""),
    ],
)
def test_programmers_names_tell_the_role(name, role):
    assert role_in_name(name) == role
