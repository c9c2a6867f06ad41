"""Rounds that are open beside the one that the desk leads with: how many are missing, until when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.desk.words import day_of
from assessments.models import Round
from assessments.progress import still_missing


@dataclass(frozen=True)
class UnderWay:
    """One of them; its address is empty for whom it has no page."""

    name: str
    bank: str
    text: str
    until: str
    address: str = ""


def rounds_under_way(rounds: Sequence[Round], *, convener: bool, today: dt.date) -> list[UnderWay]:
    """`rounds` as `read_open_rounds` gives them. How many are missing is for conveners alone."""
    return [
        UnderWay(
            name=round_.name,
            bank=round_.bank.said.title,
            text=missing_words(round_)
            if convener
            else _("Its result is published when the convener closes it."),
            until=(
                _("Open until %(day)s") if round_.closes_on >= today else _("Answers until %(day)s")
            )
            % {"day": day_of(round_.closes_on)},
            address=reverse("round", args=[round_.pk]) if convener else "",
        )
        for round_ in rounds
    ]


def missing_words(round_: Round) -> str:
    """How many of the people of a round of `read_open_rounds` are missing; never who."""
    missing, asked = counts_of(round_)
    if not missing:
        return _("Everybody who was asked has sent in.")
    return still_missing(missing, asked)


def counts_of(round_: Round) -> tuple[int, int]:
    """How many people are missing, and were asked, as `read_open_rounds` counted them."""
    return getattr(round_, "missing_people", 0), getattr(round_, "asked_people", 0)
