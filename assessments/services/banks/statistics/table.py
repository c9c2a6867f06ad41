"""The figures of a bank's questions as a CSV file: a row a question, numbers as numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from alliances.services.cells import harmless
from assessments.models import Bank
from assessments.services.banks.statistics.gathering import read_statistics
from assessments.statistics import (
    Alpha,
    DimensionFigures,
    Intraclass,
    QuestionFigures,
    Values,
    WithoutValue,
)

OF_QUESTIONS = (
    "dimension",
    "question",
    "text",
    "dont_know",
    "not_applicable",
    "left_out",
    "values",
    "mean",
    "spread",
    "lowest_end",
    "highest_end",
    "with_the_rest",
)
OF_DIMENSIONS = (
    "alpha",
    "alpha_low",
    "alpha_high",
    "alpha_respondents",
    "icc1",
    "icc2",
    "icc_respondents",
    "icc_organisations",
)


def statistics_table(bank: Bank) -> str:
    """The figures of `bank` with two decimals, empty where none is told; heads alone before any is.

    What is of a dimension stands with each of its questions.
    """
    texts = dict(bank.questions.values_list("code", "text"))
    figures = read_statistics(bank)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([*OF_QUESTIONS, *OF_DIMENSIONS])
    for dimension in figures.dimensions if figures else ():
        whole = list(_of_dimension(dimension))
        for question in dimension.questions:
            row = [dimension.code, question.code, texts[question.code], *_of_question(question)]
            writer.writerow([harmless(cell) for cell in (*row, *whole)])
    return out.getvalue()


def _of_question(question: QuestionFigures) -> Iterator[float | None]:
    without, values = question.without, question.values
    if isinstance(without, WithoutValue):
        for share in (without.dont_know, without.not_applicable, without.left_out):
            yield round(float(share), 2)
    else:
        yield from [None] * 3
    if isinstance(values, Values):
        yield values.people
        for figure in (values.mean, values.spread, values.lowest, values.highest):
            yield round(float(figure), 2)
    else:
        yield from [None] * 5
    yield round(question.rest, 2) if isinstance(question.rest, float) else None


def _of_dimension(dimension: DimensionFigures) -> Iterator[float | None]:
    alpha, found = dimension.alpha, dimension.intraclass
    if isinstance(alpha, Alpha):
        yield from (round(alpha.value, 2), round(alpha.low, 2), round(alpha.high, 2), alpha.people)
    else:
        yield from [None] * 4
    if isinstance(found, Intraclass):
        yield round(found.icc1, 2)
        yield None if found.icc2 is None else round(found.icc2, 2)
        yield from (found.people, found.organisations)
    else:
        yield from [None] * 4
