"""The forms about how the parties work together: launch, decisions, rules, their own houses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from crispy_forms.layout import HTML
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alliances.forms.base import HouseForm
from alliances.forms.lines import keys_sent, line_of_nobody, names_shown
from alliances.forms.records import Beside, RecordForm
from alliances.models import (
    Decision,
    DecisionPart,
    InternalStakeholder,
    LaunchStep,
    Participant,
    Record,
    WorkingRule,
)
from alliances.services.counts import labelled
from alliances.services.decisions.keeping import parties_of, stored_parts
from alliances.services.launch.keeping import WEEKS, missing_steps
from alliances.services.text_difference import difference
from alliances.services.working_rules import Proposal, all_proposals


def day_field(**options: Any) -> forms.DateField:
    """A day, written or chosen."""
    return forms.DateField(
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": _("Write the day as year-month-day, like 2027-03-31.")},
        **options,
    )


# Launch


class LayOutForm(HouseForm):
    """The day from which the launch runs, and how long it takes."""

    save_label = _("Lay out the track")

    decided_on = day_field(
        label=_("the day of the decision to ally"),
        help_text=_("The launch runs from there. A day that has passed is fine."),
    )
    weeks = forms.TypedChoiceField(
        label=_("how long it takes"),
        coerce=int,
        choices=[(str(weeks), _("%(weeks)s weeks") % {"weeks": weeks}) for weeks in WEEKS],
        widget=forms.RadioSelect,
        help_text=_("Shorter leaves no time to disagree; longer, and the start is forgotten."),
    )


class StepForm(RecordForm):
    """One of the five named steps."""

    model = LaunchStep
    columns: tuple[str, ...] = ("starts_on", "due_on", "who", "done_on", "note")


class OwnStepForm(StepForm):
    """A step of one's own."""

    columns = ("title", *StepForm.columns)

    def field_for(self, name: str) -> forms.Field:
        field = super().field_for(name)
        if name == "title":
            field.required, field.help_text = True, ""
        return field


class NewStepForm(StepForm):
    """One of the five that is not on the track, or one's own."""

    save_label = _("Add the step")
    columns = ("code", "title", *StepForm.columns)

    def add_fields(self) -> None:
        super().add_fields()
        labels = dict(LaunchStep.Code.choices)
        codes = [*missing_steps(alliance=self.alliance), LaunchStep.Code.OWN]
        field = self.field_as(forms.ChoiceField, "code")
        field.choices = [(code, labels[code]) for code in codes]
        field.initial = LaunchStep.Code.OWN


class StepDoneForm(RecordForm):
    """The day on which a step was done, and what came of it."""

    save_label = _("Mark as done")
    model = LaunchStep
    columns = ("done_on", "note")
    heights = {"note": 6}

    def field_for(self, name: str) -> forms.Field:
        field = super().field_for(name)
        field.required = field.required or name == "done_on"
        return field


# Decision map

PART = "part-"

NO_PART = ("", _("has no part"))


@dataclass(frozen=True)
class PartRow:
    """One party's line on the form: its name, and the field for its part."""

    name: str
    field: forms.BoundField


class DecisionForm(RecordForm):
    """A decision, and the part of each party in it: all of them are saved at once."""

    model = Decision
    columns = ("what", "by_alliance", "note")

    shown = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def add_fields(self) -> None:
        super().add_fields()
        # Who left while the page was open was given a part while that was right.
        self.parties: list[Participant] = list(
            parties_of(self.alliance)
            | Participant.objects.filter(alliance=self.alliance, pk__in=self.keys_sent())
        )
        self.fields["shown"].initial = names_shown(self.parties)
        stored = stored_parts(self.record) if isinstance(self.record, Decision) else {}
        for party in self.parties:
            self.fields[f"{PART}{party.pk}"] = forms.ChoiceField(
                label=party.name,
                choices=[NO_PART, *DecisionPart.Part.choices],
                required=False,
                initial=stored.get(party.pk, ""),
                widget=forms.Select(attrs={"class": "form-select"}),
            )

    def layout(self) -> list[Any]:
        parts = HTML('{% include "alliances/conduct/_parts.html" %}')
        return ["what", "by_alliance", parts, "note", "edition", "shown"]

    def keys_sent(self) -> set[int]:
        """Keys of the participants whose parts were sent."""
        return keys_sent(self.data, PART)

    def clean(self) -> dict[str, Any]:
        """The part of who is gone would be lost without a word."""
        cleaned = super().clean() or {}
        labels = dict(DecisionPart.Part.choices)
        for pk in sorted(self.keys_sent() - {party.pk for party in self.parties}):
            part = self.data.get(f"{PART}{pk}", "")
            if part:
                said = line_of_nobody(pk, cleaned.get("shown"), str(labels.get(part, part)))
                self.add_error(None, said)
        return cleaned

    @property
    def part_rows(self) -> Iterator[PartRow]:
        for party in self.parties:
            yield PartRow(party.name, self[f"{PART}{party.pk}"])

    @property
    def parts(self) -> dict[int, str]:
        """What was chosen, by the key of the party. One that the page did not show is left out."""
        return {
            party.pk: self.cleaned_data[f"{PART}{party.pk}"]
            for party in self.parties
            if f"{PART}{party.pk}" in self.data
        }

    @property
    def values(self) -> dict[str, Any]:
        return {**super().values, "parts": self.parts}

    def compared_with(self, current: Record) -> list[Beside]:
        """The columns that differ, and then the parties whose parts do, a line each."""
        found = super().compared_with(current)
        assert isinstance(current, Decision)  # noqa: S101 - what the service was given
        stored, chosen = stored_parts(current), self.parts
        labels = {"": str(NO_PART[1])} | {
            code: str(label) for code, label in DecisionPart.Part.choices
        }
        differing = [
            party
            for party in self.parties
            if party.pk in chosen and chosen[party.pk] != stored.get(party.pk, "")
        ]
        if differing:
            before, after = (
                "\n".join(
                    labelled(party.name, labels[parts.get(party.pk, "")]) for party in differing
                )
                for parts in (stored, chosen)
            )
            found.append(
                Beside(str(_("Who has which part")), before, after, difference(before, after))
            )
        return found


class NewDecisionForm(DecisionForm):
    """The same for one that comes new."""

    save_label = _("Add the decision")


# Working rules


class RuleForm(RecordForm):
    """A rule, what it means in practice, and when it was agreed."""

    model = WorkingRule
    columns = ("text", "example", "agreed_on")


class NewRuleForm(RuleForm):
    """The same for one that comes new."""

    save_label = _("Add the rule")


class TakeOverForm(HouseForm):
    """Which of the proposals become rules. One button for all that are marked, one for each alone."""

    save_label = _("Take over those marked")

    codes = forms.MultipleChoiceField(required=False)
    agreed_on = day_field(
        label=_("agreed on"),
        required=False,
        help_text=_("Leave it empty where you have yet to talk about them together."),
    )
    only = forms.CharField(required=False)

    def __init__(self, *args: Any, proposals: list[Proposal], **kwargs: Any) -> None:
        self.proposals = proposals
        super().__init__(*args, **kwargs)

    def add_fields(self) -> None:
        codes = self.field_as(forms.MultipleChoiceField, "codes")
        # All of ours: one that somebody took over meanwhile is no mistake of whoever marks it now.
        codes.choices = [(proposal.code, proposal.text) for proposal in all_proposals()]
        codes.error_messages["invalid_choice"] = _(
            "One of these proposals is not known. Open the page again and choose."
        )

    def layout(self) -> list[Any]:
        return [HTML('{% include "alliances/conduct/_proposals.html" %}'), "agreed_on"]

    @property
    def marked(self) -> list[str]:
        """The one whose own button was pressed, else all that are marked."""
        only = self.cleaned_data["only"]
        return [only] if only else self.cleaned_data["codes"]

    @property
    def sent_codes(self) -> list[str]:
        """What is marked on the page that comes back."""
        return self.sent.getlist("codes")


class AgreeForm(HouseForm):
    """Which rules the parties agreed on, and when."""

    save_label = pgettext_lazy("button", "Agreed")

    rules = forms.TypedMultipleChoiceField(
        label=_("rules that you agreed on"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Nothing is chosen. Mark the rules that you agreed on."),
            "invalid_choice": _(
                "One of these rules has changed meanwhile. Look at the list again."
            ),
        },
    )
    agreed_on = day_field(label=_("agreed on"))

    def __init__(self, *args: Any, rules: list[WorkingRule], **kwargs: Any) -> None:
        self.open_rules = rules
        super().__init__(*args, **kwargs)

    def add_fields(self) -> None:
        field = self.field_as(forms.MultipleChoiceField, "rules")
        field.choices = [(rule.pk, rule.text) for rule in self.open_rules]
        field.initial = [rule.pk for rule in self.open_rules]


# Internal stakeholders


class StakeholderForm(RecordForm):
    """A unit in one's own house."""

    model = InternalStakeholder
    columns = ("unit", "stance", "who", "aligned_on", "note")


class NewStakeholderForm(StakeholderForm):
    """The same for one that comes new."""

    save_label = _("Add the unit")
