"""Days in templates: stands in the place of Django's own `date`, in every template without a load."""

from __future__ import annotations

import datetime as dt

from django import template

from alliances.services.figures import dated

register = template.Library()


@register.filter(expects_localtime=True, is_safe=False)
def date(value: dt.date | None, shape: str = "DATE_FORMAT") -> str:
    """A day or a moment in the shape of `dated`; nothing where there is none.

    Django's own knows no language in which the first of a month is written otherwise than its other
    days.
    """
    return dated(value, shape) if isinstance(value, dt.date) else ""
