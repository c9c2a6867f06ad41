"""What is worth a look before a bank is published. Nothing here forbids anything.

Rules of wording are those of survey practice: one thought an item, no double negatives, words that
the respondent knows (Krosnick & Presser, Question and Questionnaire Design, in Marsden & Wright,
Handbook of Survey Research, 2nd ed., 2010, section 9.4).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alliances.services.counts import listed, shortly
from alliances.services.languages import language_name
from assessments.models.speech import Said
from assessments.services.banks.documents import (
    ALLIANCE,
    INVITATION,
    BankDocument,
    DimensionDocument,
    QuestionDocument,
)
from assessments.services.banks.place_names import name_within
from assessments.services.banks.readings import BANDS
from assessments.services.banks.scales import labelled_in_english
from assessments.services.banks.stale import stale_texts
from assessments.services.banks.texts import Path, home_of, texts_of
from assessments.services.banks.wording import HARD_LIX, JOINED, NEGATIONS, WORD, lix, negations

LONGEST_STATEMENT = 90
LONGEST_SENTENCE = 20
WORDS_A_MINUTE = 200
SECONDS_AN_ANSWER = 4
LEAST_REVERSED, MOST_REVERSED = 0.1, 0.5
LEAST_QUESTIONS_TO_REVERSE = 8
# Rules under which respondents agree or disagree, so that agreeing to everything must show.
AGREEING = ("weakest", "mean", "self-peers", "decision")


@dataclass(frozen=True)
class Finding:
    """One thing worth a look: `says` to a person, about the dimension or question of that code.

    `text` is the statement in which it was found, in that language; "" where it is about all of it.
    """

    kind: str
    says: str
    dimension: str = ""
    question: str = ""
    text: str = ""


def findings_of(document: BankDocument, before: BankDocument | None = None) -> list[Finding]:
    """Everything worth a look, in the bank's order; the bank itself first.

    `before` is the version that it was made from, where there is one.
    """
    stale = {} if before is None else _stale(before, document)
    found = [*_of_bank(document), *stale.get((), ())]
    for dimension in document.dimensions:
        at: Path = ("dimensions", dimension.code)
        found += [*_of_dimension(document, dimension), *stale.get(at, ())]
        for question in dimension.questions:
            found += _of_question(document, dimension, question)
            found += stale.get((*at, "questions", question.code), ())
    return found


def _stale(before: BankDocument, document: BankDocument) -> dict[Path, list[Finding]]:
    """By what they belong to: which texts read otherwise by now, and in which languages as before.

    One finding for each set of languages.
    """
    own = texts_of(document.as_data())
    languages: dict[Path, list[str]] = defaultdict(list)
    for language, places in stale_texts(before, document).items():
        for at in places:
            languages[at].append(language)
    changed: dict[tuple[Path, tuple[str, ...]], list[str]] = defaultdict(list)
    for at in own:
        if at in languages:
            changed[home_of(at), tuple(languages[at])].append(name_within(at, own))
    found: dict[Path, list[Finding]] = defaultdict(list)
    for (home, codes), names in changed.items():
        says = _(
            "Changed in %(own)s and not in %(languages)s: %(what)s. Look at the translations."
        ) % {
            "own": language_name(document.language),
            "languages": listed([language_name(code) for code in codes]),
            "what": ", ".join(names),
        }
        dimension, question = (*map(str, home[1::2]), "", "")[:2]
        found[home].append(Finding("stale", says, dimension=dimension, question=question))
    return found


# The bank ----------------------------------------------------------------------------------------


def _of_bank(document: BankDocument) -> Iterator[Finding]:
    questions = [question for dimension in document.dimensions for question in dimension.questions]
    if not document.introduction:
        yield Finding("introduction", _("Respondents read no introduction."))
    if not document.copyright:
        yield Finding("copyright", _("Nothing says whose text this is. Fill in the copyright."))
    yield from _doubled(questions)
    yield from _time(document, questions)
    yield from _reversed(document, questions)
    yield from _subject(document)
    yield from _unchecked(document)
    yield from _labels(document)
    yield from languages_worth_a_look(document)


def _doubled(questions: list[QuestionDocument]) -> Iterator[Finding]:
    codes = Counter(question.code.casefold() for question in questions)
    texts = Counter(_bare(question.text) for question in questions)
    for question in questions:
        if codes[question.code.casefold()] > 1:
            yield Finding(
                "doubled-code",
                _("Another code differs from %(code)s in capital letters alone.")
                % {"code": question.code},
                question=question.code,
            )
        if texts[_bare(question.text)] > 1:
            yield Finding(
                "doubled-text", _("Another question says the same."), question=question.code
            )


def _bare(text: str) -> str:
    """Its words and figures alone."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def seconds_to_answer(document: BankDocument) -> int:
    """How long a respondent needs: all that is read, at 200 words a minute, and 4 seconds an answer.

    Adults read plain English silently at 238 words a minute (Brysbaert, How many words do we read
    per minute?, Journal of Memory and Language 109, 2019); statements are read with more care.
    """
    questions = [question for dimension in document.dimensions for question in dimension.questions]
    texts = [document.introduction]
    texts += [f"{dimension.title} {dimension.question}" for dimension in document.dimensions]
    texts += [f"{question.text} {question.help}" for question in questions]
    words = sum(len(WORD.findall(text)) for text in texts)
    return round(words * 60 / WORDS_A_MINUTE + len(questions) * SECONDS_AN_ANSWER)


def _time(document: BankDocument, questions: list[QuestionDocument]) -> Iterator[Finding]:
    if not questions:
        return
    needed = max(1, round(seconds_to_answer(document) / 60))
    if not needed * 0.7 <= document.minutes <= needed * 1.5 + 1:
        yield Finding(
            "time",
            _(
                "Respondents are told %(said)d min. By the number of words and questions it takes "
                "about %(needed)d min."
            )
            % {"said": document.minutes, "needed": needed},
        )


def _reversed(document: BankDocument, questions: list[QuestionDocument]) -> Iterator[Finding]:
    if document.reading.rule not in AGREEING or len(questions) < LEAST_QUESTIONS_TO_REVERSE:
        return
    number = sum(question.reverse for question in questions)
    if number < LEAST_REVERSED * len(questions):
        yield Finding(
            "few-reversed",
            _(
                "%(number)d of %(all)d questions are reversed. With a quarter or so, it shows when "
                "somebody agrees to everything."
            )
            % {"number": number, "all": len(questions)},
        )
    elif number > MOST_REVERSED * len(questions):
        yield Finding(
            "many-reversed",
            _(
                "%(number)d of %(all)d questions are reversed. More than half makes it hard to "
                "answer; a quarter or so is enough."
            )
            % {"number": number, "all": len(questions)},
        )


def _subject(document: BankDocument) -> Iterator[Finding]:
    rule = document.reading.rule
    if document.subject == INVITATION and rule != "decision":
        yield Finding(
            "subject",
            _(
                "It is about an invitation, and its reading is no decision: it would be offered "
                "nowhere. Choose the decision, or another subject."
            ),
        )
    elif document.subject not in (ALLIANCE, INVITATION) and rule == "weakest":
        yield Finding(
            "subject",
            _(
                "Its weakest dimension decides, which is how an alliance is judged, and it is not about "
                "an alliance. Choose another reading, such as a figure for each dimension."
            ),
        )


def _unchecked(document: BankDocument) -> Iterator[Finding]:
    unknown = [one for one in document.languages if one[:2] not in NEGATIONS]
    if unknown:
        yield Finding(
            "unchecked",
            _(
                "Wording in %(languages)s is not checked for two thoughts and double negatives. These "
                "checks know English and French."
            )
            % {"languages": listed([language_name(one) for one in unknown])},
        )


def _labels(document: BankDocument) -> Iterator[Finding]:
    codes = labelled_in_english(document)
    if codes:
        yield Finding(
            "labels",
            _(
                "The texts are in %(language)s, and the labels of these scales in English: %(codes)s. "
                "Choose a scale in %(language)s, or write its labels."
            )
            % {"language": language_name(document.language), "codes": shortly(codes)},
        )


def languages_worth_a_look(document: BankDocument) -> Iterator[Finding]:
    """Which texts are missing in a language that it has, and which languages of the house it lacks.

    Of a published bank too: a next version may bring them.
    """
    spoken = {one[:2] for one in document.languages}
    for language, _name in settings.LANGUAGES:
        if language[:2] not in spoken:
            yield Finding(
                "language",
                _("It is not in %(language)s. Who reads these pages so reads it in %(own)s.")
                % {
                    "language": language_name(language),
                    "own": language_name(document.language),
                },
            )
    for language, missing in missing_texts(document).items():
        if missing:
            yield Finding(
                "untranslated",
                _(
                    "%(number)d of %(all)d texts are missing in %(language)s. Readers "
                    "see them in %(own)s."
                )
                % {
                    "number": len(missing),
                    "all": len(texts_of(document.as_data())),
                    "language": language_name(language),
                    "own": language_name(document.language),
                },
            )


def missing_texts(document: BankDocument) -> dict[str, list[Path]]:
    """For each language of a translation, the places of the texts that it lacks."""
    places = texts_of(document.as_data())
    return {
        translation.language: [at for at in places if at not in dict(translation.texts)]
        for translation in document.translations
    }


# A dimension -------------------------------------------------------------------------------------


def _of_dimension(document: BankDocument, dimension: DimensionDocument) -> Iterator[Finding]:
    def found(kind: str, says: str) -> Finding:
        return Finding(kind, says, dimension=dimension.code)

    covered = {question.facet.casefold() for question in dimension.questions}
    for facet in dimension.facets:
        if facet.casefold() not in covered:
            yield found(
                "facet-without-question", _("No question covers “%(facet)s”.") % {"facet": facet}
            )
    if not dimension.questions:
        yield found("no-questions", _("It has no questions."))
    elif len(dimension.questions) == 1:
        yield found(
            "one-question",
            _(
                "It has one question alone: a single answer decides, and nothing tells how sure it is."
            ),
        )
    if not dimension.what_it_is:
        yield found("what-it-is", _("Nothing explains what it is."))
    if document.subject == ALLIANCE and document.reading.rule == "weakest" and not dimension.advice:
        yield found("advice", _("It has no advice for when it is weak."))
    elif not dimension.advice:
        yield found("advice", _("It has no advice."))
    for language, text in _read_of(document, dimension):
        if (level := lix(text)) >= HARD_LIX:
            yield found(
                "hard",
                _(
                    "Its questions are hard to read%(language)s: LIX %(lix)d, where 40 is a "
                    "newspaper and from 55 a text is very hard."
                )
                % {"lix": round(level), "language": _shown(language, document)},
            )
    lacking = [band for band in BANDS if band not in dict(dimension.readings)]
    if lacking:
        yield found(
            "readings",
            _("Nothing says what it means when it is %(bands)s.")
            % {"bands": ", ".join(str(BAND_WORDS[band]) for band in lacking)},
        )


BAND_WORDS = {
    "strong": gettext_lazy("strong"),
    "mixed": gettext_lazy("mixed"),
    "weak": gettext_lazy("weak"),
}


def _read_of(document: BankDocument, dimension: DimensionDocument) -> Iterator[tuple[str, str]]:
    """All statements and lines of help of a dimension, by language, as one text."""
    own = [text for q in dimension.questions for text in (q.text, q.help) if text]
    yield document.language, " ".join(own)
    for translation in document.translations:
        beginning = ("dimensions", dimension.code, "questions")
        yield (
            translation.language,
            " ".join(
                text
                for at, text in translation.texts
                if at[:3] == beginning and at[-1] in ("text", "help")
            ),
        )


def _shown(language: str, document: BankDocument) -> str:
    return "" if language == document.language else f" ({language_name(language)})"


# A question --------------------------------------------------------------------------------------


def _of_question(
    document: BankDocument, dimension: DimensionDocument, question: QuestionDocument
) -> Iterator[Finding]:
    def found(kind: str, says: str, text: str = "") -> Finding:
        return Finding(kind, says, dimension=dimension.code, question=question.code, text=text)

    for language, statement in _statements(document, dimension, question):
        text, shown = Said(statement, language), _shown(language, document)
        joined = JOINED.get(language[:2])
        if joined is not None and (match := joined.search(text)):
            yield found(
                "two-thoughts",
                _("“%(word)s” may join two thoughts%(language)s: what does a “no” mean then?")
                % {"word": match.group(), "language": shown},
                text,
            )
        if negations(text, language) > 1:
            yield found(
                "double-negative",
                _("It denies twice%(language)s. Say it the other way round.") % {"language": shown},
                text,
            )
        words = len(WORD.findall(text))
        if len(text) > LONGEST_STATEMENT or words > LONGEST_SENTENCE:
            yield found(
                "long",
                _("It is long%(language)s: %(words)d words, %(letters)d characters.")
                % {"language": shown, "words": words, "letters": len(text)},
                text,
            )
    if document.reading.rule == "self-peers" and not question.text_of_peers:
        yield found("peers", _("It has no words for peers."))
    if not question.facet:
        yield found("facet", _("It names no facet."))


def _statements(
    document: BankDocument, dimension: DimensionDocument, question: QuestionDocument
) -> Iterator[tuple[str, str]]:
    yield document.language, question.text
    at = ("dimensions", dimension.code, "questions", question.code, "text")
    for translation in document.translations:
        text = dict(translation.texts).get(at)
        if text:
            yield translation.language, text
