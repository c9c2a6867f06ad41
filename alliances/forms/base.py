"""How every form of this app is laid out: one column, one filled button, and a way back."""

from __future__ import annotations

from typing import Any, TypeVar, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Layout, Submit
from django import forms
from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from alliances.errors import Refused

F = TypeVar("F", bound=forms.Field)


def field_of(model: type[models.Model], name: str, **options: Any) -> forms.Field:
    """A form's field for a model's, with its label, help, limits and choices."""
    field = model._meta.get_field(name).formfield(**options)  # type: ignore[union-attr]
    assert isinstance(field, forms.Field)  # noqa: S101 (a column that no form can hold is a slip of ours)
    return field


class HouseForm(forms.Form):
    """A crispy form with its layout in Python; `save_label` stands on its filled button.

    `back` is where the link beside the button leads; none where it is empty.
    """

    save_label = _("Save")
    is_overtaken = False

    def __init__(self, *args: Any, back: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.back = back
        self.add_fields()
        for field in self.fields.values():
            field.error_messages["required"] = _("This is missing.")
            if not field.required and not isinstance(field, forms.BooleanField):
                field.label = _("%(label)s (optional)") % {"label": _capital(str(field.label))}
            else:
                field.label = _capital(str(field.label))
        self.helper = FormHelper()
        self.helper.attrs = {"class": "nb-form"}
        self.helper.form_class = "nb-form"
        self.helper.layout = Layout(*self.layout(), self.buttons())

    def add_fields(self) -> None:
        """A place for a form to add the fields that it makes itself."""

    def field_as(self, kind: type[F], name: str) -> F:
        """The field of that name, which is one of `kind`. Raises TypeError where it is another."""
        field = self.fields[name]
        if not isinstance(field, kind):
            raise TypeError(f"{name} is no {kind.__name__}")
        return field

    @property
    def sent(self) -> QueryDict:
        """What was sent; empty where the form is only shown."""
        return cast(QueryDict, self.data) if self.is_bound else QueryDict()

    def send_back(self, **values: str) -> None:
        """The form that was sent comes back with these values in place of what was sent there."""
        data = self.sent.copy()
        for name, value in values.items():
            data[self.add_prefix(name)] = value
        self.data = data

    def is_valid(self) -> bool:
        """Besides, the page that comes back begins at the first field that is wrong."""
        valid = super().is_valid()
        wrong = next((name for name in self.fields if name in self.errors), None)
        if wrong is not None:
            self.fields[wrong].widget.attrs["autofocus"] = True
        return valid

    def layout(self) -> list[Any]:
        """What stands above the buttons: all fields, unless a form says otherwise."""
        return list(self.fields)

    def buttons(self) -> Div:
        """The filled button, and the way back."""
        # crispy takes a button's label for a template, so no name may stand in it.
        label = "{{ form.save_label }}"
        return Div(Submit("save", label), *self.way_back(), css_class="nb-actions")

    def way_back(self) -> list[HTML]:
        if not self.back:
            return []
        return [
            HTML(
                '{% load i18n %}<a class="nb-tap" href="{{ form.back }}">{% translate "Back" %}</a>'
            )
        ]

    def refuse(self, refusal: Refused) -> None:
        """Shows above the fields what a service said.

        To who was overtaken it is said above the two texts, in alliances/_overtaken.html: that is
        where they begin to read.
        """
        self.add_error(None, [refusal.message, *refusal.details])
        if self.is_overtaken:
            self.helper.form_show_errors = False


def _capital(label: str) -> str:
    return label[:1].upper() + label[1:]
