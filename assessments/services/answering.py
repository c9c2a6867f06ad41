"""Answers as they are given: saved one by one or a page at a time, then sent in once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F, FilteredRelation, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from alliances.errors import Refused
from assessments.models import (
    Answer,
    Comment,
    Dimension,
    Invitation,
    InvitationLink,
    Question,
    Response,
)
from assessments.services.links import (
    LinkEnded,
    find_visit,
    is_answerable,
    lock_thread,
    pseudonym,
    refuse_if_over,
    token_hash,
    unknown_link,
)

COMMENT_LENGTH = 2000
"""Characters in the comment on one element."""

OPEN_PROGRESS = (Invitation.Progress.INVITED, Invitation.Progress.BEGUN)
WHOLE_NUMBER = re.compile(r"-?[0-9]{1,5}", re.ASCII)


class AlreadySent(Refused):
    """The answers were sent in; they can be read, not changed."""


class NotAnswered(Refused):
    """What was given is not an answer to what was asked."""


@transaction.atomic
def save_answer(*, token: str, round_id: int, code: str, given: str) -> None:
    """Save the answer to the question with `code`: a value on its scale, `dk` or `na`.

    `token` is that of the respondent's link, which must have begun the round `round_id`. Two
    queries: the response, with all that must be checked, is read and locked in one; the answer is
    put in, or put in the place of the last, in the other.

    Raises LinkUnknown, LinkEnded, AlreadySent, or NotAnswered for a wrong code or value.
    """
    if not code or "\0" in code:
        raise _unknown_question()
    response = _writable_response(
        token,
        round_id,
        asked=FilteredRelation(
            "round__bank__questions", condition=Q(round__bank__questions__code=code)
        ),
        found=("asked__pk", "asked__minimum", "asked__maximum"),
    )
    key, minimum, maximum = response.found
    if key is None or not response.round.asks(code):
        raise _unknown_question()
    kind, value = read_answer(given, minimum=minimum, maximum=maximum)
    _store_answers([Answer(response=response, question_id=key, kind=kind, value=value)])


@transaction.atomic
def save_comment(*, token: str, round_id: int, element: str, text: str) -> None:
    """Save the comment on the dimension with code `element`; an empty one takes it away.

    Two queries. Raises as `save_answer` does; NotAnswered too for more than 2,000 characters.
    """
    if not element or "\0" in element:
        raise _unknown_element()
    text = read_comment(text)
    response = _writable_response(
        token,
        round_id,
        asked=FilteredRelation(
            "round__bank__dimensions", condition=Q(round__bank__dimensions__code=element)
        ),
        found=("asked__pk",),
    )
    (key,) = response.found
    if key is None:
        raise _unknown_element()
    _store_comment(response, key, text)


@transaction.atomic
def save_element(
    *,
    token: str,
    round_id: int,
    dimension: Dimension,
    answers: Mapping[str, str],
    comment: str | None,
) -> None:
    """Save what one page holds: answers by question code, and the comment (None: as it was).

    All of it or nothing. Raises as `save_answer` does.
    """
    text = None if comment is None else read_comment(comment)
    response = _writable_response(token, round_id)
    questions = {
        question.code: question for question in Question.objects.filter(dimension=dimension)
    }
    rows = []
    for code, given in answers.items():
        question = questions.get(code)
        if question is None or not response.round.asks(code):
            raise _unknown_question()
        kind, value = read_answer(given, minimum=question.minimum, maximum=question.maximum)
        rows.append(Answer(response=response, question=question, kind=kind, value=value))
    if rows:
        _store_answers(rows)
    if text is not None:
        _store_comment(response, dimension.pk, text)


@transaction.atomic
def submit(*, token: str, round_id: int) -> None:
    """Send in the answers given by the link with `token`: from here on they count.

    Raises LinkUnknown, LinkEnded (also where another link of the same person was first),
    AlreadySent, or NotAnswered where nothing is answered yet.
    """
    thread = lock_thread(token=token, round_id=round_id)
    if thread is None:
        find_visit(token=token, round_id=round_id)
        raise unknown_link()
    round_, invitation, response = thread
    if response.submitted:
        raise _already_sent()
    invitation.round = round_
    refuse_if_over(invitation)
    if not response.answers.exists():
        raise NotAnswered(_("Nothing is answered yet. Answer at least one question, then send in."))
    response.submitted = True
    response.save(update_fields=["submitted"])
    invitation.progress = Invitation.Progress.ANSWERED
    invitation.save(update_fields=["progress"])


def read_answer(given: str, *, minimum: int, maximum: int) -> tuple[str, int | None]:
    """The kind and value that `given` stands for. Raises NotAnswered for anything else."""
    if given in (Answer.Kind.DONT_KNOW, Answer.Kind.NOT_APPLICABLE):
        return str(given), None
    if WHOLE_NUMBER.fullmatch(given):
        value = int(given)
        if minimum <= value <= maximum:
            return str(Answer.Kind.VALUE), value
    raise NotAnswered(
        _("That is not one of the answers to this question. Choose one of those shown.")
    )


def read_comment(text: str) -> str:
    """`text` as it is kept, with one kind of line end. Raises NotAnswered where it is too long."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if "\0" in text:
        raise NotAnswered(_("The comment holds a character that cannot be kept. Type it anew."))
    if len(text) > COMMENT_LENGTH:
        raise NotAnswered(
            _("The comment has %(length)s characters, and 2,000 fit. Shorten it.")
            % {"length": f"{len(text):,}"}
        )
    return text


def _writable_response(
    token: str,
    round_id: int,
    *,
    asked: FilteredRelation | None = None,
    found: tuple[str, ...] = (),
) -> Any:
    """The response of `token`, locked, once it is sure that it may be changed. One query.

    `asked` joins one row of the round's bank, whose fields named in `found` come with the response
    as its tuple `found`; all None where the bank has no such row.
    """
    invited = InvitationLink.objects.filter(
        token_hash=token_hash(token), revoked=False, invitation__round=OuterRef("round")
    )
    responses: Any = (
        Response.objects.select_for_update(of=("self",))
        .select_related("round")
        .filter(pseudonym=pseudonym(token))
        .annotate(invitation_progress=Subquery(invited.values("invitation__progress")[:1]))
    )
    if asked is not None:
        responses = responses.annotate(asked=asked).annotate(
            **{f"found_{number}": F(field) for number, field in enumerate(found)}
        )
    response: Any = responses.first()
    # The round is compared here: a number out of an address may be too large for a query.
    if response is None or response.round_id != round_id:
        find_visit(token=token, round_id=round_id)
        raise unknown_link()  # a good link, by which nobody has begun
    if response.submitted:
        raise _already_sent()
    if response.invitation_progress not in OPEN_PROGRESS or not is_answerable(response.round):
        find_visit(token=token, round_id=round_id)
        raise LinkEnded(_("This link takes no more answers."))
    response.found = tuple(getattr(response, f"found_{number}") for number in range(len(found)))
    return response


def _store_answers(rows: list[Answer]) -> None:
    Answer.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["response", "question"],
        update_fields=["kind", "value"],
    )


def _store_comment(response: Response, dimension_id: int, text: str) -> None:
    if not text:
        Comment.objects.filter(response=response, dimension_id=dimension_id).delete()
        return
    Comment.objects.bulk_create(
        [Comment(response=response, dimension_id=dimension_id, text=text)],
        update_conflicts=True,
        unique_fields=["response", "dimension"],
        update_fields=["text"],
    )


def _already_sent() -> AlreadySent:
    return AlreadySent(_("Your answers were sent in. They can be read, and no longer changed."))


def _unknown_question() -> NotAnswered:
    return NotAnswered(_("This round does not ask that question. Load the page again."))


def _unknown_element() -> NotAnswered:
    return NotAnswered(_("This round does not ask about that element. Load the page again."))
