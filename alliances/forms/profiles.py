"""The forms of profiles and of the history between two organisations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliances.forms.records import RecordForm
from alliances.models import PairHistory, Participant, Profile
from alliances.services.profiles import FIELDS


class ProfileForm(RecordForm):
    """What the others should know of an organisation."""

    model = Profile
    columns = FIELDS
    heights = dict.fromkeys(FIELDS, 3)

    decides = forms.ChoiceField(
        label=_("How it decides"),
        choices=[("", _("Not said yet")), *Profile.Decides.choices],
        required=False,
    )


class HistoryForm(RecordForm):
    """What two organisations did together, what worked and what was hard."""

    model = PairHistory
    columns: tuple[str, ...] = ("together", "worked", "hard")


class NewHistoryForm(HistoryForm):
    """The same with the two to choose. `own` is the one that a member writes for: only the other
    is to be chosen then; a convener chooses both."""

    save_label = _("Add this history")
    columns = ("first", "second", "together", "worked", "hard")

    def __init__(self, *args: Any, own: Participant | None = None, **kwargs: Any) -> None:
        self.own = own
        super().__init__(*args, **kwargs)

    def add_fields(self) -> None:
        super().add_fields()
        one, other = (self.field_as(forms.ModelChoiceField, name) for name in ("first", "second"))
        one.label, other.label = _("One organisation"), _("The other")
        if self.own is not None:
            other.label = _("Together with")
            other.queryset = Participant.objects.filter(alliance=self.alliance).exclude(
                pk=self.own.pk
            )
            del self.fields["first"]

    @property
    def values(self) -> dict[str, Any]:
        return {"first": self.own} | {
            name: self.cleaned_data[name] for name in self.columns if name in self.cleaned_data
        }
