import pytest
from django.conf import settings
from django.utils import timezone

from mingdai.accounts.models import Staff
from mingdai.cases.models import Attribution, Case, FoundList
from mingdai.cases.understanding import look_at
from mingdai.errors import Unavailable
from mingdai_demo.leaking import officing
from mingdai_demo.leaking.browsing import Browser
from mingdai_demo.leaking.officing import Found, Officer
from mingdai_demo.staffing import seed_staff

pytestmark = pytest.mark.django_db(transaction=True)

LIST = "姓名,手机号\n示例甲,19900005001\n示例乙,19900005002\n".encode()


@pytest.fixture
def officers(data_folder, live_server):
    seed_staff(at=timezone.now())
    with Browser(live_server.url) as one, Browser(live_server.url) as other:
        both = (Officer(one, "anna"), Officer(other, "chen"))
        for each in both:
            each.sign_in(data_folder, at=timezone.now())
        yield both


@pytest.fixture
def at_once(monkeypatch):
    """Whoever waits for the tracer finds its work done."""

    def look(look, **_):
        for row in FoundList.objects.filter(state=FoundList.State.RECEIVED):
            FoundList.objects.filter(pk=row.pk).update(
                state=FoundList.State.READ, understood=look_at(row)
            )
        return look()

    monkeypatch.setattr(officing, "wait_until", look)


def test_a_list_goes_into_a_case_and_two_officers_send_it_on(officers, at_once):
    asking, approving = officers
    found = Found(LIST, "示例来源", timezone.now())

    case = asking.open_case("示例：发现一份名单")
    attribution = asking.ask(asking.add_list(case, found))
    approving.approve(attribution)

    row = Attribution.objects.get()
    assert (row.state, row.mapping) == ("queued", {"name": [0], "mobile": [1]})
    assert row.ticket.assignee.login == "anna"
    assert row.ticket.second_person.login == "chen"
    assert Case.objects.get().lists.get().source == "示例来源"


def test_nobody_approves_what_they_asked_for(officers, at_once):
    asking, _ = officers
    case = asking.open_case("示例：发现一份名单")
    attribution = asking.ask(asking.add_list(case, Found(LIST, "示例来源", timezone.now())))

    with pytest.raises(Unavailable, match=r"demo\.page"):
        asking.approve(attribution)


def test_an_attribution_that_failed_is_an_error(officers, at_once):
    asking, _ = officers
    case = asking.open_case("示例：发现一份名单")
    attribution = asking.ask(asking.add_list(case, Found(LIST, "示例来源", timezone.now())))
    Attribution.objects.update(state=Attribution.State.FAILED, failure="attribution.crashed")

    with pytest.raises(Unavailable, match=r"demo\.failed"):
        asking.result(attribution)


def test_without_a_letter_to_a_decoy_nobody_s_queue_is_told(officers):
    assert officers[0].decoyed() == ""
    assert Staff.objects.filter(role=Staff.Role.COMPLIANCE).count() == 2
    assert settings.MINGDAI_DATA
