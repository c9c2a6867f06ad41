"""The form that describes an alliance."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from alliances.forms.records import RecordForm
from alliances.models import Alliance
from alliances.services.alliances import CURRENCY


class AllianceForm(RecordForm):
    """Name, what it is about, since when, and what it counts in."""

    model = Alliance
    columns = ("name", "summary", "founded_on", "currency")

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
