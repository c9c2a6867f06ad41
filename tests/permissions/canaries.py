"""Words that stand in one place of the world alone, with who may read them and where they do.

`World.ask` looks for every word in every answer, whatever the test is about: whoever is not named here
never reads it, anywhere. `test_canaries.py` asks that those who are named do read it, so that none is a
word which nobody plants. Written by hand, from docs/scoring.md ("Who may see what"), docs/audit.md, docs/rights.md
and what the pages themselves promise.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.permissions.rows.row import ROLES

INSIDE = ("member", "fellow", "convener", "admin")
CONVENERS = ("convener", "admin")
OTHERS = ("foreign", "rival", "admin")
OTHER_CONVENERS = ("rival", "admin")
CURATORS = ("admin", "curator")
ADMIN = ("admin",)
NOBODY: dict[str, tuple[str, ...]] = {}


@dataclass(frozen=True)
class Canary:
    """`shown`: at which row, by GET, which roles read it; "row of thing" is the row with that thing in its
    address. `also`: who may read it besides. `by_link`: it stands on the page of the link too, for whoever
    holds that."""

    what: str
    shown: Mapping[str, tuple[str, ...]]
    also: tuple[str, ...] = ()
    by_link: bool = False

    @property
    def readers(self) -> set[str]:
        return {role for roles in self.shown.values() for role in roles} | set(self.also)


CANARIES: dict[str, Canary] = {
    # Another alliance
    "Quillmere": Canary("its name", {"desk of other alliance": OTHERS}),
    "Oxbowton": Canary("its organisation", {"people of other alliance": OTHERS}),
    "Thornaby": Canary("its person", {"people of other alliance": OTHERS}),
    "peltonvale": Canary("that person's address", {"people of other alliance": OTHER_CONVENERS}),
    "Wexcombe": Canary("its journal", {"journal of other alliance": OTHERS}),
    "Otherrule": Canary("its working rule", {"working_rules of other alliance": OTHERS}),
    "Ravenglass": Canary("its charter", {"charter_version of other charter": OTHERS}),
    "Zennorby": Canary("its closed round", {"rounds of other alliance": OTHERS}),
    "Otherscan": Canary("its open round", {"rounds of other alliance": OTHERS}),
    "Overheard": Canary("comments in its result", {"result of other closed": OTHERS}),
    "foreign@example.org": Canary(
        "its member's address",
        {"own_data": ("foreign",), "access of other alliance": OTHER_CONVENERS},
    ),
    "rival@example.org": Canary(
        "its convener's address",
        {"own_data": ("rival",), "access of other alliance": OTHER_CONVENERS},
    ),
    # An alliance that nobody here belongs to
    "Faroffwick": Canary("a third alliance", {"home": ADMIN}),
    "Thirdscan": Canary("its round", {"home": ADMIN}),
    "Thirdperson": Canary("its person", {"people of third alliance": ADMIN}),
    "thirdperson@": Canary("that person's address", {"people of third alliance": ADMIN}),
    # This alliance
    "Marlinspike": Canary(
        "its name", {"desk": INSIDE, "questionnaire": ("respondent",)}, by_link=True
    ),
    "Tablegate": Canary("its person", {"people": INSIDE}),
    "tablegate@": Canary("that person's address", {"people": CONVENERS}),
    "Seenfield": Canary("what was seen of that person's weight", {"people": CONVENERS}),
    "Achemarsh": Canary("a pain", {"people": INSIDE}),
    "member@example.org": Canary(
        "a member's address", {"own_data": ("member",), "access": CONVENERS}
    ),
    "fellow@example.org": Canary(
        "a member's address", {"own_data": ("fellow",), "access": CONVENERS}
    ),
    # a convener has no name here; whom they ask has their address from the invitation, to answer it
    "convener@example.org": Canary(
        "a convener's address",
        {"own_data": ("convener",), "access": ADMIN},
        also=("respondent",),
    ),
    "admin@example.org": Canary("an admin's address", {"own_data": ADMIN}),
    "curator@example.org": Canary("a curator's address", {"own_data": ("curator",)}, also=ADMIN),
    "operator@example.org": Canary("an operator's", {"own_data": ("operator",)}, also=ADMIN),
    "Loggedham": Canary("who did what", {"audit": CONVENERS, "audit_table": CONVENERS}),
    "Bygonethorpe": Canary(
        "who did what in the installation",
        {"installation_audit": ADMIN, "installation_audit_table": ADMIN},
    ),
    # Its rounds
    "Vernalscan": Canary(
        "an open round", {"rounds": INSIDE, "questionnaire": ("respondent",)}, by_link=True
    ),
    "Invitegarth": Canary("who is asked, and has not answered", {"round": CONVENERS}),
    "invitegarth@": Canary("that person's address", {"round_link": CONVENERS}),
    "Murmurkeld": Canary(
        "a comment that is not sent in",
        {"questionnaire_page": ("respondent",), "own_answers_json": ("respondent",)},
    ),
    "Whisperholm": Canary("a comment that is sent in, before the round closes", NOBODY),
    "Autumnscan": Canary("a closed round", {"rounds": INSIDE, "result_json": INSIDE}),
    "Chorusdale": Canary("comments of five people", {"result": INSIDE}),
    "Duetmoor": Canary("comments of two people in a confidential round", NOBODY),
    "Unsentby": Canary("a comment that was never sent in", NOBODY),
    "Mirrorscan": Canary("a round about one person", {"rounds": CONVENERS}),
    # read by that person alone: test_canaries.py asks them
    "Peerthorpe": Canary("what peers said of that person", NOBODY),
    "solitarby@": Canary("that person's address", {"people": CONVENERS}),
    # Its charter
    "Draughtwick": Canary("a draft", {"charter_circulate": CONVENERS}),
    "Oakhanger": Canary("a version that is out", {"charter_text": INSIDE}),
    "Pinnacleby": Canary("a comment on it", {"charter_version": INSIDE}),
    "Ashenward": Canary("Ash's purpose, while others write", {"purpose_sentence": ("member",)}),
    "Birchenlow": Canary("Birch's purpose, while others write", {"purpose_check": ("fellow",)}),
    # Its records
    "Gaugecombe": Canary("the register", {"common_ground": INSIDE}),
    "Weirholme": Canary("a history", {"history": INSIDE}),
    "Revealby": Canary(
        "a view that both sides have read",
        {"difference of revealed difference": ("member", "convener", "admin")},
    ),
    "Veilthorpe": Canary("Cedar's view, before Ash has written", NOBODY),
    "Ashveiled": Canary(
        "Ash's view, before Elder has written",
        {"difference_write of waiting difference": ("member",)},
    ),
    "Rulesby": Canary("a working rule", {"working_rules": INSIDE}),
    "Decidewell": Canary("a decision", {"decisions": INSIDE}),
    "Boardmoor": Canary("a unit in Ash's house", {"stakeholders": ("member",)}),
    "Boardnote": Canary("a note on that unit", {"stakeholder_edit": ("member",)}),
    "Birchboard": Canary("a unit in Birch's house", {"stakeholders": ("fellow",)}),
    "Springmeet": Canary("a meeting", {"journal": INSIDE}),
    "Notedale": Canary("what was said in it", {"journal_entry": INSIDE}),
    "Quayside": Canary("an action", {"actions": INSIDE}),
    "Boatsby": Canary("a pledge", {"contributions": INSIDE}),
    "Roomscote": Canary("a cost", {"contributions": INSIDE}),
    "Metricfold": Canary("a metric", {"metrics": INSIDE}),
    # Question banks
    "Draftbankle": Canary("a bank that is not out yet", {"bank_edit": CURATORS}),
}


def forbidden(objects: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """What each role (and staff who may write banks, who is like nobody) may never read: the words, with
    what they are."""
    keys = {word: what for what, words in objects["keys"].items() for word in words}
    return {
        role: keys | {word: one.what for word, one in CANARIES.items() if role not in one.readers}
        for role in (*ROLES, "clerk")
    }


def found_in(text: str, words: Iterable[str], *, holds_link: bool) -> list[str]:
    """Those of `words` that stand in `text`, and not by the right of a link."""
    return [
        word
        for word in words
        if word in text and not (holds_link and word in CANARIES and CANARIES[word].by_link)
    ]
