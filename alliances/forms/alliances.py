"""The form that describes an alliance."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from alliances.forms.base import HouseForm, field_of
from alliances.models import Alliance


class AllianceForm(HouseForm):
    """Name, what it is about, since when."""

    name = field_of(Alliance, "name")
    summary = field_of(Alliance, "summary", widget=forms.Textarea(attrs={"rows": 4}))
    founded_on = field_of(
        Alliance, "founded_on", widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )


class NewAllianceForm(AllianceForm):
    """The same for one that is made now."""

    save_label = _("Make the alliance")
