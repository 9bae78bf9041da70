import re

from mingdai.trace.reporting.sections import SECTIONS, verdict


def test_every_section_has_its_title_and_its_place(reports):
    for report in reports.values():
        made = [section(report) for section in SECTIONS]
        ids = [re.search(r'<section id="(\w+)"', each)[1] for each in made]

        assert ids == [section.__name__ for section in SECTIONS]
        assert all(report.words(name) in each for name, each in zip(ids, made, strict=True))


def test_the_card_says_the_conclusion_and_what_it_does_not_say(reports):
    for name, report in reports.items():
        made = verdict(report)

        assert f'class="verdict {name}"' in made
        assert report.words("never") in made


def test_a_chart_is_there_for_wide_and_narrow_screens(reports):
    design = next(each for each in SECTIONS if each.__name__ == "design")(reports["named"])

    assert design.count("<svg") == 2
    assert 'class="chart wide"' in design
    assert 'class="chart narrow"' in design


def test_cells_of_a_card_carry_their_title(reports):
    design = next(each for each in SECTIONS if each.__name__ == "design")(reports["named"])

    assert "<td" in design
    assert len(re.findall(r"<td[^>]* data-label=", design)) == design.count("<td")
