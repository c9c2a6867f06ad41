"""What the texts of a bank are called, by their places."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alliances.services.counts import labelled
from assessments.services.banks.texts import Path

TOLD_LABELS = {
    "higher": _("Sees oneself higher than peers do"),
    "lower": _("Sees oneself lower than peers do"),
    "alike": _("Much as peers do"),
    "outward": _("Leaning to the right pole"),
    "inward": _("Leaning to the left pole"),
    "level": _("Near the middle"),
    "done": _("All is done"),
    "open": _("Something is open"),
    "top": _("On the highest rung"),
    "none": _("Below the lowest rung"),
}
_NAMES = {
    "title": _("title"),
    "introduction": _("introduction"),
    "text": _("text"),
    "in_sentence": _("in a sentence"),
    "question": _("the question it asks"),
    "what_it_is": _("what it is"),
    "strong": _("what it means when it is strong"),
    "mixed": _("what it means when it is mixed"),
    "weak": _("what it means when it is weak"),
    "text_of_peers": _("statement for peers"),
    "help": _("help"),
    "facet": _("facet"),
}


def name_of(at: Path, own: Mapping[Path, str]) -> str:
    """What stands at a place, for a person; `own` are the bank's own texts, by place."""
    name = name_within(at, own)
    return labelled(str(at[3]), name) if _of_question(at) else name


def name_within(at: Path, own: Mapping[Path, str]) -> str:
    """The same among the texts of one question, without its code."""
    if at[0] == "labels":
        return gettext("label “%(label)s”") % {"label": at[1]}
    if _of_question(at) and at[-1] == "text":
        return gettext("statement")
    name = str(_NAMES.get(str(at[-1]), ""))
    if at[0] == "reading":
        if at[1] == "outcomes":
            return labelled(own.get((*at[:-1], "title"), str(at[2])), name)
        return labelled(str(TOLD_LABELS[str(at[1])]), name)
    if "advice" in at[2:3]:
        return gettext("step %(number)d: %(name)s") % {"number": int(at[3]) + 1, "name": name}
    if "asked_of_members" in at[2:3]:
        return gettext("asked of members, %(number)d") % {"number": int(at[3]) + 1}
    return name


def _of_question(at: Path) -> bool:
    return at[0] == "dimensions" and at[2] == "questions"
