from mingdai.audit.checks.companies_named import companies_named
from tests.audit.checks.matter_of import agreement, matter, page

GIVEN = "我们会将您的信息提供给云杉科技有限公司。"
PAGES = (
    page("运营方：青禾科技有限公司"),
    page("运营方：云杉科技有限公司", number=2, host="www.two.test"),
)


def test_a_recipient_is_listed_with_every_file_and_the_hosts_that_show_it():
    found = matter(pages=PAGES, agreements=(agreement(GIVEN), agreement(GIVEN)))

    row = next(each for each in companies_named(found) if each["standing"] == "given")

    assert row == {
        "name": "云杉科技有限公司",
        "standing": "given",
        "in": ["agreements/001.txt", "agreements/002.txt"],
        "hosts": ["www.one.test", "www.two.test"],
    }


def test_the_pages_own_company_is_own_whatever_the_sentence_says():
    said = "我们会将您的信息提供给青禾科技有限公司。"

    (row,) = companies_named(matter(pages=PAGES, agreements=(agreement(said),)))

    assert (row["standing"], row["hosts"]) == ("own", ["www.one.test"])


def test_texts_that_name_nobody_give_no_row():
    assert companies_named(matter(agreements=(agreement("提供给合作机构。"),))) == []
