"""The form that takes a bank's file."""

from __future__ import annotations

from crispy_forms.layout import Div, Submit
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from alliances.forms.base import HouseForm
from assessments.services.banks.files import MAXIMUM_BYTES, too_large


class BankFileForm(HouseForm):
    """One file. What is in it, its reader judges."""

    file = forms.FileField(
        label=_("file"),
        help_text=_("YAML, JSON, Excel (xlsx) or CSV, of at most 1 MB."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml,.json,.xlsx,.csv,.tsv,.txt"}),
    )

    def clean_file(self) -> UploadedFile:
        """Before any of it is read: what is large lies on the disk, and stays there."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MAXIMUM_BYTES:
            raise forms.ValidationError(too_large().message, code="large")
        return file

    def buttons(self) -> Div:
        return Div(
            Submit("look", _("Show what it would change")),
            *self.way_back(),
            css_class="nb-actions",
        )
