"""Small worlds for tests: plain functions that make what a test needs, and no more.

Names and codes are fixed, so that a test can say what it expects. `make_round` goes past the
services on purpose: tests of one service do not depend on another.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from alliances.models import Alliance, Membership, Participant, Representative, User
from assessments.models import (
    Answer,
    Bank,
    Dimension,
    Invitation,
    InvitationLink,
    Question,
    Response,
    RosterOrganisation,
    Round,
)
from assessments.scoring import AnswerSheet
from assessments.services.file_rounds import fill_round
from assessments.services.links import new_token, pseudonym, token_hash
from assessments.services.rounds import close_round

_numbers = itertools.count(1)

LABELS = ["Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree"]


def make_user(email: str = "", *, name: str = "", **extra: Any) -> User:
    """A user without a password (log in by `client.force_login`)."""
    return User.objects.create_user(
        email or f"user{next(_numbers)}@example.org", name=name, **extra
    )


def make_alliance(
    name: str = "Tessel Valley Flood Alliance",
    *,
    convener: User | None = None,
    member: User | None = None,
) -> Alliance:
    """An alliance, with `convener` and `member` at it where they are given."""
    alliance = Alliance.objects.create(name=name)
    if convener is not None:
        Membership.objects.create(alliance=alliance, user=convener, role=Membership.Role.CONVENER)
    if member is not None:
        Membership.objects.create(alliance=alliance, user=member, role=Membership.Role.MEMBER)
    return alliance


def make_participant(
    alliance: Alliance,
    name: str = "",
    *,
    status: str = Participant.Status.ACCEPTED,
    people: int = 0,
    **fields: Any,
) -> Participant:
    """An organisation of `alliance`, with so many `people`."""
    participant = Participant.objects.create(
        alliance=alliance,
        name=name or f"Organisation {next(_numbers)}",
        status=status,
        **fields,
    )
    for _ in range(people):
        make_representative(participant)
    return participant


def make_representative(
    participant: Participant, name: str = "", *, email: str | None = None, **fields: Any
) -> Representative:
    """A person of `participant`, with an address unless `email` is ""."""
    number = next(_numbers)
    return Representative.objects.create(
        participant=participant,
        name=name or f"Person {number}",
        email=f"person{number}@example.org" if email is None else email,
        **fields,
    )


def make_bank(
    code: str = "small",
    *,
    version: int = 1,
    shape: Sequence[int] = (3, 2, 2),
    minimum: int = 1,
    maximum: int = 5,
    labels: Sequence[str] | None = None,
    status: str = Bank.Status.PUBLISHED,
    change: Callable[[Bank], object] | None = None,
) -> Bank:
    """A bank with a dimension for each number of `shape`, which is how many questions it has.

    Dimensions are `part-1`, `part-2`, …; the questions of the first are `A1`, `A2`, …, of the second
    `B1`, …; the last of each part is reversed. `change(bank)` may alter what it says before it is
    published.
    """
    bank = Bank.objects.create(
        code=code,
        version=version,
        title="A small bank",
        introduction="Say how far you agree.",
        digest="sha256:" + hashlib.sha256(f"{code} {version}".encode()).hexdigest(),
    )
    if labels is None:
        labels = LABELS if (minimum, maximum) == (1, 5) else []
    for place, questions in enumerate(shape, start=1):
        dimension = Dimension.objects.create(
            bank=bank,
            code=f"part-{place}",
            position=place,
            title=f"Part {place}",
            in_sentence=f"part {place}",
            question=f"How does part {place} stand?",
        )
        for number in range(1, questions + 1):
            letter = chr(ord("A") + place - 1)
            Question.objects.create(
                bank=bank,
                dimension=dimension,
                code=f"{letter}{number}",
                position=number,
                text=f"Statement {letter}{number}.",
                help=f"Help for {letter}{number}.",
                minimum=minimum,
                maximum=maximum,
                labels=list(labels),
                reverse=number == questions,
            )
    if change is not None:
        change(bank)
        bank.refresh_from_db()
    # Filled first: what is published never changes. One step after the other, as the database asks.
    life = [Bank.Status.DRAFT, Bank.Status.PUBLISHED, Bank.Status.RETIRED]
    for step in life[1 : life.index(Bank.Status(status)) + 1]:
        bank.status = step
        bank.save()
    return bank


@dataclass
class MadeRound:
    """A round with its people: `invitations` in the order they were made, `tokens` beside them."""

    round: Round
    invitations: list[Invitation] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)

    @property
    def alliance(self) -> Alliance:
        return self.round.alliance

    def link(self, place: int = 0) -> str:
        """The path of the link of the person at `place`."""
        return f"/a/{self.tokens[place]}/"


def make_round(
    alliance: Alliance | None = None,
    bank: Bank | None = None,
    *,
    organisations: int = 2,
    people: int = 1,
    name: str = "First round",
    mode: str = Round.Mode.CONFIDENTIAL,
    threshold: int = 5,
    closes_on: dt.date | None = None,
    closed: bool = False,
) -> MadeRound:
    """A round that asks `people` of each of so many `organisations`, each with one link.

    Closes in 14 days unless said; `closed` closes it without a result.
    """
    alliance = alliance or make_alliance()
    bank = bank or Bank.objects.filter(code="small").first() or make_bank()
    round_ = Round.objects.create(
        alliance=alliance,
        bank=bank,
        name=name,
        mode=mode,
        threshold=threshold,
        opened_at=timezone.now(),
        closes_on=closes_on or timezone.localdate() + dt.timedelta(days=14),
        status=Round.Status.CLOSED if closed else Round.Status.OPEN,
        closed_at=timezone.now() if closed else None,
    )
    made = MadeRound(round_)
    for place in range(organisations):
        organisation = RosterOrganisation.objects.create(
            round=round_, name=f"Organisation {chr(ord('A') + place % 26)}{place // 26 or ''}"
        )
        for number in range(1, people + 1):
            invite(made, organisation, f"Person {number} of {organisation.name}")
    return made


def invite(made: MadeRound, organisation: RosterOrganisation, name: str, email: str = "") -> str:
    """One more person asked, with a link whose token this gives."""
    invitation = Invitation.objects.create(
        round=made.round,
        organisation=organisation,
        name=name,
        email=email or f"asked{next(_numbers)}@example.org",
    )
    made.invitations.append(invitation)
    made.tokens.append(make_link(invitation))
    return made.tokens[-1]


def make_link(invitation: Invitation, *, revoked: bool = False) -> str:
    """One more link for `invitation`; gives its token."""
    token = new_token()
    InvitationLink.objects.create(
        invitation=invitation,
        token_hash=token_hash(token),
        sent_on=timezone.localdate(),
        revoked=revoked,
    )
    return token


def make_response(
    made: MadeRound,
    place: int = 0,
    *,
    answers: dict[str, int | str] | None = None,
    submitted: bool = False,
) -> Response:
    """What the person at `place` answered by their link: values, "dk" or "na" by question code."""
    invitation = made.invitations[place]
    response = Response.objects.create(
        round=made.round,
        organisation=invitation.organisation,
        pseudonym=pseudonym(made.tokens[place]),
        submitted=submitted,
    )
    invitation.progress = Invitation.Progress.ANSWERED if submitted else Invitation.Progress.BEGUN
    invitation.save(update_fields=["progress"])
    questions = {q.code: q for q in Question.objects.filter(bank=made.round.bank)}
    Answer.objects.bulk_create(
        Answer(
            response=response,
            question=questions[code],
            kind="value" if isinstance(given, int) else given,
            value=given if isinstance(given, int) else None,
        )
        for code, given in (answers or {}).items()
    )
    return response


def make_answered_round(
    alliance: Alliance,
    bank: Bank,
    sheets: Sequence[dict[str, int | str]],
    *,
    name: str = "First round",
    mode: str = Round.Mode.CONFIDENTIAL,
    threshold: int = 5,
    each: int = 2,
    closed_at: dt.datetime | None = None,
) -> Round:
    """A round that a person a sheet answered, `each` of them of an organisation; closed by the service."""
    made = make_round(
        alliance, bank, organisations=0, name=name, mode=mode, threshold=threshold
    ).round
    names = [f"Organisation {1 + place // each}" for place in range(len(sheets))]
    RosterOrganisation.objects.bulk_create(
        RosterOrganisation(round=made, name=one) for one in dict.fromkeys(names)
    )
    fill_round(
        round=made,
        sheets=[AnswerSheet(one, sheet) for one, sheet in zip(names, sheets, strict=True)],
    )
    close_round(round=made, closed_at=closed_at)
    made.refresh_from_db()
    return made
