"""What happens when it becomes difficult, and when it ends: disputes, membership, term."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from alliances.services.charter.sections.section import Example, Part, Section

DISPUTES = Section(
    code="disputes",
    title=_("Settling disputes"),
    # HW: escalate jointly, with one account of the facts. VA: written rules settle differences.
    belongs=_(
        "How a disagreement is settled between those who have it, and how both sides take it higher "
        "together when they cannot."
    ),
    why=_(
        "There will be disputes. Two people who must go to their superiors together, with one account "
        "of the facts, mostly settle it on the way."
    ),
    good=Example(
        _(
            "The two who disagree have ten working days. Then both write one page together: the facts, "
            "the options, what each prefers. Both superiors read it and decide together within a week."
        ),
        _("It has days, one paper, and nobody goes behind the other’s back."),
    ),
    bad=Example(
        _("Disputes are resolved amicably."),
        _("It says what everybody hopes, and nothing for the day when it does not happen."),
    ),
    parts=(
        Part(
            "settling",
            _("How disputes are settled"),
            "text",
            help=_("Who talks first, how long they have, who helps."),
            lead=_("Settling"),
            full=True,
        ),
        Part(
            "escalating",
            _("How they are escalated jointly"),
            "text",
            help=_("To whom both sides go together, with what in hand."),
            lead=_("Escalating jointly"),
            full=True,
        ),
    ),
)

MEMBERSHIP = Section(
    code="membership",
    title=_("Joining and leaving"),
    # VA: taking part is voluntary, and people who want in are a sign of speed.
    belongs=_(
        "How a new party comes in and what it accepts, and how a party leaves and what it owes."
    ),
    why=_(
        "A party that knows how to leave finds it easier to join. One that leaves without rules takes "
        "money, data and goodwill along."
    ),
    good=Example(
        _(
            "A new party signs this charter as it stands and pays the current year’s share. Who leaves "
            "says so three months ahead, pays what is due until then, and leaves its measurements here."
        ),
        _("Both doors are open, and both have a price that is known."),
    ),
    bad=Example(
        _("Membership is open to all interested parties."),
        _("It does not say who admits them, what they accept, or how anybody gets out."),
    ),
    parts=(
        Part(
            "joining",
            _("Joining"),
            "text",
            help=_("Who may ask, who decides, what a new party accepts and pays."),
            lead=_("Joining"),
            full=True,
        ),
        Part(
            "leaving",
            _("Leaving"),
            "text",
            help=_("How long before, what is still owed, what stays with the alliance."),
            lead=_("Leaving"),
            full=True,
        ),
    ),
)

TERM = Section(
    code="term",
    title=_("Term and review"),
    # VA: near the end one decides to disband, extend, or go on as an enterprise. C: monitoring.
    belongs=_(
        "Until when the charter holds, and the day on which the parties look at it together."
    ),
    why=_(
        "A charter that nobody looks at again stops describing the alliance within a year or two. A day "
        "in the calendar makes changing it ordinary."
    ),
    good=Example(
        _("Until 31 December 2029. Reviewed on 1 March 2028, after two summers of measurements."),
        _("The review comes when there is something to review."),
    ),
    bad=Example(
        _("This charter is reviewed regularly."),
        _("No day, so nobody is late."),
    ),
    parts=(
        Part(
            "until",
            _("The charter holds until"),
            "date",
            help=_("Leave it empty where it has no end."),
        ),
        Part(
            "review",
            _("The parties review it on"),
            "date",
            help=_("Within two years, and better after something can be seen."),
            full=True,
            light=True,
        ),
    ),
)
