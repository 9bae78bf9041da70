from dataclasses import replace

from mingdai.audit.reporting.tabulating import matrix_of
from mingdai.audit.reporting.wording import Words


def test_rows_are_recipients_columns_fields_the_earliest_first(bundle):
    matrix = matrix_of(bundle, Words("zh"))

    assert matrix.fields == (("手机号", "sjh"), ("姓名", "name"), ("身份证号", "idno"))
    assert [group.head for group in matrix.groups] == ["第三方"]
    lines = matrix.groups[0].lines
    assert [line.host for line in lines] == ["beacon.spy.test", "late.spy.test", "m.two.test"]
    assert [line.cells[0].mark for line in lines] == ["●", "○", "○"]
    assert [cell.mark for cell in lines[0].cells[1:]] == ["", ""]


def test_inferred_and_held_back_have_marks_of_their_own(bundle):
    rows = bundle.findings["egress"]
    inferred = [{**rows[0], "inferred": True}, {**rows[1], "inferred": True}]
    found = {**bundle.findings, "egress": inferred, "attempted": [rows[2]]}

    groups = matrix_of(replace(bundle, findings=found), Words("en")).groups

    assert [line.cells[0].mark for line in groups[0].lines] == ["◆", "◇"]
    assert groups[0].lines[0].cells[0].said == "before, inferred"
    assert groups[1].lines[0].cells[0].mark == "✕"


def test_what_the_pages_own_company_got_is_no_reproach(bundle):
    own = [{**row, "first_party": True} for row in bundle.findings["egress"]]

    groups = matrix_of(
        replace(bundle, findings={**bundle.findings, "egress": own}), Words("zh")
    ).groups

    assert [group.head for group in groups] == ["页面自己的公司"]
    assert not any(cell.is_early for line in groups[0].lines for cell in line.cells)
