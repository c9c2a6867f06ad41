"""The scales that a question is offered, with labels in its bank's language."""

from __future__ import annotations

from django.utils.translation import override, pgettext_lazy

from assessments.models.speech import pages_language
from assessments.services.banks.documents import BankDocument

Scale = tuple[int, int, tuple[str, ...]]
"""Lowest value, highest value, a label for each."""

# As the shipped banks have them, in both languages (`assessments/banks/`).
_WORDED = (
    (
        1,
        (
            # Translators: labels of a scale, as a respondent reads them.
            pgettext_lazy("label of a scale", "Strongly disagree"),
            pgettext_lazy("label of a scale", "Disagree"),
            pgettext_lazy("label of a scale", "Neither agree nor disagree"),
            pgettext_lazy("label of a scale", "Agree"),
            pgettext_lazy("label of a scale", "Strongly agree"),
        ),
    ),
    (
        1,
        (
            pgettext_lazy("label of a scale", "Never"),
            pgettext_lazy("label of a scale", "Seldom"),
            pgettext_lazy("label of a scale", "Sometimes"),
            pgettext_lazy("label of a scale", "Often"),
            pgettext_lazy("label of a scale", "Always"),
        ),
    ),
    (
        0,
        (
            pgettext_lazy("label of a scale", "Not begun"),
            pgettext_lazy("label of a scale", "Under way"),
            pgettext_lazy("label of a scale", "Done"),
        ),
    ),
    (0, (pgettext_lazy("label of a scale", "No"), pgettext_lazy("label of a scale", "Yes"))),
)
_FIGURES: Scale = (0, 10, ("0", *[""] * 9, "10"))


def worded_scales(language: str) -> list[Scale]:
    """The usual scales with labels in words, agreement first; none in a language that our pages are
    not in."""
    spoken = pages_language(language)
    if not spoken:
        return []
    with override(spoken):
        return [
            (minimum, minimum + len(labels) - 1, tuple(map(str, labels)))
            for minimum, labels in _WORDED
        ]


def usual_scales(language: str) -> list[Scale]:
    """The same, and the one from 0 to 10, which needs no words."""
    return [*worded_scales(language), _FIGURES]


def labelled_in_english(document: BankDocument) -> list[str]:
    """Codes of the questions with the usual English labels, in a bank of another language.

    A file that names no labels takes them (`checks`), whatever its language.
    """
    if document.language[:2] == "en":
        return []
    english = {labels for _least, _most, labels in worded_scales("en")}
    return [
        question.code
        for dimension in document.dimensions
        for question in dimension.questions
        if question.labels in english
    ]
