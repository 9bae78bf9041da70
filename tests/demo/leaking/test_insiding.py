import pytest
from django.utils import timezone

from mingdai.errors import Unavailable
from mingdai.gate.models import Disclosure
from mingdai.words import RecipientKind
from mingdai_demo.baiting import bait
from mingdai_demo.leaking.browsing import Browser
from mingdai_demo.leaking.insiding import assign, open_ticket, read_all
from mingdai_demo.staffing import seed_staff
from tests.web.console.staff_world import applied, compliance, operator

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def signed_in(live_server, settings):
    """A browser of the demonstration with somebody's session."""
    opened = []

    def browser(client) -> Browser:
        found = Browser(live_server.url)
        name = settings.SESSION_COOKIE_NAME
        found.http.cookies.set(name, client.cookies[name].value)
        opened.append(found)
        return found

    yield browser
    for each in opened:
        each.http.close()


def test_an_employee_reads_the_own_tickets_and_every_read_is_recorded(
    data_folder, settings, signed_in
):
    settings.MINGDAI_COST_READING_S = 0
    application = applied()
    seed_staff(at=timezone.now())
    ben, anna = signed_in(operator("ben")), signed_in(compliance("anna"))

    assign(anna, open_ticket(ben, str(application.pk), "核对联系方式"), "ben")
    bait("ben", at=timezone.now())
    notes = read_all(ben)

    assert len(notes) == 2
    assert all(mobile.startswith("1990000") for _, mobile, _ in notes)
    assert sum(each.endswith(f"@{settings.MINGDAI_ALIAS_DOMAIN}") for *_, each in notes) >= 1
    assert Disclosure.objects.filter(recipient_kind=RecipientKind.STAFF).count() == 6
    with pytest.raises(Unavailable) as caught:
        read_all(anna)
    assert "ticket.other_assignee" in caught.value.reason
