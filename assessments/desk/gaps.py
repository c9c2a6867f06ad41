"""Who is missing, and where: an organisation a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from alliances.models import Participant, Representative
from assessments.desk.papers import Papers
from assessments.progress import Progress


@dataclass(frozen=True)
class GapRow:
    """One organisation, and what it has not done yet; None where it does not apply."""

    name: str
    accepted: bool
    pain: bool
    substance: bool
    signed: bool | None
    arrived: bool | None
    answered: bool | None

    @property
    def gaps(self) -> int:
        return [
            self.accepted,
            self.pain,
            self.substance,
            self.signed,
            self.arrived,
            self.answered,
        ].count(False)


def has_substance(participant: Participant) -> bool:
    """Whether somebody of it was seen to decide, to know the field, or to be listened to."""
    return any(
        getattr(person, f"{kind}_observed") == Representative.Observed.YES
        for person in participant.representatives.all()
        for kind in Representative.KINDS
    )


def gap_rows(
    participants: Sequence[Participant], papers: Papers, progress: Progress | None
) -> list[GapRow]:
    """Organisations that are invited or take part, most gaps first."""
    answered = {
        organisation.people[0].organisation.participant_id: organisation.answered
        for organisation in (progress.organisations if progress else ())
    }
    rows = [
        GapRow(
            name=participant.name,
            accepted=participant.status == Participant.Status.ACCEPTED,
            pain=bool(participant.pain),
            substance=has_substance(participant),
            signed=papers.signed.get(participant.pk),
            arrived=papers.arrived.get(participant.pk),
            answered=answered.get(participant.pk),
        )
        for participant in participants
        if participant.status in (Participant.Status.INVITED, Participant.Status.ACCEPTED)
    ]
    return sorted(rows, key=lambda row: (-row.gaps, row.name))
