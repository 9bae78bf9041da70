"""A well-formed lender with one product, and ways to spoil it."""

import copy
import tomllib

import pytest

from mingdai.market.canonical import content_hash
from mingdai.market.catalogue import _lender, _product
from mingdai.market.tables import Table

PLAIN = """
[lender]
id = "shili"
legal_name = "示例测试银行股份有限公司"
short_name = "测试银行"
legal_name_en = "Example Test Bank Co., Ltd."
licence = "bank"
licence_number = "示例B0000H000000000"
licence_until = 2030-12-31
contact = "privacy@shili.example"
complaint_phone = "400-000-0000"
retention_days = 30

[[product]]
id = "shili-dai"
name = "示例贷"
name_en = "Example Loan"
route = "via_credit_agency"
amount_min = "1000.00"
amount_max = "50000.00"
terms = ["6m", "12m"]
repayments = ["equal_instalment"]
annual_pct = "12.00"
lead_price = "80.00"

[[product.default_cost]]
kind = "penalty_interest"
payee_kind = "lender"
payee = "示例测试银行股份有限公司"
basis = "of_contract_rate"
value = "150"

[product.eligibility]
age_min = 20
age_max = 60
regions = "all"
employment = ["employed", "public"]
income = "all"

[product.fields]
name = ["核对身份", "To check identity"]
mobile = ["联系借款人", "To reach the borrower"]
id_number = ["核验身份", "To verify identity"]
bank_card = ["放款", "To pay out"]
"""


@pytest.fixture
def lender_text():
    return PLAIN


@pytest.fixture
def make_product():
    """Builds the plain product with keys of `lender` and `product` replaced; None removes one."""

    def make(*, lender=None, **product):
        raw = copy.deepcopy(tomllib.loads(PLAIN))
        for table, changes in ((raw["lender"], lender or {}), (raw["product"][0], product)):
            for key, value in changes.items():
                if value is None:
                    del table[key]
                else:
                    table[key] = value
        spec = {"hash": content_hash(repr(raw))}
        return _product(Table(raw["product"][0], ""), _lender(Table(raw["lender"], "")), spec)

    return make


@pytest.fixture
def fee():
    """A fee as the catalogue writes it."""

    def build(**changes):
        plain = {
            "kind": "service",
            "payee_kind": "lender",
            "payee": "示例测试银行股份有限公司",
            "timing": "upfront",
            "basis": "on_amount",
            "value": "1.00",
        }
        return {**plain, **changes}

    return build
