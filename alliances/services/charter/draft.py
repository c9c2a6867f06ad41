"""A charter is written: a version begun, its sections filled, its terms for ratifying set.

All of it is for drafts. From circulation on a version's text is fixed, and whoever was still
writing is told so.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.errors import Refused
from alliances.models import Alliance, CharterSection, CharterVersion, User
from alliances.services.charter.sections import Part, Section, counts, section
from alliances.services.charter.sections.section import SHARES
from alliances.services.locks import locked_alliance
from alliances.services.records import Overtaken, add_record, change_record, locked_record
from alliances.services.texts import one_line, one_of, paragraphs

Status = CharterVersion.Status


@transaction.atomic
def start_charter(
    *,
    alliance: Alliance,
    depth: str,
    ratify_by: str,
    ratify_share: int | None,
    by: User | None,
) -> CharterVersion:
    """A draft without a word in it, numbered after the last version.

    `depth` is of CharterVersion.Depth, `ratify_by` of CharterVersion.Rule; `ratify_share`, per cent
    from 51 to 99, stands with the rule SHARE and with no other. Raises Refused where a value is
    wrong, a draft exists, or a version is out for signing.
    """
    held = locked_alliance(alliance.pk)
    refuse_second_version_under_way(held)
    last = held.charter_versions.aggregate(last=Max("number"))["last"] or 0
    return add_record(
        model=CharterVersion,
        alliance=held,
        by=by,
        number=last + 1,
        depth=depth,
        ratify_by=ratify_by,
        ratify_share=ratify_share,
    )


def draft_of(alliance: Alliance) -> CharterVersion | None:
    """The version that is being written, where there is one. For conveners."""
    return alliance.charter_versions.filter(status=Status.DRAFT).defer("text").first()


def refuse_second_version_under_way(alliance: Alliance) -> None:
    """Raises Refused where a version is being written, or is out for signing. The alliance is held."""
    for version in alliance.charter_versions.filter(status__in=[Status.DRAFT, Status.CIRCULATED]):
        if version.status == Status.DRAFT:
            raise Refused(
                _("Version %(number)d is being written already. Go on with it, or discard it.")
                % {"number": version.number}
            )
        raise Refused(
            _(
                "Version %(number)d is out for signing. Wait until it is ratified, or withdraw it; "
                "then the next one can begin."
            )
            % {"number": version.number}
        )


@transaction.atomic
def change_settings(
    *,
    version: CharterVersion,
    edition: int,
    by: User | None,
    depth: str,
    ratify_by: str,
    ratify_share: int | None,
    reason: str,
) -> CharterVersion:
    """The draft with another depth, rule for ratifying, or reason for the change.

    `edition` is the version's that one began from. Raises Overtaken where somebody saved since,
    and Refused where a value is wrong or the version is no draft any more.
    """
    refuse_unless_draft(locked_record(version))
    return change_record(
        record=version,
        edition=edition,
        by=by,
        depth=depth,
        ratify_by=ratify_by,
        ratify_share=ratify_share,
        reason=reason,
    )


@transaction.atomic
def write_section(
    *,
    version: CharterVersion,
    code: str,
    edition: int,
    by: User | None,
    content: Mapping[str, str],
) -> CharterSection:
    """The section with `content`, which is all of it: a part that is not named there is empty.

    `edition` is the section's that one began from, 0 where nobody had written it yet. Raises
    Overtaken where somebody saved since, and Refused where a part is unknown or wrong, or the
    version is no draft any more. Nothing written where nothing stood: the section is given back
    unsaved.
    """
    try:
        this = section(code)
    except KeyError:
        raise Refused(_("A charter has no such section.")) from None
    checked = checked_content(this, content)
    current = locked_record(version)
    refuse_unless_draft(current)
    stored = current.sections.select_related("changed_by").filter(code=code).first()
    if stored is None:
        stored = CharterSection(version=current, code=code, edition=0)
    elif stored.edition != edition:
        raise Overtaken(stored)
    stored.version = current
    if stored.content != checked:
        stored.content = checked
        stored.edition += 1
        stored.changed_by, stored.changed_at = by, timezone.now()
        stored.save()
    return stored


@transaction.atomic
def discard_draft(*, version: CharterVersion) -> None:
    """The draft is gone with all that was written in it; no error where it was gone already.

    Raises Refused where it is no draft any more: what others were shown is kept.
    """
    alliance = locked_alliance(version.alliance_id)
    current = alliance.charter_versions.filter(pk=version.pk).first()
    if current is not None:
        refuse_unless_draft(current)
        current.delete()


@transaction.atomic
def copy_sections(
    *, source: CharterVersion, target: CharterVersion, by: User | None = None
) -> list[CharterSection]:
    """Gives a draft that holds nothing yet all that `source` says. Raises Refused where `target` is
    no draft, or something is written in it."""
    current = locked_record(target)
    refuse_unless_draft(current)
    if source.alliance_id != current.alliance_id:
        raise Refused(_("A charter begins from one of the same alliance."))
    if current.sections.exists():
        raise Refused(_("Something is written in this draft already."))
    now = timezone.now()
    return CharterSection.objects.bulk_create(
        CharterSection(
            version=current, code=one.code, content=one.content, changed_by=by, changed_at=now
        )
        for one in source.sections.order_by("pk")
    )


def refuse_unless_draft(version: CharterVersion) -> None:
    """Raises Refused where the version's text is fixed, and says since when it is."""
    if version.status == Status.DRAFT:
        return
    raise Refused(
        _(
            "Version %(number)d has been circulated meanwhile, and its text is fixed. Nothing of yours "
            "is stored. Copy it from here before you leave: a comment on the section, or the next "
            "version, is the place for it now."
        )
        % {"number": version.number}
    )


def checked_content(this: Section, content: Mapping[str, str]) -> dict[str, str]:
    """`content` as it may be stored: clean, by the order of the parts, without empty ones.

    Raises Refused with all that is wrong, a line each.
    """
    known = {part.code for part in this.parts}
    if unknown := [code for code in content if code not in known]:
        raise Refused(
            _("“%(section)s” has no part “%(part)s”.")
            % {"section": this.title, "part": str(unknown[0])[:40]}
        )
    checked: dict[str, str] = {}
    wrong: list[str] = []
    for part in this.parts:
        try:
            value = _checked_part(part, content.get(part.code, ""))
            if value and not counts(part, content):
                raise Refused(_refusal_of_idle(this, part))
        except Refused as refusal:
            wrong.append(refusal.message)
        else:
            if value:
                checked[part.code] = value
    if wrong:
        raise Refused(wrong[0], wrong[1:])
    return checked


def _checked_part(part: Part, value: Any) -> str:
    what = str(part.label)
    if not isinstance(value, str):
        raise Refused(_("%(what)s is written as a text.") % {"what": what})
    if part.kind == "text":
        return paragraphs(value, what=what, limit=part.limit)
    value = one_line(value, what=what, limit=part.limit)
    if part.kind == "choice":
        one_of(value, [choice.code for choice in part.choices] + [""], what=what)
    elif part.kind == "share" and value:
        if not re.fullmatch("[0-9]{1,3}", value) or int(value) not in SHARES:
            raise Refused(_("%(what)s is a whole number from 51 to 99.") % {"what": what})
        value = str(int(value))
    elif part.kind == "date" and value:
        try:
            value = dt.date.fromisoformat(value).isoformat()
        except ValueError:
            raise Refused(
                _("%(what)s: write the day as year-month-day, like 2029-03-31.") % {"what": what}
            ) from None
    return value


def _refusal_of_idle(this: Section, part: Part) -> str:
    """What to say where a part is filled that counts with another choice alone."""
    assert part.only_with is not None  # noqa: S101 (it would count)
    other, code = part.only_with
    choice = next(one for one in this.part(other).choices if one.code == code)
    return _("“%(part)s” stands with “%(choice)s” alone. Take it out, or choose that.") % {
        "part": part.label,
        "choice": choice.label,
    }
