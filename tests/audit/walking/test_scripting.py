import pytest

from mingdai.audit.walking.scripting import parse_script, read_script
from mingdai.errors import Invalid


def test_steps_name_fields_not_values(tmp_path):
    path = tmp_path / "s.yaml"
    path.write_text(
        "steps:\n- {fill: 手机号, with: mobile}\n- {press: 立即申请}\n", encoding="utf-8"
    )

    assert [(step.verb, step.target, step.value) for step in read_script(path).steps] == [
        ("fill", "手机号", "mobile"),
        ("press", "立即申请", ""),
    ]


@pytest.mark.parametrize("document", [None, {"steps": 3}, {"steps": [{"jump": "x"}]}])
def test_what_is_no_script_is_refused(document):
    with pytest.raises(Invalid, match="script"):
        parse_script(document)
