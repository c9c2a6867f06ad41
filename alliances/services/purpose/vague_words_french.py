"""The same words in French, in our own choice; the questions are those of `vague_words`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from alliances.services.purpose.vague_word import VagueWord, vague

E_S = "(?:e|s|es)?"
"""The endings of an adjective that agrees."""

ER = "(?:er|e|ent|ant|é|és|ée|ées)"
"""The endings of a verb in -er that a purpose has."""

FRENCH: tuple[VagueWord, ...] = (
    # What leaves the measure open
    vague(
        f"approprié{E_S}|adéquat{E_S}|adapté{E_S}|convenables?|convenablement",
        _("Who decides what fits, and by what test?"),
    ),
    vague(
        f"(?:dé)?raisonnable(?:s|ment)?|proportionné{E_S}",
        _("Reasonable to whom? Name the limit, such as a sum or a number of days."),
    ),
    vague(f"acceptables?|satisfaisant{E_S}", _("Acceptable to whom? Name the level.")),
    vague(
        f"équitable(?:s|ment)?|équilibré{E_S}|juste (?:part|répartition|partage|prix)",
        _("Fair by which rule: equal shares, by size, by use?"),
    ),
    vague(
        f"optima(?:l|le|les|ux|lement)|optimis{ER}|optimisation",
        _("Best for whom, and at what cost to whom?"),
    ),
    vague(
        "significati(?:f|fs|ve|ves|vement)|substantiel(?:s|le|les|lement)?"
        "|considérable(?:s|ment)?|notable(?:s|ment)?|nettement|fortement|sensiblement",
        _("How much is enough? Put the figure."),
        but_with_a_figure=True,
    ),
    vague(
        f"amélior{ER}|améliorations?|mieux|meilleur{E_S}",
        _("From what to what? Put the figure of today and the one that you want."),
        but_with_a_figure=True,
    ),
    vague(
        "renfor(?:cer|ce|cent|çant|cé|cés|cée|cées|cement)|consolid(?:er|e|ant)|consolidation"
        "|intensifi(?:er|e|ant|cation)",
        _("What will be there that is not there now?"),
        but_with_a_figure=True,
    ),
    vague(
        f"efficac(?:e|es|ement|ité)|efficient{E_S}|efficience|performant{E_S}|performances?",
        _("Less of what for the same result? Name it."),
        but_with_a_figure=True,
    ),
    vague(
        "(?:de )?(?:haute|grande|bonne) qualité|de qualité|de pointe|excellence|de classe mondiale",
        _("By which measure, and compared with whom?"),
    ),
    vague(
        f"innovant{E_S}|innovations?|innover|novat(?:eur|eurs|rice|rices)|modernes?",
        _("What will it do that today’s does not?"),
    ),
    vague(f"robustes?|résilient{E_S}|résilience", _("What should it withstand, and for how long?")),
    # What leaves the effort open
    vague(
        "dans la mesure du possible|autant que possible|si possible|le cas échéant|si nécessaire"
        "|si besoin|au besoin|(?:lorsque|quand|là où) (?:c’est |c'est )?(?:possible|nécessaire)",
        _("Who says what is possible? Name the cases in which it does not hold."),
    ),
    vague(
        "(?:tout mettre|mettre tout) en œuvre|(?:tout son|tout leur|tout notre|le) possible"
        "|(?:tous (?:les|leurs|nos)|meilleurs) efforts|s[’']efforc(?:er|ent|ant)|s[’']efforce",
        _("What must a party have done before it may say that it tried?"),
    ),
    vague(
        "vis(?:er|e|ent|ant) (?:à|l[ae]|les|un|une)|tend(?:re|ent|ant)? (?:à|vers)"
        "|cherch(?:er|e|ent|ant) à|aspir(?:er|e|ent|ant) à|ambitionn(?:er|e|ent|ant)"
        "|tent(?:er|e|ent|ant) de|essay(?:er|ant) de",
        _("Leave it out: the purpose is what will be reached, not what is tried."),
    ),
    vague(
        "travaill(?:er|ent|ant) (?:ensemble )?(?:à|pour|vers)|œuvr(?:er|ent|ant) (?:ensemble )?(?:à|pour)"
        "|contribu(?:er|e|ent|ant) (?:à|au|aux)|aid(?:er|ent|ant) à|avanc(?:er|ent|ant) vers",
        _("How far will you have come, and by when?"),
    ),
    vague(
        f"explor{ER}|étudi(?:er|ent|ant)|examin{ER}|envisag(?:er|ent|eant)|réfléchir"
        "|se pencher sur",
        _("And then? Say what follows from what is found."),
    ),
    vague(
        f"souten(?:ir|ant)|soutiennent|appuy(?:er|ant)|accompagn{ER}|accompagnement|facilit{ER}"
        "|permettre (?:à|au|aux|de)|assist(?:er|ant)",
        _("With what: money, people, consent? Who would notice if it stopped?"),
    ),
    vague(
        f"prom(?:ouvoir|ouvant|otion)|favoris{ER}|encourag(?:er|e|ent|eant)|stimul{ER}|dynamis{ER}"
        "|impuls(?:er|ant|ion)",
        _("What will people do that they do not do today?"),
    ),
    vague(
        f"sensibilis{ER}|sensibilisation|prise de conscience|faire connaître",
        _("Whose, of what, and what will they do then?"),
    ),
    vague(
        "s[’']attaquer (?:à|au|aux)|fai(?:re|sant) face (?:à|au|aux)"
        "|répond(?:re|ant) (?:à|au|aux)|relever (?:le|les|ce|ces) défis?|lutt(?:er|ant) contre",
        _("What will be gone, or smaller, in the end?"),
    ),
    vague(
        "dialogu(?:e|er|es)|concertation|collabor(?:er|ent|ant|ation|ations)"
        "|coopér(?:er|ent|ant|ation)|engagements?|partenariats?",
        _("That is the way, not the goal. What comes of it?"),
    ),
    vague(
        f"mobilis{ER}|mobilisation|tirer (?:parti|profit) d|valoris{ER}|valorisation"
        "|mettre à profit",
        _("How much of what, from whom?"),
    ),
    # What leaves the time open
    vague(
        "dès que possible|au plus (?:vite|tôt)|dans les meilleurs délais"
        "|dans (?:un|des) délais? raisonnables?|en temps utile|rapide(?:s|ment)?|prochainement|bientôt"
        "|promptement",
        _("By which day?"),
    ),
    vague(
        "à (?:court|moyen|long)(?: ou (?:moyen|long))? terme|à terme|progressi(?:f|ve|vement)"
        "|graduel(?:le|lement)?|petit à petit|peu à peu|pas à pas|étape par étape|au fil du temps",
        _("How many years? Name the last one."),
    ),
    vague(
        "régul(?:ier|iers|ière|ières|ièrement)|périodique(?:s|ment)?|de temps en temps|en continu"
        f"|continu{E_S}|continuellement|permanent{E_S}|en permanence",
        _("How often?"),
    ),
    # What leaves open who and what
    vague(
        "parties (?:prenantes|intéressées|concernées)|acteurs?|actrices?|intervenants"
        "|(?:partenaires|instances|organismes) (?:concernés|compétents|compétentes|pertinents)",
        _("Who? Name them, or who is meant by it will be the first quarrel."),
    ),
    vague(
        f"pertinent{E_S}|cl(?:é|ef)s?|concerné{E_S}",
        _("Relevant by whose judgement? List what is meant."),
    ),
    vague(
        "divers(?:e|es)?|plusieurs|certain(?:e)?s|quelques|nombreu(?:x|ses)|multiples|différent(?:e)?s"
        "|un certain nombre|une (?:série|gamme|variété)",
        _("Which, and how many?"),
    ),
    vague(
        "etc\\.?|et ainsi de suite|entre autres|notamment|et autres",
        _("Name the rest, or leave it out."),
    ),
    vague(
        "synergi(?:e|es|que|ques)",
        _("What does one party save or gain through another, and how much?"),
    ),
    vague(
        "durable(?:s|ment)?|durabilité|pérenn(?:e|es|ité|iser)|soutenables?",
        _("Who or what must still be there, and in which year?"),
    ),
    vague(
        f"holistiques?|intégré{E_S}|globa(?:l|le|les|ux|lement)|transversa(?:l|le|les|ux)",
        _("What is in, and what is left out?"),
    ),
    vague(
        f"stratégique(?:s|ment)?|transform{ER}|transformat(?:ion|ions|eur|rice|rices)"
        f"|structurant{E_S}",
        _("What will be different on the day after?"),
    ),
    vague(
        "valeur ajoutée|gagnant[- ]gagnant|(?:bénéfices?|avantages?|profit) (?:mutuels?|réciproques?)",
        _("Which value for which party? Name one for each."),
    ),
    vague(
        "(?:bonnes|meilleures) pratiques|(?:normes|exigences) élevées|plus hautes? (?:normes?|exigences?)",
        _("Whose standard? Name the document."),
    ),
    vague(
        "flexib(?:le|les|ilité)|soupl(?:e|es|esse)|agil(?:e|es|ité)",
        _("What may change, and who may change it?"),
    ),
    vague(
        "vision|paradigmes?|cadre (?:de|pour)", _("What is it, said so that a newcomer sees it?")
    ),
    vague(
        "montée en (?:puissance|compétences?)|capacités?",
        _("Who will be able to do what that they cannot do now?"),
        but_with_a_figure=True,
    ),
    vague(
        "croissance|prospérité|bien-être|qualité de (?:la )?vie|intérêt général|bien commun",
        _("Whose, measured by what?"),
        but_with_a_figure=True,
    ),
)
