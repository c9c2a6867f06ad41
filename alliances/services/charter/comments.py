"""What people say to the sections of a circulated version, and what the convener answers."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.errors import Refused
from alliances.models import CharterComment, CharterVersion, Membership, User
from alliances.services.charter.record_pages import RecordPage, record_of
from alliances.services.charter.text import Block, read_text
from alliances.services.locks import locked_alliance
from alliances.services.texts import paragraphs

TEXT_LIMIT = 5000
ANSWER_LIMIT = 2000


@dataclass(frozen=True)
class Discussed:
    """A block of a version's text with what was said to it, oldest first."""

    block: Block
    comments: list[CharterComment]

    @property
    def record(self) -> RecordPage | None:
        """The record that belongs to the section."""
        return record_of(self.block.code)


@transaction.atomic
def add_comment(
    *, version: CharterVersion, user: User, code: str, text: str, at: dt.datetime | None = None
) -> CharterComment:
    """`user` says something to a section of `version`, with the name and organisation of today.

    `code` is one that `read_text` finds in the version's text. Raises Refused where there is no
    such section, nothing or too much is said, or the version is not circulated.
    """
    said = paragraphs(text, what=_("The comment"), limit=TEXT_LIMIT, required=True)
    alliance = locked_alliance(version.alliance_id)
    current = alliance.charter_versions.filter(pk=version.pk).first()
    if current is None or current.status != CharterVersion.Status.CIRCULATED:
        raise Refused(
            _(
                "Version %(number)d is not circulated any more, and takes no comments. Copy what you "
                "wrote, and say it to the next version."
            )
            % {"number": version.number}
        )
    if block_of(current, code) is None:
        raise Refused(_("This version has no such section. Choose one of its page."))
    membership = (
        Membership.objects.select_related("participant")
        .filter(alliance=alliance, user=user)
        .first()
    )
    participant = membership.participant if membership else None
    return CharterComment.objects.create(
        version=current,
        code=code,
        participant=participant,
        user=user,
        author=user.known_as[:150],
        organisation=participant.name if participant else "",
        text=said,
        written_at=at or timezone.now(),
    )


@transaction.atomic
def answer_comment(
    *,
    comment: CharterComment,
    answer: str,
    began_from: str | None = None,
    at: dt.datetime | None = None,
) -> CharterComment:
    """The convener's answer to `comment`, in place of the one before.

    `began_from` is the answer that stood there when the convener began; None asks for no care.
    Raises Refused where another stands there by now, or the answer is empty or too long.
    """
    said = paragraphs(answer, what=_("The answer"), limit=ANSWER_LIMIT, required=True)
    locked_alliance(comment.version.alliance_id)
    current = CharterComment.objects.filter(pk=comment.pk).first()
    if current is None:
        raise Refused(_("This comment has been removed meanwhile."))
    if began_from is not None and current.answer not in (began_from, said):
        raise Refused(
            _(
                "Somebody answered while you were writing. Nothing of yours is stored yet: their "
                "answer stands above the form, and saving again replaces it by yours."
            )
        )
    if current.answer != said:
        current.answer, current.answered_at = said, at or timezone.now()
        current.save(update_fields=["answer", "answered_at"])
    return current


def block_of(version: CharterVersion, code: str) -> Block | None:
    """The block of the version's text that has this code; None where there is none."""
    if not code:
        return None
    blocks = read_text(version.text, version.language).blocks
    return next((one for one in blocks if one.code == code), None)


def discussed(*, version: CharterVersion, blocks: list[Block]) -> list[Discussed]:
    """`blocks` of the version's text, each with its comments. One query."""
    by_code: dict[str, list[CharterComment]] = defaultdict(list)
    for comment in version.comments.order_by("written_at", "pk"):
        by_code[comment.code].append(comment)
    return [Discussed(block, by_code.pop(block.code, []) if block.code else []) for block in blocks]
