import pytest

from mingdai.audit.evidence import seal_folder
from mingdai.audit.reporting.loading import load_bundle, picture_size
from mingdai.errors import Invalid
from tests.audit.reporting.conftest import png


def test_a_folder_is_read_whole(folder):
    bundle = load_bundle(folder)

    assert [each.field for each in bundle.fields] == ["sjh", "name", "idno"]
    assert set(bundle.hashes) == {"findings.json", "visit.json", "identity.json", "capture.jsonl"}
    assert (bundle.manifest, bundle.authority) == ("", None)


def test_a_sealed_folder_has_its_manifests_hash(folder):
    seal_folder(folder)

    assert len(load_bundle(folder).manifest) == 64


def test_the_order_is_read_where_there_was_one(folder):
    text = 'ordered_by: 示例监管局\nhosts: ["*.loan.example"]\nuntil: "2027-01-31T00:00:00+08:00"\n'
    (folder / "authority.yaml").write_text(text, encoding="utf-8")

    assert load_bundle(folder).authority.ordered_by == "示例监管局"


@pytest.mark.parametrize("text", ["", "{}", '{"egress": 1}'])
def test_a_folder_without_findings_is_refused(folder, text):
    (folder / "findings.json").write_text(text)

    with pytest.raises(Invalid, match=r"evidence\.folder"):
        load_bundle(folder)


def test_a_pictures_size_is_in_its_head():
    assert picture_size(png(8, 16)) == (8, 16)
