"""Figures as people write them: 480,000 EUR, 12.5 %, three days, 20 November 2026."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from fractions import Fraction

from django.utils.formats import date_format, get_format, number_format
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from alliances.services import counts

NO_BREAK = "\u00a0"

DAY = re.compile(r"(?<!\\)j")
"""The day of a month in a format, which a backslash would make a letter."""


def amount(value: Decimal) -> str:
    """A sum: grouped by thousands, with two decimals where it is not whole."""
    whole = value == value.to_integral_value()
    return str(number_format(value, decimal_pos=0 if whole else 2, force_grouping=True))


def money(value: Decimal, currency: str) -> str:
    """A sum with its currency, on one line."""
    return f"{amount(value)}{NO_BREAK}{currency}"


def number(value: Decimal) -> str:
    """Any number: grouped by thousands, with as many decimals as it has."""
    exponent = value.normalize().as_tuple().exponent
    assert isinstance(exponent, int)  # noqa: S101 (no column holds an infinite number)
    return str(number_format(value, decimal_pos=max(-exponent, 0), force_grouping=True))


def two_decimals(value: float | Decimal | Fraction) -> str:
    """A statistic: "38.00", "−0.05", with a true minus sign."""
    rounded = f"{value if isinstance(value, Decimal) else float(value):.2f}"
    # Nothing is less than nothing.
    shown = "0.00" if rounded == "-0.00" else rounded
    return str(number_format(shown, decimal_pos=2)).replace("-", "−")


def measured(value: Decimal, unit: str) -> str:
    """A number with its unit, where there is one."""
    return f"{number(value)}{NO_BREAK}{unit}" if unit else number(value)


def days(value: Decimal) -> str:
    """A stretch of time that was given or pledged: "12.5 days", "1 day"."""
    unit = ngettext("day", "days", counts.counted(value))
    return f"{number(value)}{NO_BREAK}{unit}"


ALONE = {
    "": (pgettext_lazy("number", "none"), None),
    "action": (
        pgettext_lazy("number of actions", "none"),
        pgettext_lazy("number of actions", "one"),
    ),
    "offer": (pgettext_lazy("number of offers", "none"), pgettext_lazy("number of offers", "one")),
}
"""None and one of what is counted, where the words hang on that in some languages."""


def alone_in_words(count: int, of: str = "") -> str:
    """A count that stands alone in a sentence: "none", "one" to "nine", "10".

    `of`, of ALONE, is what is counted, where the sentence itself does not say it beside the number.
    """
    none, one = ALONE[of]
    if not count:
        return str(none)
    return str(one) if count == 1 and one is not None else counts.in_words(count)


def days_long(count: int) -> str:
    """A number of days in a sentence: "one day", "45 days"."""
    return ngettext("%(n)s day", "%(n)s days", count) % {"n": counts.in_words(count)}


def day(date: datetime.date) -> str:
    """A date: 20 November 2026."""
    return dated(date)


def dated(moment: datetime.date, shape: str = "DATE_FORMAT") -> str:
    """A day or a moment in `shape`: the name of a format of `config.formats`, or a format.

    Moments are local already. Languages that write the first of a month in a way of its own (1er
    janvier, 2 janvier) say so by a message, because no format can.
    """
    written = str(get_format(shape))
    if moment.day == 1:
        # Translators: the day in “1 January 2026”; in French it is 1er, and only on the first.
        first = pgettext("day of a month", "1")
        written = DAY.sub(lambda _found: "".join(f"\\{letter}" for letter in first), written)
    return date_format(moment, written)
