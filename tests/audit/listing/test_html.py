from mingdai.audit.listing.html import html_lines


def test_the_page_escapes_what_it_shows_and_needs_nothing_else(reports):
    page = "\n".join(html_lines(reports, "<capture>"))

    assert "r&lt;0&gt;" in page
    assert "<capture>" not in page
    assert "http://" not in page
    assert "budget reached" in page
