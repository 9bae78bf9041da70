import json

import pytest

from mingdai.audit.visiting import parse_visit, visit_as_json
from mingdai.audit.visits import Link, PageView
from mingdai.errors import Invalid
from tests.audit.visit_of import exchange, visit


def test_a_visit_comes_back_as_it_was():
    view = PageView(1, 1.0, "http://a.test/", "a.test", "t", "open", links=(Link("x", ""),))
    told = visit(
        exchange(1, 2.0, "http://b.test/", body=b"\x00\xff", headers=(("A", "b"),)),
        pages=(view,),
        dialogs=((1, 3.0, "请同意"),),
    )

    assert parse_visit(json.loads(json.dumps(visit_as_json(told)))) == told


@pytest.mark.parametrize("document", [{}, {"format": "mingdai-visit/1", "pages": [{"number": 1}]}])
def test_what_is_no_visit_is_refused(document):
    with pytest.raises(Invalid, match=r"visit\.format"):
        parse_visit(document)
