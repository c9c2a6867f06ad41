"""How the alliance works: decisions, governance, roles, resources, information, rules."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alliances.services.charter.sections.section import Choice, Example, Part, Section

DECISIONS = Section(
    code="decisions",
    title=_("How decisions are made"),
    # VA: consensus encourages open talk; name what happens when it fails.
    belongs=_(
        "The one method by which the alliance decides, and what happens on the day when it does not "
        "lead to a decision."
    ),
    why=_(
        "Until a method is agreed, every hard question is two questions: what to do, and who may say "
        "so. Consensus makes people talk and listen, but only a way out keeps it from being a veto."
    ),
    good=Example(
        _(
            "Consensus of the five parties. Where it is not reached in two meetings, each party puts "
            "its proposal in writing, the hydrologist comments on all of them, and four of five decide."
        ),
        _("Everybody knows when talking ends, and what comes after it."),
    ),
    bad=Example(
        _("Decisions are taken in a spirit of partnership."),
        _(
            "It does not say who decides. The first real disagreement will end in a quarrel about that."
        ),
    ),
    parts=(
        Part(
            "method",
            pgettext_lazy("of deciding", "Method"),
            "choice",
            full=True,
            light=True,
            choices=(
                Choice(
                    "consensus",
                    _("Consensus: nobody objects"),
                    _("Decisions are taken by consensus: none of the parties objects."),
                ),
                Choice(
                    "consensus-less-one",
                    _("Consensus less one: one party alone cannot stop a decision"),
                    _(
                        "Decisions are taken by consensus less one: one party alone cannot stop a "
                        "decision."
                    ),
                ),
                Choice(
                    "qualified",
                    _("Qualified majority: a share of the parties that you set"),
                    _("Decisions are taken by a qualified majority."),
                ),
                Choice(
                    "majority",
                    _("Majority: more than half of the parties"),
                    _("Decisions are taken by a majority: more than half of the parties."),
                ),
                Choice(
                    "leader",
                    _("The leader decides after hearing all parties"),
                    _("Decisions are taken by the leader after hearing all parties."),
                ),
            ),
        ),
        Part(
            "share",
            _("Share of the parties, in per cent"),
            "share",
            help=_("For a qualified majority alone: a whole number from 51 to 99."),
            full=True,
            light=True,
            only_with=("method", "qualified"),
        ),
        Part(
            "fallback",
            _("What happens when it fails"),
            "text",
            help=_("After how long, who takes it up, and who decides in the end."),
            lead=_("When this fails"),
            full=True,
            light=True,
        ),
    ),
)

GOVERNANCE = Section(
    code="governance",
    title=_("Governance"),
    # VA: free-standing governance is one of the five traits of a value alliance.
    belongs=_(
        "The bodies of the alliance, who sits on them and how often they meet, and how far they are "
        "free of the parties’ own chains of command."
    ),
    why=_(
        "An alliance that must ask each party’s head office before every step moves at the pace of the "
        "slowest. Say what may be decided at the table."
    ),
    good=Example(
        _(
            "A council of five, one seat a party, meets on the first Monday of each month. It decides "
            "on its own up to 20,000 euros. The council’s chair rotates each January."
        ),
        _("Anybody can see who meets, when, and how far their word goes."),
    ),
    bad=Example(
        _("A steering group and working groups will be set up as needed."),
        _("Nobody knows who will sit there or what they may decide."),
    ),
    parts=(
        Part(
            "structure",
            _("Bodies, seats and meetings"),
            "text",
            help=_("Who sits where, who chairs, how often, and who keeps the minutes."),
            lead=_("Bodies and meetings"),
            full=True,
        ),
        Part(
            "free-standing",
            _("Does it stand free of the parties’ own hierarchies?"),
            "choice",
            help=_("Whether those at the table may decide without asking at home first."),
            full=True,
            choices=(
                Choice(
                    "yes",
                    _("Yes: what is decided at the table stands"),
                    _("The alliance stands free of the parties’ own hierarchies."),
                ),
                Choice(
                    "partly",
                    _("Partly: some decisions go back to the parties"),
                    _("The alliance stands partly free of the parties’ own hierarchies."),
                ),
                Choice(
                    "no",
                    _("No: the parties’ own hierarchies decide"),
                    _("The parties’ own hierarchies decide; the alliance proposes."),
                ),
            ),
        ),
        Part(
            "how",
            _("How that is arranged"),
            "text",
            help=_("Such as: which decisions need a party’s own board, and how long it has."),
            lead=_("How that is arranged"),
            rows=4,
        ),
    ),
)

ROLES = Section(
    code="roles",
    title=_("Roles and time"),
    # VA: leaders are named, with a mandate and time given to it by their employer.
    belongs=_(
        "Who convenes, who leads, who does what, by name, and the time that each one’s employer has "
        "pledged."
    ),
    why=_(
        "Work between meetings is done by people who have been given time for it. Where nobody is "
        "named, one person ends up doing everything, or several compete for the chair."
    ),
    good=Example(
        _(
            "Maud Ferrier leads; the town gives her six days a month until the end of 2029. Ivo Brandt "
            "of the brewery keeps the measurements, two days a month. The growers’ union takes minutes."
        ),
        _("Names and days. A reader in a year can ask whether it happened."),
    ),
    bad=Example(
        _("All parties contribute according to their abilities."),
        _("A task that belongs to all belongs to nobody."),
    ),
    parts=(
        Part(
            "roles",
            _("Who does what"),
            "text",
            help=_("Convener, leader, and whoever has a task. Names where there are any."),
            lead=_("Who does what"),
            full=True,
            light=True,
            rows=8,
        ),
        Part(
            "time",
            _("Time pledged"),
            "text",
            help=_("Days a month for each, and until when."),
            lead=_("Time pledged"),
            full=True,
            rows=5,
        ),
    ),
)

RESOURCES = Section(
    code="resources",
    title=_("Resources and finance"),
    # C: three finance models; VA: commitments.
    belongs=_(
        "Who pays for what, by which of three ways, and what each party has committed: money, people, "
        "places, equipment."
    ),
    why=_(
        "Money that was never talked about is the quiet end of many alliances. The model also says who "
        "answers for what was spent."
    ),
    good=Example(
        _(
            "A common fund held by three trustees. Each party pays 15,000 euros on 1 March of 2027 and "
            "2028. The college lends two flow meters. Trustees report each quarter to all."
        ),
        _("Amounts, days, and people who answer for them."),
    ),
    bad=Example(
        _("Funding will be sought from appropriate sources."),
        _("Nobody has committed anything, and nobody is asked to look."),
    ),
    parts=(
        Part(
            "model",
            _("How the work is paid for"),
            "choice",
            full=True,
            choices=(
                Choice(
                    "own",
                    _("Each party funds its own part"),
                    _("Each party funds its own part of the work."),
                ),
                Choice(
                    "pooled",
                    _("Funds are pooled and distributed"),
                    _("The parties pool their funds and distribute them by common decision."),
                ),
                Choice(
                    "fund",
                    _("A common fund with trustees"),
                    _("The work is paid from a common fund, which trustees hold."),
                ),
            ),
        ),
        Part(
            "trustees",
            _("Trustees"),
            "text",
            help=_("With a common fund alone: who they are, and to whom they report."),
            lead=_("Trustees"),
            only_with=("model", "fund"),
            rows=3,
        ),
        Part(
            "commitments",
            _("What each party commits"),
            "text",
            help=_("Amounts, people, equipment, places; from when and until when."),
            lead=_("Commitments"),
        ),
    ),
)

INFORMATION = Section(
    code="information",
    title=_("Information"),
    # VA: information principles are adopted before the work starts.
    belongs=_(
        "Whose facts count, what is shared with whom and how soon, what stays confidential, and who "
        "speaks to the outside."
    ),
    why=_(
        "Parties who bring their own figures argue about figures. Rules on information are easy to "
        "agree on before anybody has something to hide."
    ),
    good=Example(
        _(
            "The water board’s gauge at Low Bridge counts, and no other. All parties see its readings "
            "the same day. A party that doubts them says so at the next meeting and proposes a check."
        ),
        _("It names the source, and a way to doubt it in the open."),
    ),
    bad=Example(
        _("Parties share relevant information in good time."),
        _("Each decides alone what is relevant, and what is in good time."),
    ),
    parts=(
        Part(
            "principles",
            _("Principles for information"),
            "text",
            help=_("Sources, sharing, confidence, and speaking to others."),
            full=True,
            rows=8,
        ),
    ),
)

RULES = Section(
    code="rules",
    title=_("Working rules"),
    # HW: how to work together is agreed apart from the business plan, as behaviour one can see.
    belongs=_(
        "A handful of rules for behaviour: what one would see people do, or not do, if they kept them."
    ),
    why=_(
        "Most trouble comes from how the parties work together, not from the plan. A rule that one can "
        "see kept or broken can be talked about without blame."
    ),
    good=Example(
        _(
            "Nobody hears of a step that concerns them from the newspaper.\n"
            "Whoever brings a problem brings two ways to solve it.\n"
            "A decision that is taken is not reopened without new facts."
        ),
        _("One can tell whether each was kept last week."),
    ),
    bad=Example(
        _("We treat each other with respect and act as true partners."),
        _("Everybody believes that they do. It cannot be broken, so it cannot be kept."),
    ),
    parts=(
        Part(
            "rules",
            _("Rules"),
            "text",
            help=_("One a line. Five that are kept are worth more than twenty."),
            full=True,
            rows=8,
        ),
    ),
)
