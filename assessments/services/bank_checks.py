"""Plain values from a file made into a bank's document, or every complaint about them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from alliances.errors import Refused
from assessments.services.bank_documents import (
    AdviceStep,
    BankDocument,
    DimensionDocument,
    QuestionDocument,
)
from assessments.services.bank_sections import CODE, Section, shown

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,6})?", re.ASCII)
# Columns of a file of responses that are not answers.
RESERVED_QUESTION_CODES = frozenset({"respondent", "organisation"})

LARGEST_VALUE = 1000
MOST_OPTIONS = 101
LARGEST_VERSION = 2_147_483_647
MOST_DIMENSIONS = 50
MOST_QUESTIONS = 500
MOST_STEPS = 10
MOST_COMPLAINTS = 50
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
    "title",
    "language",
    "copyright",
    "minutes",
    "introduction",
    "sources",
    "bands",
    "scale",
    "dimensions",
)
_DIMENSION_KEYS = (
    "code",
    "title",
    "in_sentence",
    "question",
    "what_it_is",
    "advice",
    "asked_of_members",
    "source",
    "questions",
)
_SCALE_KEYS = ("min", "max", "labels")
_QUESTION_KEYS = ("code", "text", "help", "facet", "source", *_SCALE_KEYS, "reverse", "weight")


def bank_document(*, data: object) -> BankDocument:
    """Check what a file held, fill in what it left out, and freeze it.

    `data` are plain values: dict, list, str, int, Decimal, bool, None. Raises Refused with every
    complaint and its place in `details`, such as "dimensions 3, question 2: 'reverse' must be true
    or false".
    """
    complaints: list[str] = []
    document = _bank(Section(data, "", _BANK_KEYS, complaints))
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


def _bank(section: Section) -> BankDocument:
    code = section.code("code")
    version = section.whole("version", 1, LARGEST_VERSION)
    sources = _sources(section)
    language = section.text("language", 10, "en") or "en"
    if not LANGUAGE.fullmatch(language):
        section.complain(_("'language' must be a code such as en or pt-BR"))
    bands = section.section("bands", ("strong", "mixed"))
    strong, mixed = bands.whole("strong", 1, 100, 75), bands.whole("mixed", 1, 100, 50)
    if mixed >= strong:
        section.complain(_("bands: 'mixed' must be lower than 'strong'"))
    scale = _scale(section.section("scale", _SCALE_KEYS))
    dimensions = tuple(
        _dimension(
            Section(item, f"dimensions {number}", _DIMENSION_KEYS, section.complaints),
            scale,
            frozenset(mark for mark, _title in sources),
        )
        for number, item in enumerate(section.items("dimensions", MOST_DIMENSIONS, least=1), 1)
    )
    _complain_of_codes(section, dimensions)
    return BankDocument(
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
    )


def _sources(section: Section) -> tuple[tuple[str, str], ...]:
    value = section.data.get("sources")
    if value is None:
        return ()
    if not isinstance(value, Mapping) or len(value) > MOST_STEPS * 5:
        section.complain(_("'sources' must be a mapping of marks to works, such as 'VA: …'"))
        return ()
    marks = [mark for mark in value if isinstance(mark, str) and CODE.fullmatch(mark)]
    if len(marks) < len(value):
        section.complain(_("'sources' holds a mark that is not a code"))
        return ()
    works = Section(value, "sources", marks, section.complaints)
    # Sorted, so that the order in which a file or a database gives them says nothing.
    return tuple((mark, works.text(mark, 300) or "") for mark in sorted(marks))


def _dimension(section: Section, scale: _Scale, marks: frozenset[str]) -> DimensionDocument:
    code = section.code("code")
    title = section.text("title", 80, _readable(code)) or ""
    advice = []
    for number, item in enumerate(section.items("advice", MOST_STEPS), 1):
        step = Section(
            item, section.below(f"advice {number}"), ("title", "text"), section.complaints
        )
        advice.append(AdviceStep(step.text("title", 120) or "", step.text("text", 1000, "") or ""))
    return DimensionDocument(
        code=code,
        title=title,
        in_sentence=section.text("in_sentence", 80, "") or title[:1].lower() + title[1:],
        question=section.text("question", 300, "") or "",
        what_it_is=section.text("what_it_is", 4000, "", lines=True) or "",
        advice=tuple(advice),
        asked_of_members=section.texts("asked_of_members", 300, MOST_STEPS),
        source=_source(section, marks),
        questions=tuple(
            _question(
                Section(
                    item,
                    section.below(f"question {number}"),
                    _QUESTION_KEYS,
                    section.complaints,
                ),
                scale,
                marks,
            )
            for number, item in enumerate(section.items("questions", MOST_QUESTIONS, least=1), 1)
        ),
    )


def _source(section: Section, marks: frozenset[str]) -> str:
    """Marks parted by commas, each of them listed in `sources`, where the bank lists any."""
    source = section.text("source", 20, "") or ""
    for mark in (mark.strip() for mark in source.split(",") if source and marks):
        if mark not in marks:
            section.complain(_("'source' %(mark)s is not in 'sources'") % {"mark": shown(mark)})
    return source


def _question(section: Section, bank_scale: _Scale, marks: frozenset[str]) -> QuestionDocument:
    code = section.code("code")
    # A question with a scale of its own takes nothing from the bank's.
    own = any(section.given(key) for key in _SCALE_KEYS)
    minimum, maximum, labels = _scale(section) if own else bank_scale
    return QuestionDocument(
        code=code,
        text=section.text("text", 300, code) or "",
        help=section.text("help", 300, "") or "",
        facet=section.text("facet", 120, "") or "",
        source=_source(section, marks),
        minimum=minimum,
        maximum=maximum,
        labels=labels,
        reverse=section.truth("reverse"),
        weight=section.weight("weight"),
    )


def _scale(section: Section) -> _Scale:
    """Lowest and highest value, and a label for each; agreement in five steps where nothing is said."""
    minimum = section.whole("min", -LARGEST_VALUE, LARGEST_VALUE, 1)
    maximum = section.whole("max", -LARGEST_VALUE, LARGEST_VALUE, 5)
    options = maximum - minimum + 1
    if not 2 <= options <= MOST_OPTIONS:
        section.complain(
            _("'max' must be above 'min', by %(most)d at the most") % {"most": MOST_OPTIONS - 1}
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
            % {"options": options}
        )
    return minimum, maximum, labels


def _complain_of_codes(section: Section, dimensions: Sequence[DimensionDocument]) -> None:
    seen: set[str] = set()
    for dimension in dimensions:
        if dimension.code and dimension.code in seen:
            section.complain(
                _("the dimension %(code)s stands there twice") % {"code": shown(dimension.code)}
            )
        seen.add(dimension.code)
    codes = [question.code for dimension in dimensions for question in dimension.questions]
    if len(codes) > MOST_QUESTIONS:
        section.complain(_("a bank has at most %(most)d questions") % {"most": MOST_QUESTIONS})
    times = Counter(code for code in codes if code)
    for code in sorted(code for code in times if times[code] > 1):
        section.complain(_("the question %(code)s stands there twice") % {"code": shown(code)})
    for code in codes:
        if code.lower() in RESERVED_QUESTION_CODES:
            section.complain(
                _("%(code)s names a column of its own and cannot be a question's code")
                % {"code": shown(code)}
            )
