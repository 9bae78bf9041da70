from mingdai.audit.checks.minimal_fields import check
from mingdai.audit.visits import Asked
from tests.audit.checks.matter_of import matter, told


def asked(role, *, required=False):
    return Asked(1, 5.0, role, role, "label", required, "text")


def test_the_necessary_set_is_no_matter():
    rows = tuple(asked(role) for role in ("name", "mobile", "id_number", "bank_card", "code"))

    assert list(check(matter(asked=rows))) == []


def test_more_than_necessary_is_listed():
    (remark,) = check(matter(asked=(asked("mobile"), asked("income"), asked("wechat"))))

    assert told([remark]) == ["页面还要求：收入、微信。"]
    assert remark.severity == "low"


def test_other_peoples_data_weighs_more():
    (remark,) = check(matter(asked=(asked("contact_mobile"),)))

    assert remark.severity == "medium"


def test_three_demands_weigh_more():
    rows = tuple(asked(role, required=True) for role in ("income", "house", "car"))

    (remark,) = check(matter(asked=rows))

    assert remark.severity == "medium"
