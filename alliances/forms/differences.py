"""The forms with which two parties look at each other."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliances.forms.base import HouseForm
from alliances.forms.records import RecordForm
from alliances.models import Alliance, DifferenceView, Participant
from alliances.services.differences import pairable_participants


class OpenDifferenceForm(HouseForm):
    """Which two are asked."""

    save_label = _("Ask these two")

    first: forms.ModelChoiceField[Participant] = forms.ModelChoiceField(
        label=_("One organisation"), queryset=None
    )
    second: forms.ModelChoiceField[Participant] = forms.ModelChoiceField(
        label=_("The other"), queryset=None
    )

    def __init__(self, *args: Any, alliance: Alliance, **kwargs: Any) -> None:
        self.alliance = alliance
        super().__init__(*args, **kwargs)

    def add_fields(self) -> None:
        for name in ("first", "second"):
            self.field_as(forms.ModelChoiceField, name).queryset = pairable_participants(
                self.alliance
            )


class ViewForm(RecordForm):
    """How we see ourselves, and how we see `them`."""

    model = DifferenceView
    columns = ("itself", "other")
    heights = {"itself": 8, "other": 8}
    save_label = _("Hand it in")

    def __init__(self, *args: Any, them: Participant, **kwargs: Any) -> None:
        self.them = them
        super().__init__(*args, **kwargs)

    def add_fields(self) -> None:
        super().add_fields()
        self.fields["other"].label = _("How we see %(name)s") % {"name": self.them.name}
        self.fields["itself"].help_text = _(
            "How you decide, how fast, what you never do, what others get wrong about you."
        )
        self.fields["other"].help_text = _(
            "The same of them, as you have met it. Write what you would say to their face."
        )


class StrengthsForm(RecordForm):
    """The strengths that we see on our side, and on theirs."""

    model = DifferenceView
    columns = ("own_strengths", "other_strengths")
    heights = {"own_strengths": 5, "other_strengths": 5}

    def __init__(self, *args: Any, them: Participant, **kwargs: Any) -> None:
        self.them = them
        super().__init__(*args, **kwargs)

    def add_fields(self) -> None:
        super().add_fields()
        self.fields["other_strengths"].label = _("The strengths of %(name)s in this") % {
            "name": self.them.name
        }
