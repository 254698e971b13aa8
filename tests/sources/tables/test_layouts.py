"""Each text file that the registry names has a layout that its reader knows how to read."""

from __future__ import annotations

import importlib

import pytest

from diagalim.sources.registry import Resolved, load_sources
from diagalim.sources.schemas import load_schema, schema_path

OWN_TESTS = (
    "bpe",
    "carreaux",
    "qpv_statistiques",
    "aide_croix_rouge_2015",
    "aide_secours_populaire_2015",
    "aide_restos_2015",
    "aide_banque_alimentaire_2015",
)
"""Datasets whose rows must fit together: see test_equipment, test_places, test_aid_lists."""
PATTERNS = [
    (name, edition, pattern)
    for name, source in load_sources().items()
    for edition in source.editions
    for pattern in edition.fichiers
    # layers and workbooks are no text: see test_readers, test_places and test_affiliations
    if name not in OWN_TESTS and "separateur" in load_schema(schema_path(name, pattern.format))
]

LAYOUTS = {
    ("filosofi_iris", "filosofi"): "IRIS;DISP_TP6021;DISP_INCERT21;DISP_MED21;DISP_PCHO21;"
    "DISP_PPMINI21",
    ("filosofi_iris_declare", "filosofi"): "IRIS;DEC_TP6021;DEC_INCERT21;DEC_MED21;DEC_D121;"
    "DEC_D921;DEC_PCHO21",
    ("filosofi_communes", "filosofi"): "CODGEO;NBPERSMENFISC21;MED21;TP6021;PCHO21;PPMINI21;"
    "D121;D921;RD21",
    ("recensement_population", "extrait"): "IRIS,P16_POP0014,P16_POP1529,P16_POP3044,P16_POP4559,"
    "P16_POP6074,P16_POP75P," + ",".join(f"C16_POP15P_CS{n}" for n in range(1, 9)),
    ("recensement_population", "base-ic"): "IRIS;COM;TYP_IRIS;LAB_IRIS;P22_POP;P22_POP0002;"
    "P22_POP0305;P22_POP0610;P22_POP1117;P22_POP1824;P22_POP2539;P22_POP4054;P22_POP5564;"
    "P22_POP6579;P22_POP80P;P22_POP0014;P22_POP1529;P22_POP3044;P22_POP4559;P22_POP6074;"
    "P22_POP75P;P22_POP65P;C22_POP15P;C22_POP15P_STAT_GSEC11_21;C22_POP15P_STAT_GSEC12_22;"
    "C22_POP15P_STAT_GSEC13_23;C22_POP15P_STAT_GSEC14_24;C22_POP15P_STAT_GSEC15_25;"
    "C22_POP15P_STAT_GSEC16_26;C22_POP15P_STAT_GSEC32;C22_POP15P_STAT_GSEC40;P22_PMEN;P22_PHORMEN",
    ("recensement_menages", "extrait"): "IRIS,C16_PMEN_MENSFAM,C16_PMEN_MENHSEUL,"
    "C16_PMEN_MENFSEUL,C16_PMEN_MENCOUPSENF,C16_PMEN_MENCOUPAENF,C16_PMEN_MENFAMMONO",
    ("recensement_menages", "base-ic"): "IRIS;COM;TYP_IRIS;LAB_IRIS;C22_MEN;C22_MENPSEUL;"
    "C22_MENHSEUL;C22_MENFSEUL;C22_MENSFAM;C22_MENFAM;C22_MENCOUPSENF;C22_MENCOUPAENF;"
    "C22_MENFAMMONO;C22_PMEN;C22_PMEN_MENPSEUL;C22_PMEN_MENHSEUL;C22_PMEN_MENFSEUL;"
    "C22_PMEN_MENSFAM;C22_PMEN_MENCOUPSENF;C22_PMEN_MENCOUPAENF;C22_PMEN_MENFAMMONO;P22_POP5579;"
    "P22_POP80P;P22_POP5579_PSEUL;P22_POP80P_PSEUL;C22_FAM;C22_FAMMONO",
    ("recensement_logement", "extrait"): "IRIS,P16_RPMAISON,P16_RPAPPART,P16_RP_LOCHLMV",
    ("recensement_logement", "base-ic"): "IRIS;COM;TYP_IRIS;LAB_IRIS;P22_LOG;P22_RP;P22_RPMAISON;"
    "P22_RPAPPART;P22_RP_PROP;P22_RP_LOC;P22_RP_LOCHLMV;P22_RP_VOIT1P;C22_RP_SUROCC_MOD;"
    "C22_RP_SUROCC_ACC",
    ("recensement_activite", "base-ic"): "IRIS;COM;TYP_IRIS;LAB_IRIS;P22_POP1564;P22_ACT1564;"
    "P22_ACTOCC1564;P22_CHOM1564;P22_ETUD1564;P22_AINACT1564;P22_SAL15P;P22_SAL15P_CDD;"
    "P22_SAL15P_INTERIM;P22_SAL15P_EMPAID;P22_SAL15P_APPR;P22_SAL15P_TP",
    ("recensement_diplomes", "base-ic"): "IRIS;COM;TYP_IRIS;LAB_IRIS;P22_POP1824;P22_SCOL1824;"
    "P22_NSCOL15P;P22_NSCOL15P_DIPLMIN;P22_NSCOL15P_BEPC;P22_NSCOL15P_CAPBEP;P22_NSCOL15P_BAC;"
    "P22_NSCOL15P_SUP2;P22_NSCOL15P_SUP34;P22_NSCOL15P_SUP5",
    ("recensement_communes", "parts"): "CODE_INSEE,TX_NSCOL15P,TX_MENSEUL,TX_FAMMONO,TX_25ETMOINS",
    ("populations_legales", "donnees_communes"): "CODREG;REG;CODDEP;CODARR;CODCAN;CODCOM;COM;"
    "PMUN;PCAP;PTOT",
    ("populations_legales", "ensemble"): "Code région;Nom de la région;Code département;"
    "Code arrondissement;Code canton;Code commune;Nom de la commune;Population municipale;"
    "Population comptée à part;Population totale",
    ("population_iris", "ifn"): "Nom Com,Code Iris,Noms de mesures,Valeurs de mesures",
    ("ifn", "ifn"): "Nom Com,Code Iris,Noms de mesures,Valeurs de mesures",
    ("cog", "communes"): "TYPECOM,COM,REG,DEP,CTCD,ARR,TNCC,NCC,NCCENR,LIBELLE,CAN,COMPARENT",
    ("cog_mouvements", "mouvements"): "MOD,DATE_EFF,TYPECOM_AV,COM_AV,TNCC_AV,NCC_AV,NCCENR_AV,"
    "LIBELLE_AV,TYPECOM_AP,COM_AP,TNCC_AP,NCC_AP,NCCENR_AP,LIBELLE_AP",
    ("caf_rsa", "arsas"): ",CODE_IRIS,EPCI,ARSAS",
    ("caf_rsa", "ods"): "dtreffre;numcomdo;numirisd;rsa_type;indfoy_rsa;indnbp_rsa",
    ("sans_voiture", "parts"): "IRIS,perc_voit",
    ("deplacements", "modes"): "CODE_IRIS,nodep,marche,velo,drm,voiture,tcom",
    ("appartenance_iris", "jointure"): "CODE_IRIS,TYP_IRIS,CODE_INSEE,LIBCOM,EPCI",
}
"""Headings of the official file under each layout; other columns may stand beside."""

CODES = {
    "IRIS": ("130010101", "130010102"),
    "CODE_IRIS": ("130010101", "130010102"),
    "Code Iris": ("130010101", "130010102"),
    "CODGEO": ("13001", "13002"),
    "CODE_INSEE": ("13001", "13002"),
    "CODCOM": ("001", "002"),
    "Code commune": ("001", "002"),
    "CODDEP": ("13", "13"),
    "Code département": ("13", "13"),
    "Noms de mesures": ("Population", "SCORE GLOBAL "),
    "TYPECOM": ("COM", "COM"),
    "COM": ("13001", "13002"),
    "COM_AV": ("13085", "13114"),
    "COM_AP": ("13119", "13118"),
    "TYPECOM_AP": ("COM", "COM"),
    "MOD": ("20", "20"),
    "DATE_EFF": ("1966-08-29", "1950-05-12"),
    "dtreffre": ("2023-12", "2023-12"),
    "numcomdo": ("13001", "13001"),
    "numirisd": ("0101", "0102"),
}


def two_rows(headings: str) -> str:
    """Return a file of two rows under these headings: codes where there are, else 1."""
    separator = ";" if ";" in headings else ","
    rows = [[CODES.get(name, "11")[k] for name in headings.split(separator)] for k in (0, 1)]
    return "\n".join([headings, *(separator.join(cells) for cells in rows)]) + "\n"


@pytest.mark.parametrize(
    ("name", "edition", "pattern"),
    PATTERNS,
    ids=[f"{name}-{edition.millesime}-{pattern.format}" for name, edition, pattern in PATTERNS],
)
def test_a_file_of_the_declared_layout_is_read(name, edition, pattern, tmp_path, territory):
    file = tmp_path / "fichier.csv"
    file.write_text(two_rows(LAYOUTS[name, pattern.format]), encoding="utf-8")
    source = load_sources()[name]
    module, function = source.lecteur.rsplit(".", 1)
    reader = getattr(importlib.import_module(module), function)
    table = reader(Resolved(name, file, source, edition, pattern), territory)
    assert len(set(table.get("code", table.index))) == (1 if pattern.format == "ifn" else 2)


def test_no_layout_is_left_that_the_registry_no_longer_names():
    assert set(LAYOUTS) == {(name, pattern.format) for name, _, pattern in PATTERNS}
