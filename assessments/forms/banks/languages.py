"""Forms of a bank's further languages."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import HTML, Div
from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alliances.forms.base import HouseForm
from alliances.forms.records import Beside
from alliances.services.text_difference import difference
from assessments.services.banks.languages import PartTexts, Retranslated
from assessments.services.banks.place_names import name_of
from assessments.services.banks.texts import Path
from assessments.services.banks.translations import LANGUAGE

# Texts that run on one line, wherever they stand; all others may be longer, or hold paragraphs.
ON_ONE_LINE = ("title", "in_sentence", "facet")


class NewLanguageForm(HouseForm):
    """A further language."""

    save_label = _("Begin to translate")

    language = forms.CharField(
        label=_("language"), max_length=10, help_text=_("A code such as fr or pt-BR.")
    )

    def __init__(self, *args: Any, own: str, **kwargs: Any) -> None:
        self.own = own
        super().__init__(*args, **kwargs)

    def clean_language(self) -> str:
        language = str(self.cleaned_data["language"])
        if not LANGUAGE.fullmatch(language):
            raise forms.ValidationError(gettext("Write a code such as fr or pt-BR."))
        if language == self.own:
            raise forms.ValidationError(gettext("That is the language it is written in."))
        return language


class TranslationForm(HouseForm):
    """The texts of one part, each beside the text that it translates."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, part: PartTexts, language: str, **kwargs: Any) -> None:
        self.part, self.language = part, language
        self.places = {f"text_{number}": at for number, at in enumerate(part.own, 1)}
        self.beside: list[Beside] = []
        initial: dict[str, Any] = {
            name: part.translated.get(at, "") for name, at in self.places.items()
        }
        kwargs["initial"] = initial | {"seen": part.mark}
        super().__init__(*args, **kwargs)
        # Every text may be left to the bank's own language; saying so beside each would be noise.
        for name, at in self.places.items():
            label = name_of(at, part.own)
            self.fields[name].label = label[:1].upper() + label[1:]
            if at in part.stale:
                self.fields[name].help_text = format_html(
                    "<strong>{}</strong>",
                    gettext("The original has changed since this was translated."),
                )

    def add_fields(self) -> None:
        for name, at in self.places.items():
            self.fields[name] = forms.CharField(required=False, widget=self._widget(at))

    def _widget(self, at: Path) -> forms.Widget:
        """One line, or several where the place may hold them or one of the texts does: a field for one
        line would join their paragraphs. How long the text is says nothing of that."""
        texts = (self.part.own[at], self.part.translated.get(at, ""))
        one_line = at[0] == "labels" or at[-1] in ON_ONE_LINE
        if one_line and not any("\n" in text for text in texts):
            return forms.TextInput(attrs={"lang": self.language})
        rows = 2 + max(text.count("\n") + len(text) // 80 for text in texts)
        return forms.Textarea(attrs={"rows": rows, "lang": self.language})

    def layout(self) -> list[Any]:
        return [
            "seen",
            *(
                Div(HTML(_original(self.part.own[at])), name, css_class="nb-translated")
                for name, at in self.places.items()
            ),
        ]

    @property
    def texts(self) -> dict[Path, str]:
        return {at: self.cleaned_data[name] for name, at in self.places.items()}

    def overtaken(self, refusal: Retranslated) -> None:
        """Shows what is stored now beside what was written."""
        self.is_overtaken = True
        for name, at in self.places.items():
            stored, written = refusal.now.translated.get(at, ""), self.cleaned_data[name]
            if stored != written:
                label = str(self.fields[name].label)
                self.beside.append(Beside(label, stored, written, difference(stored, written)))
        self.send_back(seen=refusal.now.mark)
        self.refuse(refusal)


def _original(text: str) -> str:
    # Between these tags the layout does not take braces for its own.
    shown = format_html('<div class="nb-asis nb-original">{}</div>', text)
    return f"{{% verbatim original %}}{shown}{{% endverbatim original %}}"
