import base64

import pytest
from pydantic import ValidationError

from mingdai.api.shapes import AcknowledgementIn, EventIn
from mingdai.loans.vouching import KINDS

GOOD = base64.b64encode(bytes(64)).decode()


@pytest.mark.parametrize("text", ["", GOOD[:-1], GOOD + "A", "*" * 88, base64.b64encode(bytes(63))])
def test_a_signature_is_sixty_four_bytes(text):
    assert AcknowledgementIn(acknowledgement=GOOD).acknowledgement == GOOD
    with pytest.raises(ValidationError):
        AcknowledgementIn(acknowledgement=text)


def test_the_documented_kinds_are_those_that_are_taken():
    documented = EventIn.model_json_schema()["properties"]["kind"]["enum"]

    assert set(documented) == KINDS
