import json

import pytest

from mingdai.audit.checks.registry import parse_registry, read_registry
from mingdai.errors import Invalid

ROW = {"name": "示例消费金融有限公司", "short": "示例消金", "hosts": ["lender.test"]}


def test_a_company_runs_its_hosts_and_those_below():
    registry = parse_registry({"companies": [ROW]})

    assert registry.company_of("m.lender.test").short == ("示例消金",)
    assert registry.company_of("lender-test.test") is None


def test_json_and_toml_read_alike(tmp_path):
    (tmp_path / "r.json").write_text(json.dumps({"companies": [ROW]}), encoding="utf-8")
    rows = ('name = "示例消费金融有限公司"', 'short = "示例消金"', 'hosts = ["lender.test"]')
    toml = "\n".join(("[[companies]]", *rows))
    (tmp_path / "r.toml").write_text(toml, encoding="utf-8")

    assert read_registry(tmp_path / "r.json") == read_registry(tmp_path / "r.toml")


def test_what_is_written_reads_back():
    registry = parse_registry({"companies": [ROW]})

    assert parse_registry(registry.as_json()) == registry


@pytest.mark.parametrize("document", [None, [], {}, {"companies": []}, {"companies": [{}]}])
def test_another_shape_is_refused(document):
    with pytest.raises(Invalid) as refused:
        parse_registry(document)

    assert refused.value.code == "registry.format"


def test_a_file_that_is_neither_is_refused(tmp_path):
    (tmp_path / "r.json").write_text("{", encoding="utf-8")

    with pytest.raises(Invalid) as refused:
        read_registry(tmp_path / "r.json")

    assert refused.value.code == "registry.file"
