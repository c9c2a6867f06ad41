"""The forms about participants, their pain, and their people."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import HTML, Div, Fieldset
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from alliances.forms.base import field_of
from alliances.forms.records import PartOfRecordForm, RecordForm
from alliances.models import Participant, Representative
from alliances.services.overview import kind_label
from alliances.services.people import PAIN_COLUMNS, SEAT_COLUMNS


class ParticipantForm(PartOfRecordForm):
    """Who it is, for whom it speaks, how far it is in."""

    model = Participant
    columns = SEAT_COLUMNS


class NewParticipantForm(ParticipantForm):
    """The same for one that comes new."""

    save_label = _("Add the participant")


class PainForm(PartOfRecordForm):
    """A pain, whole."""

    model = Participant
    columns = PAIN_COLUMNS
    heights = {"pain": 5}

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

    def field_for(self, name: str) -> forms.Field:
        """The column may be empty, where no pain is stated; this form states one."""
        field = super().field_for(name)
        field.required = True
        return field


class RepresentativeForm(RecordForm):
    """A person, and the weight they bring."""

    model = Representative
    columns = (
        "name",
        "email",
        "title",
        "role",
        "language",
        "days_a_month",
        *(f"{kind}_{what}" for kind in Representative.KINDS for what in ("claimed", "observed")),
        "observed_how",
    )
    heights = {"observed_how": 3}

    def field_for(self, name: str) -> forms.Field:
        """Of each kind of substance, two fields under a heading that says which kind it is."""
        if name.endswith("_claimed"):
            return forms.BooleanField(label=_("Claimed"), required=False)
        if name.endswith("_observed"):
            return forms.ChoiceField(
                label=_("Observed"), choices=Representative.Observed.choices, required=False
            )
        if name == "language":
            usual = dict(settings.LANGUAGES)[settings.LANGUAGE_CODE]
            return forms.ChoiceField(
                label=_("Language of mails"),
                choices=[("", _("As usual here: %(name)s") % {"name": usual}), *settings.LANGUAGES],
                required=False,
            )
        return super().field_for(name)

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
            "language",
            "days_a_month",
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
            "edition",
        ]


class NewRepresentativeForm(RepresentativeForm):
    """The same for somebody new."""

    save_label = _("Add this person")
