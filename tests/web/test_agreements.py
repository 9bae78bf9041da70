"""The agreements: one text a language, accepted by the hash of what was shown."""

from __future__ import annotations

import pytest

from mingdai.web.agreements import DOCUMENTS, hash_of, text_of, version_of


@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.django_db
def test_a_document_is_shown_with_its_version_and_hash(client, document):
    html = client.get(f"/agreements/{document}/").content.decode()

    assert hash_of(document, "zh-hans") in html
    assert version_of("zh-hans") in html


@pytest.mark.parametrize("document", DOCUMENTS)
def test_both_languages_have_as_many_sections(document):
    assert text_of(document, "en").count("<h2>") == text_of(document, "zh-hans").count("<h2>")


@pytest.mark.django_db
def test_no_other_document_is_found(client):
    assert client.get("/agreements/other/").status_code == 404
