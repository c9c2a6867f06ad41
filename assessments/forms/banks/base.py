"""The form of a part of a draft: the edition that one began from, and both texts for who is overtaken."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alliances.forms.base import HouseForm
from alliances.forms.records import Beside
from alliances.models import Record
from alliances.services.records import Overtaken
from alliances.services.text_difference import difference

Data = dict[str, Any]


def text_field(
    limit: int, label: Any, help_text: Any = "", *, rows: int = 0, **options: Any
) -> forms.CharField:
    """A field for one line, or for several where it has `rows`."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(
        label=label, help_text=help_text, max_length=limit, widget=widget, **options
    )


def lines_of(text: str) -> list[str]:
    """The lines that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


class PartForm(HouseForm):
    """Edits a bank's own texts, a dimension or a question; `part` is None for a new one.

    A form says by `stored(part)` what its fields hold for a stored part, and by `data` what it was
    given, as a file's keys (docs/banks.md).
    """

    edition = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, part: Record | None = None, **kwargs: Any) -> None:
        self.part = part
        self.beside: list[Beside] = []
        if part is not None:
            stored = self.stored(part) | {"edition": part.edition}
            kwargs["initial"] = stored | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    def stored(self, part: Any) -> dict[str, Any]:
        raise NotImplementedError

    @property
    def data_given(self) -> Data:
        """What was written, by a file's keys."""
        raise NotImplementedError

    @property
    def began_from(self) -> int:
        return self.cleaned_data.get("edition") or 0

    def overtaken(self, overtaken: Overtaken) -> None:
        """Shows what is stored beside what was written; saving again then puts this in its place."""
        self.is_overtaken = True
        current = self.stored(overtaken.current)
        for name, field in self.fields.items():
            if name == "edition":
                continue
            stored = _words(field, current.get(name, ""))
            written = _words(field, self.cleaned_data.get(name, ""))
            if stored != written:
                self.beside.append(
                    Beside(str(field.label), stored, written, difference(stored, written))
                )
        self.send_back(edition=str(overtaken.current.edition))
        self.refuse(overtaken)


def _words(field: forms.Field, value: Any) -> str:
    """A field's value as people read it."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(str(value), value))  # type: ignore[arg-type]
    return "" if value is None else str(value).replace("\r\n", "\n").strip()


CODE_HELP = _("Letters, figures, - and _. It stays the same in every version.")
