"""The forms of a charter that is being written: how it begins, and one for each section."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from crispy_forms.bootstrap import StrictButton
from crispy_forms.layout import HTML, Div, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from alliances.forms.base import HouseForm
from alliances.forms.records import Beside, RecordForm
from alliances.models import CharterSection, CharterVersion
from alliances.services.charter.overview import joined
from alliances.services.charter.sections import SECTIONS, Part, Section, day_of, is_needed, written
from alliances.services.charter.sections.section import SHARES
from alliances.services.counts import apart, first_capital, first_small, in_words
from alliances.services.figures import dated
from alliances.services.records import Overtaken
from alliances.services.text_difference import difference

# What the records can give a section, by its code.
TAKES = {
    "roles": _("Take over who convenes and leads, from the people page"),
    "rules": _("Take over the working rules on record"),
}
NOT_YET = ("", _("Not decided yet"))


def share_field(label: Any, help_text: Any) -> forms.IntegerField:
    """Whole per cent from 51 to 99."""
    said = _("Write a whole number from 51 to 99.")
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        required=False,
        min_value=SHARES[0],
        max_value=SHARES[-1],
        error_messages={"invalid": said, "min_value": said, "max_value": said},
    )


class CharterStartForm(RecordForm):
    """How deep it goes, and when it counts as ratified."""

    model = CharterVersion
    columns: tuple[str, ...] = ("depth", "ratify_by", "ratify_share")
    save_label = _("Begin the charter")

    depth = forms.ChoiceField(
        label=_("How deep it goes"),
        widget=forms.RadioSelect,
        initial=CharterVersion.Depth.FULL,
        help_text=_("You can change it until the charter is circulated."),
    )
    ratify_by = forms.ChoiceField(
        label=_("When it is ratified"),
        widget=forms.RadioSelect,
        choices=CharterVersion.Rule.choices,
        initial=CharterVersion.Rule.ALL,
        help_text=_(
            "A charter that all have signed binds best. Fewer only where one can hold up all."
        ),
    )
    ratify_share = share_field(
        _("Share of the parties, in per cent"), _("From 51 to 99, where a share decides.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Needed with one rule, and wrong with any other: the help says so.
        self.fields["ratify_share"].label = _("Share of the parties, in per cent")

    def add_fields(self) -> None:
        super().add_fields()
        depth = cast(forms.ChoiceField, self.fields["depth"])
        depth.choices = [
            (code, depth_in_words(code)) for code in reversed(CharterVersion.Depth.values)
        ]


class CharterSettingsForm(CharterStartForm):
    """The same for a draft, with the reason for the change."""

    columns = ("depth", "ratify_by", "ratify_share", "reason")
    save_label = _("Save")


def depth_in_words(code: str) -> str:
    """A depth, and what it asks for."""
    needed = [str(one.title) for one in SECTIONS if is_needed(one.code, code)]
    if len(needed) == len(SECTIONS):
        asks = _("All %(all)s sections are needed.") % {"all": in_words(len(needed))}
    else:
        said = _("%(count)s of %(all)s sections are needed: %(titles)s.") % {
            "count": in_words(len(needed)),
            "all": in_words(len(SECTIONS)),
            "titles": apart([first_small(title) for title in needed]),
        }
        asks = first_capital(said)
    return f"{CharterVersion.Depth(code).label}. {asks}"


class SectionForm(HouseForm):
    """One section of a draft: a field for each part, the edition that one began from, and what to
    show when somebody saved first.

    Nothing is required: a section may be saved half done. `next_title` is the section that comes
    after this one, "" behind the last. `is_on_record` gives it the button that takes over what is on
    record; `hints_url`, where the purpose's hints are asked for, the one that checks the wording.
    """

    edition = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        section: Section,
        depth: str,
        stored: CharterSection | None = None,
        next_title: str = "",
        is_on_record: bool = False,
        hints_url: str = "",
        **kwargs: Any,
    ) -> None:
        self.section, self.depth, self.next_title = section, depth, next_title
        self.is_on_record, self.hints_url = is_on_record, hints_url
        self.beside: list[Beside] = []
        self.is_overtaken = False
        content = stored.content if stored is not None else {}
        kwargs["initial"] = {part.code: written(content, part.code) for part in section.parts}
        kwargs["initial"]["edition"] = stored.edition if stored is not None else 0
        super().__init__(*args, **kwargs)
        for part in section.parts:
            self.fields[part.code].label = self.label_of(part)

    def add_fields(self) -> None:
        for part in self.section.parts:
            self.fields[part.code] = field_of_part(part)
        if self.hints_url:
            self.fields["statement"].widget.attrs |= {
                "hx-post": self.hints_url,
                "hx-trigger": "input changed delay:600ms",
                "hx-params": "statement,csrfmiddlewaretoken",
                "hx-select": "#hints-list > *",
                "hx-target": "#hints-list",
                "hx-swap": "innerHTML",
                "hx-select-oob": "#hints-said:innerHTML",
                "hx-sync": "this:replace",
            }

    def label_of(self, part: Part) -> str:
        """The part's label, with what is not needed called so."""
        needed = part.light if self.depth == "light" else part.full
        if needed or part.only_with is not None:
            return str(part.label)
        return str(_("%(label)s (optional)")) % {"label": part.label}

    def layout(self) -> list[Any]:
        laid: list[Any] = ["edition"]
        if self.is_on_record:
            taking = _plain_button(TAKES[self.section.code], "take")
            laid.append(Div(taking, css_class="nb-taking"))
        for code in self.codes:
            laid.append(code)
            if code == "statement" and self.hints_url:
                hints = HTML('{% include "alliances/charter/_hints.html" %}')
                checking = _plain_button(_("Check the wording"), "check")
                laid.append(Div(checking, hints, css_class="nb-checking"))
        return laid

    def buttons(self) -> Div:
        """Saving goes on to the next section; behind the last one it leads back."""
        on = StrictButton(
            _("Save, and on to the next"),
            type="submit",
            name="go",
            value="on",
            css_class="btn-primary",
        )
        last = StrictButton(
            _("Save and finish"), type="submit", name="go", value="back", css_class="btn-primary"
        )
        back = StrictButton(_("Save"), type="submit", name="go", value="back")
        return Div(*([on, back] if self.next_title else [last]), css_class="nb-actions")

    @property
    def content(self) -> dict[str, str]:
        """What was written, as `write_section` takes it."""
        return {part.code: as_text(self.cleaned_data[part.code]) for part in self.section.parts}

    @property
    def began_from(self) -> int:
        """The edition that one began from; 0 where nobody had written it, or the page did not say."""
        return self.cleaned_data.get("edition") or 0

    def overtaken(self, overtaken: Overtaken) -> None:
        """Shows what is stored beside what was written; saving again then puts this in its place."""
        current = cast(CharterSection, overtaken.current)
        self.is_overtaken = True
        for part in self.section.parts:
            stored = self.words(part, written(current.content, part.code))
            new = self.words(part, self.content[part.code])
            if stored != new:
                pieces = difference(stored, new)
                self.beside.append(Beside(str(part.label), stored, new, pieces))
        self.send_back(edition=str(current.edition))
        self.refuse(overtaken)

    def take(self, lines: dict[str, list[str]]) -> None:
        """Adds `lines` to what is written in their parts, without storing anything."""
        for code, new in lines.items():
            typed = str(self.data.get(self.add_prefix(code), ""))
            self.send_back(**{code: joined(typed, new)})

    def close(self) -> None:
        """Leaves what was written to be read and copied, and no button that would store it."""
        for part in self.section.parts:
            self.fields[part.code].widget.attrs["readonly"] = True
        self.helper.layout = Layout(*self.codes, Div(*self.way_back(), css_class="nb-actions"))

    @property
    def codes(self) -> list[str]:
        """The section's parts, each a field."""
        return [part.code for part in self.section.parts]

    def words(self, part: Part, value: str) -> str:
        """A part as people read it."""
        for choice in part.choices:
            if choice.code == value:
                return str(choice.label)
        if part.kind == "date" and (day := day_of(value)) is not None:
            return str(dated(day))
        return value.replace("\r\n", "\n").strip()


def _plain_button(label: Any, name: str) -> StrictButton:
    """A small button that is not the one to press: nothing is stored by it."""
    return StrictButton(label, type="submit", name=name, value="1", css_class="nb-quiet")


def field_of_part(part: Part) -> forms.Field:
    """The form's field for a part. The service says how long a text may be, after cleaning it."""
    common: dict[str, Any] = {"label": part.label, "help_text": part.help, "required": False}
    if part.kind == "choice":
        return forms.ChoiceField(
            **common,
            choices=[*((one.code, one.label) for one in part.choices), NOT_YET],
            widget=forms.RadioSelect,
            error_messages={"invalid_choice": _("Choose one of these.")},
        )
    if part.kind == "share":
        return share_field(part.label, part.help)
    if part.kind == "date":
        return forms.DateField(
            **common,
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            error_messages={"invalid": _("Write the day as year-month-day, like 2029-03-31.")},
        )
    return forms.CharField(**common, strip=False, widget=forms.Textarea(attrs={"rows": part.rows}))


def as_text(value: Any) -> str:
    """A field's value as a section keeps it."""
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, dt.date) else str(value)
