"""Forms of a bank as a whole: a new one, and its texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alliances.forms.base import HouseForm
from assessments.forms.banks.base import Data, PartForm, text_field
from assessments.models import Bank
from assessments.services.banks.sections import CODE


class NewBankForm(HouseForm):
    """A new bank: empty, or beginning as another one."""

    save_label = _("Begin the draft")

    title = text_field(120, _("title"))
    code = text_field(
        60,
        _("code"),
        _("What the bank is known by, in files and addresses. Else made of the title."),
        required=False,
    )
    language = text_field(10, _("language"), _("A code such as en or pt-BR."))
    like = forms.ChoiceField(label=_("Begin as"), required=False)

    def __init__(self, *args: Any, banks: Sequence[Bank], **kwargs: Any) -> None:
        self.banks = {str(bank.pk): bank for bank in banks}
        super().__init__(*args, **kwargs)

    def add_fields(self) -> None:
        like = self.field_as(forms.ChoiceField, "like")
        like.choices = [
            ("", _("An empty bank")),
            *(
                (key, gettext("A copy of %(bank)s") % {"bank": bank})
                for key, bank in self.banks.items()
            ),
        ]

    def clean_code(self) -> str:
        code = self.cleaned_data["code"] or slugify(self.cleaned_data.get("title", ""))[:60]
        if not CODE.fullmatch(code):
            raise forms.ValidationError(
                gettext("Write a code of letters, figures, - and _, such as trust-spiral.")
            )
        return str(code)

    @property
    def like_bank(self) -> Bank | None:
        return self.banks.get(self.cleaned_data["like"])


class BankForm(PartForm):
    """The texts that the whole bank has."""

    title = text_field(120, _("title"))
    introduction = text_field(
        4000,
        _("introduction"),
        _("What respondents read first. An empty line parts paragraphs."),
        rows=7,
        required=False,
    )
    language = text_field(
        10, _("language"), _("That its texts are written in, such as en or pt-BR.")
    )
    minutes = forms.IntegerField(label=_("minutes to answer"), min_value=1, max_value=600)
    audience = forms.ChoiceField(label=_("who answers"), choices=Bank.Audience.choices)
    subject = forms.ChoiceField(label=_("what it is about"), choices=Bank.Subject.choices)
    strong = forms.IntegerField(
        label=_("strong from"),
        min_value=2,
        max_value=100,
        help_text=_("The lowest score, 0 to 100, of a strong dimension."),
    )
    mixed = forms.IntegerField(
        label=_("mixed from"),
        min_value=1,
        max_value=99,
        help_text=_("The lowest score of a mixed one. Below, it is weak."),
    )
    sources = text_field(
        4000,
        _("sources"),
        _("One work a line, with the mark that questions name it by: VA: Leavitt & McKeown, 2013"),
        rows=4,
        required=False,
    )
    copyright = text_field(200, _("copyright"), _("Whose text this is."), required=False)

    def stored(self, part: Bank) -> dict[str, Any]:
        return {
            "title": part.title,
            "introduction": part.introduction,
            "language": part.language,
            "minutes": part.minutes,
            "audience": part.audience,
            "subject": part.subject,
            "strong": part.band_strong,
            "mixed": part.band_mixed,
            "sources": "\n".join(f"{mark}: {work}" for mark, work in sorted(part.sources.items())),
            "copyright": part.copyright,
        }

    def clean_sources(self) -> str:
        text = str(self.cleaned_data["sources"])
        marks = set()
        for line in filter(None, map(str.strip, text.splitlines())):
            mark, colon, work = line.partition(":")
            if not colon or not CODE.fullmatch(mark.strip()) or not work.strip():
                raise forms.ValidationError(
                    gettext(
                        "Write each line as a mark, a colon and the work: “%(line)s” is not so."
                    ),
                    params={"line": line[:60]},
                )
            if mark.strip() in marks:
                raise forms.ValidationError(
                    gettext("The mark %(mark)s stands there twice."), params={"mark": mark.strip()}
                )
            marks.add(mark.strip())
        return text

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("strong", 100) <= cleaned.get("mixed", 0):
            self.add_error("mixed", gettext("This must be lower than where strong begins."))
        return cleaned

    @property
    def data_given(self) -> Data:
        given = self.cleaned_data
        lines = filter(None, map(str.strip, given["sources"].splitlines()))
        works = (line.partition(":") for line in lines)
        return {
            **{
                name: given[name]
                for name in (
                    "title",
                    "introduction",
                    "language",
                    "minutes",
                    "audience",
                    "subject",
                    "copyright",
                )
            },
            "bands": {"strong": given["strong"], "mixed": given["mixed"]},
            "sources": {mark.strip(): work.strip() for mark, _colon, work in works},
        }
