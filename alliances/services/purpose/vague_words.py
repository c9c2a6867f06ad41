"""Words of a purpose that everybody can agree to because each reads something else in them.

Patterns are English and match whole words in any capitals. What stands beside one is the question
that brings the disagreement out. The list is ours (VA: a purpose is clear, specific, and the same in
everyone's words).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


@dataclass(frozen=True)
class VagueWord:
    """A word or turn of phrase, and what to ask instead.

    `but_with_a_figure`: it says enough where a figure stands beside it, as in “improve to 90 per cent”.
    """

    pattern: re.Pattern[str]
    ask: _StrOrPromise
    but_with_a_figure: bool = False


def _word(pattern: str, ask: _StrOrPromise, *, but_with_a_figure: bool = False) -> VagueWord:
    return VagueWord(
        re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])", re.IGNORECASE), ask, but_with_a_figure
    )


VAGUE_WORDS: tuple[VagueWord, ...] = (
    # What leaves the measure open
    _word(
        "(?:in)?appropriate(?:ly)?|suitabl[ey]|adequate(?:ly)?|proper(?:ly)?",
        _("Who decides what fits, and by what test?"),
    ),
    _word(
        "(?:un)?reasonabl[ey]|proportionate(?:ly)?",
        _("Reasonable to whom? Name the limit, such as a sum or a number of days."),
    ),
    _word("acceptable|satisfactory", _("Acceptable to whom? Name the level.")),
    _word(
        "fair(?:ly)?|equitabl[ey]|balanced", _("Fair by which rule: equal shares, by size, by use?")
    ),
    _word(
        "optimal(?:ly)?|optimi[sz](?:e|es|ed|ing|ation)",
        _("Best for whom, and at what cost to whom?"),
    ),
    _word(
        "significant(?:ly)?|substantial(?:ly)?|considerabl[ey]|marked(?:ly)?",
        _("How much is enough? Put the figure."),
        but_with_a_figure=True,
    ),
    _word(
        "improv(?:e|es|ed|ing|ement|ements)|enhanc(?:e|es|ed|ing|ement)|better",
        _("From what to what? Put the figure of today and the one that you want."),
        but_with_a_figure=True,
    ),
    _word(
        "strengthen(?:s|ed|ing)?|deepen(?:s|ed|ing)?|boost(?:s|ed|ing)?",
        _("What will be there that is not there now?"),
        but_with_a_figure=True,
    ),
    _word(
        "(?:more )?(?:efficient(?:ly)?|effective(?:ly)?|efficiency|effectiveness)",
        _("Less of what for the same result? Name it."),
        but_with_a_figure=True,
    ),
    _word(
        "high[- ]quality|world[- ]class|state[- ]of[- ]the[- ]art|excellence",
        _("By which measure, and compared with whom?"),
    ),
    _word(
        "innovative|innovation|cutting[- ]edge|modern", _("What will it do that today’s does not?")
    ),
    _word(
        "robust|resilient|resilience|future[- ]proof",
        _("What should it withstand, and for how long?"),
    ),
    # What leaves the effort open
    _word(
        "as far as (?:is )?(?:possible|practicable|feasible)|(?:where|wherever|if|when|whenever) (?:possible|practicable|feasible|necessary|needed|applicable)",
        _("Who says what is possible? Name the cases in which it does not hold."),
    ),
    _word(
        "(?:best|reasonable|all) (?:efforts?|endeavours?)",
        _("What must a party have done before it may say that it tried?"),
    ),
    _word(
        "aim(?:s|ed|ing)? (?:to|at)|striv(?:e|es|ing) (?:to|for|towards?)|seek(?:s|ing)? to|endeavour(?:s|ing)? to|aspir(?:e|es|ing) to|hope(?:s)? to",
        _("Leave it out: the purpose is what will be reached, not what is tried."),
    ),
    _word(
        "work(?:s|ing)? (?:together )?towards?|mov(?:e|es|ing) towards?|contribut(?:e|es|ing) to(?:wards)?|help(?:s|ing)? to",
        _("How far will you have come, and by when?"),
    ),
    _word(
        "explor(?:e|es|ing)|investigat(?:e|es|ing)|look(?:s|ing)? (?:at|into)|consider(?:s|ing)?|examin(?:e|es|ing)",
        _("And then? Say what follows from what is found."),
    ),
    _word(
        "(?<!the )support(?:s|ed|ing)?|assist(?:s|ing)?|facilitat(?:e|es|ing)|enabl(?:e|es|ing)|empower(?:s|ing)?",
        _("With what: money, people, consent? Who would notice if it stopped?"),
    ),
    _word(
        "promot(?:e|es|ing)|foster(?:s|ing)?|encourag(?:e|es|ing)|nurtur(?:e|es|ing)|champion(?:s|ing)?|advanc(?:e|es|ing)",
        _("What will people do that they do not do today?"),
    ),
    _word(
        "rais(?:e|es|ing) (?:\\w+ )?awareness|awareness",
        _("Whose, of what, and what will they do then?"),
    ),
    _word(
        "to address|addressing|tackl(?:e|es|ing)|deal(?:s|ing)? with",
        _("What will be gone, or smaller, in the end?"),
    ),
    _word(
        "engag(?:e|es|ing)(?: with)?|engagement|dialogue|collaborat(?:e|es|ing|ion)|cooperat(?:e|es|ing|ion)|co-operat(?:e|es|ing|ion)|partnership working",
        _("That is the way, not the goal. What comes of it?"),
    ),
    _word(
        "leverag(?:e|es|ing)|mobili[sz](?:e|es|ing)|harness(?:es|ing)?",
        _("How much of what, from whom?"),
    ),
    # What leaves the time open
    _word(
        "as soon as possible|in a timely (?:manner|fashion)|timely|in due course|promptly|soon|quickly|rapidly|swiftly",
        _("By which day?"),
    ),
    _word(
        "in the (?:short|medium|long)(?:er)?[- ]term|(?:short|medium|long)[- ]term|over time|gradual(?:ly)?|eventually|ultimately|step by step",
        _("How many years? Name the last one."),
    ),
    _word(
        "regular(?:ly)?|periodic(?:ally)?|from time to time|ongoing|continuous(?:ly)?|continual(?:ly)?",
        _("How often?"),
    ),
    # What leaves open who and what
    _word(
        "stakeholders?|interested parties|all parties concerned|relevant (?:actors|bodies|parties)|actors",
        _("Who? Name them, or who is meant by it will be the first quarrel."),
    ),
    _word("relevant|pertinent|key", _("Relevant by whose judgement? List what is meant.")),
    _word(
        "various|several|certain|some|numerous|multiple|a (?:range|number|variety) of",
        _("Which, and how many?"),
    ),
    _word(
        "etc\\.?|and so on|and so forth|among others|amongst others|and the like|including but not limited to",
        _("Name the rest, or leave it out."),
    ),
    _word(
        "synerg(?:y|ies|istic)",
        _("What does one party save or gain through another, and how much?"),
    ),
    _word("sustainab(?:le|ly|ility)", _("Who or what must still be there, and in which year?")),
    _word(
        "holistic(?:ally)?|integrated|comprehensive(?:ly)?|overarching|joined[- ]up",
        _("What is in, and what is left out?"),
    ),
    _word(
        "strategic(?:ally)?|transformative|transformational|transform(?:s|ing|ation)?",
        _("What will be different on the day after?"),
    ),
    _word(
        "added value|value[- ]added|win[- ]win|mutual(?:ly)? (?:benefit|beneficial|benefits|advantage)",
        _("Which value for which party? Name one for each."),
    ),
    _word(
        "best practices?|good practices?|high standards?|highest standards?",
        _("Whose standard? Name the document."),
    ),
    _word("flexib(?:le|ly|ility)|agile", _("What may change, and who may change it?")),
    _word(
        "vision|paradigm|journey|framework for",
        _("What is it, said so that a newcomer sees it?"),
    ),
    _word(
        "capacity(?:[- ]building)?|build(?:ing)? capacity",
        _("Who will be able to do what that they cannot do now?"),
        but_with_a_figure=True,
    ),
    _word(
        "growth|prosperity|well-?being|quality of life|public good|common good",
        _("Whose, measured by what?"),
        but_with_a_figure=True,
    ),
)
