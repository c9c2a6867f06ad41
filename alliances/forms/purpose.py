"""The form in which a party writes the purpose in a sentence."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from alliances.forms.records import RecordForm
from alliances.models import PurposeSentence


class SentenceForm(RecordForm):
    """One sentence. How long it may be, the service says: nothing is cut off unseen."""

    model = PurposeSentence
    columns = ("text",)
    save_label = _("Save the sentence")

    text = forms.CharField(
        label=_("The purpose in a sentence"),
        help_text=_("As you would say it to your own board. Up to 500 characters."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
