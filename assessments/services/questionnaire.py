"""What a respondent reads: what is asked, and what they answered so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _

from assessments.models import (
    Answer,
    Bank,
    Comment,
    Dimension,
    Invitation,
    Question,
    RosterOrganisation,
)
from assessments.models.speech import dimension_said, language_of, question_said
from assessments.services.links import Visit


@dataclass(frozen=True)
class Option:
    """One of the answers to choose from."""

    value: str
    label: str


@dataclass(frozen=True)
class Item:
    """One question as it stands on a page. `answer` is "" while it is open."""

    question: Question
    text: str
    """The statement as this respondent reads it."""
    number: int
    scale: Sequence[Option]
    apart: Sequence[Option]
    answer: str

    @property
    def code(self) -> str:
        return self.question.code

    @property
    def answer_label(self) -> str:
        """The answer in words; "" while it is open."""
        options = [*self.scale, *self.apart]
        return next((option.label for option in options if option.value == self.answer), "")


@dataclass(frozen=True)
class Element:
    """One page of the questionnaire: `number` from 1, its questions, the comment."""

    number: int
    dimension: Dimension
    items: Sequence[Item]
    comment: str

    @property
    def answered(self) -> int:
        return sum(1 for item in self.items if item.answer)

    @property
    def open_items(self) -> list[Item]:
        return [item for item in self.items if not item.answer]


@dataclass(frozen=True)
class Asked:
    """How many are asked."""

    organisations: int
    people: int


def read_dimensions(
    bank: Bank, asked: Sequence[str] = (), *, language: str = ""
) -> list[Dimension]:
    """The pages of `bank`'s questionnaire in their order, in `language`, by default the active one.
    One query.

    Where not all is `asked`, by the codes of questions, those alone that have something to ask.
    """
    dimensions = bank.dimensions.order_by("position")
    if asked:
        dimensions = dimensions.filter(questions__code__in=asked).distinct()
    language = language_of(bank, language)
    return [dimension_said(dimension, language, bank) for dimension in dimensions]


def read_elements(
    visit: Visit, dimensions: Sequence[Dimension], *, first: int = 1, language: str = ""
) -> list[Element]:
    """The pages of `dimensions`, which are all of the bank's or some, with this visit's answers, in
    `language`, by default the active one.

    The first of them bears the number `first`. Three queries, however many.
    """
    answers: dict[int, str] = {}
    comments: dict[int, str] = {}
    if visit.response is not None:
        answers = {
            question: str(kind if value is None else value)
            for question, kind, value in Answer.objects.filter(
                response=visit.response, question__dimension__in=dimensions
            ).values_list("question_id", "kind", "value")
        }
        comments = dict(
            Comment.objects.filter(response=visit.response, dimension__in=dimensions).values_list(
                "dimension_id", "text"
            )
        )
    of_peer = visit.round.is_about_a_person and not visit.invitation.of_oneself
    return elements_of(
        visit.round.bank,
        dimensions,
        answers,
        comments,
        first=first,
        of_peer=of_peer,
        asked=visit.round.asked,
        language=language,
    )


def elements_of(
    bank: Bank,
    dimensions: Sequence[Dimension],
    answers: Mapping[int, str],
    comments: Mapping[int, str],
    *,
    first: int = 1,
    of_peer: bool = False,
    asked: Sequence[str] = (),
    language: str = "",
) -> list[Element]:
    """The pages of these `dimensions` of `bank`, with these answers by question and comments by
    dimension, in `language`, by default the active one. One query.

    `of_peer`: as somebody reads them who answers about another person. `asked` are the codes of the
    questions that are asked, where that is not all.
    """
    apart = options_apart(of_oneself=bank.is_about_oneself and not of_peer, of_peer=of_peer)
    questions = Question.objects.filter(dimension__in=dimensions).order_by("position")
    if asked:
        questions = questions.filter(code__in=asked)
    of_dimension: dict[int, list[Question]] = {dimension.pk: [] for dimension in dimensions}
    language = language_of(bank, language)
    for question in questions:
        of_dimension[question.dimension_id].append(question_said(question, language, bank))
    return [
        Element(
            number=number,
            dimension=dimension,
            items=[
                Item(
                    question=question,
                    text=(of_peer and question.text_of_peers) or question.text,
                    number=place,
                    scale=scale_of(question),
                    apart=apart,
                    answer=answers.get(question.pk, ""),
                )
                for place, question in enumerate(of_dimension[dimension.pk], start=1)
            ],
            comment=comments.get(dimension.pk, ""),
        )
        for number, dimension in enumerate(dimensions, start=first)
    ]


def scale_of(question: Question) -> list[Option]:
    """The values of `question`, lowest first, each in words, or as a figure where it has none."""
    values = range(question.minimum, question.maximum + 1)
    labels = list(question.labels)
    if len(labels) != len(values):
        labels = [""] * len(values)
    return [
        # The label as it is: it knows its language.
        Option(str(value), label or str(value))
        for value, label in zip(values, labels, strict=True)
    ]


def options_apart(*, of_oneself: bool = False, of_peer: bool = False) -> list[Option]:
    """The answers that stand apart from every scale: don’t know, and not applicable.

    `of_oneself`: as somebody reads them who answers about themselves, and not for an organisation;
    `of_peer`: about another person.
    """
    unknown, not_applicable = Answer.Kind.DONT_KNOW, Answer.Kind.NOT_APPLICABLE
    inapplicable = str(not_applicable.label)
    if of_oneself:
        inapplicable = _("Does not apply to me")
    elif of_peer:
        inapplicable = _("Does not apply to this person")
    return [
        Option(str(unknown.value), str(unknown.label)),
        Option(str(not_applicable.value), inapplicable),
    ]


def first_open(elements: Sequence[Element]) -> int:
    """The number of the first page with an open question; the last page where none is open."""
    return next(
        (e.number for e in elements if e.open_items), elements[-1].number if elements else 1
    )


def count_asked(visit: Visit) -> Asked:
    """How many organisations and people the round asks. One query."""
    counts = Invitation.objects.filter(round=visit.round).aggregate(
        people=Count("pk"), organisations=Count("organisation", distinct=True)
    )
    return Asked(**counts)


def partner_of(visit: Visit) -> str:
    """The other of the two organisations that a workbook is asked of; "" of any other bank. At most one
    query."""
    if not visit.round.bank.is_workbook:
        return ""
    others = RosterOrganisation.objects.filter(round=visit.round).exclude(
        pk=visit.invitation.organisation_id
    )
    return others.values_list("name", flat=True).first() or ""
