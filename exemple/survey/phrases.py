"""What did structures write in their own words? Fragments of sentences, put together by chance.

Four open questions, thirty fragments each, all composed for this department. A fragment that has a
mark is written more often by structures of that kind and seldom by others, so that a study of words
has something to find: which kinds favour which fragments is planted, and told in the truth file.
"""

from __future__ import annotations

import numpy as np

FAVOUR, SELDOM = 5.0, 0.25
"""Weight of a marked fragment, for structures of its kind and for others; unmarked ones have 1."""
MARKS = {
    "R": "rural",
    "D": "dense",
    "C": "ccas_cias",
    "P": "petite",
    "G": "grande",
    "E": "epicerie",
}

TEXTS = {
    "difftexte": (
        ("R", "les magasins sont à plus de trente kilomètres"),
        ("R", "le plein d'essence mange la moitié de ce que nous ramassons"),
        ("R", "aucun camion de la plateforme ne monte jusqu'au village"),
        ("R", "nous partageons une seule fourgonnette entre quatre communes"),
        ("R", "la route est coupée dès qu'il neige"),
        ("D", "trop d'associations se présentent au même supermarché"),
        ("D", "les grandes surfaces du quartier choisissent une seule association"),
        ("D", "il est impossible de se garer pour décharger"),
        ("P", "nous n'avons pas de quoi garder les produits frais"),
        ("P", "tout repose sur la voiture d'une bénévole"),
        ("P", "nous n'achetons presque rien, la caisse est vide"),
        ("G", "le tri demande dix personnes chaque matin"),
        ("G", "nos palettes attendent dehors faute de quai"),
        ("G", "les livraisons arrivent toutes le même jour"),
        ("E", "nos rayons sont vides à la fin du mois"),
        ("E", "les clients veulent choisir et le choix se réduit"),
        ("C", "le marché public nous oblige à commander six mois avant"),
        ("C", "la régie municipale ne permet pas les petits achats"),
        ("", "la ramasse donne moins qu'avant"),
        ("", "les dates sont dépassées le jour même"),
        ("", "il y a du pain en trop et jamais de viande"),
        ("", "les fruits arrivent abîmés"),
        ("", "les magasins vendent maintenant leurs invendus à prix cassé"),
        ("", "les prix ont grimpé et les dons n'ont pas suivi"),
        ("", "le lait pour bébé manque toujours"),
        ("", "les conserves reviennent chaque semaine, les légumes jamais"),
        ("", "un donateur s'est retiré sans prévenir"),
        ("", "personne ne sait dire ce que nous recevrons demain"),
        ("", "nous jetons une caisse sur cinq"),
        ("", "l'huile et le sucre sont devenus rares"),
    ),
    "publictexte": (
        ("R", "des personnes âgées qui ne conduisent plus"),
        ("R", "des saisonniers logés dans leur voiture"),
        ("R", "la honte d'être reconnu au village retient les gens"),
        ("R", "certains font deux heures de marche pour venir"),
        ("D", "des étudiants de plus en plus nombreux"),
        ("D", "des familles logées à l'hôtel sans cuisine"),
        ("D", "des personnes à la rue que nous ne connaissions pas"),
        ("D", "la file commence deux heures avant l'ouverture"),
        ("P", "nous connaissons chacun par son prénom"),
        ("P", "nous avons dû limiter les passages à deux par mois"),
        ("G", "les inscriptions ont doublé depuis la rentrée"),
        ("G", "vingt langues différentes à l'accueil"),
        ("G", "les urgences envoyées par le numéro d'appel ont triplé"),
        ("C", "des ménages jusque-là inconnus de nos services"),
        ("C", "des demandes d'aide pour la facture d'énergie en même temps"),
        ("C", "les droits ne sont pas ouverts faute de rendez-vous"),
        ("E", "des clients qui travaillent à temps plein"),
        ("E", "ils restent plus longtemps que les six mois prévus"),
        ("", "davantage de mères seules avec des enfants petits"),
        ("", "des retraités qui n'osaient pas venir"),
        ("", "des salariés pauvres qui passent après leur journée"),
        ("", "la fatigue et la colère se voient dès l'entrée"),
        ("", "beaucoup demandent d'abord à parler"),
        ("", "les familles ne tiennent plus jusqu'au quinze du mois"),
        ("", "le loyer prend tout, la nourriture passe après"),
        ("", "des jeunes sortis de chez leurs parents"),
        ("", "les régimes pour raison de santé sont difficiles à servir"),
        ("", "les anciens reviennent après des années d'absence"),
        ("", "certains ne viennent plus et personne ne sait pourquoi"),
        ("", "les enfants accompagnent leurs parents le mercredi"),
    ),
    "fintexte": (
        ("R", "une aide au carburant vaudrait mieux qu'un appel à projets"),
        ("R", "les petites communes n'ont pas de quoi cofinancer"),
        ("R", "pensez à l'essence des bénévoles"),
        ("D", "les loyers des locaux absorbent la subvention"),
        ("D", "chaque quartier a son propre guichet, on s'y perd"),
        ("P", "les dossiers sont trop longs pour des bénévoles"),
        ("P", "nous ne savons pas remplir un tableau de bilan"),
        ("P", "cinq cents euros nous changeraient la vie"),
        ("P", "personne chez nous ne lit les appels à projets"),
        ("G", "il faut des conventions de trois ans"),
        ("G", "le poste de coordination n'est jamais financé"),
        ("G", "la trésorerie ne tient pas jusqu'au versement de décembre"),
        ("G", "chaque financeur demande un tableau différent"),
        ("C", "le budget de la commune est voté trop tard"),
        ("C", "les crédits de solidarité baissent chaque année"),
        ("C", "nous voudrions un seul interlocuteur dans le département"),
        ("E", "la part payée par les clients ne couvre plus les achats"),
        ("E", "financez les produits frais plutôt que les conserves"),
        ("", "payez le fonctionnement et pas seulement les nouveautés"),
        ("", "les réponses arrivent après la fin de l'action"),
        ("", "dites-nous pourquoi un dossier est refusé"),
        ("", "venez voir une distribution avant de décider"),
        ("", "le fonds national a permis d'acheter enfin des légumes"),
        ("", "sans cette aide nous aurions fermé"),
        ("", "les bilans prennent plus de temps que l'aide"),
        ("", "l'argent arrive toujours au même endroit"),
        ("", "la qualité coûte plus cher et c'est normal"),
        ("", "un peu de confiance ferait gagner du temps"),
        ("", "mettez-vous d'accord entre vous sur les calendriers"),
        ("", "il faut compter le travail des bénévoles"),
    ),
    "idees": (
        ("R", "une tournée commune entre les villages"),
        ("R", "un camion-épicerie le jour du marché"),
        ("R", "des horaires de car accordés aux distributions"),
        ("D", "une liste des horaires affichée dans chaque pharmacie"),
        ("D", "une cuisine partagée dans une école fermée"),
        ("D", "se répartir les supermarchés au lieu de se les disputer"),
        ("P", "un numéro à appeler quand il nous reste du pain"),
        ("P", "prêter un congélateur à ceux qui n'en ont pas"),
        ("G", "un entrepôt ouvert à toutes les associations"),
        ("G", "un logiciel commun de suivi des stocks"),
        ("G", "un responsable de la logistique payé à plusieurs"),
        ("C", "une commission unique d'orientation"),
        ("C", "une permanence d'accès aux droits pendant la distribution"),
        ("C", "un règlement d'aide facultative identique partout"),
        ("E", "des achats groupés auprès des maraîchers"),
        ("E", "une carte acceptée dans toutes les épiceries"),
        ("E", "des ateliers de cuisine avec les clients"),
        ("", "se rencontrer deux fois par an"),
        ("", "un annuaire que quelqu'un tient vraiment à jour"),
        ("", "savoir qui est ouvert en été"),
        ("", "former les nouveaux bénévoles ensemble"),
        ("", "demander leur avis aux personnes accueillies"),
        ("", "des repas chauds assis le soir"),
        ("", "une bourse aux dons entre voisins"),
        ("", "un jardin nourricier à côté du local"),
        ("", "des chèques pour acheter où l'on veut"),
        ("", "visiter les locaux des uns et des autres"),
        ("", "garder une trace de ceux que nous refusons"),
        ("", "ne pas créer une réunion de plus"),
        ("", "un message commun quand les réserves sont pleines"),
    ),
}
LINKS = (". ", ". ", " ; ", ", et ", "… ")
"""How two fragments are joined."""


def written(question: str, kinds: set[str], rng: np.random.Generator) -> str:
    """Return an answer of one to three fragments to an open question.

    Parameters
    ----------
    question : str
        Code of the question, in `TEXTS`.
    kinds : set of str
        What the structure is: its zone, size and type.
    """
    fragments = TEXTS[question]
    weight = np.array([_weight(mark, kinds) for mark, _ in fragments])
    count = rng.choice([1, 2, 3], p=[0.35, 0.45, 0.20])
    chosen = rng.choice(len(fragments), count, replace=False, p=weight / weight.sum())
    text = ""
    for rank in chosen:
        words = fragments[rank][1]
        if not text or text.endswith((". ", "… ")):
            words = words[0].upper() + words[1:]
        text += words + str(rng.choice(LINKS))
    return text.rstrip(" ,;.…").removesuffix(", et") + "."


def _weight(mark: str, kinds: set[str]) -> float:
    if not mark:
        return 1.0
    return FAVOUR if MARKS[mark] in kinds else SELDOM
