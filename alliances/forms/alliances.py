"""The form that describes an alliance."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from alliances.forms.base import HouseForm, field_of
from alliances.models import Alliance
from alliances.services.alliances import CURRENCY


class AllianceForm(HouseForm):
    """Name, what it is about, since when, and what it counts in."""

    name = field_of(Alliance, "name")
    summary = field_of(Alliance, "summary", widget=forms.Textarea(attrs={"rows": 4}))
    founded_on = field_of(
        Alliance, "founded_on", widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    # The service says what a currency is, small letters included.
    currency = forms.CharField(
        label=_("Currency"),
        initial=CURRENCY,
        help_text=_(
            "Three letters, such as EUR. Contributions and costs are counted in it; "
            "figures that stand already are not converted."
        ),
        widget=forms.TextInput(attrs={"size": 5, "maxlength": 3, "autocomplete": "off"}),
    )


class NewAllianceForm(AllianceForm):
    """The same for one that is made now."""

    save_label = _("Make the alliance")
