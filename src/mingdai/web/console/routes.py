"""The console's pages by address, all below `/console/`."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from mingdai.web.console.attributions import (
    approve_one,
    send_result,
    show_attribution,
    show_steps,
    take_answer,
)
from mingdai.web.console.attributions import cancel_one as cancel_attribution
from mingdai.web.console.audit_files import send_file, send_opening
from mingdai.web.console.audit_ordering import order_one
from mingdai.web.console.audits import cancel_one, show_audit, show_audits, show_progress
from mingdai.web.console.case_lists import add_one, ask_one, show_list
from mingdai.web.console.cases import close_one, show_case, show_cases
from mingdai.web.console.cases import open_one as open_case
from mingdai.web.console.dead_letters import give_up, send_again, show_dead_letters, try_now
from mingdai.web.console.decoys import place_decoy, set_clause, show_decoys
from mingdai.web.console.disclosures import show_disclosure, show_disclosures
from mingdai.web.console.enrolling import finish, start
from mingdai.web.console.ledger import show_ledger, show_verification, verify_now
from mingdai.web.console.overview import show_overview
from mingdai.web.console.partners import decide, show_partner, show_partners
from mingdai.web.console.revealing import reveal
from mingdai.web.console.senders import confirm, decline, retire, show_sender
from mingdai.web.console.sightings import show_sighting, show_sightings
from mingdai.web.console.signing_in import sign_in, sign_out
from mingdai.web.console.spelling import switch_spelling
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
    path("cases/", show_cases, name="console-cases"),
    path("cases/new/", open_case, name="console-case-new"),
    path("cases/<uuid:case_id>/", show_case, name="console-case"),
    path("cases/<uuid:case_id>/close/", close_one, name="console-case-close"),
    path("cases/<uuid:case_id>/lists/", add_one, name="console-list-new"),
    path("lists/<uuid:list_id>/", show_list, name="console-list"),
    path("lists/<uuid:list_id>/ask/", ask_one, name="console-ask"),
    path("attributions/<uuid:attribution_id>/", show_attribution, name="console-attribution"),
    path("attributions/<uuid:attribution_id>/steps/", show_steps, name="console-steps"),
    path("attributions/<uuid:attribution_id>/approve/", approve_one, name="console-approve"),
    path(
        "attributions/<uuid:attribution_id>/cancel/",
        cancel_attribution,
        name="console-attribution-cancel",
    ),
    path("attributions/<uuid:attribution_id>/result.json", send_result, name="console-result"),
    path(
        "attributions/<uuid:attribution_id>/answers/<int:answer_id>/",
        take_answer,
        name="console-answer",
    ),
    path("sightings/", show_sightings, name="console-sightings"),
    path("sightings/<uuid:sighting_id>/", show_sighting, name="console-sighting"),
    path("sightings/senders/<int:sender_id>/", show_sender, name="console-sender"),
    path("sightings/senders/<int:sender_id>/confirm/", confirm, name="console-sender-confirm"),
    path("sightings/senders/<int:sender_id>/decline/", decline, name="console-sender-decline"),
    path("sightings/senders/<int:sender_id>/retire/", retire, name="console-sender-retire"),
    path("decoys/", show_decoys, name="console-decoys"),
    path("decoys/place/", place_decoy, name="console-decoy-place"),
    path("partners/<slug:partner_id>/clause/", set_clause, name="console-decoy-clause"),
    path(
        "partners/<slug:partner_id>/spellings/<str:kind>/off/",
        switch_spelling,
        name="console-spelling-off",
    ),
    path("partners/", show_partners, name="console-partners"),
    path("partners/<slug:partner_id>/", show_partner, name="console-partner"),
    re_path(
        r"^partners/(?P<partner_id>[-a-zA-Z0-9_]+)/(?P<act>suspend|activate)/$",
        decide,
        name="console-decide",
    ),
]
