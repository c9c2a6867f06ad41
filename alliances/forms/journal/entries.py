"""What the form of every kind of entry has, and the kinds that need no more than that."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from crispy_forms.layout import HTML
from django import forms
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from alliances.forms.records import Beside, RecordForm
from alliances.models import JournalEntry, Participant, Record
from alliances.services.journal import SHAPES, Shape
from alliances.services.text_difference import difference

Kind = JournalEntry.Kind


class EntryForm(RecordForm):
    """What every kind of entry has: its columns and its parts, as its shape says."""

    model = JournalEntry
    shape: Shape
    heights = {"note": 5}
    part_height = 4
    record: JournalEntry | None

    def add_fields(self) -> None:
        super().add_fields()
        for name, field in self.fields.items():
            if name in self.shape.labels:
                field.label = self.shape.labels[name]
            if name in self.shape.helps:
                field.help_text = self.shape.helps[name]
        if "participant" in self.fields:
            field = self.field_as(forms.ModelChoiceField, "participant")
            field.empty_label = _("Choose a participant")
        for part in self.shape.parts:
            self.fields[part.code] = forms.CharField(
                label=part.label,
                help_text=part.help,
                required=False,
                strip=False,
                initial=self.record.content.get(part.code, "") if self.record else "",
                widget=forms.Textarea(attrs={"rows": self.part_height}),
            )

    @property
    def values(self) -> dict[str, Any]:
        content = {part.code: self.cleaned_data[part.code] for part in self.shape.parts}
        return super().values | ({"content": content} if content else {})

    def compared_with(self, current: Record) -> list[Beside]:
        assert isinstance(current, JournalEntry)  # noqa: S101 (the form is of nothing else)
        found = super().compared_with(current)
        for label, stored, written in self.compared_texts(current):
            if stored != written:
                found.append(Beside(label, stored, written, difference(stored, written)))
        return found

    def compared_texts(self, current: JournalEntry) -> Iterable[tuple[str, str, str]]:
        """What is no column: its name, what is stored now, what was written."""
        for part in self.shape.parts:
            yield (
                capfirst(str(part.label)),
                current.content.get(part.code, ""),
                plain(self.cleaned_data[part.code]),
            )

    def keys_sent(self) -> set[int]:
        """Keys of the participants of which something was sent; the kinds that have lines say which."""
        return set()

    @cached_property
    def participants(self) -> dict[int, Participant]:
        """Those that may be chosen: who accepted, and whoever stands in the entry or was sent.

        Who left while the page was open was chosen while that was right.
        """
        chosen = Q(status=Participant.Status.ACCEPTED) | Q(pk__in=self.keys_sent())
        if self.record is not None:
            chosen |= Q(attendances__entry=self.record) | Q(review_sides__entry=self.record)
        return {
            participant.pk: participant
            for participant in Participant.objects.filter(chosen, alliance=self.alliance).distinct()
        }


class MilestoneForm(EntryForm):
    """A milestone, due by a day."""

    shape = SHAPES[Kind.MILESTONE]
    columns = shape.columns

    def add_fields(self) -> None:
        super().add_fields()
        # The model leaves it open, because other kinds have none.
        self.fields["due_on"].required = True


class MarkerForm(EntryForm):
    """A progress marker, by how much is hoped of it."""

    shape = SHAPES[Kind.MARKER]
    columns = shape.columns

    level = forms.ChoiceField(
        label=_("How much is hoped"),
        choices=JournalEntry.Level.choices,
        widget=forms.RadioSelect,
        initial=JournalEntry.Level.EXPECT,
    )


class OfferForm(EntryForm):
    """An offer to join or to help."""

    shape = SHAPES[Kind.OFFER]
    columns = shape.columns

    outcome = forms.ChoiceField(
        choices=JournalEntry.Outcome.choices, required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # One of the choices says that there is none yet.
        self.fields["outcome"].label = _("What came of it")


class DepartureForm(EntryForm):
    """Somebody leaves."""

    shape = SHAPES[Kind.DEPARTURE]
    columns = shape.columns


class EscalationForm(EntryForm):
    """Something taken to those above."""

    shape = SHAPES[Kind.ESCALATION]
    columns = shape.columns

    jointly = forms.TypedChoiceField(
        choices=[("True", _("Both sides together")), ("False", _("One side alone"))],
        coerce=lambda value: value == "True",
        widget=forms.RadioSelect,
        initial="True",
    )


class ExpectationForm(EntryForm):
    """Somebody counted on something and did not get it."""

    shape = SHAPES[Kind.EXPECTATION]
    columns = shape.columns


class ProblemForm(EntryForm):
    """A problem, and the six steps to the opportunity in it."""

    shape = SHAPES[Kind.PROBLEM]
    columns = shape.columns

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Any step may wait for another sitting; the page says so once.
        for part in self.shape.parts:
            self.fields[part.code].label = part.label

    def layout(self) -> list[Any]:
        steps: list[Any] = []
        for number, part in enumerate(self.shape.parts, start=1):
            steps += [
                HTML(
                    f'{{% include "alliances/journal/_step_head.html" with number={number} '
                    f"steps={len(self.shape.parts)} %}}"
                ),
                part.code,
            ]
        return [*self.columns, *steps, "edition"]


def plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
