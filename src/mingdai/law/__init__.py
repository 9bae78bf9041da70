"""What is allowed: one pure rule a file, used by the gate to prevent and by the auditor to detect.

Each rule file has `refusal(proposal)`, and says in `SOURCE`, `MARK` and `IN_FORCE` where it comes
from, how far that text was verified (docs/law.md) and since when it holds.  Ask them through
`mingdai.law.judging.refusals`.  Every kind of recipient has a rule that wants a reason of it:
partners a grant, employees and regulators a ticket, the borrower to be the borrower.
"""

from mingdai.law import (
    adult,
    minimal_fields,
    named_recipient,
    not_expired,
    not_withdrawn,
    onward_transfer,
    own_relay,
    own_view,
    recipient_licensed,
    route_allowed,
    second_person,
    sensitive_agreed,
    separate_consent,
    staff_ticket,
)

RULES = (
    separate_consent.refusal,
    named_recipient.refusal,
    not_withdrawn.refusal,
    not_expired.refusal,
    minimal_fields.refusal,
    sensitive_agreed.refusal,
    recipient_licensed.refusal,
    onward_transfer.refusal,
    route_allowed.refusal,
    staff_ticket.refusal,
    second_person.refusal,
    adult.refusal,
    own_view.refusal,
    own_relay.refusal,
)
