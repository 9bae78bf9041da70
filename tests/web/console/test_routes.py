"""Every console page: nobody gets in unknown, each role sees its own, nothing is cached."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from mingdai.web.console.routes import urlpatterns
from tests.web.console.audit_world import audited
from tests.web.console.staff_world import applied, auditor, compliance, operator, ticket_on

pytestmark = pytest.mark.django_db

ID = "00000000-0000-0000-0000-000000000000"
OPEN_TO_ALL = {"console-sign-in", "console-enrol", "console-enrol-finish", "console-sign-out"}
GIVEN = {
    "console-disclosure": [ID],
    "console-retry": [ID],
    "console-cancel": [ID],
    "console-ticket": [ID],
    "console-assign": [ID],
    "console-close": [ID],
    "console-reveal": [ID, "mobile"],
    "console-audit": [ID],
    "console-audit-progress": [ID],
    "console-audit-cancel": [ID],
    "console-audit-opening": [ID],
    "console-audit-file": [ID, "findings.json"],
    "console-sighting": [ID],
    "console-sender": [1],
    "console-sender-confirm": [1],
    "console-sender-decline": [1],
    "console-sender-retire": [1],
    "console-case": [ID],
    "console-case-close": [ID],
    "console-list-new": [ID],
    "console-list": [ID],
    "console-ask": [ID],
    "console-attribution": [ID],
    "console-steps": [ID],
    "console-approve": [ID],
    "console-attribution-cancel": [ID],
    "console-result": [ID],
    "console-answer": [ID, 1],
    "console-partner": ["yunting-cf"],
    "console-decide": ["yunting-cf", "suspend"],
    "console-decoy-clause": ["yunting-cf"],
    "console-spelling-off": ["yunting-cf", "amount.comma"],
}
POSTED = {
    "console-case-close",
    "console-ask",
    "console-approve",
    "console-attribution-cancel",
    "console-answer",
    "console-verify",
    "console-sender-confirm",
    "console-sender-decline",
    "console-sender-retire",
    "console-audit-cancel",
    "console-try-now",
    "console-retry",
    "console-cancel",
    "console-assign",
    "console-close",
    "console-decide",
    "console-decoy-place",
    "console-decoy-clause",
    "console-spelling-off",
}
NOT_FOR_AUDITORS = {
    "console-sightings",
    "console-sighting",
    "console-sender",
    "console-sender-confirm",
    "console-sender-decline",
    "console-sender-retire",
    "console-try-now",
    "console-retry",
    "console-cancel",
    "console-tickets",
    "console-ticket-open",
    "console-ticket",
    "console-assign",
    "console-close",
    "console-reveal",
    "console-decide",
}
CASES = (
    "console-cases",
    "console-case-new",
    "console-case",
    "console-case-close",
    "console-list-new",
    "console-list",
    "console-ask",
    "console-attribution",
    "console-steps",
    "console-approve",
    "console-attribution-cancel",
    "console-result",
    "console-answer",
)
DECOYS = (
    "console-decoys",
    "console-decoy-place",
    "console-decoy-clause",
    "console-spelling-off",
)
NAMES = sorted(str(each.name) for each in urlpatterns)


def ask(client: Client, name: str):
    address = reverse(name, args=GIVEN.get(name, []))
    return client.post(address) if name in POSTED else client.get(address)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in OPEN_TO_ALL])
def test_a_page_sends_strangers_to_sign_in(name):
    answer = ask(Client(), name)

    assert answer.status_code == 302
    assert answer.url.startswith("/console/sign-in/?next=")


@pytest.mark.parametrize("name", sorted(NOT_FOR_AUDITORS | {*CASES, *DECOYS}))
def test_an_auditor_is_refused_what_touches_people(name):
    answer = ask(auditor(), name)

    assert answer.status_code == 403
    assert "staff.not_your_role" in answer.content.decode()


@pytest.mark.parametrize(
    "name",
    [
        "console-assign",
        "console-decide",
        "console-audit-new",
        "console-audit-progress",
        "console-audit-cancel",
        "console-audit-file",
        "console-audit-opening",
        *CASES,
        *DECOYS,
    ],
)
def test_an_operator_is_refused_what_compliance_decides(name):
    assert ask(operator(), name).status_code == 403


@pytest.mark.parametrize("make", [operator, compliance, auditor])
@pytest.mark.parametrize(
    "name",
    ["console", "console-disclosures", "console-dead-letters", "console-ledger", "console-audits"],
)
def test_counts_and_proofs_are_open_to_every_role(make, name):
    answer = make().get(reverse(name))

    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_page_has_an_inline_style_or_script(language):
    application = applied()
    client = compliance()
    ticket = ticket_on(application, to="anna")
    client.cookies["mingdai_language"] = language
    pages = [
        "/console/",
        "/console/disclosures/",
        f"/console/disclosures/{application.disclosure_id}/",
        "/console/ledger/",
        "/console/dead-letters/",
        "/console/tickets/",
        "/console/tickets/open/",
        f"/console/tickets/{ticket.pk}/",
        f"/console/tickets/{ticket.pk}/reveal/mobile/",
        "/console/partners/",
        "/console/partners/yunting-cf/",
        "/console/decoys/",
        "/console/sightings/",
        "/console/cases/",
        "/console/cases/new/",
        "/console/audits/",
        "/console/audits/new/",
        f"/console/audits/{audited().pk}/",
        f"/console/tickets/{uuid.uuid4()}/",
    ]

    for address in pages:
        text = client.get(address).content.decode()
        assert " style=" not in text, address
        assert " onclick" not in text, address
        assert "<script>" not in text, address
        assert text.count("<h1") == 1, address
