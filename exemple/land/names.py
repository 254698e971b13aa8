"""What are the fictitious places called?

No commune of France bears one of these names (checked by ``tests/exemple`` against the Insee list),
so that nobody can take a page of the fictitious department for a page on a real town.
"""

from __future__ import annotations

DEPARTMENT = "00"
REGION = "00"
REGION_NAME = "Ponant-et-Landes-Bleues"
CITY, CITY_NAME = "00055", "Port-Vermeil"
DISTRICTS = tuple(f"00{n}" for n in range(201, 211))

# name, code, number of IRIS: the codes follow the alphabet, as Insee gave them in 1943
TOWNS = {
    "Auberoche-l'Étang": ("00004", 30),
    "Brévannes-les-Marais": ("00011", 26),
    "Corvelle": ("00018", 22),
    "Estrevigne": ("00024", 18),
    "Haute-Solliane": ("00033", 16),
    "Montfauve": ("00045", 14),
    "Sarrelongue": ("00063", 10),
}
VILLAGES = {
    "Ambrelles": "00001",
    "Aulnefort": "00006",
    "Bellecrau": "00008",
    "Boisgarel": "00009",
    "Castelbrume": "00013",
    "Champvaillé": "00015",
    "Cormerolle": "00017",
    "Dornevive": "00021",
    "Escarville-sur-Ourle": "00023",
    "Fontbrune-la-Haute": "00027",
    "Garrevaux": "00029",
    "Grandlierre": "00030",
    "Hautepierre-le-Sec": "00034",
    "Jonquerette": "00037",
    "Larmorelle": "00039",
    "Les Trois-Vannes": "00041",
    "Mirevent": "00044",
    "Noirefont": "00048",
    "Orvelane": "00051",
    "Pierrebise": "00053",
    "Roquevesse": "00059",
    "Saint-Aubrin-des-Prés": "00061",
    "Tourdelande": "00066",
    "Vauxmorin": "00069",
}
EPCI = {
    "000055001": ("Métropole de Port-Vermeil", "ME"),
    "000055002": ("Communauté d'agglomération Solliane et Marais", "CA"),
    "000055003": ("Communauté de communes des Hautes-Vannes", "CC"),
}

QUARTERS = (
    "Port Ancien", "Grande Jetée", "Tanneries", "Belvédère du Phare", "Corderie", "Arsenal",
    "Verrerie",
    "Halles", "Savonnerie", "Cap d'Ambre", "Moulin Brûlé", "Les Cèdres", "Les Ormeaux",
    "Pont de l'Ourle", "Gare Maritime", "Faubourg Neuf", "Citadelle", "La Viste Haute",
    "Les Genêts", "Grand Littoral", "Les Micocouliers", "Poudrière", "La Rotonde",
    "Les Aires à Blé",
    "Quatre Chemins", "Les Pins Penchés", "Filature", "Val d'Azerne", "Hospice", "Les Carmes",
    "Petit Séminaire", "Observatoire", "Les Embruns", "Abattoirs", "La Consolette",
    "Clos des Figuiers", "Les Amandiers", "Chante-Grive", "Croix de Fer", "Les Lavandes",
)  # fmt: skip
ACTIVITY = ("Zone du Port", "Zone d'activité", "Parc d'affaires", "Gare de triage", "Dépôts")
EMPTY = ("Grande Rade", "Bois départemental", "Îles du Large", "Parc du Cap", "Marais salants")
VILLAGE_IRIS = "{} (commune non irisée)"


def district_name(code: str) -> str:
    """Return the name of an *arrondissement* as Insee writes it."""
    rank = int(code[3:])
    return f"{CITY_NAME} {rank}{'er' if rank == 1 else 'e'} Arrondissement"
