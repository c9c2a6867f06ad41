"""The forms of the register: an item, and where parties stand on it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Div, Fieldset
from django import forms
from django.utils.translation import gettext_lazy as _

from alliances.forms.base import HouseForm
from alliances.forms.lines import keys_sent, line_of_nobody, names_shown
from alliances.forms.records import Beside, RecordForm
from alliances.models import GroundItem, Position
from alliances.services.common_ground import (
    NOT_ASKED,
    Conflict,
    PositionsOvertaken,
    Told,
    mark_of,
)
from alliances.services.text_difference import difference


class GroundItemForm(RecordForm):
    """What kind of claim it is, what it says, and what hangs on it."""

    model = GroundItem
    columns = ("kind", "text", "note")

    kind = forms.ChoiceField(
        label=_("Kind"), choices=GroundItem.Kind.choices, widget=forms.RadioSelect
    )


class NewGroundItemForm(GroundItemForm):
    """The same for one that comes new."""

    save_label = _("Add it to the register")


class PositionsForm(HouseForm):
    """Where each of `stand` stands, as a choice and a reason.

    A hidden field says what stood there when the page was made, by party; so the service can tell
    what was changed here from what somebody else changed meanwhile.
    """

    NOT_ASKED_LABEL = _("Not asked yet")

    began = forms.CharField(required=False, widget=forms.HiddenInput)
    shown = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, stand: Sequence[Told], **kwargs: Any) -> None:
        self.stand = stand
        self.names = {str(one.participant.pk): one.participant.name for one in stand}
        self.beside: list[Beside] = []
        self.is_overtaken = False
        marks = json.dumps({str(one.participant.pk): one.began for one in stand})
        shown = names_shown(one.participant for one in stand)
        kwargs["initial"] = {"began": marks, "shown": shown} | {
            name: value
            for one in stand
            for name, value in (
                (f"stance_{one.participant.pk}", one.stance),
                (f"reason_{one.participant.pk}", one.reason),
            )
        }
        super().__init__(*args, **kwargs)

    def add_fields(self) -> None:
        choices = [(NOT_ASKED, self.NOT_ASKED_LABEL), *Position.Stance.choices]
        for one in self.stand:
            self.fields[f"stance_{one.participant.pk}"] = self.stance_field(choices)
            # The service says how long a reason may be, after cleaning it.
            self.fields[f"reason_{one.participant.pk}"] = forms.CharField(
                label=_("Reason"),
                required=False,
                strip=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def stance_field(self, choices: list[Any]) -> forms.ChoiceField:
        return forms.ChoiceField(label=_("Position"), choices=choices)

    def layout(self) -> list[Any]:
        return [
            "began",
            "shown",
            *(
                Fieldset(
                    # crispy takes a legend for a template, so no name may stand in it
                    f"{{{{ form.names.{one.participant.pk} }}}}",
                    Div(
                        f"stance_{one.participant.pk}",
                        f"reason_{one.participant.pk}",
                        css_class="nb-pair",
                    ),
                    css_class="nb-kind cg-stand",
                )
                for one in self.stand
            ),
        ]

    def clean(self) -> dict[str, Any]:
        """The line of a party that is not at the table any more would be lost without a word."""
        cleaned = super().clean() or {}
        if "began" not in cleaned:
            return cleaned
        labels = {NOT_ASKED: self.NOT_ASKED_LABEL} | dict(Position.Stance.choices)
        marks = self.marks
        for pk in sorted(
            keys_sent(self.data, "stance_") - {one.participant.pk for one in self.stand}
        ):
            stance, reason = (self.data.get(f"{name}_{pk}", "") for name in ("stance", "reason"))
            began = marks.get(str(pk))
            if began is not None and began != mark_of(stance, reason):
                typed = f"{labels.get(stance, stance)}. {reason}".strip()
                self.add_error(None, line_of_nobody(pk, cleaned.get("shown"), typed))
        return cleaned

    @property
    def told(self) -> list[Told]:
        """What was written of each party that the page knew; who joined since is not touched."""
        marks = self.marks
        return [
            Told(
                one.participant,
                self.cleaned_data[f"stance_{one.participant.pk}"],
                self.cleaned_data[f"reason_{one.participant.pk}"],
                marks[str(one.participant.pk)],
            )
            for one in self.stand
            if str(one.participant.pk) in marks
        ]

    @property
    def marks(self) -> dict[str, str]:
        """By party, what stood there when the page was made."""
        try:
            marks = json.loads(self.cleaned_data["began"])
        except (ValueError, RecursionError):  # no JSON, or a pile of brackets
            return {}
        if not isinstance(marks, dict):
            return {}
        return {key: value for key, value in marks.items() if isinstance(value, str)}

    def overtaken(self, overtaken: PositionsOvertaken) -> None:
        """Shows what is stored beside what was written; saving again then puts this in its place."""
        self.is_overtaken = True
        labels = {NOT_ASKED: self.NOT_ASKED_LABEL} | dict(Position.Stance.choices)
        marks = self.marks
        for conflict in overtaken.conflicts:
            self.beside += _beside(conflict, labels)
            marks[str(conflict.participant.pk)] = mark_of(conflict.stance, conflict.reason)
        self.send_back(began=json.dumps(marks))
        self.refuse(overtaken)


class OwnPositionForm(PositionsForm):
    """Where one's own organisation stands."""

    NOT_ASKED_LABEL = _("No position yet")

    def stance_field(self, choices: list[Any]) -> forms.ChoiceField:
        return forms.ChoiceField(
            label=_("Position"), choices=[*choices[1:], choices[0]], widget=forms.RadioSelect
        )

    def layout(self) -> list[Any]:
        return list(self.fields)


def _beside(conflict: Conflict, labels: dict[Any, Any]) -> list[Beside]:
    name, told = conflict.participant.name, conflict.told
    pairs = (
        (_("%(name)s: position"), str(labels[conflict.stance]), str(labels[told.stance])),
        (_("%(name)s: reason"), conflict.reason, told.reason),
    )
    return [
        Beside(str(label % {"name": name}), stored, written, difference(stored, written))
        for label, stored, written in pairs
        if stored != written
    ]
