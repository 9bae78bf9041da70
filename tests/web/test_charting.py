"""The schedule's picture: one bar an instalment, no inline style."""

from __future__ import annotations

from mingdai.web.charting import Bar, draw_schedule


def test_each_instalment_has_its_parts_and_the_picture_its_words():
    svg = draw_schedule([Bar(1, 800, 100, 0), Bar(2, 850, 50, 20)], label="两期")

    assert svg.count('class="principal"') == 2
    assert svg.count('class="fees"') == 1
    assert 'role="img" aria-label="两期"' in svg
    assert "style=" not in svg


def test_no_instalment_draws_an_empty_chart():
    assert "<rect" not in draw_schedule([], label="")
