"""The forms of an action."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from alliances.forms.records import RecordForm
from alliances.models import Action


class ActionForm(RecordForm):
    """What is to be done, who does it, for whom, until when."""

    model = Action
    columns: tuple[str, ...] = ("what", "who", "participant", "due_on")

    def add_fields(self) -> None:
        super().add_fields()
        field = self.field_as(forms.ModelChoiceField, "participant")
        field.empty_label = _("Choose a participant")
        field.help_text = _("Its people can mark the action as done.")


class NewActionForm(ActionForm):
    """The same for one that comes new."""

    save_label = _("Add the action")


class ChangedActionForm(ActionForm):
    """The same for one that may be done by now."""

    columns = ("what", "who", "participant", "due_on", "done_on")

    def add_fields(self) -> None:
        super().add_fields()
        self.fields["done_on"].help_text = _("Leave it empty while it is open.")
