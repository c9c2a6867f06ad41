"""A checklist in words: how far each task is, and each of its parts by its scale's own labels.

Pure functions, like those of `findings`: from the published result and the bank's words alone. A task is
as far as the published reading says. A part goes by the same limits, so that none counts as done
of which the task would not.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from alliances.services.counts import in_words
from assessments.readings import DONE, NOT_BEGUN

from .figures import Figure, exact, nearest, whole
from .texts import ElementText, StatementText

STATES = ("done", "under_way", "not_begun")


def is_checklist(document: Mapping[str, Any]) -> bool:
    """Whether the result is read as a list of tasks."""
    return (document.get("reading") or {}).get("rule") == "checklist"


def state_of(document: Mapping[str, Any], code: str) -> str:
    """How far the published reading says that a task is, one of `STATES`; "" where it says nothing."""
    if not is_checklist(document):
        return ""
    return next((state for state in STATES if code in document["reading"][state]), "")


def state_at(score: Figure) -> str:
    """How far a score from 0 to 100 is, by the limits of the reading (docs/scoring.md)."""
    if exact(score) >= DONE:
        return "done"
    return "not_begun" if exact(score) <= NOT_BEGUN else "under_way"


def state_word(state: str) -> str:
    """ "Done", "Under way", "Not begun"; empty without a state."""
    return {
        "done": pgettext("task", "Done"),
        "under_way": _("Under way"),
        "not_begun": _("Not begun"),
    }.get(state, "")


def means_by(state: str) -> str:
    """Which of a bank's readings tells what a task's state means: `strong`, `mixed` or `weak`.

    Not by its score's band: what is begun is neither all there nor all missing.
    """
    return {"done": "strong", "under_way": "mixed", "not_begun": "weak"}.get(state, "")


def _step(mean: Figure, statement: StatementText) -> int:
    """The step of the scale, from 0, that a mean is told by: an end only where it counts as one."""
    steps = statement.maximum - statement.minimum
    above = exact(mean) - statement.minimum
    place = above * 100 / steps
    if place >= DONE:
        return steps
    if place <= NOT_BEGUN:
        return 0
    step = nearest(above)
    return step if steps < 2 else min(max(step, 1), steps - 1)


def answer_words(question: Mapping[str, Any], statement: StatementText) -> str:
    """A part by its scale's own label: what one person said, or the label by the mean of several.

    Empty where nothing is told. A step without a label is told as a figure of 100.
    """
    mean, people = question["mean"], question["people"]
    if mean is None:
        return ""
    step = _step(mean, statement)
    label = statement.labels[step] if step < len(statement.labels) else ""
    if not label:
        steps = statement.maximum - statement.minimum
        score = whole((exact(mean) - statement.minimum) * 100 / steps)
        return _("%(score)s of 100") % {"score": score}
    alone = people == 1 or exact(mean) in (statement.minimum, statement.maximum)
    return label if alone else _("On average: %(label)s") % {"label": label}


def _count(element: Mapping[str, Any], text: ElementText) -> tuple[tuple[str, ...], list[int]]:
    """The labels of a task's scale, and how many parts each has, the last label being the best.

    Nothing where a part is withheld or unknown to the bank, or where its parts have several scales.
    """
    scales = {(s.minimum, s.maximum, s.reverse, s.labels) for s in text.statements.values()}
    questions = element["questions"]
    known = all(q["code"] in text.statements and not q["withheld"] for q in questions)
    if len(scales) != 1 or not known or element["score"] is None:
        return (), []
    _low, _high, reverse, labels = scales.pop()
    if reverse or not labels or not all(labels):
        return (), []
    counts = [0] * len(labels)
    for question in questions:
        if question["mean"] is not None:
            counts[_step(question["mean"], text.statements[question["code"]])] += 1
    return labels, counts


def parts_done(element: Mapping[str, Any], text: ElementText) -> str:
    """ "Done: 2 of 4", by the last label of its scale; empty where it cannot be counted."""
    labels, counts = _count(element, text)
    if not labels:
        return ""
    return _("%(label)s: %(count)s of %(total)s") % {
        "label": labels[-1],
        "count": counts[-1],
        "total": len(element["questions"]),
    }


def parts_sentence(element: Mapping[str, Any], text: ElementText) -> str:
    """ "Of four parts: two “Done”, one “Under way”, one “Not begun”." Empty where it cannot be counted."""
    labels, counts = _count(element, text)
    if not labels:
        return ""
    total = len(element["questions"])
    told = [
        _("%(count)s “%(label)s”") % {"count": in_words(count), "label": label}
        for label, count in zip(reversed(labels), reversed(counts), strict=True)
        if count
    ]
    silent = total - sum(counts)
    if silent:
        told.append(_("%(count)s without an answer") % {"count": in_words(silent)})
    return ngettext("Of %(total)s part: %(told)s.", "Of %(total)s parts: %(told)s.", total) % {
        "total": in_words(total),
        "told": ", ".join(told),
    }
