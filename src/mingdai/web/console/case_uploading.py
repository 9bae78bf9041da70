"""Take an uploaded list: sealed piece by piece while it arrives, never in a temporary file.

Django's own handlers would write a large upload to a disk in clear.  One file a request; what is
not finished leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from mingdai.cases.receiving import Receiver, most_bytes
from mingdai.errors import Invalid

FIELD = "file"
AROUND = 1 << 16
"""Bytes of a request beside its file."""


class SealingHandler(FileUploadHandler):
    """Hands the one file of a form to a `Receiver`."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        """`receiver` and `name` are set once a file has begun to arrive."""
        super().__init__(request)
        self.receiver: Receiver | None = None
        self.name = ""

    def handle_raw_input(
        self,
        input_data: object,
        META: dict[str, str],  # noqa: N803 - Django's name
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Refuse by the stated length, before anything is read."""
        if content_length > most_bytes() + AROUND:
            raise Invalid(code="list.too_large", reason="the list is too large", field=FIELD)

    def new_file(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        """Begin to seal; any further file of the form is skipped."""
        super().new_file(*args, **kwargs)
        if self.field_name != FIELD or self.receiver is not None:
            raise SkipFile
        self.name = self.file_name or ""
        self.receiver = Receiver()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Seal one more piece; raises Invalid `list.too_large`."""
        if self.receiver is not None:
            self.receiver.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile[bytes]:
        """A file without content: what arrived is sealed."""
        return UploadedFile(None, self.name, self.content_type, file_size, self.charset)


@contextmanager
def sealing(request: HttpRequest) -> Iterator[SealingHandler]:
    """Take this request's file so, and let go of it at the end; begin before the form is read."""
    handler = SealingHandler(request)
    request.upload_handlers = [handler]
    try:
        yield handler
    finally:
        if handler.receiver is not None:
            handler.receiver.give_up()
