"""What a convener types about a round."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crispy_forms.layout import Layout, LayoutObject
from django import forms
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from alliances.forms.base import HouseForm, field_of
from alliances.models import Alliance, Participant, Representative
from assessments.foresight import Asked, Expected, foresee, foresee_of_person
from assessments.models import Bank, Dimension, Round
from assessments.services.rounds import MINIMUM_THRESHOLD

READ = "read"
"""Under this name a page sends the mark of what it said will be shown."""
USUAL_DAYS = 14
LONGEST_DAYS = 180

MEANINGS = [
    (
        Round.Mode.CONFIDENTIAL,
        _(
            "Figures are for the whole alliance. Nobody, you included, learns what a person or an "
            "organisation answered."
        ),
    ),
    (
        Round.Mode.OPEN,
        _(
            "Each organisation’s scores are shown with its name, and comments carry it. People "
            "answer more carefully then."
        ),
    ),
]


@dataclass(frozen=True)
class Choice:
    """Somebody who can be ticked."""

    representative: Representative
    chosen: bool


class RoundForm(HouseForm):
    """The terms of a round, and whom it asks. All of it is fixed once the round is open."""

    save_label = _("Open and invite")

    name = field_of(Round, "name")
    bank = forms.ChoiceField(label=_("What is asked"), widget=forms.HiddenInput)
    mode = forms.ChoiceField(
        label=_("Who sees what"),
        choices=Round.Mode.choices,
        initial=Round.Mode.CONFIDENTIAL,
        widget=forms.RadioSelect,
    )
    threshold = forms.IntegerField(
        label=_("Threshold"),
        min_value=1,
        max_value=1000,
        initial=5,
        help_text=_(
            "People who must have answered before a figure is shown: five or more in a confidential "
            "round. In an open one, the least number for a verdict."
        ),
    )
    closes_on = forms.DateField(
        label=_("Last day to answer"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Answers are taken until the end of this day, or until you close the round."),
    )
    people = forms.MultipleChoiceField(
        label=_("Who is asked"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": _(
                "One of these people can no longer be asked. Look at the list again."
            ),
        },
    )

    def __init__(
        self,
        *args: Any,
        bank: Bank,
        key: str,
        participants: Sequence[Participant],
        name: str,
        **kwargs: Any,
    ) -> None:
        self.asked = bank
        self.participants = participants
        self.representatives = {
            str(person.pk): person
            for participant in participants
            for person in participant.representatives.all()
        }
        reachable = [key for key, person in self.representatives.items() if person.email]
        if bank.audience == Bank.Audience.PARTNERS and len(participants) > 2:
            reachable = []  # which two is for the convener to say
        today = timezone.localdate()
        kwargs.setdefault(
            "initial",
            {
                "name": name,
                "bank": key,
                "closes_on": today + dt.timedelta(days=USUAL_DAYS),
                "people": reachable,
            },
        )
        super().__init__(*args, **kwargs)
        self.field_as(forms.ChoiceField, "bank").choices = [(key, bank.title)]
        self.field_as(forms.MultipleChoiceField, "people").choices = [
            (key, person.name) for key, person in self.representatives.items()
        ]
        self.fields["people"].error_messages["required"] = _("Choose at least one person to ask.")
        if "mode" in self.fields:
            self.field_as(forms.ChoiceField, "mode").choices = [
                (mode, format_html("<strong>{}.</strong> {}", mode.label, meaning))
                for mode, meaning in MEANINGS
            ]
        attributes = self.fields["closes_on"].widget.attrs
        attributes["min"] = today.isoformat()
        attributes["max"] = (today + dt.timedelta(days=LONGEST_DAYS)).isoformat()

    def add_fields(self) -> None:
        """Who convenes is too few for a confidential round: theirs is open by organisation. A round
        about one person is confidential, from as many peers on as its bank says."""
        if self.asked.is_about_oneself:
            self.fields["about"] = forms.ChoiceField(
                label=_("About whom"),
                choices=[
                    ("", _("Choose a person")),
                    *(
                        (key, f"{one.name}, {one.participant.name}")
                        for key, one in self.representatives.items()
                        if one.email
                    ),
                ],
                help_text=_("They are asked too, about themselves. The result is for them alone."),
            )
            self.fields["people"].label = _("Peers who are asked")
        if self.asked.is_about_oneself or self.asked.audience == Bank.Audience.CONVENER:
            del self.fields["mode"], self.fields["threshold"]

    def layout(self) -> list[Any]:
        terms = [name for name in ("about", "mode", "threshold") if name in self.fields]
        return ["name", "bank", *terms, "closes_on", PeopleChoice(), WhatWillBeShown()]

    @property
    def terms_so_far(self) -> tuple[str, int]:
        """Mode and threshold as the form stands, wrong or not: what cannot be read is taken as usual."""
        usual = MINIMUM_THRESHOLD
        if self.asked.is_about_oneself:
            return str(Round.Mode.CONFIDENTIAL), int(self.asked.reading["peers_least"])
        if "mode" not in self.fields:
            return str(Round.Mode.OPEN), 1
        mode = self["mode"].value()
        try:
            threshold = self.fields["threshold"].clean(self["threshold"].value())
        except forms.ValidationError:
            threshold = usual
        if mode not in Round.Mode.values:
            mode = Round.Mode.CONFIDENTIAL
        return str(mode), max(threshold, usual) if mode == Round.Mode.CONFIDENTIAL else threshold

    @property
    def terms(self) -> tuple[str, int]:
        """Mode and threshold, of a form that is valid."""
        if self.asked.is_about_oneself:
            return str(Round.Mode.CONFIDENTIAL), int(self.asked.reading["peers_least"])
        if "mode" not in self.fields:
            return str(Round.Mode.OPEN), 1
        return self.cleaned_data["mode"], self.cleaned_data["threshold"]

    def expected(self, alliance: Alliance) -> list[Expected]:
        """What the round will show, on the terms and of the people that stand in the form."""
        mode, threshold = self.terms_so_far
        if self.asked.is_about_oneself:
            about = str(self["about"].value() or "")
            peers = [one for one in self.ticked if str(one.representative.pk) != about]
            return foresee_of_person(threshold=threshold, peers=len(peers))
        asked = [
            Asked(participant.name, participant.pk, choice.representative.email)
            for participant, choices in self.groups
            for choice in choices
            if choice.chosen
        ]
        return foresee(
            alliance=alliance, bank=self.asked, mode=mode, threshold=threshold, asked=asked
        )

    def is_read(self, alliance: Alliance) -> bool:
        """Whether the page that was sent said what these terms and people come to; if not, it is said now.

        Whoever changes them after reading what will be shown would open another round than the one that
        they read about.
        """
        if self.sent.get(READ, "") in ("", mark_of(self.expected(alliance))):
            return True
        self.add_error(
            None,
            format_html(
                '{} <a href="#will-be-shown">{}</a>',
                _(
                    "Nothing is open yet. By what you chose, something else will be shown than what "
                    "stood here. Read it, then open the round."
                ),
                _("What will be shown"),
            ),
        )
        return False

    @property
    def about(self) -> Representative | None:
        """Whom it is about, of a form that is valid."""
        return self.representatives.get(self.cleaned_data.get("about", ""))

    @property
    def peers(self) -> list[Representative]:
        """Who is asked, of a form that is valid; whom it is about is asked anyway."""
        return [person for person in self.cleaned_data["people"] if person != self.about]

    def clean_closes_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["closes_on"]
        if (day - timezone.localdate()).days > LONGEST_DAYS:
            raise forms.ValidationError(
                _("That is more than half a year from now. Choose an earlier day.")
            )
        return day

    def clean_people(self) -> list[Representative]:
        return [self.representatives[key] for key in self.cleaned_data["people"]]

    @property
    def groups(self) -> list[tuple[Participant, list[Choice]]]:
        """Organisations, each with its people and whether they are ticked."""
        ticked = {str(key) for key in self["people"].value() or []}
        return [
            (
                participant,
                [
                    Choice(person, str(person.pk) in ticked)
                    for person in participant.representatives.all()
                ],
            )
            for participant in self.participants
        ]

    @property
    def ticked(self) -> list[Choice]:
        return [
            choice for _participant, choices in self.groups for choice in choices if choice.chosen
        ]

    @property
    def ticked_organisations(self) -> int:
        return sum(1 for _participant, choices in self.groups if any(c.chosen for c in choices))


class PeopleChoice(LayoutObject):
    """The people of a RoundForm to tick, by organisation."""

    def render(self, form: Any, context: Any, template_pack: str = "", **kwargs: Any) -> str:
        form.rendered_fields.add("people")
        return render_to_string(
            "assessments/rounds/people.html",
            {"form": form, "field": form["people"], "alliance": context.get("alliance")},
        )


class WhatWillBeShown(LayoutObject):
    """What the round will show, as far as that is known from who is ticked in a RoundForm."""

    def render(self, form: Any, context: Any, template_pack: str = "", **kwargs: Any) -> str:
        expected = form.expected(context["alliance"])
        return render_to_string(
            "assessments/rounds/will_be_shown.html",
            {"expected": expected, "name": READ, "mark": mark_of(expected)},
        )


def mark_of(expected: Sequence[Expected]) -> str:
    """The same for what shows and withholds the same."""
    said = "\n".join(f"{one.what}: {one.verdict}" for one in expected)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


class ForecastForm(HouseForm):
    """What the convener expects of each element, 0 to 100; what is left empty has no forecast."""

    save_label = _("Keep the forecast")

    def __init__(
        self, *args: Any, dimensions: Sequence[Dimension], forecast: dict[str, int], **kwargs: Any
    ) -> None:
        self.dimensions = dimensions
        kwargs.setdefault("initial", forecast)
        super().__init__(*args, **kwargs)
        for dimension in dimensions:
            self.fields[dimension.code] = forms.IntegerField(
                label=dimension.title, min_value=0, max_value=100, required=False
            )
        self.helper.layout = Layout(*(dimension.code for dimension in dimensions), self.buttons())

    @property
    def forecast(self) -> dict[str, int]:
        """What was given, by element code."""
        given = ((d.code, self.cleaned_data.get(d.code)) for d in self.dimensions)
        return {code: figure for code, figure in given if figure is not None}


class NewLinkForm(HouseForm):
    """Whether the links that somebody had before go on working."""

    save_label = _("Send the new link")

    revoke_older = forms.BooleanField(label=_("The old link must stop working"), required=False)
