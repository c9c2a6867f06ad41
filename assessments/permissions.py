"""Who may do what to rounds and results. The one place that says so."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from alliances.models import Alliance, User
from assessments.models import Round


def may_curate_banks(user: User | AnonymousUser) -> bool:
    """Write, publish and retire question banks: admins, and who was given that permission."""
    return user.is_authenticated and user.has_perm("assessments.change_bank")


def may_run_rounds(user: User | AnonymousUser, alliance: Alliance) -> bool:
    """Open, remind, forecast, close: the alliance's conveners, and admins."""
    return Alliance.objects.convened_by(user).filter(pk=alliance.pk).exists()


def may_read_result(user: User | AnonymousUser, round_: Round) -> bool:
    """Conveners and members of the alliance, and admins, once the round is closed; nobody of them
    where it is about one person, who reads it by their own link."""
    return (
        not round_.is_about_a_person
        and round_.status == Round.Status.CLOSED
        and Alliance.objects.visible_to(user).filter(pk=round_.alliance_id).exists()
    )
