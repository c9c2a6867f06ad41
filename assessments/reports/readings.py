"""What a reading says in words: of results that the weakest element does not decide.

As in `findings`: pure functions over the published document and a bank's words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from alliances.services.counts import first_capital, first_small, in_words, labelled, listed
from assessments.models.speech import Said
from assessments.readings import DONE, LEVEL, NOT_BEGUN

from . import poles, tasks
from .figures import writable
from .findings import (
    Headline,
    headline,
    lowest_first,
    nobody_is_told,
    shown_alike,
    why_undecided,
)
from .texts import Advice, BankTexts

NAMED_AT_MOST = 4


def finding_of(document: Mapping[str, Any], texts: BankTexts) -> Headline:
    """The finding of a result, by the rule of its bank: what it comes to, what that means, a remark."""
    reading = document.get("reading")
    if reading is None:
        return headline(document, texts)
    if nobody_is_told(document):
        return Headline(_("No figures:"), *why_undecided(document, texts))
    says = {
        "mean": _mean,
        "pairs": _pairs,
        "checklist": _checklist,
        "ladder": _ladder,
        "decision": _decision,
    }
    return Headline(*says[reading["rule"]](document, texts))


def _before(title: str) -> str:
    """A title before what it stands for: with a colon, in place of its full stop."""
    return _("%(title)s:") % {"title": title.rstrip(".")}


def what_it_comes_to(document: Mapping[str, Any], texts: BankTexts) -> str:
    """What the bank says of that: the text that goes with the finding; "" where there is none."""
    reading = document.get("reading")
    if reading is None or nobody_is_told(document):
        return ""
    name = {
        "pairs": lambda: reading["direction"],
        "checklist": lambda: "done" if _all_done(document) else "open",
        "ladder": lambda: (
            "none" if reading["reached"] is None else "" if reading["next"] else "top"
        ),
        "decision": lambda: reading["outcome"],
    }.get(reading["rule"], lambda: "")()
    return _told(texts, name).text if name else ""


def standfirst_of(
    document: Mapping[str, Any], texts: BankTexts, beside: Sequence[str]
) -> list[str]:
    """What stands under the finding: what the bank says of it, then `beside`: where people agree.

    Where people are divided on a pair, the finding has said so. What the bank says of answers near
    the middle is then left out, because it need not be true of anybody; so is what it says of
    answers that lean, where people are divided on half of the pairs or more.
    """
    told = what_it_comes_to(document, texts)
    split = poles.divided(document) if poles.is_pairs(document) else []
    if split:
        direction = document["reading"]["direction"]
        if direction == "level" or 2 * len(split) >= len(document["elements"]):
            told = poles.mean_says_little(direction)
        said = [told, poles.mean_since(document), poles.agreed_sentence(document, texts)]
    else:
        said = [told, *beside]
    return [sentence for sentence in said if sentence]


def shows_bands(document: Mapping[str, Any], texts: BankTexts) -> bool:
    """Whether weak, mixed and strong are told: not of tasks and pairs, and not of mere kinds."""
    return texts.judges and not (tasks.is_checklist(document) or poles.is_pairs(document))


def _all_done(document: Mapping[str, Any]) -> bool:
    return len(document["reading"]["done"]) == len(document["elements"])


def _told(texts: BankTexts, name: str) -> Advice:
    return texts.told.get(name) or Advice(name)


def sentence(title: str) -> str:
    """A title as a sentence: with a full stop, where it ends in none of its own."""
    if title.endswith((".", "!", "?", "…")):
        return title
    return Said(f"{title}.", getattr(title, "language", ""))


def _counted(count: int) -> str:
    return in_words(count) if count else pgettext("number", "none")


def _names(codes: Sequence[str], texts: BankTexts) -> str:
    return listed([texts.element(code).in_sentence for code in codes])


def _mean(document: Mapping[str, Any], texts: BankTexts) -> tuple[str, str, str]:
    bands = [element["band"] for element in document["elements"]]
    strong, weak = bands.count("strong"), bands.count("weak")
    total = len(bands)
    if not any(bands):
        return _("No scores:"), _("too few answered to tell any."), ""
    if total == 1:
        only = {
            "strong": _("its one element is strong."),
            "mixed": _("its one element is mixed."),
            "weak": _("its one element is weak."),
        }
        return _before(texts.title), only[bands[0]], ""
    count = ngettext(
        "%(count)s of %(total)s elements is strong, %(weak)s weak.",
        "%(count)s of %(total)s elements are strong, %(weak)s weak.",
        strong,
    ) % {
        "count": _counted(strong),
        "total": in_words(total),
        "weak": _counted(weak),
    }
    lowest = None if shown_alike(document["elements"]) else document["reading"]["lowest"]
    last = (
        first_capital(_("%(name)s: the lowest.") % {"name": texts.element(lowest).in_sentence})
        if lowest
        else ""
    )
    return _before(texts.title), count, last


def _pairs(document: Mapping[str, Any], texts: BankTexts) -> tuple[str, str, str]:
    reading = document["reading"]
    direction, split = reading["direction"], poles.divided(document)
    if direction is None:
        why = _("too little is known of some elements.")
        if split:
            return poles.views_divide(document, texts, f"{_('No direction:')} {why}")
        return _("No direction:"), why, ""
    told = sentence(_told(texts, direction).title)
    if split:
        leaning = "" if direction == "level" else labelled(_("On the whole"), first_small(told))
        return poles.views_divide(document, texts, leaning)
    since = {
        "outward": _("Since the last round it moved outward."),
        "inward": _("Since the last round it moved inward."),
        "level": _("Since the last round it held its place."),
    }.get(reading["since"] or "", "")
    return told, since, ""


def _checklist(document: Mapping[str, Any], texts: BankTexts) -> tuple[str, str, str]:
    reading = document["reading"]
    told = _told(texts, "done" if _all_done(document) else "open")
    waiting = reading["not_begun"]
    last = ""
    if 0 < len(waiting) <= NAMED_AT_MOST:
        last = _("Not begun: %(names)s.") % {"names": _names(waiting, texts)}
    return _before(told.title), done_of_all(document), last


def done_of_all(document: Mapping[str, Any]) -> str:
    """How many tasks of a checklist are done: "one of six elements is done."."""
    done = len(document["reading"]["done"])
    return ngettext(
        "%(count)s of %(total)s elements is done.",
        "%(count)s of %(total)s elements are done.",
        done,
    ) % {"count": _counted(done), "total": in_words(len(document["elements"]))}


def _ladder(document: Mapping[str, Any], texts: BankTexts) -> tuple[str, str, str]:
    reading = document["reading"]
    reached, next_ = reading["reached"], reading["next"]
    if reached is None:
        told = _told(texts, "none")
        return sentence(told.title), "", ""
    if next_ is None:
        told = _told(texts, "top")
        return sentence(told.title), "", ""
    return (
        _before(texts.element(reached).title),
        _("the highest rung that is reached."),
        _("Next: %(name)s.") % {"name": texts.element(next_).in_sentence},
    )


def _decision(document: Mapping[str, Any], texts: BankTexts) -> tuple[str, str, str]:
    reading = document["reading"]
    if reading["outcome"] is None:
        return (
            _("No outcome:"),
            _("too little is known of %(names)s.")
            % {"names": _names(_undecided(reading["open"], texts), texts)},
            "",
        )
    told = _told(texts, reading["outcome"])
    last = ""
    if reading["conditions"]:
        last = _("Conditions: %(names)s.") % {"names": _names(reading["conditions"], texts)}
    return sentence(told.title), last, ""


def _undecided(codes: Sequence[str], texts: BankTexts) -> Sequence[str]:
    """Those of `codes` that an outcome looks at; all, where the bank's words do not say which."""
    deciding = {code for looked_at in texts.looked_at.values() for code in looked_at}
    return [code for code in codes if code in deciding] or codes


def rule_in_words(document: Mapping[str, Any], texts: BankTexts) -> str:
    """How the result is read (docs/banks.md); empty where the weakest element decides."""
    reading = document.get("reading")
    if reading is None:
        return ""
    if reading["rule"] == "mean" and len(document["elements"]) == 1:
        return _("The one element decides nothing.")
    if reading["rule"] == "decision" and not texts.judges:
        return _(
            "The question bank lays down outcomes, each with the elements that must be low, in the "
            "middle or high for it: low is below %(mixed)s, high from %(strong)s on. The first whose "
            "conditions hold is the one."
        ) % {"mixed": texts.mixed_from, "strong": texts.strong_from}
    return rules_in_words()[reading["rule"]]


def rules_in_words() -> dict[str, str]:
    """How each reading of a bank comes about, but that of the weakest element."""
    return {
        "mean": _("The elements stand side by side. None decides, and no average is made of them."),
        "pairs": _(
            "Where the mean of all lines lies more than %(points)s points from the middle, the alliance "
            "leans that way; else it holds its place. Movement since the last round is read in the same "
            "way."
        )
        % {"points": LEVEL},
        "checklist": _(
            "An element is done where all of it is, or nearly so: from %(done)s of 100 on. Up to "
            "%(not_begun)s it is not begun; between the two it is under way."
        )
        % {"done": DONE, "not_begun": NOT_BEGUN},
        "ladder": _(
            "The elements are rungs, from the lowest up. The highest that is reached is the last "
            "before the first that is not strong."
        ),
        "decision": _(
            "The question bank lays down outcomes, each with the elements that must be weak, mixed or "
            "strong for it. The first whose conditions hold is the one."
        ),
        "self-peers": _(
            "What a person says of themselves stands beside the mean of what their peers say, each peer "
            "one voice. From a distance on that the question bank sets, the two are told to differ. The "
            "person alone reads it, and nothing of what fewer than five peers said."
        ),
    }


def scale_note(document: Mapping[str, Any], texts: BankTexts) -> str:
    """What the line from 0 to 100 stands for; empty of a checklist, which has none."""
    if tasks.is_checklist(document):
        return ""
    if poles.is_pairs(document):
        return _(
            "Each line runs from 0, wholly the pole on the left, to 100, wholly the one on the right. "
            "50 is the middle."
        )
    if not texts.judges:
        return _("Scores from 0 to 100. A high one is no better than a low one.")
    return _("Scores from 0 to 100. Below %(mixed)s is weak, from %(strong)s strong.") % {
        "mixed": texts.mixed_from,
        "strong": texts.strong_from,
    }


def asks_lead(document: Mapping[str, Any], texts: BankTexts) -> str:
    """From what it follows that something is asked of members, and of whom."""
    if tasks.is_checklist(document):
        why = _("It follows from the elements that are not done, in their order.")
    elif poles.is_pairs(document):
        why = _(
            "It follows from the pairs that do not lie well to the right, those furthest to the left "
            "first."
        )
    else:
        why = _("It follows from the elements that are not strong, the lowest first.")
    return f"{why} {_of_whom(document, texts)}"


def _of_whom(document: Mapping[str, Any], texts: BankTexts) -> str:
    """Whom it is asked of: of a workbook, both partners, by name where organisations are told."""
    if not texts.of_partners:
        return _("It is asked of every member alike.")
    names = sorted(
        {
            writable(one["organisation"])
            for element in document["elements"]
            for one in element.get("by_organisation") or ()
        }
    )
    if len(names) != 2:
        return _("It is asked of both partners alike, and of nobody else.")
    return _("It is asked of %(names)s alike, and of nobody else.") % {"names": listed(names)}


def covers(texts: BankTexts, asked: Sequence[str]) -> str:
    """How much of its bank a round asked, by the codes that it `asked`; empty where that was all."""
    if not asked:
        return ""
    total = sum(len(element.statements) for element in texts.elements.values())
    return ngettext(
        "The round covers %(count)s of %(total)s statements: the one that both partners chose.",
        "The round covers %(count)s of %(total)s statements: those that both partners chose.",
        len(asked),
    ) % {"count": len(asked), "total": total}


def asks_none(document: Mapping[str, Any]) -> str:
    """Why nothing is asked of them."""
    if tasks.is_checklist(document):
        return _("Nothing further is asked. Every element that is known is done.")
    if poles.is_pairs(document):
        return _(
            "Nothing further is asked. Every pair that is known lies well to the right; the next round "
            "shows whether it stays so."
        )
    return _(
        "Nothing further is asked. Every element that is known is strong; the next round shows "
        "whether it stays so."
    )


def in_order(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The elements as a page lists them: tasks and rungs as they follow each other, others lowest first."""
    return list(document["elements"]) if keeps_order(document) else lowest_first(document)


def keeps_order(document: Mapping[str, Any]) -> bool:
    """Whether the elements follow each other, as tasks and rungs do."""
    return document.get("reading", {}).get("rule") in ("checklist", "ladder")


def to_do_first(document: Mapping[str, Any]) -> list[str]:
    """Whose advice comes first, where the weakest element does not decide; codes."""
    reading = document.get("reading")
    if reading is None or nobody_is_told(document):
        return []
    if reading["rule"] == "ladder":
        return [reading["next"]] if reading["next"] else []
    if reading["rule"] == "decision":
        return list(reading["conditions"])
    return [
        element["code"]
        for element in in_order(document)
        if element["score"] is not None and not needs_nothing(document, element)
    ]


def needs_nothing(document: Mapping[str, Any], element: Mapping[str, Any]) -> bool:
    """Whether an element is as one would have it: a task that is done, anything else that is strong."""
    if tasks.is_checklist(document):
        return tasks.state_of(document, element["code"]) == "done"
    return (element["band"] or (poles.is_pairs(document) and element.get("kind"))) == "strong"


def without_bands(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document as it is shown where a band judges nothing: it is left in `kind`, for what it means."""
    return {
        **document,
        "elements": [
            {**element, "band": None, "kind": element["band"]} for element in document["elements"]
        ],
    }
