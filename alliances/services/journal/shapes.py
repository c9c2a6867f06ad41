"""What each kind of entry holds: which columns, which further texts, and what is asked for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from alliances.models import JournalEntry

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Text = str | _StrPromise

Kind = JournalEntry.Kind


@dataclass(frozen=True)
class Part:
    """One text in an entry's `content`: its code there, its name, and a line of help."""

    code: str
    label: Text
    help: Text = ""


@dataclass(frozen=True)
class Shape:
    """What belongs to one kind of entry.

    `columns` are those of JournalEntry that it needs, in the order in which they are asked for;
    `labels` and `helps` say what is meant by them here. `parts` stand in `content`. `new` is what one
    does when adding one, `lead` says what it is good for.
    """

    kind: str
    plural: Text
    new: Text
    lead: Text
    columns: tuple[str, ...]
    labels: dict[str, Text]
    helps: dict[str, Text] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()


SHAPES: dict[str, Shape] = {
    shape.kind: shape
    for shape in (
        Shape(
            Kind.MEETING,
            plural=_("Meetings"),
            new=_("Record a meeting"),
            lead=_("Who came, and what was decided. Momentum is read from it."),
            columns=("on", "title", "note"),
            labels={
                "on": _("day of the meeting"),
                "title": _("what it was about"),
                "note": _("what was decided"),
            },
            helps={"note": _("Decisions, in the words in which they were taken.")},
        ),
        Shape(
            Kind.MILESTONE,
            plural=_("Milestones"),
            new=_("Set a milestone"),
            lead=_("Something that is reached by a day, or is not."),
            columns=("title", "due_on", "on", "done_on", "note"),
            labels={
                "title": _("what is reached"),
                "due_on": _("due by"),
                "on": _("set on"),
                "done_on": _("met on"),
            },
            helps={"done_on": _("Leave it empty until it is met.")},
        ),
        Shape(
            Kind.MARKER,
            plural=_("Progress markers"),
            new=_("Set a progress marker"),
            lead=_(
                "A change in how people act that would show that the alliance moves: what you "
                "expect to see, would like to see, would love to see."
            ),
            columns=("title", "level", "on", "due_on", "done_on", "note"),
            labels={
                "title": _("what you would see"),
                "level": _("how much is hoped"),
                "on": _("set on"),
                "due_on": _("hoped for by"),
                "done_on": _("seen on"),
                "note": _("what exactly was seen, and by whom"),
            },
            helps={"done_on": _("Leave it empty until it is seen.")},
        ),
        Shape(
            Kind.OFFER,
            plural=_("Offers"),
            new=_("Record an offer"),
            lead=_("Somebody asks to join or offers help: a sign that the train is moving."),
            columns=("on", "title", "who", "participant", "outcome", "note"),
            labels={
                "on": _("day of the offer"),
                "title": _("what was offered"),
                "who": _("who offers, where they come from outside"),
                "participant": _("or the participant that offers more"),
            },
        ),
        Shape(
            Kind.DEPARTURE,
            plural=_("Departures"),
            new=_("Record a departure"),
            lead=_("A participant leaves, or a person whom the work leaned on."),
            columns=("on", "title", "participant", "who", "note"),
            labels={
                "on": _("day of leaving"),
                "title": _("in a few words"),
                "participant": _("which participant"),
                "who": _("which person, where it is one"),
                "note": _("why, as they say it themselves"),
            },
        ),
        Shape(
            Kind.ESCALATION,
            plural=_("Escalations"),
            new=_("Record an escalation"),
            lead=_(
                "Something that those who work together could not settle and took to those above them."
            ),
            columns=("on", "title", "jointly", "participant", "note", "done_on"),
            labels={
                "on": _("day it was brought up"),
                "title": _("what it is about"),
                "jointly": _("who brought it up"),
                "participant": _("which side, where it was one"),
                "note": _("how each side sees it"),
                "done_on": _("settled on"),
            },
            parts=(Part("settled", _("how it was settled")),),
        ),
        Shape(
            Kind.EXPECTATION,
            plural=_("Expectations missed"),
            new=_("Record a missed expectation"),
            lead=_("What somebody counted on and did not get. Said early, it costs least."),
            columns=("on", "participant", "who", "title", "note", "done_on"),
            labels={
                "on": _("day it was missed"),
                "participant": _("whose expectation"),
                "who": _("which person, where it is one"),
                "title": _("what was expected"),
                "note": _("what happened instead"),
                "done_on": _("answered on"),
            },
            parts=(Part("said", _("what was said to them")),),
        ),
        Shape(
            Kind.REVIEW,
            plural=_("Joint reviews"),
            new=_("Hold a joint review"),
            lead=_(
                "Two or more sides look at a trouble together. Nobody is blamed: each says what it "
                "contributed to it, and what it can do."
            ),
            columns=("on", "title"),
            labels={"on": _("day of the review"), "title": _("in a few words")},
            parts=(
                Part(
                    "trouble",
                    _("the trouble"),
                    _("What happened, in words with which all sides agree."),
                ),
                Part("agreed", _("what was agreed"), _("Who does what differently from now on.")),
            ),
        ),
        Shape(
            Kind.PROBLEM,
            plural=_("Problems"),
            new=_("Take a problem through six steps"),
            lead=_(
                "From a problem to the opportunity in it. The steps may be filled in over several "
                "sittings."
            ),
            columns=("on", "title", "note"),
            labels={
                "on": _("day it came up"),
                "title": _("in a few words"),
                "note": _("the problem"),
            },
            parts=(
                Part(
                    "perspectives",
                    _("Share perspectives"),
                    _("How each side sees it, in its own words, before anybody answers."),
                ),
                Part(
                    "neutralise",
                    _("Neutralise"),
                    _("Take out blame, fear and haste. What is left that all can say of it?"),
                ),
                Part(
                    "opportunity",
                    _("Find the opportunity"),
                    _("What becomes possible for all of you because of it?"),
                ),
                Part(
                    "further",
                    _("Find further ones"),
                    _("The first idea is seldom the best. What else could come of it?"),
                ),
                Part(
                    "spiral",
                    _("Mind the spiral"),
                    _(
                        "Does the talk turn outwards, to trust and plenty, or inwards, to fear and "
                        "want? What would turn it?"
                    ),
                ),
                Part(
                    "patience",
                    _("Be patient"),
                    _("What needs time, what pressing would spoil, and when you look again."),
                ),
            ),
        ),
    )
}
