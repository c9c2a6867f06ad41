"""How much may be sent with a file. Django's own limit counts the fields of a form, and not its files."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler


class WithinLimit(FileUploadHandler):
    """Comes before the handlers that keep files, and raises RequestDataTooBig (413) before they do."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.received = 0

    def handle_raw_input(
        self, input_data: Any, meta: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        """Before anything is read: what the request says of its length. A server reads no more than that."""
        _refuse_above(content_length)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """And what comes, part by part."""
        self.received += len(raw_data)
        _refuse_above(self.received)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The handlers behind keep the file."""


def _refuse_above(size: int) -> None:
    if size > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        raise RequestDataTooBig(f"{size} bytes were sent.")
