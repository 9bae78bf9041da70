from mingdai.audit.checks.remarks import Evidence, Remark, Rule, Said, Source

RULE = Rule("one", Said("改", "mend"), (Source("PIPL Art. 14", "同意", "read"),))


def test_a_remark_takes_what_it_does_not_say_from_its_rule():
    row = Remark(RULE, Said("见", "seen"), (Evidence("step", "3"),)).as_json()

    assert row == {
        "check": "one",
        "severity": "high",
        "said": {"zh": "见", "en": "seen"},
        "fix": {"zh": "改", "en": "mend"},
        "law": [{"article": "PIPL Art. 14", "title": "同意", "mark": "read"}],
        "evidence": [{"kind": "step", "ref": "3", "note": ""}],
        "dark_pattern": None,
    }


def test_a_dark_pattern_is_a_violation_and_a_word_of_caution_is_not():
    plain = Remark(RULE, Said("", ""))
    dark = Remark(RULE, Said("", ""), dark_pattern="bundled_consent", severity="low")

    assert (plain.is_violation, dark.is_violation) == (False, True)
    assert dark.as_json()["severity"] == "low"
