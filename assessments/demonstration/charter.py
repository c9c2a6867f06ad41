"""The demonstration's charter: a light version in force, and a full one that not all have signed."""

from __future__ import annotations

import datetime as dt

from alliances.models import Alliance, CharterVersion, User
from alliances.services.charter.draft import change_settings, start_charter, write_section
from alliances.services.charter.life import circulate, revise
from assessments.demonstration.charter_signing import (
    seat_signers,
    sign_first_version,
    sign_second_version,
)
from assessments.demonstration.charter_texts import FIRST, SECOND, SECOND_REASON, Contents

# Days before today.
FIRST_CIRCULATED, SECOND_CIRCULATED = 224, 20

Depth, Rule = CharterVersion.Depth, CharterVersion.Rule


def load_charter(*, alliance: Alliance, convener: User, today: dt.date) -> None:
    """Both versions, as they were drafted, circulated and signed."""
    users = seat_signers(alliance, convener, today)
    first = draft_first_version(alliance=alliance, convener=convener, today=today)
    first = circulate(version=first, by=convener, at=moment(today, FIRST_CIRCULATED)).version
    sign_first_version(first, users, today)
    second = draft_second_version(version=first, convener=convener, today=today)
    second = circulate(
        version=second, by=convener, despite_gaps=True, at=moment(today, SECOND_CIRCULATED)
    ).version
    sign_second_version(second, users, today)


def draft_first_version(*, alliance: Alliance, convener: User, today: dt.date) -> CharterVersion:
    """A light charter of six sections, to be reviewed this month."""
    version = start_charter(
        alliance=alliance,
        depth=Depth.LIGHT,
        ratify_by=Rule.ALL,
        ratify_share=None,
        by=convener,
    )
    review = {"review": (today + dt.timedelta(days=5)).isoformat()}
    write_sections(version, {**FIRST, "term": review}, convener)
    return version


def draft_second_version(
    *, version: CharterVersion, convener: User, today: dt.date
) -> CharterVersion:
    """A full charter that goes on from `version`; the section on disputes is left empty."""
    draft = revise(version=version, by=convener)
    draft = change_settings(
        version=draft,
        edition=draft.edition,
        by=convener,
        depth=Depth.FULL,
        ratify_by=Rule.SHARE,
        ratify_share=75,
        reason=SECOND_REASON,
    )
    review = {"review": (today + dt.timedelta(days=345)).isoformat()}
    write_sections(draft, {**SECOND, "term": {**SECOND["term"], **review}}, convener)
    return draft


def write_sections(version: CharterVersion, contents: Contents, by: User) -> None:
    """Writes these sections into the draft, over whatever stands there."""
    editions = dict(version.sections.values_list("code", "edition"))
    for code, content in contents.items():
        write_section(
            version=version, code=code, edition=editions.get(code, 0), by=by, content=content
        )


def moment(today: dt.date, days_ago: int, hour: int = 10) -> dt.datetime:
    """That hour of the day so many days before `today`."""
    day = today - dt.timedelta(days=days_ago)
    return dt.datetime.combine(day, dt.time(hour), tzinfo=dt.UTC)
