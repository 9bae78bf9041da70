import pytest
from django.db import OperationalError, connection


@pytest.mark.django_db
def test_it_is_well_while_the_database_answers(client):
    answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_it_is_not_well_without_its_database(client):
    def refuse(*_):
        raise OperationalError

    with connection.execute_wrapper(refuse):
        answer = client.get("/healthz")

    assert answer.status_code == 503
