import re
from importlib.resources import files
from urllib.parse import quote

from mingdai_demo.auditing.flows import HONEST, NESTED, answers
from mingdai_demo.auditing.serving import Asked


def answer(host, path, body=b"", known=None):
    known = known or answers()
    return known[host, path](Asked(host, "POST" if body else "GET", path, body), 8123)


def test_both_flows_begin_with_a_form():
    for host in (NESTED, HONEST):
        assert "<form" in answer(host, "/").body


def test_the_name_travels_in_the_address_and_the_number_behind_it():
    known = answers()
    sent = answer(NESTED, "/apply", f"sjh=19900012345&xm={quote('王小明')}".encode(), known)

    assert sent.status == 302
    assert quote("王小明") in sent.headers["Location"]
    assert "199****2345" in answer("h5.qingling.test", "/apply", known=known).body


def test_the_contract_of_the_second_lender_leads_nowhere():
    assert answer("h5.qingling.test", "/contract").status == 404


def test_every_host_and_company_of_the_pages_is_made_up():
    for path in files("mingdai_demo.auditing").joinpath("pages").iterdir():
        text = path.read_text(encoding="utf-8")
        hosts = re.findall(r"https?://([\w.-]+)", text)
        assert all(each.endswith(".test") for each in hosts)
        assert all(
            "示例" in each
            for each in re.findall(r"<footer>(.+?)</footer>", text)
            if "$" not in each
        )
