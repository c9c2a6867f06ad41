"""Records are added, changed and removed, whatever they hold; two who edit at once lose nothing.

What is special to one kind of record stands in a service of its own, which calls these.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from alliances.errors import Refused
from alliances.models import Alliance, Record, User
from alliances.services.counts import labelled
from alliances.services.locks import locked_alliance
from alliances.services.texts import one_line, one_of, paragraphs

R = TypeVar("R", bound=Record)


class Overtaken(Refused):
    """Somebody saved first. `current` is the record as it is stored now; nothing was changed.

    Who changed it last is named, unless `is_last` says that this may have been another change.
    """

    def __init__(self, current: Record, *, is_last: bool = True) -> None:
        who = current.changed_by if is_last else None
        super().__init__(
            _(
                "%(who)s saved this while you were writing. Nothing of yours is stored yet, and "
                "nothing is lost: compare the two below, and save what shall stand."
            )
            % {"who": who.known_as if who is not None else _("Somebody else")}
        )
        self.current = current


@transaction.atomic
def add_record(*, model: type[R], alliance: Alliance, by: User | None, **fields: Any) -> R:
    """A new row of `model` in `alliance`, with `fields` by the names of its columns.

    A model that has no column `alliance` is given what ties it to one among `fields` (such as its
    `participant`). Raises Refused where a value is wrong, or breaks a rule of the model; then
    nothing is stored.
    """
    held = locked_alliance(alliance.pk)
    if any(field.name == "alliance" for field in model._meta.fields):
        fields["alliance"] = held
    record = model(changed_by=by, changed_at=timezone.now())
    _fill(record, fields)
    _refuse_foreigners(record, held, fields)
    _checked(record)
    record.save(force_insert=True)
    return record


@transaction.atomic
def change_record(*, record: R, edition: int, by: User | None, **fields: Any) -> R:
    """The record with these `fields`; what is not named stays.

    `edition` is the one that whoever changes it began from. Raises Overtaken where another is
    stored by now, and Refused where the record is gone or a value is wrong. A change that changes
    nothing is not counted as one.
    """
    current = locked_record(record)
    if current.edition != edition:
        raise Overtaken(current)
    before = {name: getattr(current, name) for name in fields}
    # Asked before anything is filled in: a record may belong to an alliance by its participant.
    alliance = Alliance(pk=_alliance_of(current))
    _fill(current, fields)
    if before == {name: getattr(current, name) for name in fields}:
        return current
    _refuse_foreigners(current, alliance, fields)
    _checked(current)
    stamp(current, by)
    current.save()
    return current


@transaction.atomic
def remove_record(*, record: Record) -> None:
    """The record is gone, with what hangs on it. It is no error where it was gone already."""
    locked_alliance(_alliance_of(record))
    type(record)._default_manager.filter(pk=record.pk).delete()


def locked_record(record: R) -> R:
    """The record as it is stored now, its alliance held until the transaction ends.

    Raises Refused where it is gone.
    """
    locked_alliance(_alliance_of(record))
    try:
        return type(record)._default_manager.select_related("changed_by").get(pk=record.pk)
    except type(record).DoesNotExist:
        raise Refused(_("“%(record)s” has been removed meanwhile.") % {"record": record}) from None


def mark_of_columns(record: Record, columns: Iterable[str]) -> str:
    """What these columns hold, as a digest: another one where any of them was changed.

    For records of which two forms change different columns. Who saves one of them says by this what
    they began from, and is not overtaken by who saved the other.
    """
    values = [getattr(record, name) for name in columns]
    text = json.dumps([None if value is None else str(value) for value in values])
    return hashlib.sha256(text.encode()).hexdigest()


def stamp(record: Record, by: User | None) -> None:
    """Counts a change of `record`, for services that save it themselves."""
    record.edition += 1
    record.changed_at = timezone.now()
    record.changed_by = by


def _alliance_of(record: Record) -> int:
    return int(record.alliance_id)  # type: ignore[attr-defined]


def _fill(record: Record, fields: dict[str, Any]) -> None:
    """Sets `fields`, texts as they may be stored. Raises Refused at the first that may not."""
    for name, value in fields.items():
        field = record._meta.get_field(name)
        assert isinstance(field, models.Field)  # noqa: S101 (a column that is none is a slip of ours)
        what = capfirst(str(field.verbose_name))
        if isinstance(value, str) and isinstance(field, models.CharField):
            if field.choices:
                choices = [str(choice) for choice, _label in field.flatchoices]
                one_of(value, choices + [""] * field.blank, what=what)
            else:
                limit = field.max_length or 0
                value = one_line(value, what=what, limit=limit, required=not field.blank)
        elif isinstance(value, str) and isinstance(field, models.TextField):
            limit = field.max_length or 0
            value = paragraphs(value, what=what, limit=limit, required=not field.blank)
        setattr(record, name, value)


def _refuse_foreigners(record: Record, alliance: Alliance, fields: dict[str, Any]) -> None:
    """Refuses what belongs to another alliance, such as its participant."""
    for name, value in fields.items():
        if not isinstance(value, models.Model) or isinstance(value, Alliance | User):
            continue
        if int(value.alliance_id) != alliance.pk:  # type: ignore[attr-defined]
            field = record._meta.get_field(name)
            raise Refused(
                _("%(what)s: choose one of this alliance.")
                % {"what": capfirst(str(getattr(field, "verbose_name", name)))}
            )


def _checked(record: Record) -> None:
    """Asks the model: its columns, its uniqueness, its constraints. Raises Refused."""
    try:
        record.full_clean()
    except ValidationError as error:
        lines = []
        for name, messages in error.message_dict.items():
            if name == NON_FIELD_ERRORS:
                lines += messages
            else:
                field = record._meta.get_field(name)
                label = capfirst(str(getattr(field, "verbose_name", name)))
                lines += [labelled(label, message) for message in messages]
        raise Refused(lines[0], lines[1:]) from None
