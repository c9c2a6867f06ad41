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

    What nobody sees goes (`visible`), so that two names that look the same are the same, and none
    turns around the sentence that it stands in. `what` names it in a message, such as "The name".
    Raises Refused where it holds a character that cannot be stored, is longer than `limit`
    characters, or is `required` and shows nothing.
    """
    text = " ".join(visible(value).split())
    return _checked(text, what=what, limit=limit, required=required)


# What word processors leave for a new line or page; and characters that nobody sees.
LINE_BREAKS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
UNSEEN = re.compile("[\x01-\x08\x0e-\x1b\x1f\x7f\x80-\x84\x86-\x9f\ufeff]")

# They turn the order of what is shown around: hashed in one order, it would be read in another.
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Marks of direction. Where a line holds letters that are read from right to left, they say what
# belongs to what; where it holds none, all that they can do is to turn figures around.
DIRECTION = re.compile("[\u061c\u200e\u200f]")
# They show nothing: soft hyphens, blanks and joints without a width, fillers, controls of scores
# and shorthand, and tags, in which a whole text can hide.
HIDDEN = re.compile(
    "[\xad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2065\u206a-\u206f\ufeff\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]"
)
# Letters that look like a blank.
EMPTY = re.compile("[\u2800\u3164\uffa0]")

_EMOJI = (
    "\xa9\xae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u27bf\u2900-\u297f\u2b00-\u2bff"
    "\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_MONGOLIAN = "\u1820-\u18aa"
# Scripts whose letters join or melt into one another: Arabic and its like, those of India, of
# Tibet, Burma, Java, Mongolia.
_JOINING = (
    "\u0620-\u0dff\u0f00-\u109f\u1780-\u1cff\ua800-\uaaff\uabc0-\uabff\ufb50-\ufdff\ufe70-\ufefc"
    "\U00010a00-\U00011fff\U0001e900-\U0001e95f"
)
# Which of a sign's shapes is meant: once behind such a sign. The group is what stands elsewhere.
SELECTORS = re.compile(
    f"[{_EMOJI}][\ufe0e\ufe0f]|[0-9#*]\ufe0f\u20e3|[{_HAN}][\ufe00-\ufe02\U000e0100-\U000e01ef]"
    f"|[{_MONGOLIAN}][\u180b-\u180d\u180f]"
    "|([\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef])"
)
# Whether two letters join, or several emoji make one. The group is what stands elsewhere.
JOINERS = re.compile(
    rf"(?<=[{_JOINING}])(?<!\d)[\u200c\u200d](?!\d)(?=[{_JOINING}])"
    f"|(?<=[{_EMOJI}\ufe0f])\u200d(?=[{_EMOJI}])"
    "|([\u200c\u200d])"
)


def visible(text: str) -> str:
    """`text` with composed letters, and without what shows nothing or turns its order around.

    Joiners and selectors stay where a script or an emoji needs them, and marks of direction in lines
    with letters that are read from right to left. What comes out comes out of it the same again.
    """
    text = HIDDEN.sub("", TURNING.sub("", unicodedata.normalize("NFC", text)))
    text = EMPTY.sub(" ", text)
    if DIRECTION.search(text):
        text = "\n".join(_without_stray_direction(line) for line in text.split("\n"))
    for marks in (SELECTORS, JOINERS):
        text = marks.sub(lambda found: "" if found[1] else found[0], text)
    return unicodedata.normalize("NFC", text)


def _without_stray_direction(line: str) -> str:
    bare = DIRECTION.sub("", line)
    has_letters = any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in bare)
    return line if has_letters else bare


def paragraphs(value: str, *, what: str, limit: int, required: bool = False) -> str:
    """`value` with its own line breaks, which are newlines then.

    Text that comes from a word processor brings marks that nobody sees (soft breaks, page breaks,
    field marks); they become line breaks or go, and so does all else that shows nothing (`visible`).
    Raises Refused as `one_line` does.
    """
    text = visible(UNSEEN.sub("", LINE_BREAKS.sub("\n", value))).strip()
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
