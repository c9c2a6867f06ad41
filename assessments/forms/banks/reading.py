"""The form of how a bank's result is read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alliances.services.counts import first_capital, labelled, listed
from assessments.forms.banks.base import Data, PartForm, text_field
from assessments.models import Bank
from assessments.services.banks.findings import BAND_WORDS
from assessments.services.banks.place_names import TOLD_LABELS
from assessments.services.banks.readings import BANDS, MOST_OUTCOMES, RULES
from assessments.services.banks.sections import CODE

# Empty places for outcomes below those that are written.
SPARE_OUTCOMES = 2

RULE_TITLES = {
    "weakest": (
        _("The weakest dimension decides"),
        _("A verdict: ready, ready on conditions, not ready. For what lacks nothing or fails."),
    ),
    "mean": (
        _("The mean of each dimension"),
        _("Scores side by side, each with what it means. No verdict."),
    ),
    "self-peers": (
        _("Oneself beside peers"),
        _("One’s own view beside that of at least five peers."),
    ),
    "pairs": (
        _("Opposed pairs"),
        _("Each question runs between two poles. Out towards the right one, or in."),
    ),
    "checklist": (_("A checklist"), _("What is done, under way, not begun.")),
    "ladder": (
        _("A ladder"),
        _("Dimensions are rungs, the lowest first. How far up the alliance is."),
    ),
    "decision": (
        _("A decision by criteria"),
        _("The first outcome whose conditions hold, with its reasons."),
    ),
}
NUMBER_LABELS = {
    "peers_least": _("fewest peers that are shown"),
    "gap": _("points apart that are worth a word"),
}
_CONDITION = re.compile(r"([^:]+):(.*)")


class ReadingForm(PartForm):
    """What the rule `rule` takes: numbers, what may be said, outcomes."""

    def __init__(self, *args: Any, rule: str, dimensions: Sequence[str], **kwargs: Any) -> None:
        self.rule, self.kind = rule, RULES[rule]
        self.dimensions = dimensions
        super().__init__(*args, **kwargs)
        # Only who leaves out the whole outcome may leave these out.
        for number in range(1, self.outcomes + 1):
            self.fields[f"code_{number}"].label = first_capital(gettext("code"))
            self.fields[f"title_{number}"].label = first_capital(gettext("title"))

    def add_fields(self) -> None:
        for name, (least, most, usual) in self.kind.numbers.items():
            self.fields[name] = forms.IntegerField(
                label=NUMBER_LABELS[name], min_value=least, max_value=most, initial=usual
            )
        for name in self.kind.told:
            self._add_told(name)
        self.outcomes = self._places() if self.kind.decides else 0
        for number in range(1, self.outcomes + 1):
            self._add_outcome(number)

    def _places(self) -> int:
        sent = sum(1 for name in self.sent if name.startswith("code_"))
        return min(MOST_OUTCOMES, max(self._written() + SPARE_OUTCOMES, sent))

    def _written(self) -> int:
        return len(_reading(self.part).get("outcomes", ()))

    def _add_told(self, name: str, *, required: bool = True) -> None:
        self.fields[f"title_{name}"] = text_field(120, gettext("title"), required=required)
        self.fields[f"text_{name}"] = text_field(1000, gettext("text"), rows=3, required=False)

    def _add_outcome(self, number: int) -> None:
        self.fields[f"code_{number}"] = text_field(
            60,
            gettext("code"),
            gettext(
                "An outcome needs a code and a title. One in which nothing is written is left out."
            )
            if number > self._written()
            else "",
            required=False,
        )
        self._add_told(str(number), required=False)
        self.fields[f"match_{number}"] = forms.ChoiceField(
            label=gettext("it comes to this where"),
            choices=[
                ("all", gettext("all of these hold")),
                ("any", gettext("any of these holds")),
            ],
        )
        self.fields[f"when_{number}"] = forms.CharField(
            label=gettext("conditions"),
            help_text=gettext(
                "One a line: a dimension’s code, a colon, bands, such as “%(code)s: %(bands)s”. "
                "The last outcome has none."
            )
            % {
                "code": self.dimensions[0] if self.dimensions else "leaders",
                "bands": _in_words(("weak", "mixed")),
            },
            required=False,
            strip=False,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        self.fields[f"conditions_{number}"] = forms.BooleanField(
            label=gettext("name the dimensions that are not strong as conditions"), required=False
        )

    def layout(self) -> list[Any]:
        told = [
            Fieldset(str(TOLD_LABELS[name]), f"title_{name}", f"text_{name}", css_class="nb-group")
            for name in self.kind.told
        ]
        outcomes = [
            Fieldset(
                gettext("Outcome %(number)d") % {"number": number},
                *(
                    f"{field}_{number}"
                    for field in ("code", "title", "text", "match", "when", "conditions")
                ),
                css_class="nb-group",
            )
            for number in range(1, self.outcomes + 1)
        ]
        return ["edition", *self.kind.numbers, *told, *outcomes]

    def stored(self, part: Bank) -> dict[str, Any]:
        reading = _reading(part)
        values: dict[str, Any] = {}
        if reading.get("rule", "weakest") != self.rule:
            return values
        for name in self.kind.numbers:
            values[name] = reading[name]
        told = {name: reading[name] for name in self.kind.told}
        outcomes = dict(enumerate(reading.get("outcomes", ()), 1))
        for key, one in (told | outcomes).items():
            values |= {f"title_{key}": one["title"], f"text_{key}": one["text"]}
        for number, outcome in outcomes.items():
            when = outcome.get("when", {})
            match = "any" if "any" in when else "all"
            values |= {
                f"code_{number}": outcome["code"],
                f"match_{number}": match,
                f"when_{number}": write_conditions(when.get(match, ())),
                f"conditions_{number}": outcome.get("conditions", False),
            }
        return values

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for number in range(1, self.outcomes + 1):
            if not self._is_written(cleaned, number):
                continue
            if not CODE.fullmatch(cleaned.get(f"code_{number}", "")):
                self.add_error(
                    f"code_{number}",
                    gettext("Write a code, such as join: letters, figures, - and _."),
                )
            if not cleaned.get(f"title_{number}"):
                self.add_error(f"title_{number}", gettext("This is missing."))
            try:
                conditions = read_conditions(cleaned.get(f"when_{number}", ""))
            except ValueError as error:
                self.add_error(
                    f"when_{number}",
                    gettext("“%(line)s” is not a dimension’s code, a colon and bands.")
                    % {"line": str(error)[:60]},
                )
                continue
            self._check(number, conditions)
        return cleaned

    def _check(self, number: int, conditions: list[Data]) -> None:
        for condition in conditions:
            if condition["dimension"] not in self.dimensions:
                self.add_error(
                    f"when_{number}",
                    gettext("There is no dimension %(code)s. There are: %(codes)s.")
                    % {
                        "code": condition["dimension"][:60],
                        "codes": ", ".join(self.dimensions),
                    },
                )
            bands = condition["bands"]
            if not bands or set(bands) - set(BANDS) or len(set(bands)) < len(bands):
                self.add_error(
                    f"when_{number}",
                    gettext("Bands are %(bands)s, each at most once after a colon.")
                    % {"bands": listed([str(BAND_WORDS[band]) for band in BANDS])},
                )

    def _is_written(self, values: dict[str, Any], number: int) -> bool:
        return any(values.get(f"{name}_{number}") for name in ("code", "title", "text", "when"))

    @property
    def data_given(self) -> Data:
        given = self.cleaned_data
        outcomes = []
        for number in range(1, self.outcomes + 1):
            if not self._is_written(given, number):
                continue
            when = read_conditions(given[f"when_{number}"])
            outcome: Data = {
                "code": given[f"code_{number}"],
                "title": given[f"title_{number}"],
                "text": given[f"text_{number}"],
            }
            if when:
                outcome["when"] = {given[f"match_{number}"]: when}
            if given[f"conditions_{number}"]:
                outcome["conditions"] = True
            outcomes.append(outcome)
        reading: Data = {
            "rule": self.rule,
            **{name: given[name] for name in self.kind.numbers},
            **{
                name: {"title": given[f"title_{name}"], "text": given[f"text_{name}"]}
                for name in self.kind.told
            },
        }
        if self.kind.decides:
            reading["outcomes"] = outcomes
        return {"reading": reading}


def _reading(part: Any) -> Data:
    return part.reading if isinstance(part, Bank) else {}


def read_conditions(text: str) -> list[Data]:
    """Lines such as "leaders: weak, mixed" as a file's conditions; bands in the words of the page or of
    a file. Raises ValueError at a wrong line."""
    bands_by_word = {str(word).casefold(): band for band, word in BAND_WORDS.items()}
    conditions = []
    for line in filter(None, map(str.strip, text.splitlines())):
        found = _CONDITION.fullmatch(line)
        if found is None:
            raise ValueError(line)
        words = (word.strip().casefold() for word in found[2].split(","))
        bands = [bands_by_word.get(word, word) for word in words if word]
        conditions.append({"dimension": found[1].strip(), "bands": bands})
    return conditions


def write_conditions(conditions: Sequence[Data]) -> str:
    """The reverse of `read_conditions`, in the words of the page."""
    return "\n".join(labelled(c["dimension"], _in_words(c["bands"])) for c in conditions)


def _in_words(bands: Sequence[str]) -> str:
    return ", ".join(str(BAND_WORDS[band]) for band in bands)
