"""What the log leaves out."""

from __future__ import annotations

import logging
import re

LINK = re.compile(r"((?:/|%2F)a(?:/|%2F))[^/\s\"'?%&]+", re.IGNORECASE)
"""The address of a personal link, also within another address."""


class WithoutLinks(logging.Filter):
    """Takes the token out of every personal link: whoever reads the log could answer by it."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        kept = LINK.sub(r"\1…", said)
        if kept != said:
            record.msg, record.args = kept, ()
        return True
