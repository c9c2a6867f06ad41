"""Momentum: whether the train gains or loses speed, since when, and by which signs (VA).

`facts` is what it is read from; `signs` the rules, one a sign; `sentence` what they say together and
since when; `series` and `pictures` the same months as pictures; `reading` the only one that looks
into the database.
"""

from alliances.services.momentum.facts import Facts
from alliances.services.momentum.pictures import Picture, momentum_pictures, progress_markers
from alliances.services.momentum.reading import read_facts, read_momentum
from alliances.services.momentum.sentence import Momentum, Verdict, momentum_of
from alliances.services.momentum.signs import Direction, Sign, read_signs

__all__ = [
    "Direction",
    "Facts",
    "Momentum",
    "Picture",
    "Sign",
    "Verdict",
    "momentum_of",
    "momentum_pictures",
    "progress_markers",
    "read_facts",
    "read_momentum",
    "read_signs",
]
