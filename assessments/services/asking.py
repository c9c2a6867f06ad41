"""What a convener begins with who opens a round: whom it may ask, and a name for it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from alliances.models import Alliance, Participant


def who_can_be_asked(alliance: Alliance) -> list[Participant]:
    """Participants that are invited or take part, by name, each with its people. Two queries."""
    statuses = [Participant.Status.INVITED, Participant.Status.ACCEPTED]
    return list(
        alliance.participants.filter(status__in=statuses)
        .prefetch_related("representatives")
        .order_by("name", "pk")
    )


def next_name(alliance: Alliance) -> str:
    """A name to begin with, which no round of `alliance` has; empty where none comes to mind."""
    names = [_("First round"), _("Second round"), _("Third round"), _("Fourth round")]
    taken = {name.casefold() for name in alliance.rounds.values_list("name", flat=True)}
    names = [*names[len(taken) :], _("Round %(number)s") % {"number": len(taken) + 1}]
    return next((name for name in names if name.casefold() not in taken), "")
