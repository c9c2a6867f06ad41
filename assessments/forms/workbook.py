"""What an organisation picks of a bank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crispy_forms.layout import LayoutObject
from django import forms
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from alliances.forms.records import RecordForm
from assessments.models import Dimension, Question, Selection


@dataclass(frozen=True)
class Choice:
    """A question that can be ticked."""

    question: Question
    chosen: bool


class SelectionForm(RecordForm):
    """The questions of a bank to tick, by dimension; `dimensions` with their questions, as they are said
    in the active language."""

    model = Selection
    columns = ("codes",)
    save_label = _("Keep this choice")

    def __init__(
        self,
        *args: Any,
        dimensions: Sequence[tuple[Dimension, Sequence[Question]]],
        **kwargs: Any,
    ) -> None:
        self.dimensions = dimensions
        self.questions = {
            question.code: question
            for _dimension, questions in dimensions
            for question in questions
        }
        super().__init__(*args, **kwargs)

    def field_for(self, name: str) -> forms.Field:
        return forms.MultipleChoiceField(
            label=_("Questions"),
            required=False,
            choices=[(code, question.text) for code, question in self.questions.items()],
            widget=forms.CheckboxSelectMultiple,
            error_messages={
                "invalid_choice": _(
                    "One of these questions is no longer asked. Look at the list again."
                )
            },
        )

    def layout(self) -> list[Any]:
        return ["edition", QuestionChoice()]

    @property
    def groups(self) -> list[tuple[Dimension, list[Choice]]]:
        """Dimensions, each with its questions and whether they are ticked."""
        ticked = {str(code) for code in self["codes"].value() or []}
        return [
            (
                dimension,
                [Choice(one, one.code in ticked) for one in questions],
            )
            for dimension, questions in self.dimensions
        ]

    def words(self, name: str, value: Any) -> str:
        """The picked statements, one a line, in the bank's order."""
        return "\n".join(one.text for code, one in self.questions.items() if code in set(value))


class QuestionChoice(LayoutObject):
    """The questions of a SelectionForm to tick, by dimension."""

    def render(self, form: Any, context: Any, template_pack: str = "", **kwargs: Any) -> str:
        form.rendered_fields.add("codes")
        return render_to_string(
            "assessments/workbook/_questions.html", {"form": form, "field": form["codes"]}
        )
