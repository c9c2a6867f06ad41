"""The form of a record: its columns, the edition that one began from, and what to show when somebody
else saved first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from alliances.forms.base import HouseForm, field_of
from alliances.forms.numbers import SmallNumberField
from alliances.models import Alliance, Participant, Record
from alliances.services.figures import dated
from alliances.services.records import Overtaken, mark_of_columns
from alliances.services.text_difference import Piece, difference


@dataclass(frozen=True)
class Beside:
    """One field as it is stored now and as it was just written, and the words that differ."""

    label: str
    stored: str
    written: str
    pieces: list[Piece]


class RecordForm(HouseForm):
    """Edits the `columns` of `model`, in that order.

    `record` is the one that is changed, None for a new one; `alliance` the one whose participants
    may be chosen. `heights` are rows of a text's field by its column. A form with fields that are
    no columns declares them as usual; they stand after the columns unless `layout` says otherwise.
    """

    model: type[Record]
    columns: tuple[str, ...] = ()
    heights: dict[str, int] = {}

    edition = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, alliance: Alliance, record: Record | None = None, **kwargs: Any
    ) -> None:
        self.alliance, self.record = alliance, record
        self.beside: list[Beside] = []
        self.is_overtaken = False
        stored = (
            {name: getattr(record, name) for name in self.columns} | {"edition": record.edition}
            if record is not None
            else {}
        )
        kwargs["initial"] = stored | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    def add_fields(self) -> None:
        declared, self.fields = self.fields, {}
        for name in self.columns:
            self.fields[name] = declared.pop(name) if name in declared else self.field_for(name)
        self.fields |= declared

    def field_for(self, name: str) -> forms.Field:
        """The form's field for a column."""
        column = self.model._meta.get_field(name)
        if isinstance(column, models.ForeignKey):
            return field_of(
                self.model, name, queryset=Participant.objects.filter(alliance=self.alliance)
            )
        if isinstance(column, models.DateField):
            return field_of(
                self.model,
                name,
                widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
                error_messages={"invalid": _("Write the day as year-month-day, like 2027-03-31.")},
            )
        if isinstance(column, models.TextField):
            rows = self.heights.get(name, 4)
            # The service says how long a text may be, after cleaning it; nothing is cut off unseen.
            return forms.CharField(
                label=column.verbose_name,
                help_text=column.help_text,
                required=not column.blank,
                strip=False,
                widget=forms.Textarea(attrs={"rows": rows}),
            )
        if isinstance(column, models.DecimalField):
            return field_of(
                self.model,
                name,
                form_class=SmallNumberField,
                localize=False,
                widget=forms.TextInput(attrs={"inputmode": "decimal"}),
                error_messages={"invalid": _("Write a number, like 12 or 12.5.")},
            )
        return field_of(self.model, name)

    @property
    def values(self) -> dict[str, Any]:
        """What was written, by column."""
        return {name: self.cleaned_data[name] for name in self.columns}

    @property
    def began_from(self) -> int:
        """The edition that one began from; 0, which none is, where the page did not say."""
        return self.cleaned_data.get("edition") or 0

    @property
    def beginning(self) -> dict[str, Any]:
        """What one began from, as the service is told."""
        return {"edition": self.began_from}

    def overtaken(self, overtaken: Overtaken) -> None:
        """Shows what is stored beside what was written; saving again then puts this in its place."""
        current = overtaken.current
        self.is_overtaken = True
        self.beside = self.compared_with(current)
        self.send_back(edition=str(current.edition))
        self.refuse(overtaken)

    def compared_with(self, current: Record) -> list[Beside]:
        """The fields in which `current` and what was written differ."""
        found = []
        for name in self.columns:
            stored, written = (
                self.words(name, getattr(current, name)),
                self.words(name, self.cleaned_data[name]),
            )
            if stored != written:
                label = str(self.model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
                label = label[:1].upper() + label[1:]
                found.append(Beside(label, stored, written, difference(stored, written)))
        return found

    def words(self, name: str, value: Any) -> str:
        """A column's value as people read it."""
        column = self.model._meta.get_field(name)
        if value is None or value == "":
            return ""
        if isinstance(column, models.BooleanField):
            return str(_("yes") if value else _("no"))
        if isinstance(column, models.DateField):
            return dated(value)
        if isinstance(column, models.DecimalField):
            return number_format(value.normalize() if value else value)
        choices = dict(getattr(column, "flatchoices", ()))
        if value in choices:
            return str(choices[value])
        return str(value).replace("\r\n", "\n").strip()


class PartOfRecordForm(RecordForm):
    """Edits some columns of a record of which another form edits the others.

    A hidden mark says what its own columns held, so that nobody is overtaken by a change of the
    others. The service takes it as `mark`, beside the edition.
    """

    mark = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, record: Record | None = None, **kwargs: Any) -> None:
        if record is not None:
            marked = {"mark": mark_of_columns(record, self.columns)}
            kwargs["initial"] = marked | (kwargs.get("initial") or {})
        super().__init__(*args, record=record, **kwargs)

    @property
    def beginning(self) -> dict[str, Any]:
        return super().beginning | {"mark": self.cleaned_data["mark"]}

    def overtaken(self, overtaken: Overtaken) -> None:
        super().overtaken(overtaken)
        self.send_back(mark=mark_of_columns(overtaken.current, self.columns))
