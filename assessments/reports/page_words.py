"""What stands around the two numbers in the foot of a page, which are counted in the style sheet."""

from __future__ import annotations


def page_words(said: str) -> tuple[str, str, str]:
    """Before, between and behind them. `said` is the message, such as "%(page)s of %(pages)s"."""
    before, between, behind = (said % {"page": "\0", "pages": "\0"}).split("\0")
    return before, between, behind
