"""The forms of a charter that is circulated: put out, commented on, answered, signed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alliances.forms.base import HouseForm, field_of
from alliances.models import CharterComment, Signature


class CirculateForm(HouseForm):
    """Yes to exactly the text that stands above it; where something is open, knowingly."""

    digest = forms.CharField(required=False, widget=forms.HiddenInput)
    despite_gaps = forms.BooleanField(
        label=_("I know that something is still open, and circulate it like this")
    )

    save_label = _("Circulate this text")

    def __init__(self, *args: Any, has_gaps: bool, **kwargs: Any) -> None:
        self.has_gaps = has_gaps
        super().__init__(*args, **kwargs)

    def add_fields(self) -> None:
        if not self.has_gaps:
            del self.fields["despite_gaps"]


class SignForm(HouseForm):
    """A name under exactly the text that stands above it, for one organisation by its name there.

    `participant` is that organisation's key.
    """

    digest = forms.CharField(required=False, widget=forms.HiddenInput)
    participant = forms.CharField(required=False, widget=forms.HiddenInput)
    name = field_of(
        Signature,
        "name",
        label=_("Your name, as you would sign on paper"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    position = field_of(
        Signature,
        "position",
        label=_("Your position there"),
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    read = forms.BooleanField()

    def __init__(self, *args: Any, organisation: str, **kwargs: Any) -> None:
        self.organisation = organisation
        self.save_label = format_lazy(_("Sign for {organisation}"), organisation=organisation)
        super().__init__(*args, **kwargs)

    def add_fields(self) -> None:
        self.fields["read"].label = gettext(
            "I have read this text and sign it for %(organisation)s"
        ) % {"organisation": self.organisation}


class _LongTextField(forms.CharField):
    """A text whose length the service judges, after cleaning it: nothing is cut off unseen."""

    def __init__(self, *, rows: int, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(strip=False, widget=widget, **options)


class CommentForm(HouseForm):
    """What somebody says to a section."""

    text = _LongTextField(
        label=_("Your comment"),
        help_text=_("Everybody in the alliance reads it, with your name and organisation."),
        rows=5,
    )

    save_label = _("Add the comment")


class AnswerForm(HouseForm):
    """What the convener says to a comment. `before` is the answer that stood there."""

    before = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    answer = _LongTextField(
        label=_("Your answer"),
        help_text=_("It stands below the comment, for everybody."),
        rows=4,
    )

    save_label = _("Save the answer")

    def __init__(self, *args: Any, comment: CharterComment, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"before": comment.answer, "answer": comment.answer})
        super().__init__(*args, **kwargs)
