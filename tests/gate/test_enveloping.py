from mingdai.gate.disclosing import disclose_to_partner
from mingdai.gate.models import Envelope
from mingdai.ledger.keys import origin
from mingdai_proofs.envelopes import SUITE, Manifest
from tests.conftest import NOON
from tests.gate.world import NECESSARY, SECOND, give_grant, handover_of, make_bureau


def test_the_manifest_says_everything_but_the_values(borrower, lender):
    given = give_grant(borrower, lender, carrier=make_bureau())
    row = disclose_to_partner(handover_of(given), at=NOON + SECOND)

    envelope = Envelope.objects.get()
    manifest = Manifest.parse(bytes(envelope.manifest))
    assert (manifest.platform, manifest.disclosure_id) == (origin(), str(row.pk))
    assert (manifest.recipient, manifest.carrier) == ("heyan-ml", "puyuan-cb")
    assert (manifest.amount, manifest.term, manifest.term_unit) == ("10000.00", 12, "month")
    assert (manifest.sent_at, manifest.callback) == ("2026-11-23T04:00:01Z", "/api/events")
    assert set(manifest.fields) == NECESSARY
    assert (envelope.suite, envelope.key_id) == (SUITE, "key-1")
