"""The forms of a page as a browser sees them: where each goes, and what it sends."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

BUTTONS = {"submit", "button", "image", "reset"}
ENTERED = {"text", "date", "number", "email", "radio", "checkbox"}
"""Fields in which Enter sends the form."""


@dataclass
class Field:
    """One name that a form sends. `options` are what a page offers, where it offers a choice;
    `buttons` fire only when they are pressed."""

    name: str
    kind: str
    value: str = ""
    options: list[str] = field(default_factory=list)
    chosen: list[str] = field(default_factory=list)
    least: str = ""
    decimal: bool = False

    @property
    def sound(self) -> list[str]:
        """What somebody would send who filled in the page as it is meant."""
        if self.kind in {"radio", "checkbox", "select"}:
            return self.chosen or [option for option in self.options if option][:1]
        if self.value or self.kind == "hidden":
            return [self.value]
        if self.kind == "date":
            return ["2026-05-05"]
        if self.kind == "number":
            return [self.least or "60"]
        if self.kind == "email":
            return ["ada@example.org"]
        return ["12.5"] if self.decimal else ["Sound words, in a line."]


@dataclass
class Form:
    """One form: `method` is in lower letters, `action` empty where it goes to its own page."""

    method: str
    action: str
    is_multipart: bool
    fields: dict[str, Field] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    """Name and value of each button that submits, in the order of the page."""

    @property
    def on_enter(self) -> str:
        """The name of the button that Enter in a field presses: the first. "" where it has none, or
        where there is no such field."""
        is_entered = any(field.kind in ENTERED for field in self.fields.values())
        return self.buttons[0][0] if is_entered and self.buttons else ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.form: Form | None = None
        self.text: Field | None = None
        self.select: Field | None = None

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in pairs}
        if tag == "form":
            self.form = Form(
                given.get("method", "get").lower(),
                given.get("action", ""),
                given.get("enctype") == "multipart/form-data",
            )
            self.forms.append(self.form)
        elif self.form is None:
            return
        elif tag == "input":
            self._input(self.form, given)
        elif tag == "button" and given.get("type", "submit") == "submit":
            self.form.buttons.append((given.get("name", ""), given.get("value", "")))
        elif tag == "textarea":
            self.text = self._field(self.form, given["name"], "textarea")
        elif tag == "select":
            self.select = self._field(self.form, given["name"], "select")
        elif tag == "option" and self.select is not None:
            self.select.options.append(given.get("value", ""))
            if "selected" in given:
                self.select.chosen.append(given.get("value", ""))

    def _input(self, form: Form, given: dict[str, str]) -> None:
        kind, name = given.get("type", "text"), given.get("name", "")
        if kind in BUTTONS:
            if kind in {"submit", "image"}:
                form.buttons.append((name, given.get("value", "")))
            return
        if not name:
            return
        found = self._field(form, name, kind)
        if kind in {"radio", "checkbox"}:
            found.options.append(given.get("value", "on"))
            if "checked" in given:
                found.chosen.append(given.get("value", "on"))
        else:
            found.value = given.get("value", "")
            found.least = given.get("min", "")
            found.decimal = given.get("inputmode") == "decimal"

    @staticmethod
    def _field(form: Form, name: str, kind: str) -> Field:
        return form.fields.setdefault(name, Field(name, kind))

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.text.value += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "textarea" and self.text is not None:
            # a browser takes no notice of the line break behind the tag
            self.text.value = self.text.value.removeprefix("\n")
            self.text = None
        elif tag == "select":
            self.select = None


def forms_of(page: str) -> list[Form]:
    """The forms of an HTML `page`, in its order."""
    reader = _Reader()
    reader.feed(page)
    return reader.forms
