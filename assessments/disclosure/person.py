"""What may be told to the person that a round was about: their own scores, and those of their peers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from assessments.scoring import SCORING_VERSION, Bands, ElementScore

from .findings import Publication
from .rounding import two_decimals
from .withholding import Disclosed, disclose_element

SCHEMA = "northbound.person/1"


@dataclass(frozen=True)
class PersonFindings:
    """All that is known of a closed round about one person."""

    alliance: str
    round: str
    closed_at: str
    about: str
    threshold: int
    gap: int
    """Points from which on two views are told to differ."""
    bank_code: str
    bank_version: int
    bank_digest: str
    bands: Bands
    asked: int
    """Peers who were invited."""
    answered: int
    """Peers who sent in."""
    own: tuple[ElementScore, ...] | None
    """In the bank's order; None where the person did not send in."""
    peers: tuple[ElementScore, ...]
    """In the bank's order, every peer one voice, whatever their organisation."""
    comments: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """What peers wrote, by element."""


def publish_to_person(found: PersonFindings) -> Publication:
    """What the person may know. Peers are told as a confidential round tells them (withholding): from
    `threshold` people on, and an end of the scale as 95 or 5."""
    own = {element.code: element for element in found.own or ()}
    disclosed = [
        disclose_element(
            element, confidential=True, threshold=found.threshold, respondents=found.answered
        )
        for element in found.peers
    ]
    document = {
        "schema": SCHEMA,
        "scoring": SCORING_VERSION,
        "alliance": found.alliance,
        "round": found.round,
        "closed_at": found.closed_at,
        "about": found.about,
        "k": found.threshold,
        "gap": found.gap,
        "bank": {
            "code": found.bank_code,
            "version": found.bank_version,
            "digest": found.bank_digest,
        },
        "peers": {"asked": found.asked, "answered": found.answered},
        "answered": found.own is not None,
        "elements": [
            _element(own.get(element.code), element, of_peers, found)
            for element, of_peers in zip(found.peers, disclosed, strict=True)
        ],
    }
    comments: dict[str, list[dict[str, str | None]]] = {
        element.code: [
            {"text": text, "organisation": None} for text in sorted(found.comments[element.code])
        ]
        for element in disclosed
        if not element.withheld and len(found.comments.get(element.code, ())) >= found.threshold
    }
    return Publication(document=document, comments=comments)


def _element(
    own: ElementScore | None, peers: ElementScore, disclosed: Disclosed, found: PersonFindings
) -> dict[str, Any]:
    mine, theirs = own.score if own else None, disclosed.score
    own_values = {question.code: question.mean for question in own.questions} if own else {}
    return {
        "code": peers.code,
        "own": two_decimals(mine),
        "own_band": None if mine is None else found.bands.of(mine),
        "peers": two_decimals(theirs),
        "peers_band": None if theirs is None else found.bands.of(theirs),
        "people": disclosed.people,
        "extreme": disclosed.extreme,
        "withheld": disclosed.withheld,
        "view": _view(mine, theirs, found.gap),
        "questions": [
            {
                "code": question.code,
                "own": two_decimals(own_values.get(question.code)),
                "peers": None if hidden else two_decimals(question.mean),
                "people": None if hidden else question.people,
                "withheld": hidden,
            }
            for question in peers.questions
            for hidden in [question.code in disclosed.withheld_questions]
        ],
    }


def _view(mine: Fraction | None, theirs: Fraction | None, gap: int) -> str | None:
    """Whether the person sees themselves `higher` or `lower` than peers do, or `alike`."""
    if mine is None or theirs is None:
        return None
    if abs(mine - theirs) < gap:
        return "alike"
    return "higher" if mine > theirs else "lower"
