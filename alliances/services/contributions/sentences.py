"""What is to be said of contributions: the finding first, then what follows from it."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliances.services import counts, figures
from alliances.services.contributions.net_value import NetValue
from alliances.services.contributions.pledges import Pledge


def finding(pledges: list[Pledge], net: NetValue, *, currency: str) -> tuple[str, list[str]]:
    """The finding, and what follows from it, sentence by sentence."""
    owed = [pledge for pledge in pledges if pledge.is_owed]
    if not owed:
        return _("Nothing is pledged."), []
    late = sorted(
        (pledge for pledge in owed if pledge.is_late),
        key=lambda pledge: (pledge.is_money, pledge.late, pledge.days_late),
        reverse=True,
    )
    first = _first(net, currency)
    aside = []
    if late:
        aside.append(_latest(late[0]))
        others = len({pledge.contribution.participant_id for pledge in late}) - 1
        if others:
            aside.append(
                counts.first_capital(
                    ngettext(
                        "%(n)s more organisation is late.",
                        "%(n)s more organisations are late.",
                        others,
                    )
                    % {"n": counts.in_words(others)}
                )
            )
    elif dateless := [p for p in owed if p.open and p.contribution.due_on is None]:
        aside.append(
            _("No date was agreed, so it is due at once, and never late.")
            if len(dateless) == len([p for p in owed if p.open])
            else _("For part of it no date was agreed: that is due at once, and never late.")
        )
    return first, aside


def _first(net: NetValue, currency: str) -> str:
    """Money before time: what of it was due, and what of that has arrived."""
    if net.due:
        due, arrived = figures.money(net.due, currency), figures.amount(net.due_received)
        nothing, all_ = not net.due_received, net.due_received == net.due
    elif net.pledged:
        return _("%(pledged)s are pledged, and nothing of it is due yet.") % {
            "pledged": figures.money(net.pledged, currency)
        }
    elif net.days_due:
        due, arrived = figures.days(net.days_due), figures.number(net.days_due_received)
        nothing, all_ = not net.days_due_received, net.days_due_received == net.days_due
    elif net.days_pledged:
        return _("%(pledged)s of people’s time are pledged, and nothing of it is due yet.") % {
            "pledged": figures.days(net.days_pledged)
        }
    else:
        return _("Influence is pledged, and neither money nor time.")
    if nothing:
        sentence = _("%(due)s were pledged and are due. Nothing of it has arrived.")
    elif not all_:
        sentence = _("Of %(due)s pledged and due, %(arrived)s have arrived.")
    elif net.days_due_received == net.days_due:
        sentence = _("All that was due has arrived: %(due)s.")
    else:
        sentence = _("All the money that was due has arrived: %(due)s.")
    return sentence % {"due": due, "arrived": arrived}


def _latest(pledge: Pledge) -> str:
    """The pledge that holds up most, in a sentence."""
    values = {
        "amount": figures.amount(pledge.late)
        if pledge.is_money
        else figures.days(pledge.late)
        if pledge.is_time
        else "",
        "name": pledge.contribution.participant.name,
        "late": figures.days_long(pledge.days_late),
    }
    if pledge.is_influence:
        return _("%(name)s is %(late)s late with what it promised to do.") % values
    return _("%(name)s is %(late)s late with %(amount)s.") % values


def beside(pledges: list[Pledge], net: NetValue) -> list[str]:
    """What there is besides money: people's time, and influence."""
    sentences = []
    if net.days_due and (net.due or net.pledged):
        sentences.append(
            _("Of %(due)s of people’s time that are due, %(given)s have been given.")
            % {
                "due": figures.days(net.days_due),
                "given": figures.number(net.days_due_received),
            }
        )
    promises = [pledge for pledge in pledges if pledge.is_influence and pledge.is_owed]
    if promises:
        shown = sum(pledge.receipts > 0 for pledge in promises)
        stand = ngettext(
            "%(n)s promise of influence stands", "%(n)s promises of influence stand", len(promises)
        ) % {"n": counts.in_words(len(promises))}
        seen = (
            _("it has shown")
            if shown == len(promises) == 1
            else _("all have shown")
            if shown == len(promises)
            else ngettext("%(n)s has shown", "%(n)s have shown", shown)
            % {"n": counts.in_words(shown)}
            if shown
            else _("nothing of it has shown yet")
        )
        sentences.append(
            counts.first_capital(_("%(stand)s: %(seen)s.") % {"stand": stand, "seen": seen})
        )
    return sentences


def standing(pledge: Pledge, *, currency: str) -> tuple[str, str]:
    """Where one pledge stands, and its dates, as a finding and a sentence."""
    contribution = pledge.contribution
    if pledge.is_influence:
        found = _("It has shown.") if pledge.receipts else _("It has not shown yet.")
    else:
        unit = figures.days if pledge.is_time else (lambda value: figures.money(value, currency))
        plain = figures.number if pledge.is_time else figures.amount
        if pledge.is_whole:
            found = _("All of it has arrived: %(received)s.") % {"received": unit(pledge.received)}
        elif pledge.received:
            found = _("Of %(pledged)s, %(received)s have arrived.") % {
                "pledged": unit(pledge.pledged),
                "received": plain(pledge.received),
            }
        else:
            found = _("Of %(pledged)s, nothing has arrived.") % {"pledged": unit(pledge.pledged)}
    if pledge.is_whole:
        aside = ""
    elif pledge.is_late:
        aside = _("It is %(late)s late.") % {"late": figures.days_long(pledge.days_late)}
    elif contribution.due_on is None:
        aside = _("No date was agreed by which it is due.")
    else:
        aside = _("It is due by %(day)s.") % {"day": figures.day(contribution.due_on)}
    return found, aside
