"""Words of a purpose that everybody can agree to because each reads something else in them.

Patterns are English, or French (`vague_words_french`), and match whole words in any capitals. What
stands beside one is the question that brings the disagreement out. The list is ours (VA: a purpose is
clear, specific, and the same in everyone's words).
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from alliances.services.purpose.languages import Language
from alliances.services.purpose.vague_word import VagueWord, vague
from alliances.services.purpose.vague_words_french import FRENCH

ENGLISH: tuple[VagueWord, ...] = (
    # What leaves the measure open
    vague(
        "(?:in)?appropriate(?:ly)?|suitabl[ey]|adequate(?:ly)?|proper(?:ly)?",
        _("Who decides what fits, and by what test?"),
    ),
    vague(
        "(?:un)?reasonabl[ey]|proportionate(?:ly)?",
        _("Reasonable to whom? Name the limit, such as a sum or a number of days."),
    ),
    vague("acceptable|satisfactory", _("Acceptable to whom? Name the level.")),
    vague(
        "fair(?:ly)?|equitabl[ey]|balanced", _("Fair by which rule: equal shares, by size, by use?")
    ),
    vague(
        "optimal(?:ly)?|optimi[sz](?:e|es|ed|ing|ation)",
        _("Best for whom, and at what cost to whom?"),
    ),
    vague(
        "significant(?:ly)?|substantial(?:ly)?|considerabl[ey]|marked(?:ly)?",
        _("How much is enough? Put the figure."),
        but_with_a_figure=True,
    ),
    vague(
        "improv(?:e|es|ed|ing|ement|ements)|enhanc(?:e|es|ed|ing|ement)|better",
        _("From what to what? Put the figure of today and the one that you want."),
        but_with_a_figure=True,
    ),
    vague(
        "strengthen(?:s|ed|ing)?|deepen(?:s|ed|ing)?|boost(?:s|ed|ing)?",
        _("What will be there that is not there now?"),
        but_with_a_figure=True,
    ),
    vague(
        "(?:more )?(?:efficient(?:ly)?|effective(?:ly)?|efficiency|effectiveness)",
        _("Less of what for the same result? Name it."),
        but_with_a_figure=True,
    ),
    vague(
        "high[- ]quality|world[- ]class|state[- ]of[- ]the[- ]art|excellence",
        _("By which measure, and compared with whom?"),
    ),
    vague(
        "innovative|innovation|cutting[- ]edge|modern", _("What will it do that today’s does not?")
    ),
    vague(
        "robust|resilient|resilience|future[- ]proof",
        _("What should it withstand, and for how long?"),
    ),
    # What leaves the effort open
    vague(
        "as far as (?:is )?(?:possible|practicable|feasible)|(?:where|wherever|if|when|whenever) (?:possible|practicable|feasible|necessary|needed|applicable)",
        _("Who says what is possible? Name the cases in which it does not hold."),
    ),
    vague(
        "(?:best|reasonable|all) (?:efforts?|endeavours?)",
        _("What must a party have done before it may say that it tried?"),
    ),
    vague(
        "aim(?:s|ed|ing)? (?:to|at)|striv(?:e|es|ing) (?:to|for|towards?)|seek(?:s|ing)? to|endeavour(?:s|ing)? to|aspir(?:e|es|ing) to|hope(?:s)? to",
        _("Leave it out: the purpose is what will be reached, not what is tried."),
    ),
    vague(
        "work(?:s|ing)? (?:together )?towards?|mov(?:e|es|ing) towards?|contribut(?:e|es|ing) to(?:wards)?|help(?:s|ing)? to",
        _("How far will you have come, and by when?"),
    ),
    vague(
        "explor(?:e|es|ing)|investigat(?:e|es|ing)|look(?:s|ing)? (?:at|into)|consider(?:s|ing)?|examin(?:e|es|ing)",
        _("And then? Say what follows from what is found."),
    ),
    vague(
        "(?<!the )support(?:s|ed|ing)?|assist(?:s|ing)?|facilitat(?:e|es|ing)|enabl(?:e|es|ing)|empower(?:s|ing)?",
        _("With what: money, people, consent? Who would notice if it stopped?"),
    ),
    vague(
        "promot(?:e|es|ing)|foster(?:s|ing)?|encourag(?:e|es|ing)|nurtur(?:e|es|ing)|champion(?:s|ing)?|advanc(?:e|es|ing)",
        _("What will people do that they do not do today?"),
    ),
    vague(
        "rais(?:e|es|ing) (?:\\w+ )?awareness|awareness",
        _("Whose, of what, and what will they do then?"),
    ),
    vague(
        "to address|addressing|tackl(?:e|es|ing)|deal(?:s|ing)? with",
        _("What will be gone, or smaller, in the end?"),
    ),
    vague(
        "engag(?:e|es|ing)(?: with)?|engagement|dialogue|collaborat(?:e|es|ing|ion)|cooperat(?:e|es|ing|ion)|co-operat(?:e|es|ing|ion)|partnership working",
        _("That is the way, not the goal. What comes of it?"),
    ),
    vague(
        "leverag(?:e|es|ing)|mobili[sz](?:e|es|ing)|harness(?:es|ing)?",
        _("How much of what, from whom?"),
    ),
    # What leaves the time open
    vague(
        "as soon as possible|in a timely (?:manner|fashion)|timely|in due course|promptly|soon|quickly|rapidly|swiftly",
        _("By which day?"),
    ),
    vague(
        "in the (?:short|medium|long)(?:er)?[- ]term|(?:short|medium|long)[- ]term|over time|gradual(?:ly)?|eventually|ultimately|step by step",
        _("How many years? Name the last one."),
    ),
    vague(
        "regular(?:ly)?|periodic(?:ally)?|from time to time|ongoing|continuous(?:ly)?|continual(?:ly)?",
        _("How often?"),
    ),
    # What leaves open who and what
    vague(
        "stakeholders?|interested parties|all parties concerned|relevant (?:actors|bodies|parties)|actors",
        _("Who? Name them, or who is meant by it will be the first quarrel."),
    ),
    vague("relevant|pertinent|key", _("Relevant by whose judgement? List what is meant.")),
    vague(
        "various|several|certain|some|numerous|multiple|a (?:range|number|variety) of",
        _("Which, and how many?"),
    ),
    vague(
        "etc\\.?|and so on|and so forth|among others|amongst others|and the like|including but not limited to",
        _("Name the rest, or leave it out."),
    ),
    vague(
        "synerg(?:y|ies|istic)",
        _("What does one party save or gain through another, and how much?"),
    ),
    vague("sustainab(?:le|ly|ility)", _("Who or what must still be there, and in which year?")),
    vague(
        "holistic(?:ally)?|integrated|comprehensive(?:ly)?|overarching|joined[- ]up",
        _("What is in, and what is left out?"),
    ),
    vague(
        "strategic(?:ally)?|transformative|transformational|transform(?:s|ing|ation)?",
        _("What will be different on the day after?"),
    ),
    vague(
        "added value|value[- ]added|win[- ]win|mutual(?:ly)? (?:benefit|beneficial|benefits|advantage)",
        _("Which value for which party? Name one for each."),
    ),
    vague(
        "best practices?|good practices?|high standards?|highest standards?",
        _("Whose standard? Name the document."),
    ),
    vague("flexib(?:le|ly|ility)|agile", _("What may change, and who may change it?")),
    vague(
        "vision|paradigm|journey|framework for",
        _("What is it, said so that a newcomer sees it?"),
    ),
    vague(
        "capacity(?:[- ]building)?|build(?:ing)? capacity",
        _("Who will be able to do what that they cannot do now?"),
        but_with_a_figure=True,
    ),
    vague(
        "growth|prosperity|well-?being|quality of life|public good|common good",
        _("Whose, measured by what?"),
        but_with_a_figure=True,
    ),
)

VAGUE_WORDS: dict[Language, tuple[VagueWord, ...]] = {"en": ENGLISH, "fr": FRENCH}
