"""Forms of a dimension and of a question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from crispy_forms.bootstrap import StrictButton
from crispy_forms.layout import Div, Fieldset, Submit
from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alliances.forms.numbers import SmallNumberField
from assessments.forms.banks.base import CODE_HELP, Data, PartForm, lines_of, text_field
from assessments.models import Bank, Dimension, Question
from assessments.services.banks.checks import MOST_OPTIONS, MOST_STEPS
from assessments.services.banks.readings import BANDS
from assessments.services.banks.scales import Scale, usual_scales
from assessments.services.banks.sections import CODE

# Empty places for steps of advice below those that are written.
SPARE_STEPS = 2


class CodeField(forms.CharField):
    """A code, as files take it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(label=_("code"), max_length=60, help_text=CODE_HELP, **options)

    def clean(self, value: Any) -> Any:
        code = super().clean(value)
        if code and not CODE.fullmatch(code):
            raise forms.ValidationError(
                gettext("Begin with a letter or figure; letters, figures, - and _ may follow.")
            )
        return code


class DimensionForm(PartForm):
    """A dimension: what its page asks, what it means, what to do."""

    title = text_field(80, _("title"))
    code = CodeField()
    in_sentence = text_field(
        80,
        _("in a sentence"),
        _("As it stands inside one: “the formal charter”. Else the title in small letters."),
        required=False,
    )
    question = text_field(
        300, _("the question it asks"), _("Stands above its statements."), required=False
    )
    what_it_is = text_field(
        4000, _("what it is"), _("Two or three sentences for the report."), rows=4, required=False
    )
    strong = text_field(600, _("what it means when it is strong"), rows=2, required=False)
    mixed = text_field(600, _("what it means when it is mixed"), rows=2, required=False)
    weak = text_field(600, _("what it means when it is weak"), rows=2, required=False)
    asked_of_members = text_field(
        3100,
        _("what is asked of a member when it is not strong"),
        _("One thing a line, ten at most."),
        rows=4,
        required=False,
    )
    facets = text_field(
        6000,
        _("facets"),
        _(
            "What its questions are to cover, one a line. A facet without a question is told before publishing."
        ),
        rows=5,
        required=False,
    )
    source = text_field(
        20, _("source"), _("Marks of the works behind it, such as VA, HW."), required=False
    )

    def add_fields(self) -> None:
        written = len(self.part.advice) if isinstance(self.part, Dimension) else 0
        sent = sum(1 for name in self.sent if name.startswith("step_title_"))
        self.steps = min(MOST_STEPS, max(written + SPARE_STEPS, sent))
        for number in range(1, self.steps + 1):
            self.fields[f"step_title_{number}"] = text_field(
                120, gettext("step %(number)d") % {"number": number}, required=False
            )
            self.fields[f"step_text_{number}"] = text_field(
                1000,
                gettext("step %(number)d, further") % {"number": number},
                rows=2,
                required=False,
            )

    def layout(self) -> list[Any]:
        steps = [
            name
            for number in range(1, self.steps + 1)
            for name in (f"step_title_{number}", f"step_text_{number}")
        ]
        return [
            "edition",
            "title",
            "code",
            "in_sentence",
            "question",
            "what_it_is",
            *BANDS,
            Fieldset(gettext("What to do when it is weak"), *steps, css_class="nb-group"),
            "asked_of_members",
            "facets",
            "source",
        ]

    def stored(self, part: Dimension) -> dict[str, Any]:
        steps = {}
        for number, step in enumerate(part.advice, 1):
            steps[f"step_title_{number}"] = step["title"]
            steps[f"step_text_{number}"] = step["text"]
        return {
            "title": part.title,
            "code": part.code,
            "in_sentence": part.in_sentence,
            "question": part.question,
            "what_it_is": part.what_it_is,
            **{band: part.readings.get(band, "") for band in BANDS},
            **steps,
            "asked_of_members": "\n".join(part.asked_of_members),
            "facets": "\n".join(part.facets),
            "source": part.source,
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for number in range(1, self.steps + 1):
            if cleaned.get(f"step_text_{number}") and not cleaned.get(f"step_title_{number}"):
                self.add_error(f"step_title_{number}", gettext("Say in a few words what to do."))
        if len(lines_of(cleaned.get("asked_of_members", ""))) > MOST_STEPS:
            self.add_error("asked_of_members", gettext("Ten lines at most."))
        return cleaned

    @property
    def data_given(self) -> Data:
        given = self.cleaned_data
        texts = ("title", "code", "in_sentence", "question", "what_it_is", "source")
        return {
            **{name: given[name] for name in texts},
            "readings": {band: given[band] for band in BANDS if given[band]},
            "advice": [
                {"title": title, "text": given[f"step_text_{number}"]}
                for number in range(1, self.steps + 1)
                if (title := given[f"step_title_{number}"])
            ],
            "asked_of_members": lines_of(given["asked_of_members"]),
            "facets": lines_of(given["facets"]),
        }


Place = tuple[Dimension, Question | None]
STAYS = "stays"
OWN = "own"


def scale_of(question: Question) -> Scale:
    return question.minimum, question.maximum, tuple(question.labels)


def in_words(scale: Scale) -> str:
    """ "1 to 5: Strongly disagree, Disagree, …" """
    minimum, maximum, labels = scale
    named = [label for label in labels if label]
    return gettext("%(minimum)d to %(maximum)d: %(labels)s") % {
        "minimum": minimum,
        "maximum": maximum,
        "labels": ", ".join(named) if len(named) > 2 else " … ".join(named),
    }


class QuestionForm(PartForm):
    """A question: what is asked, on which scale, how it counts.

    `scales` are those that the bank's questions have, which stand before the usual ones of its
    language; without any in words, the scale is written below. `homes` are its dimensions, each with its
    questions in order, between which one that there is may move.
    """

    save_label = _("Save")

    text = text_field(300, _("statement"), _("One thought, in 90 characters if you can."), rows=2)
    text_of_peers = text_field(
        300, _("statement for peers"), _("The same about somebody else."), rows=2, required=False
    )
    help = text_field(
        300, _("help"), _("A line that clarifies it, such as what counts."), required=False
    )
    code = CodeField()
    facet = text_field(120, _("facet"), _("What it covers, in a few words."), required=False)
    place = forms.ChoiceField(
        label=_("place"),
        error_messages={
            "invalid_choice": _(
                "The question before it stands elsewhere by now. Choose its place again."
            )
        },
    )
    scale = forms.ChoiceField(label=_("scale"))
    minimum = forms.IntegerField(
        label=_("lowest value"), required=False, min_value=-1000, max_value=1000
    )
    labels = forms.CharField(
        label=_("labels"),
        required=False,
        strip=False,
        help_text=_(
            "For another scale: a line for each value, lowest first. Lines between may be empty."
        ),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    reverse = forms.BooleanField(label=_("reversed: to agree is bad news"), required=False)
    weight = SmallNumberField(
        label=_("weight"),
        help_text=_("1 unless it is to count more or less than the others."),
        min_value=Decimal("0.001"),
        max_value=1000,
        decimal_places=3,
        initial=1,
        localize=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    source = text_field(
        20, _("source"), _("Marks of the works behind it, such as VA, HW."), required=False
    )

    def __init__(
        self,
        *args: Any,
        bank: Bank,
        scales: Sequence[Scale],
        homes: Sequence[tuple[Dimension, Sequence[Question]]] = (),
        **kwargs: Any,
    ) -> None:
        self.bank = bank
        self.homes = homes
        self.scales = list(dict.fromkeys((*scales, *usual_scales(bank.language))))
        super().__init__(*args, **kwargs)

    def add_fields(self) -> None:
        self.field_as(forms.ChoiceField, "scale").choices = [
            *((str(number), in_words(scale)) for number, scale in enumerate(self.scales)),
            (OWN, gettext("Another scale, written below")),
        ]
        if self.part is None:
            del self.fields["place"]
        else:
            self.places = dict(self._places())
            self.field_as(forms.ChoiceField, "place").choices = [
                (
                    dimension.title,
                    [
                        (key, self._place_in_words(after))
                        for key, (home, after) in self.places.items()
                        if home == dimension
                    ],
                )
                for dimension, _questions in self.homes
            ]
        if self.bank.reading.get("rule") != "self-peers":
            del self.fields["text_of_peers"]

    def layout(self) -> list[Any]:
        names = [name for name in self.fields if name not in ("minimum", "labels")]
        names.insert(names.index("scale") + 1, "own")
        # The tag's attributes are all that the layout's division is told of.
        own = Div(
            "minimum",
            "labels",
            template="assessments/banks/_own_scale.html",
            open=self["scale"].value() == OWN
            or any(n in self.errors for n in ("minimum", "labels")),
        )
        return [own if name == "own" else name for name in names]

    def buttons(self) -> Div:
        label = "{{ form.save_label }}"
        # Pressing Enter in a field presses the first button.
        more = (
            []
            if self.part
            else [
                StrictButton(
                    gettext("Save and write the next"), type="submit", name="more", value="1"
                )
            ]
        )
        return Div(Submit("save", label), *more, *self.way_back(), css_class="nb-actions")

    def stored(self, part: Question) -> dict[str, Any]:
        scale = scale_of(part)
        number = str(self.scales.index(scale)) if scale in self.scales else OWN
        return {
            "text": part.text,
            "text_of_peers": part.text_of_peers,
            "help": part.help,
            "code": part.code,
            "facet": part.facet,
            "place": STAYS,
            "scale": number,
            "minimum": part.minimum if number == OWN else None,
            "labels": "\n".join(part.labels) if number == OWN else "",
            "reverse": part.reverse,
            "weight": part.weight.normalize().__format__("f"),
            "source": part.source,
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("scale") == OWN:
            labels = [line.strip() for line in cleaned.get("labels", "").splitlines()]
            if not 2 <= len(labels) <= MOST_OPTIONS or not labels[0] or not labels[-1]:
                self.add_error(
                    "labels",
                    gettext(
                        "Write a line for each value, 2 to %(most)d, the first and the last in words."
                    )
                    % {"most": MOST_OPTIONS},
                )
            elif any(len(label) > 60 for label in labels):
                self.add_error("labels", gettext("A label has 60 characters at most."))
            if cleaned.get("minimum") is None and "minimum" not in self.errors:
                self.add_error("minimum", gettext("This is missing."))
        return cleaned

    @property
    def new_place(self) -> Place | None:
        """Where it is to stand: a dimension, and the question before it there; None where it stands."""
        chosen = self.cleaned_data["place"]
        return None if chosen == STAYS else self.places[chosen]

    def _places(self) -> Iterator[tuple[str, Place]]:
        """Every place. That where it stands has a key of its own: who saves something else does not
        move back what somebody moved in the meantime."""
        for dimension, questions in self.homes:
            before: Question | None = None
            for question in (*questions, None):
                if question is not None and question == self.part:
                    yield STAYS, (dimension, before)
                elif before is None or before != self.part:
                    yield f"{dimension.pk}-{before.pk if before else 0}", (dimension, before)
                before = question

    def _place_in_words(self, after: Question | None) -> str:
        if after is None:
            return gettext("first")
        return gettext("behind %(code)s: %(text)s") % {
            "code": after.code,
            "text": Truncator(after.text).chars(60),
        }

    @property
    def data_given(self) -> Data:
        given = self.cleaned_data
        texts = ("text", "text_of_peers", "help", "code", "facet", "source", "reverse", "weight")
        if given["scale"] == OWN:
            labels = tuple(line.strip() for line in given["labels"].splitlines())
            minimum, maximum = given["minimum"], given["minimum"] + len(labels) - 1
        else:
            minimum, maximum, labels = self.scales[int(given["scale"])]
        return {
            **{name: given[name] for name in texts if name in given},
            "min": minimum,
            "max": maximum,
            "labels": list(labels),
        }
