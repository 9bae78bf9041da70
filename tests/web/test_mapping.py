"""The map: one stop a recipient, carriers dashed, ended ones marked."""

from __future__ import annotations

from mingdai.web.mapping import Stop, draw_map


def test_a_carrier_stands_between_the_platform_and_the_recipient():
    svg = draw_map([Stop("示例银行", "示例征信", 5, is_live=True)])

    assert svg.count('class="carrier"') == 1
    assert "示例银行" in svg
    assert "style=" not in svg


def test_an_ended_stop_is_marked_and_a_long_name_is_cut():
    name = "示例某某某某某某某某某某农村商业银行股份有限公司"

    svg = draw_map([Stop(name, "", 2, is_live=False)])

    assert svg.count('class="ended"') == 2
    assert f">{name}<" not in svg
    assert name in svg  # in the label


def test_a_name_cannot_write_markup():
    assert "<script" not in draw_map([Stop("<script>", "", 1, is_live=True)])
