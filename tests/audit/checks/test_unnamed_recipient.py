from mingdai.audit.checks.unnamed_recipient import check
from tests.audit.checks.matter_of import agreement, matter, page
from tests.audit.visit_of import MOBILE, exchange

NAMED = "您同意我们将手机号提供给示例云亭消费金融有限公司用于贷款审批。"
CATCH_ALL = "您同意我们将您的个人信息提供给合作机构。"
LENDER = page("示例云亭消费金融有限公司", number=2, host="www.yunting.test")
FIRST = page("© 示例一号科技有限公司 版权所有")


def post(host):
    return exchange(1, 31.0, f"http://{host}/a", method="POST", body=f"m={MOBILE}".encode())


def test_a_catch_all_names_nobody():
    remarks = list(check(matter(agreements=(agreement(CATCH_ALL),), pages=(FIRST,))))

    assert remarks
    assert all(each.is_violation for each in remarks)


def test_one_named_recipient_that_got_it_is_fair():
    about = matter(post("www.yunting.test"), agreements=(agreement(NAMED),), pages=(FIRST, LENDER))

    assert list(check(about)) == []


def test_a_recipient_the_text_leaves_out_is_found():
    other = page("© 示例别家小额贷款有限公司 版权所有", number=3, host="www.other.test")
    about = matter(
        post("www.other.test"), agreements=(agreement(NAMED),), pages=(FIRST, LENDER, other)
    )

    (remark,) = check(about)

    assert "www.other.test" in remark.said.zh
