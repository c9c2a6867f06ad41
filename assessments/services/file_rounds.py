"""Rounds that are filled from a file in place of a questionnaire."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliances.errors import Refused
from alliances.models import Alliance, Participant
from alliances.services.alliances import create_alliance
from alliances.services.texts import one_line
from assessments.models import (
    Answer,
    Bank,
    Invitation,
    Question,
    Response,
    Result,
    RosterOrganisation,
    Round,
)
from assessments.scoring import AnswerSheet
from assessments.services.response_files import read_response_file
from assessments.services.rounds import NAME_LIMIT, check_terms, close_round
from assessments.services.sheets import bank_rules


@dataclass(frozen=True)
class Assessment:
    """A round that was filled and closed, with what its reader should know of the file."""

    result: Result
    missing_columns: tuple[str, ...]


@transaction.atomic
def assess_file(
    *,
    name: str,
    bank: Bank,
    content: bytes,
    mode: str,
    threshold: int,
    roster_organisations: int | None = None,
) -> Assessment:
    """Make an alliance called `name`, fill one round of `bank` from CSV `content`, and close it.

    `roster_organisations` tells how many were invited, where more than answered; for each of the
    others the roster holds one organisation and one person without a name.
    Raises Refused; then nothing is stored.
    """
    name = one_line(name, what=_("The alliance’s name"), limit=NAME_LIMIT, required=True)
    rules = {question.code: question for rule in bank_rules(bank) for question in rule.questions}
    file = read_response_file(content=content, questions=rules)
    invited = len(file.organisations) if roster_organisations is None else roster_organisations
    if invited < len(file.organisations):
        raise Refused(
            ngettext(
                "The file holds answers of %(answered)s organisation; the roster cannot be %(roster)s.",
                "The file holds answers of %(answered)s organisations; the roster cannot be %(roster)s.",
                len(file.organisations),
            )
            % {"answered": len(file.organisations), "roster": invited}
        )
    if invited > 10_000:
        raise Refused(_("The roster cannot be larger than 10,000 organisations."))
    alliance = create_alliance(actor=None, name=name)
    check_terms(alliance=alliance, bank=bank, name=_("First round"), mode=mode, threshold=threshold)
    names = [*file.organisations, *_silent_names(file.organisations, invited)]
    round_ = Round.objects.create(
        alliance=alliance,
        bank=bank,
        name=_("First round"),
        mode=mode,
        threshold=threshold,
        opened_at=timezone.now(),
        closes_on=timezone.localdate(),
    )
    roster = _make_roster(alliance, round_, names)
    answered = [sheet.organisation for sheet in file.sheets]
    Invitation.objects.bulk_create(
        [
            *(
                Invitation(
                    round=round_,
                    organisation=roster[organisation],
                    name=respondent[:120],
                    progress=Invitation.Progress.ANSWERED,
                )
                for respondent, organisation in zip(file.respondents, answered, strict=True)
            ),
            *(
                Invitation(round=round_, organisation=roster[organisation], name="")
                for organisation in names[len(file.organisations) :]
            ),
        ]
    )
    fill_round(round=round_, sheets=file.sheets)
    return Assessment(close_round(round=round_), file.missing_columns)


@transaction.atomic
def fill_round(*, round: Round, sheets: Sequence[AnswerSheet]) -> None:
    """Store `sheets` as responses that were sent in. Their organisations must be on the roster.

    Pseudonyms are random: there is no link that would lead to them. So is the order in which rows are
    stored, lest the first response be known to be the first invitation's.
    """
    shuffled = secrets.SystemRandom().sample(sheets, len(sheets))
    organisations = {o.name: o for o in round.organisations.all()}
    questions = {q.code: q for q in Question.objects.filter(bank=round.bank)}
    responses = [
        Response(
            round=round,
            organisation=organisations[sheet.organisation],
            pseudonym=hashlib.sha256(secrets.token_bytes(32)).hexdigest(),
            submitted=True,
        )
        for sheet in shuffled
    ]
    Response.objects.bulk_create(responses, batch_size=500)
    Answer.objects.bulk_create(
        (
            Answer(
                response=response,
                question=questions[code],
                kind=answer if isinstance(answer, str) else Answer.Kind.VALUE,
                value=None if isinstance(answer, str) else answer,
            )
            for response, sheet in zip(responses, shuffled, strict=True)
            for code, answer in sheet.answers.items()
        ),
        batch_size=500,
    )


def _silent_names(answered: Sequence[str], invited: int) -> list[str]:
    """Names for the organisations that the file does not tell of, none of them taken."""
    taken = {name.lower() for name in answered}
    names: list[str] = []
    number = len(answered)
    while len(answered) + len(names) < invited:
        number += 1
        name = _("Organisation %(number)s, no answer") % {"number": number}
        if name.lower() not in taken:
            names.append(name)
    return names


def _make_roster(
    alliance: Alliance, round_: Round, names: Sequence[str]
) -> dict[str, RosterOrganisation]:
    participants = Participant.objects.bulk_create(
        Participant(alliance=alliance, name=name, status=Participant.Status.ACCEPTED)
        for name in names
    )
    roster = RosterOrganisation.objects.bulk_create(
        RosterOrganisation(round=round_, participant=participant, name=participant.name)
        for participant in participants
    )
    return {organisation.name: organisation for organisation in roster}
