from mingdai.audit.checks import CHECKS, sources
from mingdai.audit.checks.remarks import SEVERITIES, Source


def test_every_source_names_its_article_and_how_far_it_was_read():
    listed = [each for each in vars(sources).values() if isinstance(each, Source)]

    assert len(listed) > 10
    assert all(each.article and each.title and each.mark for each in listed)


def test_every_check_stands_on_a_source_and_says_what_to_do():
    for each in CHECKS:
        assert each.RULE.law, each.__name__
        assert each.RULE.fix.zh, each.__name__
        assert each.RULE.fix.en, each.__name__
        assert each.RULE.severity in SEVERITIES
