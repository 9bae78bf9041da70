from mingdai.audit.checks.server_forwarding import check
from mingdai.audit.visits import Answer
from tests.audit.checks.matter_of import matter
from tests.audit.visit_of import MOBILE, exchange


def shown(*sent):
    body = f"<p>您的手机号 {MOBILE}</p>".encode()
    answer = Answer("r9", 40.0, "http://www.two.test/me", 200, "text/html", body)
    load = exchange(9, 39.0, "http://www.two.test/me", resource="document")
    return matter(*sent, load, answers=(answer,))


def post(host):
    return exchange(1, 31.0, f"http://{host}/a", method="POST", body=f"m={MOBILE}".encode())


def test_a_host_that_shows_what_it_was_never_sent_is_found():
    (remark,) = check(shown(post("www.one.test")))

    assert "www.two.test 显示了浏览器从未发给它的 sjh" in remark.said.zh


def test_a_host_that_was_sent_it_shows_its_own():
    assert list(check(shown(post("www.two.test")))) == []
