"""What the alliance is for: problem, scope, purpose (VA)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from alliances.services.charter.sections.section import Example, Part, Section

PROBLEM = Section(
    code="problem",
    title=_("The problem"),
    # VA: the pain that all share, and that none can solve alone.
    belongs=_(
        "The problem that every party has, and that none of them can solve alone. Say where it shows, "
        "whom it hurts and what it costs."
    ),
    why=_(
        "A shared problem holds an alliance together longer than a shared opportunity. If each party "
        "would describe another problem, find out now."
    ),
    good=Example(
        _(
            "In four of the last six summers the Tarn carried too little water for all of us. In July "
            "the brewery stopped for 19 days, the town banned hosepipes for seven weeks, and the "
            "growers lost a third of the soft fruit. No party can hold back enough water on its own land."
        ),
        _("It has figures, and each party finds its own loss in it."),
    ),
    bad=Example(
        _("Water is a precious resource that is coming under growing pressure."),
        _(
            "True everywhere, and it hurts nobody in particular. Nobody will give anything up for it."
        ),
    ),
    parts=(
        Part(
            "problem",
            _("The problem that all parties share"),
            "text",
            help=_("Two or three paragraphs are enough. Figures help, with their source."),
            full=True,
            light=True,
            rows=8,
        ),
        Part(
            "nothing-done",
            _("What happens if nothing is done"),
            "text",
            help=_("By when, and to whom. If somebody could live with it, better to know now."),
            lead=_("If nothing is done"),
            rows=5,
        ),
    ),
)

SCOPE = Section(
    code="scope",
    title=_("Scope"),
    # VA: big enough to matter, small enough to do; without it, purpose creep.
    belongs=_(
        "What the alliance will deal with, and what it leaves alone: places, people, kinds of work, "
        "stretches of time."
    ),
    why=_(
        "What is left out settles more quarrels than what is in. Without a line drawn, each party "
        "draws its own, and the work grows until nobody can finish it."
    ),
    good=Example(
        _(
            "In: water taken from the Tarn between Upper Weir and the mouth, from May to September. "
            "Out: drinking water prices, flood protection, and all wells deeper than 40 metres."
        ),
        _("Anybody can tell whether a question belongs on the table."),
    ),
    bad=Example(
        _("In: all matters relating to water in the region. Out: other matters."),
        _("Nothing is left out. The loudest party will decide what the alliance is about."),
    ),
    parts=(
        Part(
            "in",
            _("In scope"),
            "text",
            help=_("What the alliance deals with."),
            lead=_("In scope"),
            full=True,
            light=True,
        ),
        Part(
            "out",
            _("Out of scope"),
            "text",
            help=_("What somebody might expect of it, and what it will not do."),
            lead=_("Out of scope"),
            full=True,
            light=True,
        ),
    ),
)

PURPOSE = Section(
    code="purpose",
    title=_("Purpose"),
    # VA: written, clear, specific, aimed at a goal, short; the same in everyone's words.
    belongs=_(
        "One sentence with one goal, a number or a date, and words that all parties read in the same "
        "way."
    ),
    why=_(
        "Each party bends a loose purpose to its own interest, and finds out about the others’ only "
        "when money is due. A sentence that all can repeat prevents it."
    ),
    good=Example(
        _(
            "By 30 September 2029 the Tarn carries at least 0.8 cubic metres of water a second at "
            "Low Bridge on every day of the year."
        ),
        _("One goal, a day, a figure, and a place where anybody can go and measure."),
    ),
    bad=Example(
        _(
            "To work together towards a more sustainable use of water, raise awareness, and explore "
            "synergies between all relevant stakeholders."
        ),
        _("Three goals, no date, and no way to tell whether it was reached."),
    ),
    parts=(
        Part(
            "statement",
            _("The purpose in one sentence"),
            "line",
            help=_("What will be true in the end that is not true now, and by when."),
            full=True,
            light=True,
            rows=3,
        ),
        Part(
            "success",
            _("How the parties will know that it is reached"),
            "text",
            help=_("What is measured, by whom, and where the figures are kept."),
            lead=_("It is reached when"),
            rows=4,
        ),
    ),
)
