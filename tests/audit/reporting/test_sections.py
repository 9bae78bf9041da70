from mingdai.audit.reporting.composing import compose
from mingdai.audit.reporting.loading import load_bundle
from mingdai.audit.reporting.sections import SECTIONS

NAMES = ("matrix", "checks", "shots", "findings", "hops", "unseen", "order", "steps", "verify")


def shown(report):
    return dict(zip(NAMES, (each(report) for each in SECTIONS), strict=True))


def test_every_section_has_its_heading_and_anchor(report):
    for name, text in shown(report).items():
        assert text.startswith(f'<section id="{name}"><h2>{report.words(name)}</h2>')


def test_the_matrix_says_by_mark_and_word_who_got_what_when(bundle):
    text = shown(compose(bundle, "zh"))["matrix"]

    assert '<td class="early"><b>●</b><small>同意前</small><small>明文</small></td>' in text
    assert "<b>○</b><small>同意后</small>" in text
    assert '<td class="none">–</td>' in text


def test_a_check_shows_severity_law_evidence_and_fix(bundle):
    text = shown(compose(bundle, "zh"))["checks"]

    for said in ("▲ 严重", "预先勾选同意", "个人信息保护法 第十四条", "步骤 3", "默认不勾选"):
        assert said in text


def test_the_way_to_verify_is_given_as_commands(report):
    text = shown(report)["verify"]

    assert "mingdai verify audit DIR" in text
    assert "manifest.json" in text


def test_nothing_found_is_said_in_words(empty):
    report = compose(load_bundle(empty), "zh")

    texts = shown(report)
    assert "没有看到个人信息离开浏览器" in texts["matrix"]
    assert "列入检查的做法都没有发现" in texts["checks"]
    assert texts["hops"] is None
