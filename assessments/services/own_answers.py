"""What respondents have of their own: their answers, to take away and to delete; and their place on the
list of those who were asked.

Known by the link alone, as everything of theirs (`links`). What is deleted leaves nothing behind: no
time, no count, no mark on the person who was asked, but in an open round that they have not answered.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from alliances.errors import Refused
from alliances.services.cells import harmless
from assessments.models import Invitation, InvitationLink, Round
from assessments.services.forgetting import erase_people
from assessments.services.links import (
    Visit,
    find_visit,
    is_answerable,
    lock_thread,
    token_hash,
)
from assessments.services.questionnaire import Element

SCHEMA = "northbound.answers/1"
COLUMNS = ("element", "code", "statement", "value", "answer")


class NothingThere(Refused):
    """The link is good, and nothing that was answered by it is stored."""


@dataclass(frozen=True)
class Deleted:
    """What came of it: the round, and whether its person can answer anew by the same link."""

    round: Round
    may_answer: bool


def own_document(visit: Visit, elements: Sequence[Element]) -> dict[str, Any]:
    """All that is stored of this visit's answers, for a JSON file (docs/rights.md): what was asked,
    in the language of `elements`, and what was answered. Nobody else's words."""
    round_, invitation = visit.round, visit.invitation
    return {
        "schema": SCHEMA,
        "alliance": round_.alliance.name,
        "round": round_.name,
        "bank": {"code": round_.bank.code, "version": round_.bank.version},
        "mode": round_.mode,
        "invited": {
            "name": invitation.name,
            "email": invitation.email,
            "organisation": invitation.organisation.name,
            "progress": invitation.progress,
            "language": invitation.language,
            "is_about_you": invitation.of_oneself,
            # Days alone; of the links themselves nothing is stored that could be given.
            "links": [
                {"sent_on": link.sent_on.isoformat(), "revoked": link.revoked}
                for link in invitation.links.order_by("sent_on", "pk")
            ],
        },
        "sent_in": visit.sent_in,
        "elements": [
            {
                "code": element.dimension.code,
                "title": str(element.dimension.title),
                "answers": [
                    {
                        "code": item.code,
                        "statement": str(item.text),
                        # None: left open.
                        "value": _value(item.answer),
                        "answer": str(item.answer_label),
                    }
                    for item in element.items
                ],
                "comment": element.comment,
            }
            for element in elements
        ],
    }


def own_file(visit: Visit, elements: Sequence[Element]) -> bytes:
    """`own_document` as the bytes of a JSON file."""
    text = json.dumps(own_document(visit, elements), ensure_ascii=False, indent=2) + "\n"
    return text.encode("utf-8", "backslashreplace")


def own_table(elements: Sequence[Element]) -> bytes:
    """The same answers as CSV: a row a question, and one for each comment, which has no code."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for element in elements:
        title = str(element.dimension.title)
        for item in element.items:
            cells = [title, item.code, str(item.text), _value(item.answer), str(item.answer_label)]
            writer.writerow([harmless(cell) for cell in cells])
        if element.comment:
            writer.writerow([harmless(cell) for cell in (title, "", "", None, element.comment)])
    return out.getvalue().encode("utf-8", "replace")


def _value(answer: str) -> int | str | None:
    if not answer:
        return None
    return int(answer) if answer.lstrip("-").isdecimal() else answer


@transaction.atomic
def delete_answers(*, token: str, round_id: int) -> Deleted:
    """Delete what was answered by the link with `token`: every answer, every comment, the response.

    While the round is open, its person has not answered from then on: the convener's list and the
    count that will be published must say the same, and they may answer anew. Of a closed round
    nothing else changes; its result was computed once. Raises LinkUnknown, LinkEnded, or NothingThere.
    """
    # Closing waits for this, or this for closing: what is deleted counts in no result, or in the one of
    # that moment.
    thread = lock_thread(token=token, round_id=round_id)
    if thread is None:
        find_visit(token=token, round_id=round_id)
        raise NothingThere(_("Nothing that was answered by this link is stored."))
    round_, invitation, response = thread
    was_sent_in = response.submitted
    response.delete()
    if round_.is_open and (was_sent_in or invitation.progress == Invitation.Progress.BEGUN):
        invitation.progress = Invitation.Progress.INVITED
        invitation.save(update_fields=["progress"])
    return Deleted(round_, is_answerable(round_))


@transaction.atomic
def forget_own_name(*, token: str, round_id: int) -> None:
    """Erase name and address of whoever holds the link with `token` from the list of a closed round.

    The link goes on leading to their answers. Raises LinkUnknown, or Refused while the round is open:
    reminders go to the address, and the convener sees who is missing.
    """
    link = InvitationLink.objects.filter(
        token_hash=token_hash(token), revoked=False, invitation__round=round_id
    ).first()
    if link is None:
        find_visit(token=token, round_id=round_id)
        raise NothingThere(_("Nothing that was answered by this link is stored."))
    if Round.objects.filter(pk=round_id, status=Round.Status.OPEN).exists():
        raise Refused(
            _(
                "While the round is open your name stays on its list. Ask the convener to be left out."
            )
        )
    erase_people(Invitation.objects.filter(pk=link.invitation_id))
