"""Makes the demonstration: accounts, alliance, its records, two closed rounds, one open."""

from __future__ import annotations

import datetime as dt
import hashlib
import random
import secrets
from collections.abc import Mapping

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.errors import Refused
from alliances.models import Alliance, Membership, Participant, Representative, User
from alliances.services.access import change_access, give_access
from alliances.services.alliances import create_alliance
from alliances.services.people import add_participant, add_representative, state_pain
from assessments.demonstration import cast
from assessments.demonstration.cast import LOGINS
from assessments.demonstration.charter import load_charter
from assessments.demonstration.common_ground import load_common_ground
from assessments.demonstration.conduct import load_conduct
from assessments.demonstration.journal import load_journal
from assessments.demonstration.progress import load_progress
from assessments.demonstration.purpose import load_purpose
from assessments.models import Answer, Bank, Comment, Invitation, Question, Response, Round
from assessments.services.banks.store import latest_bank
from assessments.services.invitations import send_invitations
from assessments.services.links import is_answerable
from assessments.services.rounds import close_round, open_round, set_forecast

SEED = 20261120
KINDS = {"a": "authoritative", "c": "cognitive", "r": "reputational"}


def load_demonstration(*, base_url: str) -> bool:
    """Make the demonstration where it is not there yet; whether it was made.

    `base_url` is where its server will answer, for the links in its mail. What people did to it
    since stays as it is. Raises Refused in production: the logins are known to all.
    """
    if settings.PRODUCTION:
        raise Refused(
            _("The demonstration has logins that everyone knows; it is not made in production.")
        )
    made = not User.objects.filter(email=LOGINS[0].email).exists()
    if made:
        with transaction.atomic():
            _answer(_make_everything(), cast.THIRD_ROUND, random.Random(SEED + 3), share=0.6)
    # Mail goes to those who have not answered, so that each link that a newcomer finds there works.
    # Where an earlier call was interrupted, it goes to those whom it did not reach.
    waiting = Round.objects.filter(alliance__name=cast.ALLIANCE, status=Round.Status.OPEN).first()
    if waiting is not None and is_answerable(waiting):
        send_invitations(round=waiting, base_url=base_url)
    return made


def _make_everything() -> Round:
    bank = latest_bank("readiness")
    convener = User.objects.create_user(LOGINS[0].email, LOGINS[0].password, name="Ingrid Solheim")
    User.objects.create_user(LOGINS[1].email, LOGINS[1].password, name="Sile Brannigan")
    User.objects.create_superuser(LOGINS[2].email, LOGINS[2].password, name="Administrator")
    # As after a first login by a code: they answer without one.
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True)
        for user in User.objects.filter(email__in=[one.email for one in LOGINS])
    )
    today = timezone.localdate()
    alliance = create_alliance(
        actor=convener,
        name=cast.ALLIANCE,
        summary=cast.SUMMARY,
        founded_on=today - dt.timedelta(days=312),
    )
    founded = timezone.now() - dt.timedelta(days=312)
    people = _seat_everyone(alliance)
    ferries = Participant.objects.get(alliance=alliance, name="Lantern Ferries")
    give_access(
        alliance=alliance,
        email=LOGINS[1].email,
        by=convener,
        role=Membership.Role.MEMBER,
        participant=ferries,
        at=founded,
    )
    port = Participant.objects.get(alliance=alliance, name=cast.SEATS[0].name)
    change_access(
        membership=alliance.memberships.get(user=convener),
        role=Membership.Role.CONVENER,
        participant=port,
        by=convener,
        at=founded,
    )

    # What has its day counts from that day on. What has none, such as a position, counts as soon as
    # it is there: the alliance kept none of it before its first round.
    load_purpose(alliance=alliance, convener=convener, today=today)
    load_journal(alliance=alliance, convener=convener, today=today)
    load_charter(alliance=alliance, convener=convener, today=today)
    now = timezone.now().replace(hour=15, minute=30, second=0, microsecond=0)
    _closed_round(
        alliance, bank, people, _("First round"), now - dt.timedelta(days=250), cast.FIRST_ROUND, 1
    )
    load_conduct(alliance=alliance, convener=convener, today=today)
    load_common_ground(alliance=alliance, convener=convener, today=today)
    load_progress(alliance=alliance, convener=convener, today=today)
    _closed_round(
        alliance,
        bank,
        people,
        _("Second round"),
        now - dt.timedelta(days=64),
        cast.SECOND_ROUND,
        2,
        forecast=cast.FORECAST,
        comments=cast.COMMENTS,
    )
    return open_round(
        alliance=alliance,
        bank=bank,
        name=_("Third round"),
        mode=Round.Mode.CONFIDENTIAL,
        threshold=5,
        closes_on=today + dt.timedelta(days=9),
        representatives=people,
    )


def _seat_everyone(alliance: Alliance) -> list[Representative]:
    people = []
    for seat in cast.SEATS:
        participant = add_participant(
            alliance=alliance, name=seat.name, interest=seat.interest, status=seat.status
        )
        if seat.strength is not None:
            state_pain(
                participant=participant, pain=seat.pain, drive=seat.drive, strength=seat.strength
            )
        for person in seat.people:
            claimed = {f"{KINDS[letter]}_claimed": True for letter in person.claimed}
            seen = {f"{KINDS[letter]}_observed": "yes" for letter in person.seen}
            unseen = {f"{KINDS[letter]}_observed": "no" for letter in person.unseen}
            people.append(
                add_representative(
                    participant=participant,
                    name=person.name,
                    email=person.email,
                    title=person.title,
                    role=person.role,
                    days_a_month=person.days,
                    observed_how=person.how,
                    **claimed,  # type: ignore[arg-type]
                    **seen,  # type: ignore[arg-type]
                    **unseen,  # type: ignore[arg-type]
                )
            )
    return people


def _closed_round(
    alliance: Alliance,
    bank: Bank,
    people: list[Representative],
    name: str,
    closed_at: dt.datetime,
    stand: Mapping[str, tuple[float, float]],
    number: int,
    *,
    forecast: Mapping[str, int] | None = None,
    comments: Mapping[str, tuple[str, ...]] | None = None,
) -> None:
    round_ = open_round(
        alliance=alliance,
        bank=bank,
        name=name,
        mode=Round.Mode.CONFIDENTIAL,
        threshold=5,
        closes_on=timezone.localdate(),
        representatives=people,
    )
    Round.objects.filter(pk=round_.pk).update(
        opened_at=closed_at - dt.timedelta(days=18), closes_on=closed_at.date()
    )
    if forecast:
        set_forecast(round=round_, forecast=forecast)
    _answer(round_, stand, random.Random(SEED + number), share=0.97, comments=comments)
    close_round(round=round_, closed_at=closed_at)


def _answer(
    round_: Round,
    stand: Mapping[str, tuple[float, float]],
    rng: random.Random,
    *,
    share: float,
    comments: Mapping[str, tuple[str, ...]] | None = None,
) -> None:
    """A `share` of the people answer; at least one of each organisation but the silent one, where
    nearly all do."""
    leans = {seat.name: seat.lean for seat in cast.SEATS}
    questions = list(Question.objects.filter(bank=round_.bank).select_related("dimension"))
    # The same statement stands a little higher or lower for everyone, in each round alike.
    standing = random.Random(SEED)
    offsets = {question.pk: standing.gauss(0, 0.45) for question in questions}
    responses: list[Response] = []
    answers: list[Answer] = []
    answered: list[Invitation] = []
    for invitation in round_.invitations.select_related("organisation").order_by("pk"):
        if invitation.organisation.name == cast.SILENT or rng.random() > share:
            continue
        response = Response(
            round=round_,
            organisation=invitation.organisation,
            pseudonym=hashlib.sha256(secrets.token_bytes(32)).hexdigest(),
            submitted=True,
        )
        mood = rng.gauss(0, 0.2)
        responses.append(response)
        answered.append(invitation)
        for question in questions:
            mean, spread = stand[question.dimension.code]
            lean = leans[invitation.organisation.name] * spread
            at = mean + offsets[question.pk] + lean + mood + rng.gauss(0, spread)
            answers.append(_one_answer(response, question, at, rng))
    Response.objects.bulk_create(responses)
    Answer.objects.bulk_create(answers, batch_size=500)
    Invitation.objects.filter(pk__in=[invitation.pk for invitation in answered]).update(
        progress=Invitation.Progress.ANSWERED
    )
    dimensions = {dimension.code: dimension for dimension in round_.bank.dimensions.all()}
    Comment.objects.bulk_create(
        Comment(response=response, dimension=dimensions[code], text=text)
        for code, texts in (comments or {}).items()
        for response, text in zip(rng.sample(responses, len(texts)), texts, strict=True)
    )


def _one_answer(response: Response, question: Question, at: float, rng: random.Random) -> Answer:
    chance = rng.random()
    if chance < 0.04:
        return Answer(response=response, question=question, kind=Answer.Kind.DONT_KNOW)
    if chance < 0.05:
        return Answer(response=response, question=question, kind=Answer.Kind.NOT_APPLICABLE)
    value = min(max(round(at), question.minimum), question.maximum)
    if question.reverse:
        value = question.maximum + question.minimum - value
    return Answer(response=response, question=question, kind=Answer.Kind.VALUE, value=value)
