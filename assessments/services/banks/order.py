"""The order of a draft's dimensions and questions."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from alliances.errors import Refused
from assessments.models import Dimension, Question
from assessments.services.banks.drafts import Part, current_part

# Above every place that a draft can have, below what the column takes.
_ASIDE = 10_000


@transaction.atomic
def move_dimension(*, dimension: Dimension, by: int) -> Dimension:
    """The dimension `by` places further down, up where that is negative; no further than the end."""
    current = current_part(dimension)
    _reorder(list(current.bank.dimensions.order_by("position")), current, by)
    return current


@transaction.atomic
def move_question(*, question: Question, by: int) -> Question:
    """The question one place down (`by` 1) or up (−1); past the end, into the dimension beyond."""
    current = current_part(question)
    rows = list(current.dimension.questions.order_by("position"))
    place = rows.index(current) + by
    if 0 <= place < len(rows):
        _reorder(rows, current, by)
        return current
    dimensions = list(current.bank.dimensions.order_by("position"))
    beyond = dimensions.index(current.dimension) + (1 if by > 0 else -1)
    if 0 <= beyond < len(dimensions):
        there = list(dimensions[beyond].questions.order_by("position"))
        first = by > 0
        _rehome(current, dimensions[beyond], [] if first else there, there if first else [])
    return current


@transaction.atomic
def place_question(
    *, question: Question, dimension: Dimension, after: Question | None = None
) -> Question:
    """The question in a dimension of its bank, right behind `after`; first where that is None.

    Raises Refused where the dimension is of another bank, or `after` stands elsewhere by now.
    """
    current = current_part(question)
    home = current_part(dimension)
    if home.bank_id != current.bank_id:
        raise Refused(_("Choose a dimension of the same bank."))
    others = [row for row in home.questions.order_by("position") if row.pk != current.pk]
    if after is not None and after not in others:
        raise Refused(_("The question before it stands elsewhere by now. Choose its place again."))
    place = 0 if after is None else others.index(after) + 1
    if home.pk == current.dimension_id:
        _number_as([*others[:place], current, *others[place:]])
    else:
        _rehome(current, home, others[:place], others[place:])
    return current


def _rehome(
    question: Question, dimension: Dimension, before: list[Question], behind: list[Question]
) -> None:
    """The question into another dimension, between these of it."""
    left = question.dimension
    question.dimension = dimension
    question.position = _ASIDE * 2
    question.save(update_fields=["dimension", "position"])
    _number_as([*before, question, *behind])
    number_anew(left.questions.order_by("position"))


def _reorder(rows: list[Part], moved: Part, by: int) -> None:
    place = rows.index(moved)
    rows.insert(max(0, min(len(rows) - 1, place + by)), rows.pop(place))
    _number_as(rows)


def number_anew(rows: Any) -> None:
    _number_as(list(rows))


def _number_as(rows: list[Part]) -> None:
    """Gives the rows the places 1, 2, … in this order. Two at one place are never stored."""
    wanted = {row.pk: place for place, row in enumerate(rows, 1)}
    moved = [row for row in rows if row.position != wanted[row.pk]]
    for offset in (_ASIDE, 0):
        for row in moved:
            row.position = wanted[row.pk] + offset
        if moved:
            type(moved[0])._default_manager.bulk_update(moved, ["position"])
