from mingdai.audit.listing.table import table_lines


def test_the_table_names_what_left_and_what_was_not_read(reports):
    text = "\n".join(table_lines(reports))

    assert "mobile" in text
    assert "before" in text
    assert "budget reached: r<2>" in text
