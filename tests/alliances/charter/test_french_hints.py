"""Hints on the wording of a purpose that is written in French. `T` is today: 21 November 2026."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from django.utils import translation

from alliances.services.purpose.hints import Hint, purpose_hints, read_wording
from alliances.services.purpose.languages import language_of
from alliances.services.purpose.times import has_figure, times_in

T = dt.date(2026, 11, 21)


def hint(text: str, kind: str) -> Hint:
    """The first hint of that kind."""
    return next(one for one in purpose_hints(text, T) if one.kind == kind)


def words_found(text: str) -> list[str]:
    return [one.found for one in purpose_hints(text, T) if one.kind == "words" and one.found]


@pytest.mark.parametrize(
    ("texts", "language"),
    [
        (["D’ici 2031 tous les navires s’arrêtent."], "fr"),
        (["Réduire de moitié la suie dans les écoles"], "fr"),
        (["L'air du port est propre", "Le port", "2031"], "fr"),
        (["By 2031 every ship stops."], "en"),
        (["Cut the fumes on the quay, as far as possible"], "en"),
        (["The son of a baker is on par with us"], "en"),
        (["2031"], "en"),
        ([], "en"),
    ],
)
def test_the_language_is_told_by_the_text(texts: list[str], language: str) -> None:
    assert language_of(texts) == language


def test_it_does_not_hang_on_the_language_of_the_page() -> None:
    text = "Favoriser les synergies entre les acteurs"
    with translation.override("fr"):
        french = [one.found for one in purpose_hints(text, T)]
    assert [one.found for one in purpose_hints(text, T)] == french
    assert words_found(text) == ["Favoriser", "synergies", "acteurs"]


GOOD = (
    "D’ici le 30 septembre 2029, la Tarn porte au moins 0,8 mètre cube d’eau par seconde à Pont-Bas, "
    "chaque jour de l’année."
)
BAD = (
    "Œuvrer ensemble à une utilisation plus durable de l’eau, sensibiliser le public et explorer les "
    "synergies entre toutes les parties prenantes concernées."
)


def test_a_good_one_is_good_and_a_bad_one_is_not() -> None:
    assert read_wording(GOOD, T).advice == []
    assert {one.kind for one in read_wording(BAD, T).advice} == {"goal", "measure", "words"}


# --- one goal

ONE = [
    "D’ici 2031, tous les navires coupent leurs moteurs et se branchent à la terre.",
    "Réduire de moitié la suie dans les écoles et les maisons.",
    "L’hôpital St. Michel et le Dr. Okafor ouvrent 50 lits d’ici 2029.",
    "Diviser par deux ce que brûlent les bacs, les remorqueurs et les pilotes avant 2030.",
    "L’eau de la ville et de la vallée est potable, p. ex. au pont, d’ici 2029.",
]
SEVERAL = [
    ("Réduire la suie. Puis réduire le bruit.", ""),
    ("La suie baisse de moitié\u00a0; 200 soudeurs sont formés", ";"),
    ("Réduire la suie, améliorer la sécurité et former des soudeurs", "Réduire, améliorer, former"),
    ("En réduisant la suie et en formant des soudeurs", "réduisant, formant"),
    ("Pour réduire la suie et pour protéger les écoles", "réduire, protéger"),
    ("Afin d’éviter le bruit et de financer des quais", "éviter, financer"),
    ("Moins de suie et plus d’emplois dans le port", "et plus"),
    ("L’air est propre, ainsi que les nuits sont calmes", "ainsi que"),
    ("Un air propre et/ou des nuits calmes", "et/ou"),
    ("Que l’air soit propre et que les nuits soient calmes", "et que"),
    ("- un air propre\n- des nuits calmes", ""),
]


@pytest.mark.parametrize("text", ONE)
def test_one_goal(text: str) -> None:
    found = hint(text, "goal")
    assert (found.is_good, found.found) == (True, "")


@pytest.mark.parametrize(("text", "found"), SEVERAL)
def test_several_goals(text: str, found: str) -> None:
    several = hint(text, "goal")
    assert (several.is_good, several.found) == (False, found)


# --- a date or a number

TIMES = [
    # text, its last day with a year, a time without one, a figure besides
    ("d’ici 2031", dt.date(2031, 12, 31), False, False),
    ("d'ici le 30 septembre 2029", dt.date(2029, 9, 30), False, False),
    ("avant le 1er\u00a0février\u00a02028", dt.date(2028, 2, 1), False, False),
    ("en février 2028", dt.date(2028, 2, 29), False, False),
    ("avant le 30/09/2029", dt.date(2029, 9, 30), False, False),
    ("avant le 1.2.2028", dt.date(2028, 2, 1), False, False),
    ("avant le 31 FÉVRIER 2027", dt.date(2027, 2, 28), False, False),
    ("la moitié de 2019 d’ici fin 2031", dt.date(2031, 12, 31), False, True),
    ("à l’horizon 2031 les navires", dt.date(2031, 12, 31), False, False),
    ("dans trois ans", None, True, False),
    ("d’ici la fin de la décennie", None, True, False),
    ("avant l’été", None, True, False),
    ("l’an prochain", None, True, False),
    ("d’ici juin", None, True, False),
    ("sous six mois", None, True, False),
    ("2000 tonnes", None, False, True),
    ("2000 €", None, False, True),
    ("45 % des appels", None, False, True),
    ("un tiers de la flotte", None, False, True),
    ("deux cents soudeurs", None, False, True),
    ("une centaine de navires", None, False, True),
    ("diviser par deux la suie", None, False, True),
    ("un navire neuf", None, False, False),
    ("aucun navire ne brûle de fioul", None, False, False),
]


@pytest.mark.parametrize(("text", "last", "is_open", "figure"), TIMES)
def test_times_and_figures(text: str, last: dt.date | None, is_open: bool, figure: bool) -> None:
    found = times_in(text, "fr")
    assert (found.last, found.is_open, has_figure(text, "fr")) == (last, is_open, figure)


# --- words that hide disagreement


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "EXPLORER les synergies avec les acteurs pertinents, dans la mesure du possible",
            ["EXPLORER", "synergies", "acteurs", "pertinents", "dans la mesure du possible"],
        ),
        ("un port durable, un usage durable", ["durable"]),
        ("Dès que possible, une eau de haute qualité", ["Dès que possible", "de haute qualité"]),
        ("l’efficacité des pompes", ["efficacité"]),
        ("les solutions innovantes et une approche intégrée", ["innovantes", "intégrée"]),
        ("Améliorer la ponctualité de la ligne", ["Améliorer"]),
        ("Améliorer la ponctualité de la ligne de 71 à 90 pour cent", []),
        ("une meilleure gestion de l’eau", ["meilleure"]),
        ("à court ou moyen terme, dans le port", ["à court ou moyen terme"]),
        # whole words alone, and what is plain
        ("la clef-de-voûte du port, l’acteurisme, un moyen de transport", []),
        ("La suie baisse de moitié dans les écoles", []),
    ],
)
def test_vague_words_in_their_order_as_they_were_written(text: str, found: list[str]) -> None:
    assert words_found(text) == found
    assert all(one.ask for one in purpose_hints(text, T) if one.kind == "words" and one.found)


@pytest.mark.parametrize("piece", ["et de ", "à la fin de la ", "d’ici ", "réduire, ", "l’"])
def test_a_long_text_takes_no_time(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    begun = time.process_time()
    purpose_hints(text, T)
    assert time.process_time() - begun < 1.0
