"""The exact text of a charter: composed from its sections, hashed, and read back as blocks.

The text is plain, so that whoever holds it can check its SHA-256 with any tool. Headings stand at
the margin, and all that people wrote is indented by four blanks: no line of theirs can pass for a
heading. Pages and papers show a circulated version from this text, and from nothing else.

The words here and in `sections.sentences`, in each language, are part of what people signed. Changed,
they would no longer make the same text out of the same sections (`verification` would say so);
`tests/alliances/charter/test_text.py` holds a charter with its digest to remind of it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliances.models import CharterSection, CharterVersion
from alliances.services.charter.sections import SECTIONS, is_needed, sentences
from alliances.services.texts import LINE_BREAKS, UNSEEN, same_key, visible

INDENT = " " * 4
HEAD, PARTIES, RATIFYING = "head", "parties", "ratifying"


@dataclass(frozen=True)
class Block:
    """A heading with what stands below it.

    `paragraphs` may hold line breaks, and blanks that set off a list. `code` is the section's, or
    PARTIES or RATIFYING; "" where no section of today has this heading.
    """

    heading: str
    paragraphs: list[str] = field(default_factory=list)
    code: str = ""


@dataclass(frozen=True)
class CharterText:
    """A charter's text as pages and papers show it."""

    title: str
    subtitle: str
    blocks: list[Block]


def compose(
    *,
    version: CharterVersion,
    sections: Iterable[CharterSection],
    parties: Sequence[str],
    title: str = "",
) -> str:
    """The exact text of `version`: unix newlines, composed letters, nothing that nobody sees.

    `parties` are names of organisations, in any order; `title` is the first line, made from the
    alliance's name where it is empty. Sections that are needed at the version's depth and hold
    nothing are named as left open; other empty ones are left out. The same sections give the same
    text whoever asks, once it was circulated: it is composed in the version's language.
    """
    contents = {section.code: section.content for section in sections}
    with translation.override(language_of(version)):
        blocks = [Block(_("Parties"), ["\n".join(sorted_names(parties))])]
        for section in SECTIONS:
            paragraphs = sentences(section.code, contents.get(section.code) or {})
            if paragraphs or is_needed(section.code, version.depth):
                blocks.append(Block(str(section.title), paragraphs or [_("Left open.")]))
        blocks.append(Block(_("Ratifying"), [rule_in_words(version, len(parties))]))
        head = [
            title or _("Charter of %(alliance)s") % {"alliance": clear_line(version.alliance.name)},
            _("Version %(number)d. %(depth)s.")
            % {"number": version.number, "depth": version.get_depth_display()},
        ]
    lines = [_heading(line) for line in head]
    for block in blocks:
        lines += ["", _heading(block.heading)]
        body = [_indented(paragraph) for paragraph in block.paragraphs]
        for number, paragraph in enumerate(paragraph for paragraph in body if paragraph):
            lines += [""] * bool(number) + paragraph
    return "\n".join(lines) + "\n"


def language_of(version: CharterVersion) -> str:
    """The language of a version's text: the one in which it was circulated; of a draft that of the
    page, in which it would be."""
    return version.language or translation.get_language() or settings.LANGUAGE_CODE


def digest_of(text: str) -> str:
    """The SHA-256 of `text` in UTF-8: 64 digits of 0–9 and a–f, as sha256sum prints it."""
    return hashlib.sha256(text.encode()).hexdigest()


def digest_groups(digest: str) -> list[str]:
    """A digest in groups of eight, for people who compare two by eye or read one out."""
    return re.findall(".{1,8}", digest)


def read_text(text: str, language: str = "") -> CharterText:
    """`text` as `compose` made it in `language` (that of the page where it is empty), in blocks.

    It takes any text, also one that somebody changed by hand, and leaves no line of it out.
    """
    lines = text.split("\n")
    title = lines.pop(0) if lines else ""
    subtitle = lines.pop(0) if lines and not _is_body(lines[0]) else ""
    codes = _codes(language or translation.get_language() or settings.LANGUAGE_CODE)
    blocks: list[Block] = []
    begins = True
    for line in lines:
        if not line.strip():
            begins = True
        elif _is_body(line):
            if not blocks:
                blocks.append(Block(""))
            said = line.removeprefix(INDENT) if line.startswith(INDENT) else line.lstrip(" ")
            if begins or not blocks[-1].paragraphs:
                blocks[-1].paragraphs.append(said)
            else:
                blocks[-1].paragraphs[-1] += f"\n{said}"
            begins = False
        else:
            blocks.append(Block(line, [], codes.get(line, "")))
            begins = True
    return CharterText(title, subtitle, blocks)


def signatures_needed(version: CharterVersion, parties: int) -> int:
    """How many of so many `parties` must sign until the version's rule is met; 1 at the least."""
    rule = CharterVersion.Rule
    needed = {
        rule.ALL: parties,
        rule.ALL_BUT_ONE: parties - 1,
        # signatures · 100 ≥ share · parties, in whole signatures
        rule.SHARE: -(-(version.ratify_share or 0) * parties // 100),
        rule.MAJORITY: parties // 2 + 1,
    }[rule(version.ratify_by)]
    return max(needed, 1)


def rule_in_words(version: CharterVersion, parties: int) -> str:
    """When a version with so many `parties` is ratified, in a sentence or two."""
    rule = CharterVersion.Rule
    said = {
        rule.ALL: _("This charter is ratified as soon as every party has signed it."),
        rule.ALL_BUT_ONE: _(
            "This charter is ratified as soon as every party but one has signed it."
        ),
        rule.SHARE: _(
            "This charter is ratified as soon as %(share)d %% of the parties have signed it."
        )
        % {"share": version.ratify_share or 0},
        rule.MAJORITY: _(
            "This charter is ratified as soon as more than half of the parties have signed it."
        ),
    }[rule(version.ratify_by)]
    if parties < 2:  # a draft before its parties are known
        return said
    needed = signatures_needed(version, parties)
    counted = ngettext(
        "With %(parties)d parties that takes %(needed)d signature.",
        "With %(parties)d parties that takes %(needed)d signatures.",
        needed,
    ) % {"parties": parties, "needed": needed}
    return f"{said} {counted}"


def sorted_names(names: Iterable[str]) -> list[str]:
    """Names in the order in which a charter lists them, the same on every database."""
    return sorted((clear_line(name) for name in names), key=lambda name: (same_key(name), name))


def shown(text: str) -> str:
    """`text` without what would be hashed but not seen, or seen otherwise than it is hashed.

    Names are cleaned here again when they were already: `verification` composes from the parties'
    names and the title as they stand in the text.
    """
    text = UNSEEN.sub("", LINE_BREAKS.sub("\n", text.replace("\0", "")))
    # Half a character, which no encoding takes.
    return visible("".join(mark for mark in text if unicodedata.category(mark) != "Cs"))


def clear_line(text: str) -> str:
    """`text` on one line, as `shown`: what a heading or a party's name may be."""
    return " ".join(shown(text).split())


def _indented(paragraph: str) -> list[str]:
    """The paragraph's lines, indented; one empty line where there were several, none at the ends."""
    lines: list[str] = []
    for line in shown(paragraph).split("\n"):
        if line.strip():
            lines.append(INDENT + line.rstrip())
        elif lines and lines[-1]:
            lines.append("")
    return lines[:-1] if lines and not lines[-1] else lines


def _is_body(line: str) -> bool:
    return line.startswith((" ", "\t"))


def _heading(text: str) -> str:
    """`text` as `clear_line`, with the no-break spaces that our own words have in some languages."""
    return re.sub(r"[^\S\u00a0\u202f]+", " ", shown(text).strip())


def _codes(language: str) -> dict[str, str]:
    """Section codes by the heading that stands in a text of `language`."""
    with translation.override(language):
        own = {_heading(_("Parties")): PARTIES, _heading(_("Ratifying")): RATIFYING}
        return own | {_heading(str(section.title)): section.code for section in SECTIONS}
