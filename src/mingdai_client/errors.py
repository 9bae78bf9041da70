"""The two ways this package says no: something received is refused, or the platform answered so.

Neither holds personal information: they name a kind of thing, an id, or a field's code.
"""

from __future__ import annotations


class ClientRefused(Exception):
    """Something received must not be used; nothing of it was opened or kept.

    `code` is stable (`receipt.not_covered`, `opening.commitment`); `reason` is for the operator.
    docs/lender.md lists the codes.
    """

    def __init__(self, *, code: str, reason: str) -> None:
        """`reason` must not hold personal information."""
        super().__init__(f"{code}: {reason}")
        self.code = code
        self.reason = reason


class ApiProblem(Exception):
    """The platform's answer was a problem document (RFC 9457).

    `status` is the HTTP status; `code` is the document's stable code, "" where it gave none;
    `retry_after_s` is set where the platform said when to come back.
    """

    def __init__(
        self, *, status: int, code: str, title: str, detail: str = "", retry_after_s: int = 0
    ) -> None:
        """Every argument as in the document."""
        super().__init__(f"{status} {code or title}: {detail}")
        self.status = status
        self.code = code
        self.title = title
        self.detail = detail
        self.retry_after_s = retry_after_s


class ApiUnreachable(Exception):
    """The platform did not answer after every attempt; repeating the call is safe."""
