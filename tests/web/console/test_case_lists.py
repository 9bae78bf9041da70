from __future__ import annotations

import hashlib
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from mingdai.cases.deleting import folder
from mingdai.cases.models import Attribution, FoundList
from tests.web.console.case_world import case, looked_at, received
from tests.web.console.staff_world import compliance

pytestmark = pytest.mark.django_db
TEXT = "手机,姓名\n19900000001,示某某\n".encode("gb18030")


def form(**changes) -> dict:
    now = timezone.localtime()
    return {
        "source": "举报邮箱",
        "found_at": now.strftime("%Y-%m-%dT%H:%M"),
        "delete_on": (now.date() + timedelta(days=30)).isoformat(),
        "file": SimpleUploadedFile("张三的名单.csv", TEXT),
        **changes,
    }


def add(client: Client, found, **changes):
    return client.post(f"/console/cases/{found.pk}/lists/", form(**changes))


def test_an_upload_is_sealed_as_a_list_of_the_case():
    client, found = compliance(), case()

    answer = add(client, found)

    row = FoundList.objects.get()
    assert answer.url == f"/console/cases/{found.pk}/"
    assert (row.case, row.source, row.size) == (found, "举报邮箱", len(TEXT))
    assert row.digest == hashlib.sha256(TEXT).hexdigest()
    assert [each.name for each in folder().iterdir()] == [f"{row.stowed}.sealed"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"source": ""}, "source"),
        ({"source": "电话 19900000001"}, "source"),
        ({"found_at": "2999-01-01T00:00"}, "found_at"),
        ({"found_at": "gestern"}, "found_at"),
        ({"delete_on": "2020-01-01"}, "delete_on"),
        ({"delete_on": "31"}, "delete_on"),
        ({"file": ""}, "file"),
        ({"file": SimpleUploadedFile("a.pdf", TEXT)}, "file"),
        ({"file": SimpleUploadedFile("a.csv", b"")}, "file"),
    ],
)
def test_what_is_refused_is_said_beside_its_field_and_leaves_nothing(changes, field):
    client, found = compliance(), case()

    answer = add(client, found, **changes)

    html = answer.content.decode()
    assert answer.status_code == 422
    assert re.search(rf'id="{field}"[^>]*aria-invalid="true"', html)
    assert not FoundList.objects.exists()
    assert not folder().exists() or list(folder().iterdir()) == []


def test_a_forged_form_is_refused_and_leaves_nothing():
    client, found = compliance(), case()
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies

    answer = add(strict, found)

    assert answer.status_code == 403
    assert not FoundList.objects.exists()
    assert list(folder().iterdir()) == []


def test_a_form_with_its_token_is_taken():
    client, found = compliance(), case()
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    html = strict.get(f"/console/cases/{found.pk}/lists/").content.decode()
    token = re.search(r'action="/console/cases/[^>]*><input[^>]*value="(\w+)"', html)[1]

    answer = add(strict, found, csrfmiddlewaretoken=token)

    assert answer.status_code == 302


def test_a_stranger_uploads_nothing():
    found = case()

    assert add(Client(), found).status_code == 302
    assert not folder().exists()


def test_asking_takes_the_columns_as_they_were_corrected():
    client = compliance()
    row = looked_at(received("a,b,c\n19900000001,示某某,19900000002\n"))

    answer = client.post(
        f"/console/lists/{row.pk}/ask/",
        {"column-0": "", "column-1": "name", "column-2": "mobile+id_no", "column-9": "amount"},
    )

    found = Attribution.objects.get()
    assert answer.url == f"/console/attributions/{found.pk}/"
    assert found.mapping == {"name": [1], "mobile": [2], "id_no": [2]}
    assert found.ticket.fields == ["id_number", "mobile", "name"]


def test_asking_with_nothing_to_compare_says_so():
    client = compliance()
    row = looked_at(received("手机\n19900000001\n"))

    html = client.post(f"/console/lists/{row.pk}/ask/", {"column-0": ""}, follow=True)

    assert "没有一列可以比对" in html.content.decode()
    assert not Attribution.objects.exists()


def test_a_list_is_shown_anew_once_its_columns_were_looked_at():
    client = compliance()
    row = received("手机\n19900000001\n")
    waiting = client.get(f"/console/lists/{row.pk}/")

    looked_at(row)

    assert "HX-Refresh" not in waiting
    assert client.get(f"/console/lists/{row.pk}/")["HX-Refresh"] == "true"
