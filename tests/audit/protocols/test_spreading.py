from mingdai.audit.protocols.spreading import judge
from tests.audit.protocols.calls_of import MD5, MOBILE, call, codes

AGREED = {
    "protocolList": [
        {"url": "https://lender.example.com/p", "version": "3", "hash": "ab", "contact": "c",
         "categories": ["name"]}
    ]
}  # fmt: skip


def test_a_complete_agreement_is_clean():
    assert codes(judge([call(response=AGREED)])) == []


def test_a_number_without_an_order_is_a_push():
    assert codes(judge([call(phone=MOBILE, name="测试丙")])) == ["plaintext_push"]


def test_one_person_asked_about_at_two_companies_is_fan_out():
    rows = judge([call(1, to="a", sender="p", mobileMd5=MD5), call(2, to="b", sender="p", m=MD5)])

    assert codes(rows) == ["fan_out"]


def test_two_persons_at_two_companies_are_not():
    other = "e5bc85e47e67dbc1f290beafee16afbe"
    rows = judge([call(1, to="a", sender="p", m=MD5), call(2, to="b", sender="p", m=other)])

    assert codes(rows) == []


def test_an_onward_hop_with_its_own_receipt_is_clean():
    rows = judge([call(1, sender="a", to="b", m=MD5),
                  call(2, sender="b", to="c", m=MD5, receiptId="r2")])  # fmt: skip

    assert codes(rows) == []
