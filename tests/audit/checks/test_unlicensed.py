from mingdai.audit.checks.registry import parse_registry
from mingdai.audit.checks.unlicensed import check
from tests.audit.checks.matter_of import matter, told
from tests.audit.visit_of import MOBILE, exchange

REGISTRY = parse_registry({"companies": [{"name": "示例银行", "hosts": ["one.test"]}]})


def post(host):
    return exchange(1, 31.0, f"http://{host}/a", method="POST", body=f"m={MOBILE}".encode())


def test_without_a_registry_nothing_is_said():
    assert list(check(matter(post("api.two.test")))) == []


def test_a_recipient_off_the_list_is_told():
    assert told(check(matter(post("api.two.test"), registry=REGISTRY))) == [
        "得到资料的 api.two.test 不在持牌名单内。"
    ]


def test_an_end_off_the_list_is_told():
    other = parse_registry({"companies": [{"name": "示例银行", "hosts": ["bank.test"]}]})

    assert told(check(matter(registry=other))) == ["流程终点 www.one.test 不在持牌名单内。"]
