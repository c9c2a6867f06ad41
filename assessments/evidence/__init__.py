"""Evidence: what the alliance has on record, as checks with a state and a fact.

The only place that reads an alliance's records for scores. A check applies once the alliance keeps
that kind of record at all; what nobody has begun to record is no evidence against anybody. The
table of checks, with points and limits, stands in docs/scoring.md.
"""

from __future__ import annotations

import datetime as dt

from django.utils import translation

from alliances.models import Alliance, Participant
from alliances.services.attendance import attendance_by_meeting
from assessments.evidence.charter import formal_charter
from assessments.evidence.charter_on_record import charter_on_record
from assessments.evidence.common_ground import common_ground
from assessments.evidence.common_pain import common_pain
from assessments.evidence.convener import convener_of_stature
from assessments.evidence.leaders import committed_leaders
from assessments.evidence.purpose import clearly_defined_purpose
from assessments.evidence.representatives import representatives_of_substance
from assessments.evidence.train import northbound_train
from assessments.scoring import Check

QUERIES = 26
"""So many at most, however much is on record."""


@translation.override("en")  # what is published is English, whoever closes the round
def collect_evidence(alliance: Alliance, on: dt.date) -> dict[str, list[Check]]:
    """Checks of the eight elements, by code: the alliance's records as they stood at the end of the
    day `on`. What has no date, such as a position, counts as it stands now.

    The number of queries is constant: QUERIES, fewer where there is no charter.
    """
    participants = list(alliance.participants.prefetch_related("representatives"))
    taking_part = [p for p in participants if p.status == Participant.Status.ACCEPTED]
    meetings = attendance_by_meeting(alliance=alliance, on=on)
    charter = charter_on_record(alliance, on)
    return {
        "common-pain": common_pain(alliance, taking_part),
        "convener-of-stature": convener_of_stature(participants),
        "representatives-of-substance": representatives_of_substance(
            participants, taking_part, meetings
        ),
        "committed-leaders": committed_leaders(alliance, taking_part, on),
        "clearly-defined-purpose": clearly_defined_purpose(charter),
        "formal-charter": formal_charter(alliance, charter, on),
        "northbound-train": northbound_train(alliance, meetings, on),
        "common-ground": common_ground(alliance, taking_part, on),
    }
