"""What are the fictitious associations, streets and networks called?

No network of France is named: the figures are invented, and no real body should stand beside them.
"""

from __future__ import annotations

TABLES, PANTRY, RELIEF, GROCERIES, LANTERNS = (
    "Tables Vermeilles", "Grenier des Vannes", "Entraide Solliane", "Épiceries de l'Ourle",
    "Lanternes du Port",
)  # fmt: skip
NETWORKS = {
    TABLES: "Tables Vermeilles du Ponant",
    PANTRY: "Le Grenier des Vannes, banque de denrées",
    RELIEF: "Entraide Solliane, comité départemental",
    GROCERIES: "Union des Épiceries de l'Ourle",
    LANTERNS: "Les Lanternes du Port",
}
"""Network: legal name of its head, which signs for all its branches."""
STREETS = (
    "rue des Tanneurs", "rue du Vieux Lavoir", "avenue des Salines", "boulevard de l'Estran",
    "place du Marché aux Algues", "chemin des Oyats", "allée des Arbousiers",
    "rue de la Cale Sèche",
    "impasse du Cordage", "avenue du Phare Éteint", "rue des Trois Cuviers", "route des Vannes",
    "rue du Four à Chaux", "boulevard des Sardiniers", "traverse du Moulin Brûlé",
    "quai des Goélettes", "rue de l'Écluse Haute", "place des Mûriers", "chemin de la Noria",
    "rue Basse des Halles", "avenue de la Grande Jetée", "rue des Vanniers",
    "cours des Micocouliers",
    "montée de la Citadelle",
)  # fmt: skip
THINGS = (
    "Le Figuier", "L'Ancre d'Ambre", "La Huche", "Le Pain Partagé", "La Corbeille", "L'Estran",
    "Le Tilleul", "La Passerelle Bleue", "Les Oyats", "La Marmite", "Le Panier Vert", "L'Olivier",
    "La Noria", "Le Levain", "Les Quatre Vents", "La Cale", "Le Cabas", "L'Abri Salin",
    "La Soupière", "Le Verger", "L'Étal", "Les Genêts d'Or", "La Grange", "Le Sémaphore",
    "La Treille", "Le Fournil", "L'Éclaircie", "Les Salicornes",
)  # fmt: skip
TEXTS = {
    "colis": "Distribution de colis alimentaires aux personnes et aux familles accueillies.",
    "epicerie": "Épicerie sociale : produits frais et secs à prix réduit, avec accompagnement.",
    "repas_assis": "Repas chauds servis à table, dans un lieu où l'on peut se poser et parler.",
    "repas_emporter": "Repas chauds ou froids à emporter, distribués sur place.",
    "maraude": "Tournée de rue : boissons chaudes, repas et écoute aux personnes à la rue.",
    "bon_cheque": "Bons alimentaires remis après un entretien avec un travailleur social.",
    "colis_bebe": "Colis pour les tout-petits : lait, petits pots, couches, selon les arrivages.",
    "frigo": "Frigo solidaire en accès libre : chacun dépose ou prend ce dont il a besoin.",
    "cuisine": "Cuisine partagée et équipée, ouverte aux personnes qui n'en ont pas chez elles.",
    "atelier": "Ateliers de cuisine et d'échange de recettes, avec des produits de saison.",
    "jardin": "Jardin partagé dont les récoltes sont données aux familles du quartier.",
    "eau": "Fontaine d'eau potable en accès libre, signalée aux personnes à la rue.",
    "achat_groupe": "Achats groupés de produits locaux à prix coûtant, ouverts aux adhérents.",
    "logistique": "Entrepôt et plateforme de stockage : aucun accueil du public à cette adresse.",
}
SLUGS = {
    "colis": "food_packages", "epicerie": "social_grocery_stores",
    "repas_assis": "food_distribution", "repas_emporter": "food_distribution",
    "maraude": "food_distribution", "bon_cheque": "food_voucher", "colis_bebe": "baby_parcel",
    "frigo": "solidarity_fridge", "cuisine": "shared_kitchen", "atelier": "cooking_workshop",
    "jardin": "community_garden", "eau": "fountain",
}  # fmt: skip
"""Type of aid: category of Soliguide; what it cannot say (warehouses, group buying) is left out."""
IN_FRENCH = {
    "colis": "Colis", "epicerie": "Épicerie sociale", "repas_assis": "Repas chaud sur place",
    "repas_emporter": "Repas à emporter", "maraude": "Maraude", "bon_cheque": "Bons alimentaires",
    "colis_bebe": "Colis bébé", "frigo": "Frigo solidaire", "cuisine": "Cuisine partagée",
    "atelier": "Atelier cuisine", "jardin": "Jardin partagé", "eau": "Point d'eau",
    "achat_groupe": "Achat groupé", "logistique": "Entrepôt",
}  # fmt: skip
