"""One change at a time to an alliance's people and to all that it has on record: each takes the
alliance's row first."""

from __future__ import annotations

from django.utils.translation import gettext as _

from alliances.errors import Refused
from alliances.models import Alliance, Participant, Representative


def locked_alliance(pk: int) -> Alliance:
    """The alliance, held until the transaction ends. Raises Refused where it is gone."""
    try:
        return Alliance.objects.select_for_update().get(pk=pk)
    except Alliance.DoesNotExist:
        raise Refused(_("This alliance has been removed meanwhile.")) from None


def locked_participant(participant: Participant) -> Participant:
    """The participant as it is stored now, its alliance held. Raises Refused where it is gone."""
    alliance = locked_alliance(participant.alliance_id)
    try:
        current = Participant.objects.get(pk=participant.pk)
    except Participant.DoesNotExist:
        raise Refused(
            _("%(name)s has been removed meanwhile.") % {"name": participant.name}
        ) from None
    current.alliance = alliance
    return current


def locked_representative(representative: Representative) -> Representative:
    """The person as stored now, their alliance held. Raises Refused where they are gone."""
    participant = locked_participant(representative.participant)
    try:
        current = Representative.objects.get(pk=representative.pk)
    except Representative.DoesNotExist:
        raise Refused(
            _("%(name)s has been removed meanwhile.") % {"name": representative.name}
        ) from None
    current.participant = participant
    return current
