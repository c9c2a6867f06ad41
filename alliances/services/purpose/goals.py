"""How a goal begins in a sentence, what ties a second one to it, and where a sentence ends. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from alliances.services.purpose.languages import Language


@dataclass(frozen=True)
class Goals:
    """How one language says what is to be reached.

    `verbs` are what one sets out to do, each form with its verb. `begins` finds one of them, as its
    first group, where a goal begins: at the start, after a comma, or after what joins. `tied` is what
    ties a second goal to a first one even where no verb of ours follows. `ends` is the end of a
    sentence: a mark, a blank, and what a sentence begins with; not after an abbreviation.
    """

    verbs: Mapping[str, str]
    begins: re.Pattern[str]
    tied: re.Pattern[str]
    ends: re.Pattern[str]


def _any_of(verbs: Mapping[str, str]) -> str:
    return "|".join(sorted(verbs, key=len, reverse=True))


VERBS = """
abolish achieve adopt advance agree avoid ban bring build certify change clean close coordinate
create cut decrease deliver develop double eliminate encourage end ensure establish expand
explore finance find finish foster fund give grow guarantee halve help improve increase install
introduce keep launch limit lower maintain make measure minimise minimize modernise offer open
opt pay prevent promote protect provide publish raise reach recover reduce remove renew repair
replace restore return save secure set share simplify speed stabilise stop strengthen supply
support train triple turn win
"""
DOING = VERBS.split()
DOUBLED = {
    "cut": "cutting",
    "ban": "banning",
    "stop": "stopping",
    "set": "setting",
    "win": "winning",
}


def _ing(verb: str) -> str:
    stem = verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else verb
    return DOUBLED.get(verb, f"{stem}ing")


ENGLISH_VERBS = {verb: verb for verb in DOING} | {_ing(verb): verb for verb in DOING}
ENGLISH = Goals(
    verbs=ENGLISH_VERBS,
    begins=re.compile(
        r"(?:^|[,;:–—]|\b(?:and|or|to|by|also|plus|well as|while|then)\b)\W{0,5}"
        r"(?:(?:and|or|to|also|then)\s+){0,3}(" + _any_of(ENGLISH_VERBS) + r")\b",
        re.IGNORECASE,
    ),
    tied=re.compile(
        r"\bas well as\b|\band also\b|\bin addition\b|\bat the same time\b|\bon the one hand\b"
        r"|\band/or\b|\b(?:and|or) (?:to|by)\b|\b(?:and|or) (?:more|less|fewer|better|no)\b"
        r"|\b(?:and|or) that\b|\bwhile also\b",
        re.IGNORECASE,
    ),
    ends=re.compile(
        r"(?<!\bSt)(?<!\bMr)(?<!\bDr)(?<!\bNo)(?<!\bMrs)(?<!\bapprox)(?<!\bca)(?<!\be\.g)"
        r"(?<!\bi\.e)(?<!\b[A-Z])[.!?…]+[\"”’)]*\s+(?=[\"“‘(]?[^\W\d_a-z])|[。！？](?=\s*\S)"
    ),
)

# Verbs in -er, whose participle follows from them; then the others, with theirs. "Maintenant" is left
# out: it mostly means now.
FRENCH_VERBS_IN_ER = """
abaisser accélérer adopter aider améliorer apaiser arrêter assurer augmenter baisser certifier
changer coordonner couper créer développer diminuer diviser donner doubler économiser éliminer
empêcher encourager équiper explorer éviter faciliter favoriser fermer financer former freiner
garder installer instaurer intégrer lancer limiter mesurer moderniser nettoyer organiser
partager payer planter préparer préserver protéger publier raccorder réaliser relever relier
remplacer renforcer rénover réparer replanter respecter restaurer sauver sécuriser sensibiliser
simplifier stabiliser stopper supprimer tripler trouver
"""
FAIRE_ER = FRENCH_VERBS_IN_ER.split()
FAIRE = {
    "abolir": "abolissant",
    "accroître": "accroissant",
    "atteindre": "atteignant",
    "bannir": "bannissant",
    "bâtir": "bâtissant",
    "construire": "construisant",
    "détruire": "détruisant",
    "établir": "établissant",
    "étendre": "étendant",
    "faire": "faisant",
    "finir": "finissant",
    "fournir": "fournissant",
    "garantir": "garantissant",
    "interdire": "interdisant",
    "introduire": "introduisant",
    "maintenir": "",
    "mettre": "mettant",
    "obtenir": "obtenant",
    "offrir": "offrant",
    "ouvrir": "ouvrant",
    "permettre": "permettant",
    "prévenir": "prévenant",
    "produire": "produisant",
    "promouvoir": "promouvant",
    "réduire": "réduisant",
    "réunir": "réunissant",
    "soutenir": "soutenant",
}


def _ant(verb: str) -> str:
    stem = verb.removesuffix("er")
    if stem.endswith("c"):
        return f"{stem.removesuffix('c')}çant"
    return f"{stem}eant" if stem.endswith("g") else f"{stem}ant"


FRENCH_VERBS = (
    {verb: verb for verb in (*FAIRE_ER, *FAIRE)}
    | {_ant(verb): verb for verb in FAIRE_ER}
    | {participle: verb for verb, participle in FAIRE.items() if participle}
)
FRENCH = Goals(
    verbs=FRENCH_VERBS,
    begins=re.compile(
        r"(?:^|[,;:–—]|\b(?:et|ou|puis|pour|afin de|de|à|en|aussi|ainsi que|tout en)\b|\bd[’'])\W{0,5}"
        r"(?:(?:et|ou|à|de|pour|afin de|aussi|puis|en)\s+){0,3}(?:d[’'])?("
        + _any_of(FRENCH_VERBS)
        + r")\b",
        re.IGNORECASE,
    ),
    # Not "et de": it mostly joins two things of one goal.
    tied=re.compile(
        r"\bainsi que\b|\bet (?:aussi|également|afin)\b|\ben outre\b|\bpar ailleurs\b"
        r"|\ben même temps\b|\bd[’']une part\b|\bet/ou\b|\b(?:et|ou) (?:plus|moins|mieux)\b"
        r"|\b(?:et|ou) qu(?:e\b|[’'])|\btout en\b",
        re.IGNORECASE,
    ),
    ends=re.compile(
        r"(?<!\bM)(?<!\bMM)(?<!\bDr)(?<!\bSt)(?<!\bSte)(?<!\benv)(?<!\bapprox)(?<!\bp)(?<!\bex)"
        r"(?<!\bart)(?<!\bav)(?<!\bbd)(?<!\b[A-Z])[.!?…]+[\"”’»)\u00a0]*\s+"
        r"(?=[\"“‘«(]?\s?[^\W\d_a-zà-öø-ÿœ])|[。！？](?=\s*\S)"
    ),
)
GOALS: dict[Language, Goals] = {"en": ENGLISH, "fr": FRENCH}
