"""The form of a meeting, with how each participant was there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from crispy_forms.layout import HTML
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alliances.forms.journal.entries import EntryForm
from alliances.forms.lines import keys_sent, line_of_nobody, names_shown
from alliances.models import Attendance, JournalEntry, Participant
from alliances.services.counts import labelled
from alliances.services.journal import SHAPES, Came

NOT_ASKED = ""
PRESENCES = [(NOT_ASKED, pgettext_lazy("to a meeting", "not asked")), *Attendance.Presence.choices]
WHO_LIMIT = 200


@dataclass(frozen=True)
class Seat:
    """One line of the table of who came."""

    participant: Participant
    presence: forms.BoundField
    who: forms.BoundField


class MeetingForm(EntryForm):
    """A meeting, and how each participant was there."""

    shape = SHAPES[JournalEntry.Kind.MEETING]
    columns = shape.columns

    shown = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def keys_sent(self) -> set[int]:
        return keys_sent(self.data, "presence-", "who-")

    def add_fields(self) -> None:
        super().add_fields()
        self.fields["shown"].initial = names_shown(self.participants.values())
        stored = (
            {row.participant_id: row for row in self.record.attendances.all()}
            if self.record
            else {}
        )
        for pk, participant in self.participants.items():
            row = stored.get(pk)
            self.fields[f"presence-{pk}"] = forms.ChoiceField(
                label=_("%(name)s: presence") % {"name": participant.name},
                choices=PRESENCES,
                required=False,
                initial=row.presence if row else NOT_ASKED,
                widget=forms.Select(
                    attrs={
                        "class": "form-select",
                        "aria-label": _("%(name)s: presence") % {"name": participant.name},
                    }
                ),
            )
            self.fields[f"who-{pk}"] = forms.CharField(
                label=_("%(name)s: who came") % {"name": participant.name},
                required=False,
                max_length=WHO_LIMIT,
                initial=row.who if row else "",
                widget=forms.TextInput(
                    attrs={
                        "class": "form-control",
                        "aria-label": _("%(name)s: who came") % {"name": participant.name},
                    }
                ),
            )

    def layout(self) -> list[Any]:
        return [
            *self.columns,
            "edition",
            "shown",
            HTML('{% include "alliances/journal/_attendance_fields.html" %}'),
        ]

    @property
    def seats(self) -> list[Seat]:
        return [
            Seat(participant, self[f"presence-{pk}"], self[f"who-{pk}"])
            for pk, participant in self.participants.items()
        ]

    @property
    def values(self) -> dict[str, Any]:
        return super().values | {
            "attendance": [
                Came(
                    participant,
                    self.cleaned_data[f"presence-{pk}"],
                    self.cleaned_data[f"who-{pk}"],
                )
                for pk, participant in self.participants.items()
                if self.cleaned_data[f"presence-{pk}"] != NOT_ASKED
            ]
        }

    def clean(self) -> dict[str, Any]:
        """A name without a presence, or a line of who is gone, would be lost without a word."""
        cleaned = super().clean() or {}
        for pk in sorted(self.keys_sent() - set(self.participants)):
            presence, who = (self.data.get(f"{name}-{pk}", "") for name in ("presence", "who"))
            if presence or who:
                said = line_of_nobody(pk, cleaned.get("shown"), presence_in_words(presence, who))
                self.add_error(None, said)
        for pk in self.participants:
            if cleaned.get(f"who-{pk}") and cleaned.get(f"presence-{pk}") == NOT_ASKED:
                self.add_error(f"presence-{pk}", _("Say how they came, or take the name out."))
        return cleaned

    def compared_texts(self, current: JournalEntry) -> Iterable[tuple[str, str, str]]:
        yield from super().compared_texts(current)
        stored = {
            row.participant_id: presence_in_words(row.presence, row.who)
            for row in current.attendances.all()
        }
        for pk, participant in self.participants.items():
            yield (
                participant.name,
                stored.get(pk, presence_in_words(NOT_ASKED, "")),
                presence_in_words(
                    self.cleaned_data[f"presence-{pk}"], self.cleaned_data[f"who-{pk}"]
                ),
            )


def presence_in_words(presence: str, who: str) -> str:
    """Such as "sent a stand-in: Ana Reis"."""
    words = str(dict(PRESENCES).get(presence, presence))
    return labelled(words, who) if who else words
