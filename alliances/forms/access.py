"""The forms that say who has access."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Div, Hidden, Submit
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alliances.forms.base import HouseForm, field_of
from alliances.models import Membership, Participant, User
from alliances.services.access import AccessOvertaken, mark_of


class _BelongingForm(HouseForm):
    """A role, and the organisation that somebody belongs to, out of the alliance's."""

    def __init__(self, *args: Any, participants: Sequence[Participant], **kwargs: Any) -> None:
        self._participants = {str(participant.pk): participant for participant in participants}
        super().__init__(*args, **kwargs)
        self.field_as(forms.ChoiceField, "participant").choices = [
            ("", pgettext_lazy("organisation", "None")),
            *((pk, participant.name) for pk, participant in self._participants.items()),
        ]

    def clean_participant(self) -> Participant | None:
        return self._participants.get(self.cleaned_data["participant"])


class GiveAccessForm(_BelongingForm):
    """An address, and what it may do."""

    email = field_of(User, "email")
    name = field_of(User, "name")
    role = field_of(Membership, "role", initial=Membership.Role.MEMBER)
    participant = forms.ChoiceField(
        label=_("Organisation"),
        required=False,
        help_text=_("They speak for it then, and its other people are told so by mail."),
    )

    save_label = _("Give access")


class ChangeAccessForm(_BelongingForm):
    """What somebody who has access may do from now on."""

    role = field_of(Membership, "role")
    participant = forms.ChoiceField(label=_("Organisation"), required=False)
    began_from = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        self.membership = membership
        kwargs.setdefault("prefix", f"m{membership.pk}")
        kwargs.setdefault(
            "initial",
            {
                "role": membership.role,
                "participant": membership.participant_id or "",
                "began_from": mark_of(membership),
            },
        )
        super().__init__(*args, **kwargs)

    def overtaken(self, overtaken: AccessOvertaken) -> None:
        """Says what stands there now; changing it again then puts what was chosen in its place."""
        self.send_back(began_from=mark_of(overtaken.current))
        # Refused first: what is said stands above the fields, there being no two texts to show.
        self.refuse(overtaken)
        self.is_overtaken = True

    def buttons(self) -> Div:
        # Not filled: the page's one filled button gives access to somebody new.
        change = Submit(f"{self.prefix}-save", _("Change"), css_id=f"save-{self.prefix}")
        change.field_classes = "btn"
        return Div(Hidden("membership", str(self.membership.pk)), change, css_class="nb-actions")
