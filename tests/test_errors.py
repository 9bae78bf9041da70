from mingdai.errors import Invalid, MingdaiError, Refused
from mingdai.words import Reason

REASON = Reason(
    code="consent.expired", reason="grant g ended", source="PIPL Art. 14", remedy="ask again"
)


def test_a_refusal_carries_everything_its_reason_says():
    refused = Refused.because(REASON)

    assert (refused.code, refused.reason, refused.source, refused.remedy) == (
        "consent.expired",
        "grant g ended",
        "PIPL Art. 14",
        "ask again",
    )
    assert str(refused) == "consent.expired: grant g ended"


def test_every_refusal_is_one_of_ours():
    assert issubclass(Refused, MingdaiError)
    assert Invalid(code="field.mobile", reason="11 digits", field="mobile").field == "mobile"
