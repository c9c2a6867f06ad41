"""What each language writes in its own way, for every template without a load.

`date` stands in the place of Django's own, which knows no language in which the first of a month is
written otherwise than its other days.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import template

from alliances.services import counts
from alliances.services.figures import dated

register = template.Library()


@register.filter(expects_localtime=True, is_safe=False)
def date(value: dt.date | None, shape: str = "DATE_FORMAT") -> str:
    """A day or a moment in the shape of `dated`; nothing where there is none."""
    return dated(value, shape) if isinstance(value, dt.date) else ""


@register.filter
def behind_colon(text: Any) -> str:
    """What a link or button is about, behind its words, for those who listen: ": The launch"."""
    return counts.behind_colon(str(text))


@register.filter
def apart(texts: Sequence[Any]) -> str:
    """Texts in a row that may hold commas themselves: "a, b; c"."""
    return counts.apart([str(text) for text in texts])


@register.filter
def quoted(text: Any) -> str:
    """In quotation marks."""
    return counts.quoted(str(text))
