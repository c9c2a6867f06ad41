"""What a text must be before it is stored: clean of what no column takes, and no longer than its place."""

from __future__ import annotations

import io
import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from alliances.errors import Refused

EMAIL_LIMIT = 254
QUOTED_LIMIT = 40


class NotUtf8(Exception):
    """Bytes that are no text in UTF-8; `line`, from 1, is the first that shows it."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def decoded(content: bytes) -> str:
    """`content` as text, without a byte order mark. Raises NotUtf8.

    No other encoding is guessed: a wrong guess would store wrong names without a word.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotUtf8(content[: error.start].count(b"\n") + 1) from None


def lines_with_nul(text: str) -> list[int]:
    """Numbers, from 1, of the lines that hold a NUL character, which no database takes."""
    if "\0" not in text:
        return []
    lines = io.StringIO(text, newline="")
    return [number for number, line in enumerate(lines, start=1) if "\0" in line]


def quotable(text: str, limit: int = QUOTED_LIMIT) -> str:
    """`text` as a message quotes it: on one line, of `limit` characters at most, all of them visible."""
    text = " ".join(text.split())
    text = "".join(character if character.isprintable() else "\ufffd" for character in text)
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def one_line(value: str, *, what: str, limit: int, required: bool = False) -> str:
    """`value` on one line, with single spaces and composed letters.

    What nobody sees goes, so that two names that look the same are the same, and none turns around
    the sentence that it stands in. `what` names it in a message, such as "The name". Raises Refused
    where it holds a character that cannot be stored, is longer than `limit` characters, or is
    `required` and shows nothing.
    """
    text = " ".join(HIDDEN.sub("", TURNING.sub("", value)).split())
    if required and not BLANK.sub("", text):
        text = ""
    return _checked(text, what=what, limit=limit, required=required)


# What word processors leave for a new line or page; and characters that nobody sees.
LINE_BREAKS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
UNSEEN = re.compile("[\x01-\x08\x0e-\x1b\x1f\x7f\x80-\x84\x86-\x9f\ufeff]")

# They turn the order of what is shown around: hashed in one order, it would be read in another.
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Soft hyphens, and blanks and joints without a width. The joiners that letters of some scripts and
# emoji need stay.
HIDDEN = re.compile("[\xad\u180e\u200b\u2060-\u2064\ufeff]")
# What is left and shows nothing by itself: joiners, marks of direction, letters made to be empty.
BLANK = re.compile(
    "[\\s\u034f\u061c\u115f\u1160\u17b4\u17b5\u200c-\u200f\u2800\u3164\ufe00-\ufe0f\uffa0]"
)


def paragraphs(value: str, *, what: str, limit: int, required: bool = False) -> str:
    """`value` with its own line breaks, which are newlines then.

    Text that comes from a word processor brings marks that nobody sees (soft breaks, page breaks,
    field marks); they become line breaks or go. Raises Refused as `one_line` does.
    """
    text = UNSEEN.sub("", LINE_BREAKS.sub("\n", value)).strip()
    return _checked(text, what=what, limit=limit, required=required)


def email_address(value: str) -> str:
    """`value` as an e-mail address. Raises Refused where it is none, or where no mail can carry it.

    The domain may hold any letters, and goes as ASCII into a mail's head. For what stands before
    the @ there is no such way; some of it (a long s) even looks like A to Z to `validate_email`.
    """
    address = one_line(value, what=_("The e-mail address"), limit=EMAIL_LIMIT, required=True)
    if not address.rpartition("@")[0].isascii():
        raise Refused(
            _(
                "“%(address)s” has letters other than A to Z before the @, and no mail can be sent "
                "there. Give an address without them."
            )
            % {"address": address}
        )
    try:
        validate_email(address)
    except ValidationError:
        raise Refused(
            _("“%(address)s” is not an e-mail address. Write it like name@example.org.")
            % {"address": address}
        ) from None
    return address


def same_key(value: str) -> str:
    """What two spellings of one name or address have in common.

    Compared here and not in the database, because SQLite knows no capitals beyond A to Z.
    """
    return unicodedata.normalize("NFC", " ".join(value.split())).casefold()


def one_of(value: str, allowed: list[str], *, what: str) -> str:
    """`value`, where it is among `allowed`. Raises Refused with the list of them."""
    if value not in allowed:
        raise Refused(
            _("%(what)s must be one of: %(allowed)s.")
            % {"what": what, "allowed": ", ".join(choice for choice in allowed if choice)}
        )
    return value


def _checked(text: str, *, what: str, limit: int, required: bool) -> str:
    text = unicodedata.normalize("NFC", text)
    if any(unicodedata.category(mark) in {"Cc", "Cs"} and mark not in "\n\t" for mark in text):
        raise Refused(
            _("%(what)s holds a character that cannot be stored. Take it out.") % {"what": what}
        )
    if required and not text:
        raise Refused(_("%(what)s is missing.") % {"what": what})
    if len(text) > limit:
        raise Refused(
            _("%(what)s has %(length)d characters, and there is room for %(limit)d. Shorten it.")
            % {"what": what, "length": len(text), "limit": limit}
        )
    return text
