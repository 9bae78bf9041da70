import pytest

from mingdai.trace.telling import Words, lines_of

RECORD = {
    "case": "c1", "file": "list.csv", "rows": 12, "matched": 9, "people": 8.5,
    "rows_without_key": 2, "lines_unreadable": 1, "conclusion": "named", "accuse": ["甲"],
    "rank": ["甲", "乙"], "prob": {"甲": 0.91, "乙": 0.02}, "groups": [["甲", "丙"]],
    "evidence": [
        {"kind": "draws", "partner": "甲", "p_value": 1e-9, "bits": 29.9},
        {"kind": "overlap", "partner": "甲", "p_value": None, "bits": 12.0},
        {"kind": "alias", "partner": "乙", "p_value": 0.5, "bits": 1.0},
    ],
    "understood": {"encoding": "utf-8", "header": True, "columns": {"mobile": [2], "name": [1, 3]}},
    "notes": ["a note"],
}  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_record_is_told_with_its_figures(language):
    text = "\n".join(lines_of(RECORD, language))

    for part in ("c1 list.csv", "12", "9", "8.5", "0.910", "1e-09", "29.9", "1+3", "甲", "a note"):
        assert part in text


def test_both_languages_say_the_same_things():
    for zh, en in Words.texts.values():
        assert zh != en
        fields = [{part.split("}")[0] for part in text.split("{")[1:]} for text in (zh, en)]
        assert fields[0] == fields[1]


def test_evidence_without_a_bound_has_no_p_value():
    overlap = next(line for line in lines_of(RECORD, "en") if "overlap" in line)

    assert "no error known by design" in overlap
    assert "p =" not in overlap


def test_rank_is_not_called_guilt():
    assert any("rank (not guilt)" in line for line in lines_of(RECORD, "en"))


@pytest.mark.parametrize("conclusion", ["investigate", "none"])
def test_nobody_is_named_without_an_accusation(conclusion):
    lines = list(lines_of({**RECORD, "conclusion": conclusion, "accuse": []}, "en"))

    assert not any("given to" in line for line in lines)


def test_an_unread_list_says_why():
    error = {"code": "list.empty", "reason": "the file holds nothing", "remedy": ""}

    assert list(lines_of({"file": "list.csv", "error": error}, "en"))[1:] == [
        "  cannot be read: list.empty: the file holds nothing"
    ]
