"""Employees of every role, signed in; an application with something to read."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pyotp
from django.test import Client
from django.utils import timezone

from mingdai.accounts.authenticating import totp_label
from mingdai.accounts.entering import enter_staff
from mingdai.accounts.models import Staff, Ticket
from mingdai.accounts.ticketing import TicketRequest, assign_ticket, open_ticket
from mingdai.gate.models import Disclosure
from mingdai.loans.models import Application
from mingdai.vault.guarding import seal_secret
from mingdai.words import ActorId
from tests.web.world import agree, fill_in, publish, seed_demo, sign_in

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 - made up
PASSWORD = "correct-horse-battery"  # noqa: S105 - made up


def employ(login: str, role: str) -> Staff:
    """An employee with a password and a second factor."""
    staff = Staff(login=login, role=role, created_at=timezone.now())
    staff.set_password(PASSWORD)
    staff.totp_sealed = seal_secret(SECRET.encode(), totp_label(staff))
    staff.save()
    return staff


def code(at: datetime | None = None) -> str:
    """The second factor's code that is right now."""
    return pyotp.TOTP(SECRET).at(at or timezone.now())


def at_work(login: str, role: str) -> Client:
    """A browser with an employee signed in."""
    staff = Staff.objects.filter(login=login).first() or employ(login, role)
    client = Client()
    client.get("/console/sign-in/")
    session = client.session
    enter_staff(session, staff)
    session.save()
    client.cookies["mingdai_session"] = session.session_key
    return client


def operator(login: str = "ben") -> Client:
    return at_work(login, "operator")


def compliance(login: str = "anna") -> Client:
    return at_work(login, "compliance")


def auditor(login: str = "carl") -> Client:
    return at_work(login, "auditor")


def applied() -> Application:
    """A real application of a signed-in borrower, disclosed to its lender and provable."""
    seed_demo()
    browser = sign_in(Client())
    application = agree(browser, fill_in(browser))
    publish()
    return application


def disclosure_of(application: Application) -> Disclosure:
    """What went to the lender."""
    return Disclosure.objects.get(application_id=application.pk)


def bury(row: Disclosure, problem: str = "http.unreachable") -> Disclosure:
    """Make it a dead letter."""
    row.state, row.last_problem = Disclosure.State.DEAD, problem
    row.attempts, row.next_attempt_at = 8, None
    row.save()
    return row


def ticket_on(
    application: Application,
    *,
    fields: tuple[str, ...] = ("mobile", "name"),
    to: str = "",
    opened_by: str = "system",
    at: datetime | None = None,
) -> Ticket:
    """An open ticket on the application, assigned to the employee `to`."""
    now = at or timezone.now() - timedelta(seconds=1)
    request = TicketRequest(
        subject_kind="application",
        subject_id=application.pk,
        fields=fields,
        reason="投诉：费用与明示表不符",
        opened_by=ActorId(opened_by),
    )
    ticket = open_ticket(application.borrower, request, at=now)
    if to:
        assign_ticket(ticket, Staff.objects.get(login=to), at=now)
    return ticket


def staff_actor(login: str) -> str:
    """The employee as records name them."""
    who: UUID = Staff.objects.get(login=login).pk
    return f"staff:{who}"
