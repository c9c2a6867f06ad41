"""The form of a joint review, with what each side says of itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from crispy_forms.layout import HTML
from django import forms
from django.utils.translation import gettext_lazy as _

from alliances.forms.journal.entries import EntryForm, plain
from alliances.forms.lines import keys_in
from alliances.models import JournalEntry
from alliances.services.counts import labelled
from alliances.services.journal import SHAPES, Side

SIDES_AT_FIRST = 2
SIDES_AT_MOST = 40


class ReviewForm(EntryForm):
    """A review by two sides or more.

    `slots` says how many sides have room. The button "more" asks for the page again with one more,
    so that it works without JavaScript; nothing is stored by that.
    """

    shape = SHAPES[JournalEntry.Kind.REVIEW]
    columns = shape.columns

    slots = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, SIDES_AT_FIRST + 1):
            self.fields[f"side-{number}"].label = _("Which participant")

    def add_fields(self) -> None:
        super().add_fields()
        stored = list(self.record.sides.all()) if self.record else []
        self.number_of_sides = self._slots(len(stored))
        self.fields["slots"].initial = self.initial["slots"] = self.number_of_sides
        choices = [
            ("", _("Choose a participant")),
            *((str(pk), participant.name) for pk, participant in self.participants.items()),
        ]
        for number in range(1, self.number_of_sides + 1):
            side = stored[number - 1] if number <= len(stored) else None
            self.fields[f"side-{number}"] = forms.ChoiceField(
                label=_("Which participant"),
                choices=choices,
                required=False,
                initial=str(side.participant_id) if side else "",
                error_messages={
                    "invalid_choice": _(
                        "This organisation has been removed meanwhile. Choose another, or clear the "
                        "texts of this side."
                    )
                },
            )
            for name, label in (
                ("contributed", _("What it contributed to the trouble")),
                ("can-do", _("What it can do")),
            ):
                self.fields[f"{name}-{number}"] = forms.CharField(
                    label=label,
                    required=False,
                    strip=False,
                    initial=getattr(side, name.replace("-", "_"), ""),
                    widget=forms.Textarea(attrs={"rows": 3}),
                )

    def keys_sent(self) -> set[int]:
        # The page that makes room for one side more is given what was written as its beginning.
        source: Mapping[str, Any] = self.data if self.is_bound else self.initial
        return keys_in(value for name, value in source.items() if name.startswith("side-"))

    def _slots(self, stored: int) -> int:
        """How many sides have room: as many as the page had, and two at least."""
        source: Mapping[str, Any] = self.data if self.is_bound else self.initial
        wanted = number_in(source.get("slots"))
        return min(max(wanted, stored, SIDES_AT_FIRST), max(SIDES_AT_MOST, stored))

    @staticmethod
    def slots_after(slots: str) -> int:
        """One more than the page had."""
        return max(number_in(slots), SIDES_AT_FIRST) + 1

    def layout(self) -> list[Any]:
        sides: list[Any] = []
        for number in range(1, self.number_of_sides + 1):
            sides += [
                HTML(f'{{% include "alliances/journal/_side_head.html" with number={number} %}}'),
                f"side-{number}",
                f"contributed-{number}",
                f"can-do-{number}",
            ]
        return [
            HTML('{% include "alliances/_enter.html" %}'),
            *self.columns,
            "trouble",
            *sides,
            HTML('{% include "alliances/journal/_more_sides.html" %}'),
            "agreed",
            "edition",
            "slots",
        ]

    @property
    def has_room(self) -> bool:
        return self.number_of_sides < SIDES_AT_MOST

    def written_sides(self) -> list[Side]:
        """The sides of which something was written."""
        return [
            Side(
                self.participants[int(self.cleaned_data[f"side-{number}"])],
                self.cleaned_data[f"contributed-{number}"],
                self.cleaned_data[f"can-do-{number}"],
            )
            for number in range(1, self.number_of_sides + 1)
            if self.cleaned_data[f"side-{number}"]
        ]

    def clean(self) -> dict[str, Any]:
        """A text without a side would be lost without a word."""
        cleaned = super().clean() or {}
        for number in range(1, self.number_of_sides + 1):
            texts = (cleaned.get(f"contributed-{number}"), cleaned.get(f"can-do-{number}"))
            if (
                any(texts)
                and not cleaned.get(f"side-{number}")
                and not self.errors.get(f"side-{number}")
            ):
                self.add_error(f"side-{number}", _("Choose whose side this is."))
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        return super().values | {"sides": self.written_sides()}

    def compared_texts(self, current: JournalEntry) -> Iterable[tuple[str, str, str]]:
        yield from super().compared_texts(current)
        stored = {
            row.participant: (row.contributed, row.can_do)
            for row in current.sides.select_related("participant")
        }
        written = {
            side.participant: (plain(side.contributed), plain(side.can_do))
            for side in self.written_sides()
        }
        for participant in [*stored, *(one for one in written if one not in stored)]:
            for place, name in enumerate((_("what it contributed"), _("what it can do"))):
                yield (
                    labelled(participant.name, str(name)),
                    stored.get(participant, ("", ""))[place],
                    written.get(participant, ("", ""))[place],
                )


def number_in(text: Any) -> int:
    """A small whole number, 0 where it is none."""
    digits = str(text or "")
    # isdigit alone is also true of signs that int() does not read
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 4 else 0
