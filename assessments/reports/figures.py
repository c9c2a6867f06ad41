"""Figures, times and letters as a document holds them."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.timezone import is_aware, localtime
from django.utils.translation import get_language

from alliances.services.figures import dated

Figure = int | float | Decimal

# What XML 1.0, and so a PDF's metadata, cannot hold; and halves of surrogate pairs.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def exact(value: Figure) -> Decimal:
    """`value` as the decimal that its JSON reads, free of binary rests."""
    return value if isinstance(value, Decimal) else Decimal(str(value))


def whole(value: Figure) -> int:
    """The whole number to print: rounded down, so that what reads 75 is strong."""
    return int(exact(value).to_integral_value(ROUND_FLOOR))


def nearest(value: Figure) -> int:
    """The nearest whole number, halves up. For what was given whole, such as a forecast."""
    return int(exact(value).to_integral_value(ROUND_HALF_UP))


def is_plural(noun_phrase: str) -> bool:
    """Whether a title such as "representatives of substance" takes a plural verb.

    In French its article tells. In English it has none, and the noun before "of" tells, or the last
    one. Raises nothing: what it does not know takes the singular.
    """
    if get_language() == "fr":
        return noun_phrase.lower().startswith(("les ", "des "))
    head = noun_phrase.split(" of ")[0].split()[-1:] or [""]
    return head[0].lower().endswith("s") and not head[0].lower().endswith(("ss", "us", "is"))


def moment(text: Any) -> datetime | None:
    """A time written as ISO 8601, in the installation's time zone; None where it is none."""
    try:
        value = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return local(value)


def local(value: datetime) -> datetime:
    """`value` in the installation's time zone; as it is where it has no zone."""
    return localtime(value) if is_aware(value) else value


def day(value: datetime | None) -> str:
    """ "20 November 2026", with no-break spaces; empty for None."""
    return dated(value) if value else ""


def month(value: datetime | None) -> str:
    """ "November 2026", with a no-break space; empty for None."""
    return dated(value, "YEAR_MONTH_FORMAT") if value else ""


def writable(text: str) -> str:
    """`text` without the control characters that no document can hold."""
    return unicodedata.normalize("NFC", _UNWRITABLE.sub("\ufffd", text))
