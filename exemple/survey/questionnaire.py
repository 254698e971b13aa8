"""What were the structures asked? The questionnaire of the fictitious department, said once.

The themes are those on which the study reports (aid given, supply, storage and transport, team,
demand, funding, cooperation); the questions and their wording are our own. The LimeSurvey files and
the codebook are all written from this list, so that they cannot disagree. Codes obey LimeSurvey:
letters and digits, answers of five characters at most.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

YES_NO = (("Y", "Oui"), ("N", "Non"))
UNSURE = ("NSP", "Ne sait pas")
AGREEMENT = (
    ("A1", "Pas du tout d'accord"), ("A2", "Plutôt pas d'accord"), ("A3", "Ni d'accord ni pas"),
    ("A4", "Plutôt d'accord"), ("A5", "Tout à fait d'accord"), UNSURE,
)  # fmt: skip
TREND = (("haus", "En hausse"), ("stab", "Stable"), ("bais", "En baisse"), UNSURE)
OTHER = "-oth-"
"""Code that LimeSurvey writes when the answer is in the field « Autre »."""

PAGES = (
    "Vous joindre", "Votre structure", "Les aides proposées", "L'ouverture", "L'approvisionnement",
    "Le stockage et le transport", "L'équipe", "Les personnes et la demande", "Le financement",
    "La coopération",
)  # fmt: skip
"""One page a group of questions, in order: ``lastpage`` counts them from 1."""


@dataclass(frozen=True)
class Question:
    """One question, as LimeSurvey and the codebook need it.

    Attributes
    ----------
    code : str
        Name of the question and start of its columns.
    kind : str
        Letter of LimeSurvey: ``L`` list, ``Y`` yes or no, ``M`` multiple choice, ``F`` array,
        ``N`` number, ``S`` short text, ``T`` long text.
    page : int
        From 1, in `PAGES`.
    theme, text : str
        Theme of the study, and what is asked, in French.
    choices : tuple of (str, str)
        Code and label of each answer (lists and arrays).
    rows : tuple of str
        Labels of the sub-questions ``SQ001``… (multiple choice and arrays).
    shown_if : tuple of (str, str), optional
        Question and answer without which this one is not shown.
    """

    code: str
    kind: str
    page: int
    theme: str
    text: str
    choices: tuple[tuple[str, str], ...] = ()
    rows: tuple[str, ...] = ()
    other: bool = False
    shown_if: tuple[str, str] | None = None
    core: bool = False
    required: bool = False
    contact: bool = False
    unit: str = ""
    low: float | None = None
    high: float | None = None

    @property
    def parts(self) -> list[tuple[str, str]]:
        """Code and label of each sub-question."""
        return [(f"SQ{rank:03d}", label) for rank, label in enumerate(self.rows, start=1)]

    @property
    def columns(self) -> list[str]:
        """Sub-codes of its columns in an export; the empty one is the question's own."""
        own = [code for code, _ in self.parts] if self.rows else [""]
        return [*own, "other"] if self.other else own


QUESTIONS = (
    Question("nomstruct", "S", 1, "contact", "Nom de votre structure", contact=True),
    Question("repondant", "S", 1, "contact", "Votre nom et votre fonction", contact=True),
    Question("courriel", "S", 1, "contact", "Votre adresse électronique", contact=True),
    Question("telephone", "S", 1, "contact", "Un numéro de téléphone", contact=True),
    Question(
        "typestruct", "L", 2, "structure", "Votre structure est…",
        choices=(("asso", "Une association"), ("ccas", "Un CCAS ou un CIAS"),
                 ("epice", "Une épicerie sociale ou solidaire"), ("censo", "Un centre social"),
                 (OTHER, "Autre")),
        other=True, core=True, required=True,
    ),
    Question("creation", "N", 2, "structure", "En quelle année a-t-elle commencé l'aide "
             "alimentaire ?", unit="année", low=1900, high=2025),
    Question("salaries", "Y", 2, "structure", "Emploie-t-elle au moins une personne salariée ?",
             choices=YES_NO, core=True),
    Question("etp", "N", 2, "structure", "Combien d'équivalents temps plein salariés ?",
             shown_if=("salaries", "Y"), unit="ETP", low=0),
    Question("accueil", "L", 2, "structure", "Qui peut venir ?",
             choices=(("tous", "Toute personne, sans condition"),
                      ("orie", "Les personnes orientées par un travailleur social"),
                      ("mixte", "Les deux, selon l'aide")), core=True),
    Question(
        "aides", "M", 3, "aides", "Quelles aides proposez-vous ?",
        rows=("Colis ou panier", "Épicerie sociale ou solidaire", "Repas assis",
              "Repas à emporter", "Maraude", "Bon ou chèque alimentaire", "Colis pour bébé",
              "Frigo solidaire", "Cuisine partagée ou atelier", "Jardin partagé",
              "Achat groupé"),
        other=True, core=True, required=True,
    ),
    Question("particip", "Y", 3, "aides", "Demandez-vous une participation financière ?",
             choices=YES_NO),
    Question("partpct", "N", 3, "aides", "Quelle part du prix d'achat courant est demandée ?",
             shown_if=("particip", "Y"), unit="% du prix", low=0, high=100),
    Question("publics", "M", 3, "publics", "Quels publics recevez-vous le plus ?",
             rows=("Familles monoparentales", "Personnes seules", "Couples avec enfants",
                   "Étudiants", "Retraités", "Personnes à la rue", "Salariés à bas revenu",
                   "Personnes en attente de papiers")),
    Question("joursouv", "N", 4, "ouverture", "Combien de jours par semaine distribuez-vous ?",
             core=True, unit="jours par semaine", low=0, high=7),
    Question("soirwe", "Y", 4, "ouverture", "Ouvrez-vous le soir ou le samedi ?", choices=YES_NO),
    Question("fermete", "Y", 4, "ouverture", "Fermez-vous deux semaines ou plus en été ?",
             choices=YES_NO, core=True),
    Question("semaines", "N", 4, "ouverture", "Combien de semaines ?",
             shown_if=("fermete", "Y"), unit="semaines", low=2, high=12),
    Question("domicile", "Y", 4, "ouverture", "Portez-vous de l'aide à domicile ?", choices=YES_NO),
    Question(
        "appro", "M", 5, "approvisionnement", "D'où viennent vos denrées ?",
        rows=("Plateforme d'un réseau", "Ramasse auprès de magasins", "Achats",
              "Dons de particuliers", "Fonds européens", "Producteurs et maraîchers",
              "Industriels"),
        other=True, core=True,
    ),
    Question("ramasse", "Y", 5, "approvisionnement", "Faites-vous de la ramasse ?",
             choices=YES_NO, core=True, required=True),
    Question("ramasseqte", "L", 5, "approvisionnement", "En un an, les quantités ramassées sont…",
             choices=TREND, shown_if=("ramasse", "Y"), core=True),
    Question("ramassequal", "L", 5, "approvisionnement", "En un an, leur qualité est…",
             choices=(("meil", "Meilleure"), ("idem", "La même"), ("moins", "Moins bonne"), UNSURE),
             shown_if=("ramasse", "Y")),
    Question("dependance", "L", 5, "approvisionnement", "Une seule source fait-elle plus de la "
             "moitié de vos denrées ?", choices=(("oui", "Oui"), ("non", "Non"), UNSURE)),
    Question("tonnes", "N", 5, "approvisionnement", "Combien de tonnes avez-vous données en 2024 ?",
             unit="tonnes par an", low=0),
    Question("difftexte", "T", 5, "approvisionnement", "Qu'est-ce qui rend l'approvisionnement "
             "difficile ?"),
    Question("stockage", "L", 6, "logistique", "Votre place de stockage est…",
             choices=(("suff", "Suffisante"), ("juste", "Tout juste suffisante"),
                      ("insuf", "Insuffisante"), ("aucun", "Nous n'en avons pas")), core=True),
    Question("froid", "Y", 6, "logistique", "Avez-vous une chambre froide ou un congélateur "
             "professionnel ?", choices=YES_NO, core=True),
    Question("vehicule", "Y", 6, "logistique", "Disposez-vous d'un véhicule utilitaire ?",
             choices=YES_NO, core=True),
    Question("vehfroid", "Y", 6, "logistique", "Est-il réfrigéré ?", choices=YES_NO,
             shown_if=("vehicule", "Y")),
    Question("freins", "F", 6, "logistique", "Êtes-vous d'accord ?", choices=AGREEMENT,
             rows=("Le manque de place nous fait refuser des dons",
                   "Le transport nous coûte trop cher", "Nos locaux sont accessibles à tous",
                   "Nous jetons des produits faute de froid",
                   "Les personnes viennent de trop loin")),
    Question("benevoles", "N", 7, "equipe", "Combien de bénévoles actifs avez-vous ?", core=True,
             unit="personnes", low=0),
    Question("benevage", "L", 7, "equipe", "Quelle part d'entre eux a plus de 65 ans ?",
             choices=(("peu", "Moins du quart"), ("quart", "Du quart à la moitié"),
                      ("moit", "De la moitié aux trois quarts"), ("tous", "Plus des trois quarts"),
                      UNSURE)),
    Question("renouv", "L", 7, "equipe", "Renouveler l'équipe de bénévoles est…",
             choices=(("facil", "Facile"), ("moyen", "Ni facile ni difficile"),
                      ("diff", "Difficile"), UNSURE), core=True),
    Question("benevolat", "F", 7, "equipe", "Êtes-vous d'accord ?", choices=AGREEMENT,
             rows=("Nos bénévoles sont formés à l'accueil", "L'équipe s'épuise",
                   "De jeunes bénévoles nous rejoignent")),
    Question("personnes", "N", 8, "publics", "Combien de personnes aidez-vous par mois ?",
             core=True, unit="personnes par mois", low=0),
    Question("demande", "L", 8, "publics", "En un an, la demande est…", choices=TREND, core=True),
    Question("refus", "Y", 8, "publics", "Avez-vous refusé du monde faute de moyens en 2024 ?",
             choices=YES_NO, core=True),
    Question("refusmotif", "M", 8, "publics", "Pour quelles raisons ?",
             rows=("Pas assez de denrées", "Pas assez de bénévoles", "Pas assez de place",
                   "Hors du secteur ou des critères"),
             other=True, shown_if=("refus", "Y")),
    Question("publictexte", "T", 8, "publics", "Qu'est-ce qui a changé chez les personnes que vous "
             "recevez ?"),
    Question("financeurs", "M", 9, "financement", "Qui vous finance ?",
             rows=("État", "Région", "Département", "Commune ou intercommunalité", "Fondations",
                   "Dons et participations", "Aucun financement")),
    Question("mmpt", "L", 9, "financement", "Le fonds « Mieux manger pour tous »…",
             choices=(("benef", "Nous en avons bénéficié"), ("refus", "Demandé sans l'obtenir"),
                      ("nonde", "Connu, jamais demandé"), ("incon", "Nous ne le connaissons pas")),
             core=True),
    Question("mmptusage", "M", 9, "financement", "Qu'a-t-il permis ?",
             rows=("Davantage de fruits et légumes", "Des produits de qualité",
                   "Du matériel", "Des actions de coopération"), shown_if=("mmpt", "benef")),
    Question("budget", "L", 9, "financement", "En un an, votre budget d'aide alimentaire est…",
             choices=TREND),
    Question("fintexte", "T", 9, "financement", "Que voudriez-vous dire à ceux qui financent ?"),
    Question("coop", "Y", 10, "cooperation", "Participez-vous à une coordination locale ?",
             choices=YES_NO, core=True),
    Question("besoins", "F", 10, "cooperation", "Il faudrait mettre en commun…", choices=AGREEMENT,
             rows=("Des lieux de stockage", "Du transport", "Des achats",
                   "La formation des bénévoles", "Les informations sur qui fait quoi",
                   "Une permanence d'accès aux droits")),
    Question("attentes", "M", 10, "cooperation", "Qu'attendez-vous d'une coordination "
             "départementale ?",
             rows=("Un annuaire tenu à jour", "Des rencontres", "Un appui pour les financements",
                   "Une plateforme logistique", "Un cadre commun de recueil", "Rien de précis")),
    Question("idees", "T", 10, "cooperation", "Une idée à proposer ?"),
    Question("recontact", "Y", 10, "cooperation", "Peut-on vous rappeler pour un entretien ?",
             choices=YES_NO),
)  # fmt: skip
BY_CODE = {question.code: question for question in QUESTIONS}
CORE = tuple(question.code for question in QUESTIONS if question.core)
CORE_THRESHOLD = 0.8
"""Share of the core items shown that a complete answer holds (METHODS 5.2)."""
EXCLUSIVE = {"financeurs": "SQ007", "attentes": "SQ006"}
"""« Aucun », ticked alone: not the same as no box ticked."""


def columns() -> Iterator[tuple[Question, str]]:
    """Yield each column of an export: its question, and its sub-code ("" for none)."""
    for question in QUESTIONS:
        for part in question.columns:
            yield question, part


def label_of(question: Question, part: str) -> str:
    """Return the text of a column: the question, and what it asks of this part."""
    if not part:
        return question.text
    return f"{question.text} [{'Autre' if part == 'other' else dict(question.parts)[part]}]"


def is_shown(question: Question, answers: dict[str, str | None]) -> bool:
    """Say whether the filter of a question is open, given the answers by column."""
    return question.shown_if is None or answers.get(question.shown_if[0]) == question.shown_if[1]


def is_answered(question: Question, answers: dict[str, str | None]) -> bool:
    """Say whether a question has an answer; a multiple choice has one when a box is ticked."""
    names = [f"{question.code}_{part}" if part else question.code for part in question.columns]
    return any(answers.get(name) for name in names)


def core_rate(answers: dict[str, str | None]) -> float:
    """Return the share of the core items answered, among those whose filter is open.

    A core item that was not reached counts as missing; one that was filtered out does not count.
    """
    due = [BY_CODE[code] for code in CORE if is_shown(BY_CODE[code], answers)]
    return sum(is_answered(question, answers) for question in due) / len(due)
