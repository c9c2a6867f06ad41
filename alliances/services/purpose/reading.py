"""The purpose check as its page shows it: who has written, and, once it is closed, what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from alliances.models import Alliance, Membership, Participant, PurposeCheck, PurposeSentence
from alliances.services.counts import first_capital, in_words, listed
from alliances.services.purpose.check import ASKED, FEWEST
from alliances.services.purpose.languages import language_of
from alliances.services.purpose.times import times_in
from alliances.services.purpose.words import Comparison, Piece, Word, compare_words

NAMED = 6
"""So many common words stand in the headline; with more of them it gives the number alone."""

SHOWN = 12
"""So many sentences stand beside the purpose while it is drafted; all of them on their own page."""

ABSENTEES = 3
"""So many who do not use a word are named; with more of them it is plainer to say who does."""


@dataclass(frozen=True)
class Party:
    """A party, whether it has written, and whether anybody can log in for it."""

    pk: int
    name: str
    has_written: bool
    has_account: bool


@dataclass(frozen=True)
class OpenCheck:
    """A check that is not closed yet, without a word of what was written but one's own."""

    check: PurposeCheck
    parties: list[Party]
    own: PurposeSentence | None

    @property
    def written(self) -> int:
        return sum(party.has_written for party in self.parties)

    @property
    def silent(self) -> list[Party]:
        return [party for party in self.parties if not party.has_written]

    @property
    def silent_names(self) -> str:
        """Names of those who have not written, as they stand in a sentence."""
        return listed([party.name for party in self.silent])

    @property
    def may_be_closed(self) -> bool:
        return self.written >= FEWEST


@dataclass(frozen=True)
class Sentence:
    """A sentence with its words marked, and the words that stand in no other."""

    name: str
    text: str
    pieces: list[Piece]
    only_here: list[str]


@dataclass(frozen=True)
class Use:
    """A word, by which sentences it is used (in their order), and that in words."""

    text: str
    places: list[bool]
    by: str

    @property
    def count(self) -> int:
        return sum(self.places)


@dataclass(frozen=True)
class ClosedCheck:
    """A check whose sentences everybody may read, compared.

    `dated` counts the sentences that say when; `years` are the last ones that each names.
    """

    check: PurposeCheck
    sentences: list[Sentence]
    in_all: list[str]
    in_one: int
    in_several: list[Use]
    in_common: str
    when: str
    years: list[int]
    dated: int

    @property
    def silent_names(self) -> str:
        """Who had not written when it was closed, as the names stand in a sentence."""
        return listed(self.check.silent)


@dataclass(frozen=True)
class PurposePage:
    """What the page shows: the open check before the closed one, and which others there are.

    Without any check, `parties` are who would be asked.
    """

    open: OpenCheck | None
    closed: ClosedCheck | None
    others: list[PurposeCheck]
    parties: list[Party]

    @property
    def locked_out(self) -> list[Party]:
        """Parties that nobody can log in for."""
        return [party for party in self.parties if not party.has_account]

    @property
    def may_be_opened(self) -> bool:
        return self.open is None and len(self.parties) >= FEWEST


def purpose_page(
    *, alliance: Alliance, own: Participant | None, chosen: int | None = None
) -> PurposePage | None:
    """The alliance's purpose check for somebody of the organisation `own`, in at most six queries.

    `chosen` is the key of a closed check; else it is the open one, or the latest. None where there
    is no such closed check.
    """
    checks = list(alliance.purpose_checks.all())
    if chosen is None:
        shown = checks[0] if checks else None
        # One that is open is younger than any other; not so where its moment was set by hand.
        shown = next((check for check in checks if check.closed_at is None), shown)
    else:
        shown = next((c for c in checks if c.pk == chosen and c.closed_at is not None), None)
        if shown is None:
            return None
    parties = _parties(alliance, next((c for c in checks if c.closed_at is None), None))
    is_open = shown is not None and shown.closed_at is None
    return PurposePage(
        open=_open(shown, parties, own) if shown and is_open else None,
        closed=_closed(shown) if shown and not is_open else None,
        others=[check for check in checks if check != shown],
        parties=parties,
    )


def closed_sentences(*, alliance: Alliance) -> list[PurposeSentence]:
    """What parties wrote in the last check that is closed, the first SHOWN of them by name; nothing
    of one that is open. Two queries."""
    last = alliance.purpose_checks.filter(closed_at__isnull=False).first()
    if last is None:
        return []
    rows = last.sentences.select_related("participant").order_by("participant__name", "pk")
    return list(rows[:SHOWN])


def open_state(check: PurposeCheck) -> OpenCheck:
    """Who has written in an open check, and nothing of what."""
    return _open(check, _parties(check.alliance, check), None)


def _parties(alliance: Alliance, check: PurposeCheck | None) -> list[Party]:
    """Who is asked in the open check, by name: the parties, and who had written before they left.
    Without one, the parties, and none has written."""
    accounts = Membership.objects.filter(participant=OuterRef("pk"), user__is_active=True)
    # The keys alone: nothing that was written leaves the database before it may be shown.
    wrote = set(check.sentences.values_list("participant", flat=True)) if check else set()
    rows = alliance.participants.filter(ASKED | Q(pk__in=wrote))
    return [
        Party(row.pk, row.name, row.pk in wrote, row.has_account)
        for row in rows.annotate(has_account=Exists(accounts)).order_by("name", "pk")
    ]


def _open(check: PurposeCheck, parties: list[Party], own: Participant | None) -> OpenCheck:
    sentence = check.sentences.filter(participant=own).first() if own else None
    return OpenCheck(check=check, parties=parties, own=sentence)


def _closed(check: PurposeCheck) -> ClosedCheck:
    rows = list(
        check.sentences.select_related("participant").order_by("participant__name", "participant")
    )
    texts = [row.text for row in rows]
    names = [row.participant.name for row in rows]
    compared = compare_words(texts)
    language = language_of(texts)
    times = [times_in(text, language) for text in texts]
    dated = [name for name, when in zip(names, times, strict=True) if when.any]
    years = sorted({when.last.year for when in times if when.last})
    return ClosedCheck(
        check=check,
        sentences=[
            Sentence(
                name=name,
                text=text,
                pieces=compared.pieces[place],
                only_here=[word.text for word in compared.only_in(place)],
            )
            for place, (name, text) in enumerate(zip(names, texts, strict=True))
        ],
        in_all=[word.text for word in compared.in_all],
        in_one=len(compared.in_one),
        in_several=[_use(word, names) for word in compared.in_several],
        in_common=_in_common(compared),
        when=_when(dated, len(texts), years),
        years=years,
        dated=len(dated),
    )


def _use(word: Word, names: Sequence[str]) -> Use:
    places = [place in word.places for place in range(len(names))]
    users = [name for name, uses in zip(names, places, strict=True) if uses]
    others = [name for name, uses in zip(names, places, strict=True) if not uses]
    if not others:
        by = pgettext("parties", "All")
    elif len(others) <= min(ABSENTEES, len(users)):
        by = _("All but %(names)s") % {"names": listed(others)}
    else:
        by = listed(users)
    return Use(text=word.text, places=places, by=by)


def _in_common(compared: Comparison) -> str:
    """How many words all have in common, and which."""
    parties, shared = len(compared.pieces), [word.text for word in compared.in_all]
    who = ngettext("%(number)s party", "%(number)s parties", parties) % {
        "number": in_words(parties)
    }
    who = first_capital(who)
    if not shared:
        return _("%(who)s, no word in common.") % {"who": who}
    if not compared.in_one and len(compared.in_several) == len(shared):
        return _("%(who)s, and the same words from each.") % {"who": who}
    words = ngettext("%(number)s word", "%(number)s words", len(shared)) % {
        "number": in_words(len(shared))
    }
    if len(shared) > NAMED:
        return _("%(who)s, %(words)s in common.") % {"who": who, "words": words}
    return _("%(who)s, %(words)s in common: %(list)s.") % {
        "who": who,
        "words": words,
        "list": listed(shared),
    }


def _when(dated: Sequence[str], parties: int, years: Sequence[int]) -> str:
    """Who says when, and whether they mean the same year."""
    if not dated:
        return _("Nobody says when.")
    if len(dated) == 1:
        return _("Nobody but %(name)s says when.") % {"name": dated[0]}
    years_differ = len(years) > 1
    if len(dated) == parties:
        if years_differ:
            return _("Each says when, and together they name %(years)s.") % {
                "years": listed([str(year) for year in years])
            }
        return _("Each says when.")
    some = {
        "some": in_words(len(dated)),
        "all": in_words(parties),
        "years": listed([str(year) for year in years]),
    }
    if years_differ:
        said = _("%(some)s of %(all)s say when, and they name %(years)s.")
    else:
        said = _("%(some)s of %(all)s say when.")
    return first_capital(said % some)
