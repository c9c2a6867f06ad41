"""Lines of a form of which each belongs to a participant and carries its key in the field's name.

A page may stay open while a participant leaves, or is removed. What was typed in its line is stored
where it still can be, and is never dropped without a word.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from alliances.models import Participant
from alliances.services.texts import quotable

# No key is longer than what a database takes.
KEY = re.compile(r"[0-9]{1,18}", re.ASCII)
QUOTED_LIMIT = 120


def keys_in(texts: Iterable[Any]) -> set[int]:
    """The keys among `texts`; what is none is left out."""
    return {int(text) for text in texts if isinstance(text, str) and KEY.fullmatch(text)}


def keys_sent(data: Mapping[str, Any], *beginnings: str) -> set[int]:
    """The keys of which a field was sent whose name begins with one of `beginnings`."""
    return keys_in(
        name.removeprefix(beginning)
        for name in data
        for beginning in beginnings
        if name.startswith(beginning)
    )


def names_shown(participants: Iterable[Participant]) -> str:
    """Whose lines a page shows, for a hidden field: one who is removed meanwhile has no other name."""
    return json.dumps({str(one.pk): one.name for one in participants})


def line_of_nobody(key: int, shown: Any, typed: str) -> str:
    """Says that `typed` cannot be stored, because the participant with this key is gone.

    `shown` is what `names_shown` gave the page, as it came back.
    """
    try:
        names = json.loads(shown)
    except (TypeError, ValueError, RecursionError):  # no JSON, or a pile of brackets
        names = None
    name = names.get(str(key)) if isinstance(names, dict) else None
    return _(
        "%(name)s is not there any more, so its line cannot be stored. You wrote: “%(typed)s”. "
        "All else stands below as you wrote it: save again to store that."
    ) % {
        "name": quotable(name, QUOTED_LIMIT)
        if isinstance(name, str) and name.strip()
        else _("An organisation"),
        "typed": quotable(typed, QUOTED_LIMIT),
    }
