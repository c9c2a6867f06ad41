"""What the log leaves out."""

from __future__ import annotations

import logging
import re

LINK = re.compile(
    r"((?:/|%2F)(?:a|password(?:/|%2F)reset(?:/|%2F)key)(?:/|%2F))[^/\s\"'?%&]+", re.IGNORECASE
)
"""The address of a personal link, or of one to a new password, also within another address."""


class WithoutLinks(logging.Filter):
    """Takes the token out of every link that is a key, in what is said and in the traceback with it:
    whoever reads the log could answer by it, or log in."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        kept = LINK.sub(r"\1…", said)
        if kept != said:
            record.msg, record.args = kept, ()
        if record.exc_info and not record.exc_text:
            # Formatters take what stands here.
            told = logging.Formatter().formatException(record.exc_info)
            record.exc_text = LINK.sub(r"\1…", told)
        return True
