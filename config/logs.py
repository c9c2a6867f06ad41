"""What the log leaves out."""

from __future__ import annotations

import logging
import re

LINK = re.compile(
    r"((?:/|%2F)(?:a|password(?:/|%2F)reset(?:/|%2F)key)(?:/|%2F))[^/\s\"'?%&]+", re.IGNORECASE
)
"""The address of a personal link, or of one to a new password, also within another address."""


class WithoutLinks(logging.Filter):
    """Takes the token out of every such link: whoever reads the log could answer by it, or choose the
    password."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        kept = LINK.sub(r"\1…", said)
        if kept != said:
            record.msg, record.args = kept, ()
        return True
