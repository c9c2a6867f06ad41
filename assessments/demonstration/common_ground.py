"""The demonstration's common ground: a split source, profiles, old stories, and two who looked at
each other."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from alliances.models import Alliance, Participant, Position, User
from alliances.services.common_ground import NOT_ASKED, Told, add_item, mark_of, record_positions
from alliances.services.differences import open_difference, write_strengths, write_view
from alliances.services.profiles import record_history, save_profile

PORT = "Marrow Bay Port Authority"
CITY = "City of Ostrel"
FERRIES = "Lantern Ferries"
LINE = "Ostrel Shipping Line"
ENERGY = "Fennick Energy"
FISHERS = "Marrow Bay Fishers’ Cooperative"
INSTITUTE = "Institute for Coastal Air"
PILOTS = "Harbour Pilots’ Guild"


@dataclass(frozen=True)
class Item:
    """An item of the register; where each stands, by a letter (a, l, d), and some reasons."""

    kind: str
    text: str
    note: str
    stand: dict[str, str]
    reasons: dict[str, str]


STANCES = {"a": "agree", "l": "live", "d": "disagree"}

ITEMS = (
    Item(
        "source",
        "The Institute’s soot measurements are the figures we decide by.",
        "The Institute has measured at four quays since spring. The shipping line pays for "
        "measurements of its own at quay 7, and they come out a third lower.",
        {
            PORT: "a",
            CITY: "a",
            FERRIES: "a",
            INSTITUTE: "a",
            ENERGY: "l",
            LINE: "d",
            FISHERS: "d",
            PILOTS: "d",
        },
        {
            PORT: "One figure for all quays, from people who sell us nothing.",
            CITY: "The court will ask for these, and for no others.",
            FERRIES: "They measured our own ferries and did not spare us. I trust that.",
            INSTITUTE: "Method, raw data and errors are open to anyone who asks.",
            ENERGY: "We size cables by berth calls. Soot figures change little for us.",
            LINE: "The mast at quay 7 stands in the lee of the grain silo. Our own sensors read a "
            "third less, and nobody has explained why.",
            FISHERS: "Who measured the road? Half of that soot comes from the lorries, and our boats "
            "will be billed for it.",
            PILOTS: "They measure at the quay. We breathe it on the water, where nobody measures.",
        },
    ),
    Item(
        "standard",
        "Every berth gets the same plug: 6.6 kilovolt, on the ship’s port side.",
        "Ferries and cargo ships have different plugs today. A refit takes a ship out of service "
        "for three weeks.",
        {
            PORT: "a",
            ENERGY: "a",
            FERRIES: "l",
            CITY: "a",
            INSTITUTE: "a",
            LINE: "l",
            PILOTS: "l",
            FISHERS: "d",
        },
        {
            ENERGY: "Two voltages mean two substations, and we build one.",
            FERRIES: "Our second boat would need a new plug. We can do it at the next docking.",
            LINE: "If Northgate takes the same one. Otherwise we refit twice.",
            PILOTS: "As long as the cable stays clear of the pilot ladder.",
            FISHERS: "Boats under 24 metres cannot carry it at all. Leave them out of it.",
        },
    ),
    Item(
        "assumption",
        "By 2031 at least half of all calls are by ships that can take power from the shore.",
        "The substation is sized for it.",
        {PORT: "a", CITY: "a", FERRIES: "a", ENERGY: "l", LINE: "d", PILOTS: "l"},
        {
            ENERGY: "We would like to see the order books before we pour concrete.",
            LINE: "Of our nine ships two can, and a third is on order. That is all until 2032.",
        },
    ),
    Item(
        "assumption",
        "Success is soot below the legal limit at both schools, before it is anything else.",
        "Asked in the second meeting, when some spoke of complaints and some of berths.",
        {
            PORT: "a",
            CITY: "a",
            FERRIES: "a",
            ENERGY: "a",
            INSTITUTE: "a",
            LINE: "l",
            FISHERS: "l",
            PILOTS: "a",
        },
        {LINE: "It is the city’s limit, not ours. We can work with it."},
    ),
    Item(
        "source",
        "Berth calls are counted from the pilots’ log, not from the harbour’s invoices.",
        "",
        {
            PORT: "a",
            CITY: "a",
            FERRIES: "a",
            ENERGY: "a",
            INSTITUTE: "a",
            LINE: "a",
            FISHERS: "a",
            PILOTS: "a",
        },
        {PILOTS: "We write down every ship, also those that never pay."},
    ),
    Item(
        "standard",
        "A ship is connected within 45 minutes of the last line.",
        "Raised after the trial at the ferry berth took 70.",
        {FERRIES: "a", PORT: "a"},
        {},
    ),
)

# By organisation, in the order of the profile's lines. The fishers have begun theirs; the pilots
# have not.
PROFILES: dict[str, dict[str, str]] = {
    PORT: {
        "mandate": "Runs the quays and the fairway of Marrow Bay by an act of the region.",
        "constituency": "The region, which owns it, and everyone who lives along its fence.",
        "business_model": "Berth fees, leases of land, and a grant for dredging every third year.",
        "management": "A chief executive, and five heads of department who meet on Mondays.",
        "decides": "mixed",
        "approvals": "The supervisory board for anything above 2 million euros; the region for land.",
        "committees": "The supervisory board every quarter, the works council each month.",
        "communicates": "By letter where it binds, by telephone where it is urgent. Ingrid Solheim "
        "answers within the day.",
    },
    CITY: {
        "mandate": "Governs Ostrel: permits, schools, roads, clean air.",
        "constituency": "61,000 people, and a council that is elected in two years.",
        "business_model": "Taxes, and state money that must be spent in the year.",
        "management": "A mayor, two deputies, and offices that report to one of the three.",
        "decides": "top",
        "approvals": "The council for every contract longer than four years, and for any debt.",
        "committees": "The council every six weeks, not in August; its harbour committee when needed.",
        "communicates": "Everything in writing can become public.",
    },
    FERRIES: {
        "mandate": "Carries people and cars over the bay, on time, all year.",
        "constituency": "Two families who own it, and 140 people on the payroll.",
        "business_model": "Tickets, and a contract with the region for the winter.",
        "management": "A managing director and four captains; no layer between.",
        "decides": "top",
        "approvals": "The owners, for new boats and for debt. They are asked by telephone.",
        "committees": "The owners twice a year, and whenever Sile Brannigan calls them.",
        "communicates": "Short calls. Mail is read in the evening.",
    },
    LINE: {
        "mandate": "Moves containers and grain between eleven ports.",
        "constituency": "Shareholders abroad.",
        "business_model": "Freight rates, which change by the week.",
        "management": "A port captain here; a fleet office and a technical board at head office.",
        "decides": "top",
        "approvals": "Head office for every date, every refit and every signature.",
        "committees": "The technical board in March and in October.",
    },
    ENERGY: {
        "mandate": "Keeps the grid of the region up, and connects whoever asks.",
        "constituency": "The regulator, and then its shareholders.",
        "business_model": "A return on approved investment; nothing that was not approved.",
        "management": "Regional directors over planning, building and operation.",
        "decides": "mixed",
        "approvals": "The regulator for any station that is not in the ten-year plan.",
        "committees": "The investment committee every second month.",
        "communicates": "Through the grid planner, in writing, with a drawing.",
    },
    INSTITUTE: {
        "mandate": "Measures the air of the coast and publishes what it finds.",
        "constituency": "A board of three universities.",
        "business_model": "Public money for five years at a time, and no orders from industry.",
        "management": "Three heads of group who share the office of director in turn.",
        "decides": "consent",
        "approvals": "The board for any work that is not published.",
        "committees": "The heads of group every week, the board twice a year.",
        "communicates": "Openly. Drafts go to all parties at once.",
    },
    FISHERS: {
        "mandate": "Lands, cools and sells the catch of 38 small boats.",
        "constituency": "The skippers, one vote a boat.",
        "decides": "consent",
        "committees": "All skippers on the first Sunday of the month, if the weather keeps them in.",
    },
}

HISTORIES = (
    (
        PORT,
        FISHERS,
        "Moved the fish market to the south quay, over three years.",
        "The port paid for the new ice house, and gave the plans to the skippers before they went "
        "to print.",
        "The berths closed two months before the new ones opened. Nobody at the port has said sorry.",
    ),
    (
        CITY,
        LINE,
        "Seven years in court about noise at night, settled by a curfew.",
        "Both kept to the settlement.",
        "Neither speaks to the other without a lawyer in copy.",
    ),
    (
        FERRIES,
        INSTITUTE,
        "A year of measuring on board the night ferry.",
        "The crew saw the figures first. Two of them now read the instruments themselves.",
        "",
    ),
)


def load_common_ground(*, alliance: Alliance, convener: User, today: dt.date) -> None:
    """Fills the register, the profiles, the histories and the differences of the demonstration."""
    seats = {seat.name: seat for seat in alliance.participants.all()}
    for item in ITEMS:
        _item(alliance, convener, seats, item)
    for name, answers in PROFILES.items():
        save_profile(participant=seats[name], edition=0, by=convener, **answers)
    for one, other, together, worked, hard in HISTORIES:
        record_history(
            alliance=alliance,
            first=seats[one],
            second=seats[other],
            by=convener,
            together=together,
            worked=worked,
            hard=hard,
        )
    _seen(alliance, convener, seats, today)
    _under_way(alliance, convener, seats, today)


def _item(alliance: Alliance, convener: User, seats: dict[str, Participant], item: Item) -> None:
    made = add_item(alliance=alliance, kind=item.kind, text=item.text, note=item.note, by=convener)
    record_positions(
        item=made,
        told=[
            Told(
                seats[name],
                str(Position.Stance(STANCES[letter])),
                item.reasons.get(name, ""),
                mark_of(NOT_ASKED, ""),
            )
            for name, letter in item.stand.items()
        ],
        by=convener,
    )


def _seen(
    alliance: Alliance, convener: User, seats: dict[str, Participant], today: dt.date
) -> None:
    """The port and the ferries: both have written, and read, and named strengths."""
    port, ferries = seats[PORT], seats[FERRIES]
    pair = open_difference(
        alliance=alliance, first=port, second=ferries, at=_moment(today, days=280, hour=9)
    )
    write_view(
        pair=pair,
        participant=ferries,
        edition=0,
        by=None,
        itself="Small, quick, and tired of being asked for papers. If it floats and it is safe, we "
        "try it on Thursday and tell you on Friday.",
        other="Decent people in a slow house. Every answer is right, and comes a month late. They "
        "never say no; they say that they will look into it.",
    )
    write_view(
        pair=pair,
        participant=port,
        edition=0,
        by=convener,
        at=_moment(today, days=271, hour=14),
        itself="Careful, because the region reads over our shoulder. Fair to all who berth here, the "
        "small ones too.",
        other="They run ahead and call it done. It works more often than we like to admit. They "
        "hear a question as a refusal.",
    )
    for participant, own, theirs in (
        (
            ferries,
            "We can be the first berth that works. Others believe what they have seen.",
            "What the port has promised stands, also after the next election.",
        ),
        (
            port,
            "We know every board in the bay, and when it meets.",
            "They try it first, with their own boat, and say so when it fails.",
        ),
    ):
        view = pair.views.get(participant=participant)
        write_strengths(
            view=view,
            edition=view.edition,
            by=view.changed_by,
            own_strengths=own,
            other_strengths=theirs,
        )


def _under_way(
    alliance: Alliance, convener: User, seats: dict[str, Participant], today: dt.date
) -> None:
    """The port and the shipping line: one has written, and nobody has read it."""
    pair = open_difference(
        alliance=alliance, first=seats[PORT], second=seats[LINE], at=_moment(today, days=33, hour=9)
    )
    write_view(
        pair=pair,
        participant=seats[PORT],
        edition=0,
        by=convener,
        itself="The one who must live with all of them, and who is blamed by each.",
        other="Polite, well prepared, and never able to say yes. We do not know who could.",
    )


def _moment(today: dt.date, *, days: int, hour: int) -> dt.datetime:
    day = today - dt.timedelta(days=days)
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))
