"""The console's pages by address, all below `/console/`."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from mingdai.web.console.audit_files import send_file, send_opening
from mingdai.web.console.audit_ordering import order_one
from mingdai.web.console.audits import cancel_one, show_audit, show_audits, show_progress
from mingdai.web.console.dead_letters import give_up, send_again, show_dead_letters, try_now
from mingdai.web.console.disclosures import show_disclosure, show_disclosures
from mingdai.web.console.enrolling import finish, start
from mingdai.web.console.ledger import show_ledger, show_verification, verify_now
from mingdai.web.console.overview import show_overview
from mingdai.web.console.partners import decide, show_partner, show_partners
from mingdai.web.console.revealing import reveal
from mingdai.web.console.senders import confirm, decline, show_sender
from mingdai.web.console.sightings import show_sighting, show_sightings
from mingdai.web.console.signing_in import sign_in, sign_out
from mingdai.web.console.ticketing import assign, close, open_one
from mingdai.web.console.tickets import show_ticket, show_tickets

urlpatterns: list[URLPattern] = [
    path("", show_overview, name="console"),
    path("sign-in/", sign_in, name="console-sign-in"),
    path("sign-out/", sign_out, name="console-sign-out"),
    path("enrol/", start, name="console-enrol"),
    path("enrol/finish/", finish, name="console-enrol-finish"),
    path("disclosures/", show_disclosures, name="console-disclosures"),
    path("disclosures/<uuid:disclosure_id>/", show_disclosure, name="console-disclosure"),
    path("ledger/", show_ledger, name="console-ledger"),
    path("ledger/verify/", verify_now, name="console-verify"),
    path("ledger/verification/", show_verification, name="console-verification"),
    path("dead-letters/", show_dead_letters, name="console-dead-letters"),
    path("dead-letters/now/", try_now, name="console-try-now"),
    path("dead-letters/<uuid:disclosure_id>/retry/", send_again, name="console-retry"),
    path("dead-letters/<uuid:disclosure_id>/cancel/", give_up, name="console-cancel"),
    path("tickets/", show_tickets, name="console-tickets"),
    path("tickets/open/", open_one, name="console-ticket-open"),
    path("tickets/<uuid:ticket_id>/", show_ticket, name="console-ticket"),
    path("tickets/<uuid:ticket_id>/assign/", assign, name="console-assign"),
    path("tickets/<uuid:ticket_id>/close/", close, name="console-close"),
    path("tickets/<uuid:ticket_id>/reveal/<slug:code>/", reveal, name="console-reveal"),
    path("audits/", show_audits, name="console-audits"),
    path("audits/new/", order_one, name="console-audit-new"),
    path("audits/<uuid:audit_id>/", show_audit, name="console-audit"),
    path("audits/<uuid:audit_id>/progress/", show_progress, name="console-audit-progress"),
    path("audits/<uuid:audit_id>/cancel/", cancel_one, name="console-audit-cancel"),
    path("audits/<uuid:audit_id>/opening/", send_opening, name="console-audit-opening"),
    path("audits/<uuid:audit_id>/files/<path:name>", send_file, name="console-audit-file"),
    path("sightings/", show_sightings, name="console-sightings"),
    path("sightings/<uuid:sighting_id>/", show_sighting, name="console-sighting"),
    path("sightings/senders/<int:sender_id>/", show_sender, name="console-sender"),
    path("sightings/senders/<int:sender_id>/confirm/", confirm, name="console-sender-confirm"),
    path("sightings/senders/<int:sender_id>/decline/", decline, name="console-sender-decline"),
    path("partners/", show_partners, name="console-partners"),
    path("partners/<slug:partner_id>/", show_partner, name="console-partner"),
    re_path(
        r"^partners/(?P<partner_id>[-a-zA-Z0-9_]+)/(?P<act>suspend|activate)/$",
        decide,
        name="console-decide",
    ),
]
