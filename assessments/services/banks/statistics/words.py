"""Figures as they stand on a page, and what lacks in words."""

from __future__ import annotations

from fractions import Fraction

from django.utils.translation import gettext as _

from assessments.statistics import Lack


def percent(share: Fraction) -> str:
    """A share from 0 to 1 in whole per cent, without the sign: "41"."""
    return f"{round(100 * share)}"


def lack_in_words(lack: Lack) -> str:
    """Why a cell holds no figure."""
    return _("no other question") if lack is Lack.ALONE else _("withheld")
