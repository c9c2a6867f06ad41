"""The life of a round: opened with what it fixes, closed once, published at that moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.errors import Refused
from alliances.models import Alliance, Representative
from alliances.models.audit import Action
from alliances.services.texts import one_line, same_key
from assessments.models import (
    Answer,
    Bank,
    Comment,
    Invitation,
    Response,
    Result,
    RosterOrganisation,
    Round,
)
from assessments.services.auditing import record_round
from assessments.services.person_results import publish_result_of_a_person
from assessments.services.results import publish_result
from assessments.services.workbook import picked_by_both

NAME_LIMIT = 120
MINIMUM_THRESHOLD = 5
"""Fewer than five would let people guess who said what (docs/scoring.md)."""


@transaction.atomic
def open_round(
    *,
    alliance: Alliance,
    bank: Bank,
    name: str,
    mode: str,
    threshold: int,
    closes_on: dt.date,
    representatives: Sequence[Representative],
    about: Representative | None = None,
) -> Round:
    """Open a round of `bank` to `representatives`. Sends nothing; `invitations` does.

    `mode` is a Round.Mode; `threshold` at least 5 in a confidential round, at least 1 in an open
    one; `closes_on` today or later. All of it, and the roster, is fixed from here on.
    `about` is whom a bank that sets oneself beside peers is asked about: asked too, beside
    `representatives`, who are the peers.
    Raises Refused, with every person that cannot be asked in `details`.
    """
    name = one_line(name, what=_("The round’s name"), limit=NAME_LIMIT)
    Alliance.objects.select_for_update().get(pk=alliance.pk)
    # Nobody retires it at this moment.
    bank = Bank.objects.select_for_update().get(pk=bank.pk)
    check_terms(
        alliance=alliance, bank=bank, name=name, mode=mode, threshold=threshold, about=about
    )
    if closes_on < timezone.localdate():
        raise Refused(_("The last day to answer has passed. Choose today or a later day."))
    _check_people(alliance, mode, threshold, representatives)
    _check_audience(bank, representatives)
    if about is not None:
        representatives = _with_person(alliance, about, representatives)
    participants = {r.participant_id: r.participant for r in representatives}
    asked = (
        picked_by_both(alliance=alliance, bank=bank, partners=list(participants.values()))
        if bank.is_workbook
        else []
    )
    round_ = Round.objects.create(
        alliance=alliance,
        bank=bank,
        name=name,
        about=about,
        about_name=about.name if about else "",
        asked=asked,
        mode=mode,
        threshold=threshold,
        opened_at=timezone.now(),
        closes_on=closes_on,
    )
    organisations = {
        organisation.participant_id: organisation
        for organisation in RosterOrganisation.objects.bulk_create(
            RosterOrganisation(round=round_, participant=participant, name=participant.name)
            for participant in participants.values()
        )
    }
    Invitation.objects.bulk_create(
        Invitation(
            round=round_,
            organisation=organisations[representative.participant_id],
            name=representative.name,
            email=representative.email.lower(),
            language=representative.language,
            of_oneself=representative == about,
        )
        for representative in representatives
    )
    # What the roster fixes for good: no answer changes it.
    record_round(
        Action.ROUND_OPENED,
        round_,
        bank=f"{bank.code} {bank.version}",
        mode=mode,
        threshold=threshold,
        people=len(representatives),
        organisations=len(participants),
    )
    return round_


def check_terms(
    *,
    alliance: Alliance,
    bank: Bank,
    name: str,
    mode: str,
    threshold: int,
    about: Representative | None = None,
) -> None:
    """Raise Refused where a round on these terms may not be opened."""
    if bank.status != Bank.Status.PUBLISHED:
        raise Refused(_("This question bank is not published. Choose one that is."))
    if bank.alliance_id not in (None, alliance.pk):
        raise Refused(_("These questions are another alliance’s own. Choose others."))
    if not name:
        raise Refused(_("Give the round a name, such as First round."))
    taken = alliance.rounds.values_list("name", flat=True)
    if same_key(name) in {same_key(other) for other in taken}:
        raise Refused(_("This alliance has a round of that name. Choose another name."))
    if mode not in Round.Mode.values:
        raise Refused(_("Choose who sees what: confidential, or open by organisation."))
    if mode == Round.Mode.CONFIDENTIAL and threshold < MINIMUM_THRESHOLD:
        raise Refused(
            _("In a confidential round the threshold is %(k)s or more.") % {"k": MINIMUM_THRESHOLD}
        )
    if not 1 <= threshold <= 1000:
        raise Refused(_("The threshold is a whole number from 1 to 1000."))
    _check_about(bank, mode, threshold, about)
    same = alliance.rounds.filter(status=Round.Status.OPEN, bank__code=bank.code, about=about)
    if same.exists():
        raise Refused(
            _("A round with these questions is open already. Close it before you open the next.")
        )


def _check_about(bank: Bank, mode: str, threshold: int, about: Representative | None) -> None:
    """A bank that sets oneself beside peers is asked about a person, and no other bank is."""
    if not bank.is_about_oneself:
        if about is not None:
            raise Refused(_("These questions are not about one person."))
        return
    if about is None:
        raise Refused(_("These questions are about one person. Say about whom."))
    if mode != Round.Mode.CONFIDENTIAL:
        raise Refused(_("A round about one person is confidential."))
    least = bank.reading["peers_least"]
    if threshold < least:
        raise Refused(_("With these questions the threshold is %(k)s or more.") % {"k": least})


def _with_person(
    alliance: Alliance, about: Representative, peers: Sequence[Representative]
) -> list[Representative]:
    """The person that it is about, and the peers. Raises Refused where that cannot be asked."""
    if about.participant.alliance_id != alliance.pk:
        raise Refused(_("One of these people does not belong to this alliance."))
    if not about.email:
        raise Refused(
            _("Some of these people cannot be asked."),
            [_("%(name)s has no e-mail address.") % {"name": about.name}],
        )
    if about in peers or about.email.lower() in {peer.email.lower() for peer in peers}:
        raise Refused(
            _("%(name)s answers for themselves, and is no peer of theirs.") % {"name": about.name}
        )
    return [about, *peers]


def _check_people(
    alliance: Alliance, mode: str, threshold: int, representatives: Sequence[Representative]
) -> None:
    if not representatives:
        raise Refused(_("Choose at least one person to ask."))
    problems = []
    seen: set[str] = set()
    for representative in representatives:
        if representative.participant.alliance_id != alliance.pk:
            raise Refused(_("One of these people does not belong to this alliance."))
        email = representative.email.lower()
        if not email:
            problems.append(_("%(name)s has no e-mail address.") % {"name": representative.name})
        elif email in seen:
            problems.append(_("%(email)s stands for two people.") % {"email": email})
        seen.add(email)
    if problems:
        raise Refused(_("Some of these people cannot be asked."), problems)
    if mode == Round.Mode.CONFIDENTIAL and len(representatives) < threshold:
        raise Refused(
            _(
                "A confidential round of fewer than %(k)s people would show nothing. "
                "Ask more people, or open the round by organisation."
            )
            % {"k": threshold}
        )


def _check_audience(bank: Bank, representatives: Sequence[Representative]) -> None:
    """Raise Refused where the bank is not for these people."""
    convening = [r.name for r in representatives if r.role == Representative.Role.CONVENER]
    if bank.audience == Bank.Audience.CONVENER and len(convening) < len(representatives):
        raise Refused(_("These questions are for those who convene the alliance, and nobody else."))
    if bank.audience == Bank.Audience.MEMBERS and convening:
        raise Refused(
            _("These questions are for the members, not for those who convene the alliance."),
            convening,
        )
    organisations = {representative.participant_id for representative in representatives}
    if bank.audience == Bank.Audience.PARTNERS and len(organisations) != 2:
        raise Refused(
            _("These questions are about two partners. Choose people of two organisations.")
        )


@transaction.atomic
def set_forecast(*, round: Round, forecast: Mapping[str, int]) -> Round:
    """Keep what the convener expects of each element (code to 0–100), until the round closes.

    Elements that are left out have no forecast. Raises Refused on a closed round, an unknown
    element, or a figure that is not from 0 to 100.
    """
    kept = Round.objects.select_for_update().get(pk=round.pk)
    if not kept.is_open:
        raise Refused(_("The round is closed; a forecast is made before."))
    if kept.is_about_a_person:
        raise Refused(_("Of a round about one person nothing is forecast."))
    if not kept.takes_forecast:
        raise Refused(_("Nobody forecasts their own answers."))
    codes = set(kept.bank.dimensions.values_list("code", flat=True))
    for code, expected in forecast.items():
        if code not in codes:
            raise Refused(_("This round does not ask about %(code)s.") % {"code": code})
        if isinstance(expected, bool) or not isinstance(expected, int) or not 0 <= expected <= 100:
            raise Refused(_("A forecast is a whole number from 0 to 100."))
    kept.forecast = dict(forecast)
    kept.save(update_fields=["forecast"])
    return kept


@transaction.atomic
def close_round(*, round: Round, closed_at: dt.datetime | None = None) -> Result:
    """Close `round` and publish its result, both or neither. It never opens again.

    `closed_at` is now, unless a round that took place earlier is brought in. Responses that were
    not sent in are deleted: nobody may read them, and they count for nothing.
    Raises Refused where the round is closed already.
    """
    # The lock keeps out whoever is sending in at this moment: they come before it, or not at all.
    closing = Round.objects.select_for_update().get(pk=round.pk)
    if not closing.is_open:
        raise Refused(_("This round is closed already."))
    closing.status = Round.Status.CLOSED
    closing.closed_at = closed_at or timezone.now()
    closing.save(update_fields=["status", "closed_at"])
    unsent = Response.objects.filter(round=closing, submitted=False)
    # Held before their answers are deleted, lest one that is saved at this moment be left over.
    list(unsent.select_for_update().values_list("pk"))
    unsent.delete()
    _forget_when(closing)
    if closing.is_about_a_person:
        result = publish_result_of_a_person(round=closing)
    else:
        result = publish_result(round=closing)
    record_round(Action.ROUND_CLOSED, closing)
    published_for = "the person" if closing.is_about_a_person else "the alliance"
    record_round(Action.RESULT_PUBLISHED, closing, **{"for": published_for})
    return result


def _forget_when(round_: Round) -> None:
    """Write every response of `round_` anew, all in this transaction.

    PostgreSQL marks each row with the transaction that wrote it. Sending in writes the response and
    marks the invitation in one, which would tie the two for whoever reads the database itself.
    """
    responses = Response.objects.filter(round=round_)
    responses.update(submitted=True)
    # By `response__round`, Django would join the table that is written with itself, over which a
    # database without statistics, as after an import, takes minutes.
    Answer.objects.filter(response__in=responses).update(value=F("value"))
    Comment.objects.filter(response__in=responses).update(text=F("text"))
