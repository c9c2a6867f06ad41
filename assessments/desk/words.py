"""What pages say of days, verdicts and lists of names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.services.counts import listed
from alliances.services.figures import dated
from assessments.models import Result

NAMED_AT_MOST = 3


def verdict_words(result: Result) -> str:
    """The verdict of `result` in a word or two; of one that is read otherwise, that it is there."""
    return {
        "ready": _("Ready"),
        "conditional": _("Ready on conditions"),
        "not-ready": _("Not ready"),
        "undecided": _("No verdict"),
        "none": _("Result published"),
    }[result.document["verdict"]["level"]]


def names_of(names: Sequence[str]) -> str:
    if len(names) > NAMED_AT_MOST:
        return _("%(names)s and %(count)s more") % {
            "names": ", ".join(names[:NAMED_AT_MOST]),
            "count": len(names) - NAMED_AT_MOST,
        }
    return listed(names)


def day_of(day: dt.date) -> str:
    return dated(day)


def month_of(moment: dt.datetime) -> str:
    return dated(timezone.localtime(moment), "YEAR_MONTH_FORMAT")
