"""What the demonstration's charter says, section by section. All of it is made up.

The first version is light and about the ferry berth and the north quay alone; the second is full,
widens the scope to all berths, and leaves open how disputes are settled. Days that move with the
demonstration's calendar are set in `charter.py`.
"""

from __future__ import annotations

from collections.abc import Mapping

Contents = Mapping[str, Mapping[str, str]]

FIRST: Contents = {
    "problem": {
        "problem": (
            "Ships that lie at the quays of Marrow Bay run their engines day and night. The soot "
            "drifts over Quay Street: two schools have been above the legal limit in each of the "
            "last three years, and a court gives the city until the end of 2028.\n\n"
            "The port loses its night berths from 2029 if nothing changes. A tenth of the ferries’ "
            "fuel is burnt in port. Lines fear that each harbour will ask for another plug. None of "
            "us can end this alone: the quays, the ships, the grid and the permits are in four "
            "different hands."
        ),
    },
    "scope": {
        "in": "Power from the shore at the ferry berth and at berths 1 to 4 of the north quay.",
        "out": "The container quay, the fishing quay, the fairway, and the price of electricity.",
    },
    "purpose": {
        "statement": (
            "By 2031 every ship at the ferry berth and the north quay of Marrow Bay switches off "
            "its engines within 30 minutes of mooring and draws its power from the shore."
        ),
    },
    "decisions": {
        "method": "consensus",
        "fallback": (
            "Where there is no consensus, the convener calls a second meeting within three weeks. "
            "Where there is none then either, the matter rests until somebody brings new facts."
        ),
    },
    "roles": {
        "roles": (
            "Convener: Ingrid Solheim, Marrow Bay Port Authority.\n"
            "Leader for the quays: Tomas Rekdal, Marrow Bay Port Authority.\n"
            "Leader for the ships: Sile Brannigan, Lantern Ferries.\n"
            "Measurements: Dr Wen Ishikawa, Institute for Coastal Air."
        ),
    },
    "term": {},
}

SECOND: Contents = {
    "problem": {
        "problem": FIRST["problem"]["problem"],
        "nothing-done": (
            "The night berths go in January 2029, and with them a third of the port’s calls. The "
            "schools close or move. Lines refit for other harbours first, and the cable that fits "
            "them will not be ours."
        ),
    },
    "scope": {
        "in": (
            "Power from the shore at all berths of Marrow Bay: the ferry berth, the north quay, "
            "the container quay and the fishing quay. The order in which they are built. Who has "
            "which berth while it is built."
        ),
        "out": "The fairway, ships at anchor in the bay, and what electricity costs on land.",
    },
    "purpose": {
        "statement": (
            "By 31 December 2031 every ship at a berth of Marrow Bay switches off its engines within "
            "30 minutes of mooring and draws its power from the shore."
        ),
        "success": (
            "The port logs, for each call, when the engines stopped. It is reached when 95 of 100 "
            "calls in a quarter keep the 30 minutes, and both schools have been below the legal limit "
            "for a year."
        ),
    },
    "decisions": {
        "method": "consensus-less-one",
        "fallback": (
            "Where two or more object, each puts its proposal on one page within ten working days. The "
            "Institute or the grid planner comments on what concerns them. At the next meeting three "
            "quarters of the parties decide between the pages."
        ),
    },
    "governance": {
        "structure": (
            "A council with one seat for each party meets on the first Thursday of the month at the "
            "port’s office. The convener chairs. The city’s air quality officer keeps the minutes and "
            "sends them within three working days.\n\n"
            "Two working groups, quays and ships, meet between the councils and bring proposals."
        ),
        "free-standing": "partly",
        "how": (
            "The council decides alone up to 50,000 euros a step. Above that a party may ask its own "
            "board, which answers within 20 working days; silence is consent."
        ),
    },
    "roles": {
        "roles": (
            FIRST["roles"]["roles"] + "\nGrid and substation: Helena Marsh, Fennick Energy.\n"
            "Berths while building goes on: Gareth Pryce, Harbour Pilots’ Guild."
        ),
        "time": (
            "Tomas Rekdal: six days a month until the last berth is built.\n"
            "Sile Brannigan: three days a month.\n"
            "Helena Marsh: two days a month until the second substation runs.\n"
            "Dr Wen Ishikawa: two days a month."
        ),
    },
    "resources": {
        "model": "pooled",
        "commitments": (
            "The port pays for cabinets, groundwork and three fifths of the cables, Fennick Energy for "
            "two fifths of the cables and the transformer of the second substation, the city for road "
            "works and permits, Lantern Ferries for the refit of its four ships. Ostrel Shipping Line "
            "shares in the plugs at the container quay. Meetings and half a secretary’s post are paid "
            "from the pool, into which each party gives the same sum every January."
        ),
    },
    "information": {
        "principles": (
            "The Institute measures soot at four quays, and publishes every reading within a day.\n"
            "Whoever doubts a reading says so in the council and proposes a check; until it is done the "
            "reading stands.\n"
            "Calls, fuel and money are shown to all parties, and to nobody else without their consent.\n"
            "The convener speaks for the alliance. Nobody announces another’s decision."
        ),
    },
    "rules": {
        "rules": (
            "Nobody hears of a step that concerns them from somebody outside.\n"
            "Whoever brings a problem brings two ways to solve it.\n"
            "A date that one of us names in a meeting is that house’s date.\n"
            "Nobody speaks to the press for another.\n"
            "The small boats are asked before anything that touches their berths."
        ),
    },
    "membership": {
        "joining": (
            "Whoever uses or supplies a berth may ask to join. The council decides by the method above. "
            "A new party signs the charter as it stands, and pays from the next January on."
        ),
        "leaving": (
            "A party leaves at the end of a half-year, and says so three months ahead. It pays what it "
            "pledged up to then. What it built at the quay stays there."
        ),
    },
    "term": {"until": "2031-12-31"},
}

SECOND_REASON = (
    "The scope now takes in the container quay and the fishing quay: while they were left out, the "
    "lines and the fishers had no say in the order of building. The way decisions are made is named to "
    "the end, and what each party pays stands in the text. How disputes are settled is not agreed yet; "
    "we circulate without it so that the rest does not wait."
)
