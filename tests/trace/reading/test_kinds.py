import pytest

from mingdai.trace.reading.kinds import Kind, kind_of


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("19900001234", Kind.MOBILE),
        ("+86 199-0000-1234", Kind.MOBILE),
        ("１９９００００１２３４", Kind.MOBILE),
        ("1.99E+10", Kind.MOBILE),
        ("199****1234", Kind.MASKED),
        ("199xxxx1234", Kind.MASKED),
        ("d41d8cd98f00b204e9800998ecf8427e", Kind.DIGEST),
        ("1B2M2Y8AsgTpgAmY7PhCfg==", Kind.DIGEST),
        ("*1234", Kind.TAIL),
        ("尾号1234", Kind.TAIL),
        ("99999919900101123X", Kind.ID),
        ("9.99999E+17", Kind.ID),
        ("999999********123X", Kind.ID_MASKED),
        ("999999199001011***", Kind.ID_MASKED),
        ("王伟强", Kind.NAME),
        ("王*强", Kind.NAME_MASKED),
        ("王先生", Kind.NAME_MASKED),
        ("广州市", Kind.ADDRESS),
        ("广东省广州市示例路1号", Kind.ADDRESS),
        ("¥12,000.00", Kind.AMOUNT),
        ("1.2万", Kind.AMOUNT),
        ("12000", Kind.NUMBER),
        ("2023-05-06 07:08:09", Kind.TIME),
        ("2023年5月6日", Kind.TIME),
        ("", Kind.OTHER),
        ("本人", Kind.OTHER),
    ],
)
def test_a_cell_is_told_by_its_form(cell, kind):
    assert kind_of(cell) is kind
