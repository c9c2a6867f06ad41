"""The form that takes a whole list of people."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Div, Submit
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alliances.errors import Refused
from alliances.forms.base import HouseForm
from alliances.services.people_text import MAX_BYTES, decode_list


class PlainTextField(forms.CharField):
    """Text as it was sent: what is in it, the reader of the list judges, line by line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(strip=False, **options)
        self.validators = []


class PeopleImportForm(HouseForm):
    """Pasted cells or a file, one of the two. `cleaned_data["list"]` is the text of it."""

    text = PlainTextField(
        label=_("Paste the cells here"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 12, "class": "nb-cells", "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=_("Or a CSV file"),
        required=False,
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # One of the two is needed, so neither is optional.
        self.fields["text"].label = PeopleImportForm.base_fields["text"].label
        self.fields["file"].label = PeopleImportForm.base_fields["file"].label

    def buttons(self) -> Div:
        return Div(
            Submit("save", _("Show what would be added")), *self.way_back(), css_class="nb-actions"
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        text, file = cleaned.get("text") or "", cleaned.get("file")
        if text.strip() and file:
            raise forms.ValidationError(
                gettext("There is a pasted list and a file. Send one of the two.")
            )
        if file:
            text = self._decoded(file)
        if not text.strip():
            raise forms.ValidationError(gettext("The list is empty. Paste cells or choose a file."))
        cleaned["list"] = text
        return cleaned

    def _decoded(self, file: UploadedFile[Any]) -> str:
        # One byte more than allowed tells that it is too large, without reading it all.
        try:
            return decode_list(file.read(MAX_BYTES + 1))
        except Refused as refusal:
            raise forms.ValidationError(refusal.message) from None
