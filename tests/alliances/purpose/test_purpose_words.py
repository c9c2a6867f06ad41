"""Sentences compared word by word, by hand-worked cases."""

from __future__ import annotations

import pytest

from alliances.services.purpose.words import Piece, Word, compare_words


def shared(*sentences: str) -> list[str]:
    return [word.text for word in compare_words(sentences).in_all]


def lone(*sentences: str) -> list[list[str]]:
    compared = compare_words(sentences)
    return [[word.text for word in compared.only_in(place)] for place in range(len(sentences))]


def test_three_sentences() -> None:
    compared = compare_words(
        [
            "The harbour is clean by 2031.",
            "Ships in a clean harbour pay less.",
            "Our harbour keeps its ships.",
        ]
    )
    assert compared.words == [
        Word("harbour", (0, 1, 2)),
        Word("clean", (0, 1)),
        Word("ships", (1, 2)),
        Word("2031", (0,)),
        Word("pay", (1,)),
        Word("keeps", (2,)),
    ]
    assert [word.text for word in compared.in_all] == ["harbour"]
    assert [word.text for word in compared.in_several] == ["harbour", "clean", "ships"]
    assert [word.text for word in compared.in_one] == ["2031", "pay", "keeps"]
    assert compared.pieces[0] == [
        Piece("The ", ""),
        Piece("harbour", "all"),
        Piece(" is clean by ", ""),
        Piece("2031", "lone"),
        Piece(".", ""),
    ]


@pytest.mark.parametrize(
    ("one", "other", "common"),
    [
        ("The harbour.", "All harbours!", ["harbour"]),
        ("CLEAN air", "clean water", ["clean"]),
        ("Shipping pays.", "A ship sails.", ["ship"]),
        ("The harbour’s edge", "the harbour wall", ["harbour"]),
        ("the harbour's edge", "the harbour wall", ["harbour"]),
        ("the ships’ engines", "one ship", ["ship"]),
        ("A café", "Two CAFES", ["café"]),
        ("A cafe\u0301", "the café", ["café"]),
        ("By 2031", "in 2031,", ["2031"]),
        ("1,000 jobs", "1000 trees", ["1000"]),
        ("3.5 metres", "3.5 degrees", ["3.5"]),
        ("3.5 metres", "3 or 5 degrees", []),
        ("We co-operate", "to cooperate", ["cooperate"]),
        ("shore-side power", "power of the shore", ["shore", "power"]),
        ("Ένα λιμάνι", "το ΛΙΜΑΝΙ", ["λιμάνι"]),
        ("чистый порт", "Порт города", ["порт"]),
        ("ميناءٌ نظيف", "ميناء", ["ميناء"]),
        ("by 2031", "عام ٢٠٣١", ["2031"]),
        ("नदी की", "नदी का", ["नदी"]),  # vowel signs tell words apart
        ("Straße", "STRASSE", ["Straße"]),
        ("We must not", "You do not", []),
        ("Don’t", "don't", []),
        ("the shall of which", "which shall", []),
        ("!!!", "…", []),
        ("", "harbour", []),
        ("<b>bold</b>", "bold", ["bold"]),
    ],
)
def test_what_two_sentences_share(one: str, other: str, common: list[str]) -> None:
    assert shared(one, other) == common


def test_a_word_is_used_once_however_often_it_stands_there() -> None:
    compared = compare_words(["Ships, ships, ships", "air"])
    assert compared.words == [Word("ships", (0,)), Word("air", (1,))]
    assert compared.in_all == []


def test_the_spelling_shown_is_the_usual_one_and_small_where_somebody_wrote_it_so() -> None:
    assert shared("Harbours", "Harbours", "harbour") == ["Harbours"]
    assert shared("Clean", "clean") == ["clean"]
    assert shared("OPEC", "Opec") == ["OPEC"]


def test_words_of_one_alone_in_the_order_of_the_sentence() -> None:
    assert lone("Night berths for boats", "Boats and ice", "Boats") == [
        ["Night", "berths"],
        ["ice"],
        [],
    ]


def test_one_sentence_or_none_has_nothing_to_compare() -> None:
    for sentences in ([], ["The harbour is clean."]):
        compared = compare_words(sentences)
        assert (compared.in_all, compared.in_several, compared.in_one) == ([], [], [])
        assert {piece.mark for pieces in compared.pieces for piece in pieces} <= {""}


@pytest.mark.parametrize(
    "sentence",
    [
        "a  b\tc",
        "x" * 500,
        "’s ’",
        "-co-",
        "1,",
        "co-op 1,000.5.",
        "\u200d",
        "नदी की",
        "",
        "é\u0301",
    ],
)
def test_the_pieces_are_the_sentence(sentence: str) -> None:
    [pieces, _other] = compare_words([sentence, "other"]).pieces
    assert "".join(piece.text for piece in pieces) == sentence


def test_thirty_sentences() -> None:
    compared = compare_words([f"Harbour number{n} of ours" for n in range(30)])
    assert [word.text for word in compared.in_all] == ["Harbour"]
    assert len(compared.in_one) == 30


@pytest.mark.parametrize(
    ("one", "other", "common"),
    [
        ("Le port est propre.", "Tous les ports du pays", ["port"]),
        ("L’air du port", "de l'air pour nous", ["air"]),
        ("Qu’il n’y ait plus de bruit", "d’ici là le bruit", ["bruit"]),
        ("Réduire la suie", "la suie sera réduite", ["suie"]),
        ("Les navires propres de la baie", "une eau propre dans la baie", ["propre", "baie"]),
        ("Les écoles de la ville", "chaque école des ÉCOLES", ["écoles"]),
        ("D’ici 2031 dans le port", "en 2031, le quai", ["2031"]),
        ("1 000 emplois dans la baie", "de 1\u202f000 arbres", ["1 000"]),
        ("En 2031 500 navires de la baie", "dès 2031 dans le port", ["2031"]),
        ("3,5 mètres dans le port", "à 3,5 degrés et plus", ["3,5"]),
        ("Aujourd’hui dans le port", "le quai d’aujourd’hui", ["aujourd’hui"]),
        ("Nous ne voulons pas", "ce que nous avons pour eux", []),
    ],
)
def test_what_two_french_sentences_share(one: str, other: str, common: list[str]) -> None:
    assert [word.casefold() for word in shared(one, other)] == common


def test_the_pieces_of_a_french_sentence_are_the_sentence() -> None:
    sentences = ["Qu’il n’y ait plus, d’ici 2031, que 1 000 navires\u00a0!", "L’air de la baie"]
    compared = compare_words(sentences)
    assert ["".join(piece.text for piece in pieces) for pieces in compared.pieces] == sentences
    assert lone(*sentences)[1] == ["air", "baie"]
