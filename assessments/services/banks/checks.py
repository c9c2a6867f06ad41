"""Plain values from a file made into a bank's document, or every complaint about them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from alliances.errors import Refused
from assessments.services.banks.documents import (
    ALLIANCE,
    EVERYONE,
    INVITATION,
    BankDocument,
    DimensionDocument,
    QuestionDocument,
    Told,
)
from assessments.services.banks.readings import BANDS, read_reading
from assessments.services.banks.sections import CODE, MOST_COMPLAINTS, Section, shown
from assessments.services.banks.translations import LANGUAGE, read_translations

# Columns of a file of responses that are not answers.
RESERVED_QUESTION_CODES = frozenset({"respondent", "organisation"})

LARGEST_VALUE = 1000
MOST_OPTIONS = 101
LARGEST_VERSION = 2_147_483_647
MOST_DIMENSIONS = 50
MOST_QUESTIONS = 500
MOST_STEPS = 10
AGREEMENT = (
    "Strongly disagree",
    "Disagree",
    "Neither agree nor disagree",
    "Agree",
    "Strongly agree",
)

_Scale = tuple[int, int, tuple[str, ...]]

_BANK_KEYS = (
    "code",
    "version",
    "since",
    "title",
    "language",
    "copyright",
    "minutes",
    "audience",
    "subject",
    "introduction",
    "sources",
    "bands",
    "reading",
    "scale",
    "dimensions",
    "translations",
)
_DIMENSION_KEYS = (
    "code",
    "title",
    "in_sentence",
    "question",
    "what_it_is",
    "readings",
    "advice",
    "asked_of_members",
    "source",
    "facets",
    "questions",
)
_SCALE_KEYS = ("min", "max", "labels")
_QUESTION_KEYS = (
    "code",
    "text",
    "text_of_peers",
    "help",
    "facet",
    "source",
    *_SCALE_KEYS,
    "reverse",
    "weight",
    "change",
)
AUDIENCES = (EVERYONE, "convener", "members", "partners")
SUBJECTS = (ALLIANCE, "person", "organisation", INVITATION)
CHANGES = ("", "wording", "meaning")


def bank_document(*, data: object, draft: bool = False) -> BankDocument:
    """Check what a file held, fill in what it left out, and freeze it.

    A `draft` may lack dimensions and questions; translations of what it does not say are dropped.

    `data` are plain values: dict, list, str, int, Decimal, bool, None. Raises Refused with every
    complaint and its place in `details`, such as "line 57, dimensions 3, question 2: 'reverse' must
    be true or false"; without the line where the data know none.
    """
    complaints: list[str] = []
    document = _bank(Section(data, "", _BANK_KEYS, complaints), least=0 if draft else 1)
    if complaints:
        details = complaints[:MOST_COMPLAINTS]
        if len(complaints) > len(details):
            more = len(complaints) - len(details)
            details.append(_("… and %(count)d more.") % {"count": more})
        raise Refused(
            _("This is not a question bank that can be used. Nothing was stored."), details
        )
    return document


def _readable(code: str) -> str:
    """ "common-pain" as "Common pain"."""
    words = re.sub(r"[-_]+", " ", code).strip() or code
    return words[:1].upper() + words[1:]


def _bank(section: Section, least: int) -> BankDocument:
    code = section.code("code")
    version = section.whole("version", 1, LARGEST_VERSION)
    sources = _sources(section)
    language = section.text("language", 10, "en") or "en"
    if not LANGUAGE.fullmatch(language):
        section.complain(_("'language' must be a code such as en or pt-BR"), "language")
    bands = section.section("bands", ("strong", "mixed"))
    strong, mixed = bands.whole("strong", 1, 100, 75), bands.whole("mixed", 1, 100, 50)
    if mixed >= strong:
        bands.complain(_("'mixed' must be lower than 'strong'"), "mixed")
    scale = _scale(section.section("scale", _SCALE_KEYS))
    dimensions = tuple(
        _dimension(entry, scale, frozenset(mark for mark, _title in sources), least)
        for entry in section.entries("dimensions", _DIMENSION_KEYS, MOST_DIMENSIONS, least=least)
    )
    _complain_of_codes(section, dimensions)
    since = section.whole("since", 1, LARGEST_VERSION) if section.given("since") else None
    # Where the version itself is wrong, that is said already.
    if since is not None and since >= version == section.data.get("version"):
        section.complain(_("'since' must be an earlier version than this one"), "since")
    if since is None and any(q.change for d in dimensions for q in d.questions):
        section.complain(
            _("a question has a 'change', but 'since' does not say since which version"), "since"
        )
    document = BankDocument(
        code=code,
        version=version,
        title=section.text("title", 120, _readable(code)) or "",
        introduction=section.text("introduction", 4000, "", lines=True) or "",
        language=language,
        copyright=section.text("copyright", 200, "") or "",
        minutes=section.whole("minutes", 1, 600, 12),
        sources=sources,
        band_strong=strong,
        band_mixed=mixed,
        dimensions=dimensions,
        since=since,
        audience=section.one_of("audience", AUDIENCES),
        subject=section.one_of("subject", SUBJECTS),
        reading=read_reading(section, [dimension.code for dimension in dimensions]),
    )
    if not section.given("translations"):
        return document
    # Of a bank that is wrong itself, texts are missing of which nobody need be told.
    prune = least == 0 or bool(section.complaints)
    return replace(document, translations=read_translations(section, document, prune=prune))


def _sources(section: Section) -> tuple[tuple[str, str], ...]:
    value = section.data.get("sources")
    if value is None:
        return ()
    if not isinstance(value, Mapping) or len(value) > MOST_STEPS * 5:
        section.complain(
            _("'sources' must be a mapping of marks to works, such as 'VA: …'"), "sources"
        )
        return ()
    marks = [mark for mark in value if isinstance(mark, str) and CODE.fullmatch(mark)]
    if len(marks) < len(value):
        section.complain(
            _("'sources' holds a mark that is not a code, of letters, figures, - and _"), "sources"
        )
        return ()
    works = section.section("sources", marks)
    # Sorted, so that the order in which a file or a database gives them says nothing.
    return tuple((mark, works.text(mark, 300) or "") for mark in sorted(marks))


def _dimension(
    section: Section, scale: _Scale, marks: frozenset[str], least: int
) -> DimensionDocument:
    code = section.code("code")
    title = section.text("title", 80, _readable(code)) or ""
    advice = []
    for step in section.entries("advice", ("title", "text"), MOST_STEPS):
        advice.append(Told(step.text("title", 120) or "", step.text("text", 1000, "") or ""))
    return DimensionDocument(
        code=code,
        title=title,
        in_sentence=section.text("in_sentence", 80, "") or title[:1].lower() + title[1:],
        question=section.text("question", 300, "") or "",
        what_it_is=section.text("what_it_is", 4000, "", lines=True) or "",
        advice=tuple(advice),
        asked_of_members=section.texts("asked_of_members", 300, MOST_STEPS),
        readings=_readings(section),
        facets=section.texts("facets", 120, MOST_QUESTIONS),
        source=_source(section, marks),
        questions=tuple(
            _question(entry, scale, marks)
            for entry in section.entries(
                "questions", _QUESTION_KEYS, MOST_QUESTIONS, least=least, called="question"
            )
        ),
    )


def _readings(section: Section) -> tuple[tuple[str, str], ...]:
    readings = section.section("readings", BANDS)
    texts = ((band, readings.text(band, 600, "") or "") for band in BANDS)
    return tuple((band, text) for band, text in texts if text)


def _source(section: Section, marks: frozenset[str]) -> str:
    """Marks parted by commas, each of them listed in `sources`, where the bank lists any."""
    source = section.text("source", 20, "") or ""
    for mark in (mark.strip() for mark in source.split(",") if source and marks):
        if mark not in marks:
            section.complain(
                _("'source' %(mark)s is not in 'sources'; list it there") % {"mark": shown(mark)},
                "source",
            )
    return source


def _question(section: Section, bank_scale: _Scale, marks: frozenset[str]) -> QuestionDocument:
    code = section.code("code")
    # A question with a scale of its own takes nothing from the bank's.
    own = any(section.given(key) for key in _SCALE_KEYS)
    minimum, maximum, labels = _scale(section) if own else bank_scale
    return QuestionDocument(
        code=code,
        text=section.text("text", 300, code) or "",
        text_of_peers=section.text("text_of_peers", 300, "") or "",
        help=section.text("help", 300, "") or "",
        facet=section.text("facet", 120, "") or "",
        source=_source(section, marks),
        minimum=minimum,
        maximum=maximum,
        labels=labels,
        reverse=section.truth("reverse"),
        weight=section.weight("weight"),
        change=section.one_of("change", CHANGES),
    )


def _scale(section: Section) -> _Scale:
    """Lowest and highest value, and a label for each; agreement in five steps where nothing is said."""
    minimum = section.whole("min", -LARGEST_VALUE, LARGEST_VALUE, 1)
    maximum = section.whole("max", -LARGEST_VALUE, LARGEST_VALUE, 5)
    options = maximum - minimum + 1
    if not 2 <= options <= MOST_OPTIONS:
        section.complain(
            _("'max' must be above 'min', by %(most)d at the most") % {"most": MOST_OPTIONS - 1},
            "max",
        )
        return 1, 5, AGREEMENT
    if not section.given("labels"):
        if options == len(AGREEMENT):
            return minimum, maximum, AGREEMENT
        return minimum, maximum, (str(minimum), *[""] * (options - 2), str(maximum))
    labels = section.texts("labels", 60, MOST_OPTIONS, empty=True)
    if len(labels) != options or not labels[0] or not labels[-1]:
        section.complain(
            _("'labels' must have one text for each of the %(options)d values, the ends in words")
            % {"options": options},
            "labels",
        )
    return minimum, maximum, labels


def _complain_of_codes(section: Section, dimensions: Sequence[DimensionDocument]) -> None:
    seen: set[str] = set()
    for number, dimension in enumerate(dimensions):
        if dimension.code and dimension.code in seen:
            section.complain(
                _("the dimension %(code)s stands there twice; give one another code")
                % {"code": shown(dimension.code)},
                *("dimensions", number, "code"),
            )
        seen.add(dimension.code)
    codes = [
        (question.code, ("dimensions", number, "questions", place, "code"))
        for number, dimension in enumerate(dimensions)
        for place, question in enumerate(dimension.questions)
    ]
    if len(codes) > MOST_QUESTIONS:
        section.complain(
            _("a bank has at most %(most)d questions; leave some out") % {"most": MOST_QUESTIONS}
        )
    times = Counter(code for code, _path in codes if code)
    last = dict(codes)
    for code in sorted(code for code in times if times[code] > 1):
        section.complain(
            _("the question %(code)s stands there twice; give one another code")
            % {"code": shown(code)},
            *last[code],
        )
    for code, path in codes:
        if code.lower() in RESERVED_QUESTION_CODES:
            section.complain(
                _("%(code)s names a column of its own and cannot be a question's code")
                % {"code": shown(code)},
                *path,
            )
