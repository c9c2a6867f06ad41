"""Figures as they stand on a page, and what lacks in words."""

from __future__ import annotations

from fractions import Fraction

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from assessments.statistics import Lack

Figure = float | Fraction


def percent(share: Fraction) -> str:
    """A share from 0 to 1 in whole per cent, without the sign: "41"."""
    return f"{round(100 * share)}"


def two_decimals(figure: Figure) -> str:
    """ "0.82", with a true minus sign, by the reader's language."""
    rounded = f"{float(figure):.2f}"
    # Nothing is less than nothing.
    shown = "0.00" if rounded == "-0.00" else rounded
    return str(number_format(shown, decimal_pos=2)).replace("-", "−")


def lack_in_words(lack: Lack) -> str:
    """Why a cell holds no figure."""
    return _("no other question") if lack is Lack.ALONE else _("withheld")
