"""What the domain says when it refuses."""

from __future__ import annotations

from collections.abc import Sequence


class Refused(Exception):
    """Nothing was stored, and `message` says to a person what happened and what to do.

    `details` holds further lines, such as one for each wrong line of a file.
    """

    def __init__(self, message: str, details: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.details = list(details)

    def __str__(self) -> str:
        return "\n".join([self.message, *self.details])
