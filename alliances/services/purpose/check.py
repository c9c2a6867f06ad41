"""The purpose check: each party writes the purpose in a sentence, unseen until all have.

A party is a participant that has accepted its seat. The check closes itself with the last missing
sentence; from then on all members read all of them, and none changes any more.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.errors import Refused
from alliances.models import Alliance, Participant, PurposeCheck, PurposeSentence, User
from alliances.services.locks import locked_alliance
from alliances.services.records import Overtaken, add_record, change_record

# Fewer cannot be compared; and one sentence alone would be shown for nothing.
FEWEST = 2

ASKED = Q(status=Participant.Status.ACCEPTED)
"""The participants that are asked for a sentence: those that have accepted their seat."""


@transaction.atomic
def open_check(*, alliance: Alliance, at: datetime | None = None) -> PurposeCheck:
    """Every party is asked for its sentence, from `at` (now) on.

    Raises Refused where a check is open already, or where there are fewer than two parties.
    """
    held = locked_alliance(alliance.pk)
    if held.purpose_checks.filter(closed_at=None).exists():
        raise Refused(_("A purpose check is open already. Close it before you open another."))
    if parties_of(held).count() < FEWEST:
        raise Refused(
            _(
                "There are no two parties whose sentences could be compared. A party is a "
                "participant that has accepted its seat: change that under People first."
            )
        )
    return PurposeCheck.objects.create(alliance=held, opened_at=at or timezone.now())


@transaction.atomic
def write_sentence(
    *,
    check: PurposeCheck,
    participant: Participant,
    text: str,
    edition: int,
    by: User | None,
    at: datetime | None = None,
) -> PurposeSentence:
    """The purpose as `participant` puts it, for the first time or anew; the last one closes the check.

    `edition` is that of the sentence that the writer began from, 0 where there was none. Raises
    Overtaken where somebody else of the same party saved meanwhile, and Refused where the text is
    empty or longer than 500 characters, the check is closed, or the participant is no party to it.
    """
    held = locked_alliance(check.alliance_id)
    current = _open_check(held, check)
    if not parties_of(held).filter(pk=participant.pk).exists():
        raise Refused(
            _("Your organisation has not accepted its seat, so it has no sentence to write yet.")
        )
    stored = current.sentences.filter(participant=participant).select_related("changed_by").first()
    if stored is None:
        sentence = add_record(
            model=PurposeSentence,
            alliance=held,
            by=by,
            check_held=current,
            participant=participant,
            text=text,
        )
    elif stored.edition != edition:
        raise Overtaken(stored)
    else:
        sentence = change_record(record=stored, edition=edition, by=by, text=text)
    if at is not None:
        PurposeSentence.objects.filter(pk=sentence.pk).update(changed_at=at)
        sentence.changed_at = at
    # Who is asked may have shrunk to the one who writes, and alone its sentence would be read for nothing.
    if not silent_parties(current) and current.sentences.count() >= FEWEST:
        _close(current, at)
    return sentence


@transaction.atomic
def close_check(*, check: PurposeCheck, at: datetime | None = None) -> PurposeCheck:
    """All sentences that are there are shown, from `at` (now) on.

    It is no error where the last sentence closed the check meanwhile. Raises Refused with fewer
    than two sentences.
    """
    held = locked_alliance(check.alliance_id)
    current = _stored_check(held, check)
    if current.closed_at is not None:
        return current
    written = current.sentences.count()
    if written < FEWEST:
        if written:
            what = _("Only one party has written, and its sentence has nothing to be compared to.")
        else:
            what = _("Nobody has written yet.")
        raise Refused(
            _("%(what)s Ask the others first: from two sentences on you can close the check.")
            % {"what": what}
        )
    _close(current, at)
    return current


def silent_parties(check: PurposeCheck) -> list[str]:
    """Names of the parties that have not written, in order."""
    missing = parties_of(check.alliance).exclude(purpose_sentences__check_held=check)
    return list(missing.order_by("name", "pk").values_list("name", flat=True))


def parties_of(alliance: Alliance) -> QuerySet[Participant]:
    """The participants that have accepted their seat."""
    return alliance.participants.filter(ASKED)


def _close(check: PurposeCheck, at: datetime | None) -> None:
    check.closed_at = max(at or timezone.now(), check.opened_at)
    check.silent = silent_parties(check)
    check.save(update_fields=["closed_at", "silent"])


def _open_check(held: Alliance, check: PurposeCheck) -> PurposeCheck:
    current = _stored_check(held, check)
    if current.closed_at is not None:
        raise Refused(
            _(
                "This purpose check has been closed meanwhile, and all sentences are shown. They "
                "stay as they are; what you wrote now is not stored."
            )
        )
    return current


def _stored_check(held: Alliance, check: PurposeCheck) -> PurposeCheck:
    """The check as it is stored now. Raises Refused where it is gone."""
    try:
        return held.purpose_checks.select_related("alliance").get(pk=check.pk)
    except PurposeCheck.DoesNotExist:
        raise Refused(_("This purpose check has been removed meanwhile.")) from None
