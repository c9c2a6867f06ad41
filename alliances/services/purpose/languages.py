"""In which language a purpose is written, as far as its words are looked at: English or French. Pure.

It is told from the text itself, by the small words that stand in every sentence. The language of the
page would not do: a purpose is written once and read by people with pages in either, and all of
them are to see the same of it. Nor would the charter's, which has one only when it is circulated, long
after the purpose was compared and drafted. What is neither is looked at with English words, and little
is found in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

Language = Literal["en", "fr"]

# Words that say nothing of a purpose: small letters, no apostrophes.
ENGLISH_FUNCTION_WORDS = """
a an the this that these those such same other another i me my mine myself we us our ours
ourselves you your yours yourself he him his himself she her hers herself it its itself they
them their theirs themselves one ones oneself who whom whose which what where when why how and
or but nor so yet if then than as because although though while whether unless since at by for
from in into of off on onto out over to under up upon with within without about above across
after against along among amongst around before behind below beneath beside besides between
beyond during inside near outside per through throughout toward towards until till via am are is
was were be been being do does did doing done have has had having can could may might must shall
should will would ought cannot cant dont doesnt didnt wont wouldnt shouldnt couldnt isnt arent
wasnt werent hasnt havent hadnt mustnt lets not no never none nothing nobody neither either both
all any each every some few many much more most less least enough own only just also too very
even still again ever there here now once whenever wherever however whatever whoever whichever
something anything everything somebody anybody everybody someone anyone everyone
"""
ENGLISH_WORDS = frozenset(ENGLISH_FUNCTION_WORDS.split())

# The same of French; accents stay, because the stemmer needs them.
FRENCH_FUNCTION_WORDS = """
le la les l un une des du de d au aux à ce cet cette ces c ça cela ceci celui celle ceux celles
tel telle tels telles même mêmes autre autres je j me m moi mon ma mes tu te t toi ton ta tes il
elle on se s soi son sa ses nous notre nos vous votre vos ils elles eux leur leurs lui y en qui
que qu quoi dont où quel quelle quels quelles lequel laquelle lesquels lesquelles quand comment
pourquoi combien et ou mais ni or car donc si comme puisque puisqu lorsque lorsqu quoique quoiqu
afin pour par sur sous dans avec sans chez vers entre contre avant après depuis pendant durant
dès jusque jusqu hors selon malgré parmi envers ici là ci lors ne n pas plus moins très trop peu
assez aussi ainsi alors encore déjà toujours jamais rien aucun aucune personne tout toute tous
toutes chaque chacun chacune quelque quelques plusieurs être est sont suis es sommes êtes était
étaient sera seront serait seraient soit soient été étant avoir a ai as avons avez ont avait
avaient aura auront aurait auraient ait aient eu ayant peut peuvent pourra pourront pouvoir doit
doivent devra devront devoir faut faudra
"""
FRENCH_WORDS = frozenset(FRENCH_FUNCTION_WORDS.split())

STOP_WORDS: dict[Language, frozenset[str]] = {"en": ENGLISH_WORDS, "fr": FRENCH_WORDS}

WORD = re.compile(r"[^\W\d_]+")


def language_of(texts: Iterable[str]) -> Language:
    """The language of `texts` together: the one whose own small words they use more of; English where
    that tells nothing."""
    english = french = 0
    for text in texts:
        for word in WORD.findall(text.casefold()):
            english += word in ENGLISH_WORDS and word not in FRENCH_WORDS
            french += word in FRENCH_WORDS and word not in ENGLISH_WORDS
    return "fr" if french > english else "en"
