"""The borrower's pages by address.  No address holds anything about a person but random ids."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from mingdai.web.account import (
    correct_field,
    delete_account,
    send_copy,
    show_account,
    show_copy,
    show_deleted,
)
from mingdai.web.agreements import show_agreement
from mingdai.web.applying import fill_in, read_cost
from mingdai.web.consenting import decide
from mingdai.web.contacts import show_contact
from mingdai.web.following import show_application, show_applications
from mingdai.web.health import health
from mingdai.web.inbox import show_inbox
from mingdai.web.language import switch_language
from mingdai.web.letters import show_letter, show_letters, switch_relay
from mingdai.web.log import serve_log
from mingdai.web.offer import show_offer
from mingdai.web.offers import send_match_receipt, show_offers, show_ranking
from mingdai.web.path import send_record, show_path, show_reader, withdraw_consent
from mingdai.web.receipts import send_openings, send_policy, send_receipt
from mingdai.web.sightings import show_sighting
from mingdai.web.signing_in import log_in, log_out, send_code

urlpatterns: list[URLPattern | URLResolver] = [
    path("", show_offers, name="offers"),
    path("offers/match-receipt.json", send_match_receipt, name="match-receipt"),
    path("offers/<slug:product_id>/", show_offer, name="offer"),
    path("ranking/", show_ranking, name="ranking"),
    path("agreements/<slug:document>/", show_agreement, name="agreement"),
    path("language/", switch_language, name="language"),
    path("login/", log_in, name="login"),
    path("login/code/", send_code, name="login-code"),
    path("logout/", log_out, name="logout"),
    path("inbox/", show_inbox, name="inbox"),
    path("apply/<slug:product_id>/", fill_in, name="apply"),
    path("applications/", show_applications, name="applications"),
    path("applications/<uuid:application_id>/", show_application, name="application"),
    path("applications/<uuid:application_id>/cost/", read_cost, name="cost"),
    path("applications/<uuid:application_id>/consent/", decide, name="consent"),
    path("path/", show_path, name="path"),
    path("path/<uuid:disclosure_id>/", show_reader, name="reader"),
    path("path/bulk/<uuid:read_id>/record.json", send_record, name="bulk-record"),
    path("path/grants/<uuid:grant_id>/withdraw/", withdraw_consent, name="withdraw"),
    path("letters/", show_letters, name="letters"),
    path("letters/relay/", switch_relay, name="relay"),
    path("letters/<uuid:letter_id>/", show_letter, name="letter"),
    path("sightings/<uuid:sighting_id>/", show_sighting, name="sighting"),
    path("contact/", show_contact, name="contact"),
    path("receipts/policy", send_policy, name="log-policy"),
    path("receipts/<slug:entry_id>/", send_receipt, name="receipt"),
    path("receipts/<slug:entry_id>/openings/", send_openings, name="openings"),
    path("account/", show_account, name="account"),
    path("account/copy/", show_copy, name="copy"),
    path("account/copy.json", send_copy, name="copy-json"),
    path("account/fields/<slug:code>/", correct_field, name="correct"),
    path("account/delete/", delete_account, name="delete"),
    path("account/deleted/", show_deleted, name="deleted"),
    path("log/<path:path>", serve_log, name="log"),
    path("healthz", health, name="health"),
    path("console/", include("mingdai.web.console.routes")),
]
