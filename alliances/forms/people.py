"""The forms about participants, their pain, and their people."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import HTML, Div, Fieldset
from django import forms
from django.utils.translation import gettext_lazy as _

from alliances.forms.base import HouseForm, field_of
from alliances.models import Participant, Representative
from alliances.services.overview import kind_label


class ParticipantForm(HouseForm):
    """Who it is, for whom it speaks, how far it is in."""

    name = field_of(Participant, "name")
    interest = field_of(Participant, "interest")
    status = field_of(Participant, "status")


class NewParticipantForm(ParticipantForm):
    """The same for one that comes new."""

    save_label = _("Add the participant")


class PainForm(HouseForm):
    """A pain, whole."""

    pain = field_of(Participant, "pain", required=True, widget=forms.Textarea(attrs={"rows": 5}))
    drive = forms.ChoiceField(
        label=_("What drives it"), choices=Participant.Drive.choices, widget=forms.RadioSelect
    )
    strength = field_of(
        Participant,
        "strength",
        required=True,
        min_value=1,
        max_value=10,
        label=_("How strong it is"),
        error_messages={
            "invalid": _("Write a whole number from 1 to 10."),
            "min_value": _("Write a whole number from 1 to 10."),
            "max_value": _("Write a whole number from 1 to 10."),
        },
    )


class RepresentativeForm(HouseForm):
    """A person, and the weight they bring."""

    name = field_of(Representative, "name")
    email = field_of(Representative, "email")
    title = field_of(Representative, "title")
    role = field_of(Representative, "role")
    authoritative_claimed = forms.BooleanField(label=_("Claimed"), required=False)
    authoritative_observed = forms.ChoiceField(
        label=_("Observed"), choices=Representative.Observed.choices, required=False
    )
    cognitive_claimed = forms.BooleanField(label=_("Claimed"), required=False)
    cognitive_observed = forms.ChoiceField(
        label=_("Observed"), choices=Representative.Observed.choices, required=False
    )
    reputational_claimed = forms.BooleanField(label=_("Claimed"), required=False)
    reputational_observed = forms.ChoiceField(
        label=_("Observed"), choices=Representative.Observed.choices, required=False
    )
    observed_how = field_of(
        Representative, "observed_how", widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in Representative.KINDS:
            self.fields[f"{kind}_observed"].label = _("Observed")

    def layout(self) -> list[Any]:
        return [
            "name",
            "email",
            "title",
            "role",
            HTML(
                '{% load i18n %}<h2 class="nb-form-part">{% translate "The weight they bring" %}</h2>'
                '<p class="nb-note">{% blocktranslate %}What they or others say of them is claimed. '
                "What you have seen at work is observed.{% endblocktranslate %}</p>"
            ),
            *(
                Fieldset(
                    kind_label(kind),
                    Div(f"{kind}_claimed", f"{kind}_observed", css_class="nb-pair"),
                    css_class="nb-kind",
                )
                for kind in Representative.KINDS
            ),
            "observed_how",
        ]


class NewRepresentativeForm(RepresentativeForm):
    """The same for somebody new."""

    save_label = _("Add this person")
