"""The plural of Polish surnames, used as the name of a family."""

import re

# Surnames whose plural changes more than its ending: (singular, plural).
IRREGULAR_PLURALS = {
    "wróbel": "wróblowie",
    "kozioł": "kozłowie",
    "kozieł": "kozłowie",
    "orzeł": "orłowie",
    "szczygieł": "szczygłowie",
    "kwiecień": "kwietniowie",
    "grudzień": "grudniowie",
    "stępień": "stępniowie",
    "sierpień": "sierpniowie",
    "wrzesień": "wrześniowie",
    "gołąb": "gołębiowie",
    "jastrząb": "jastrzębiowie",
    "karp": "karpiowie",
    "kopeć": "kopciowie",
    "mróz": "mrozowie",
    "sokół": "sokołowie",
    "niedźwiedź": "niedźwiedziowie",
}
# Surnames that are adjectives, by the masculine form; a feminine form alone may look like a noun (Wrona).
ADJECTIVE_PLURALS = {
    "biały": "biali",
    "bogaty": "bogaci",
    "bury": "burzy",
    "bystry": "bystrzy",
    "chudy": "chudzi",
    "gruby": "grubi",
    "kudłaty": "kudłaci",
    "łysy": "łysi",
    "rudy": "rudzi",
    "ślepy": "ślepi",
    "żywy": "żywi",
    "cichy": "cisi",
    "czarny": "czarni",
    "długi": "dłudzy",
    "dobry": "dobrzy",
    "konieczny": "konieczni",
    "leśny": "leśni",
    "mały": "mali",
    "młody": "młodzi",
    "mądry": "mądrzy",
    "siwy": "siwi",
    "stary": "starzy",
    "suchy": "susi",
    "szary": "szarzy",
    "wesoły": "weseli",
    "wielki": "wielcy",
    "wolny": "wolni",
    "woźny": "woźni",
    "zimny": "zimni",
    "złoty": "złoci",
}
FEMININE_ADJECTIVE_PLURALS = {
    re.sub("(?<=[kg])i$|y$", "a", masculine): plural for masculine, plural in ADJECTIVE_PLURALS.items()
}
# Checked in this order: (ending of the surname, ending of the plural).
PLURAL_RULES = (
    (r"sk[ia]", "scy"),
    (r"ck[ia]", "ccy"),
    (r"dzk[ia]", "dzcy"),
    (r"([nwbpm])y", r"\1i"),  # Rozłączny, Bobrowy, Gruby, Ślepy, Znajomy
    (r"ły", "li"),
    (r"dy", "dzi"),  # Chudy
    (r"ty", "ci"),  # Kudłaty
    (r"chy", "si"),  # Suchy
    (r"sy", "si"),  # Łysy
    (r"ry", "rzy"),  # Bystry
    (r"([^aeiouy])ki", r"\1cy"),  # Gładki
    (r"gi", "dzy"),  # Ubogi
    (r"rzec", "rcowie"),
    (r"niec", "ńcowie"),
    (r"i?ec", "cowie"),
    (r"niek", "ńkowie"),
    (r"siek", "śkowie"),
    (r"ciek", "ćkowie"),
    (r"ziek", "źkowie"),
    (r"ek", "kowie"),
    (r"ń", "niowie"),
    (r"ś", "siowie"),
    (r"ć", "ciowie"),
    (r"ź", "ziowie"),
    (r"[aeo]", "owie"),
    (r"([bcdfghjklłmnprstwz])", r"\1owie"),
)
# Feminine adjective endings that nouns hardly ever have: Rozłączna, but not Sosna, Sarna, Wojna, Wrona.
FEMININE_PLURAL_RULES = ((r"(cz|ż|ź|ś|l|d|t|z|b|p|ch|m)na", r"\1ni"),)


def suggest_family_name(surname: str, masculine: bool = True) -> str:
    """A suggested family name: Kowalski -> Kowalscy, Nowak -> Nowakowie, Zięba -> Ziębowie.

    masculine: whether the surname was given in its masculine form; False makes Czarna -> Czarni.
    Each part of a double-barrelled surname is pluralized; an unknown ending is left unchanged.
    """
    parts = surname.strip().split("-")
    return "-".join(_pluralize(part.title() if part.isupper() else part, masculine) for part in parts)


def _pluralize(surname: str, masculine: bool) -> str:
    lowered = surname.lower()
    irregular = IRREGULAR_PLURALS | ADJECTIVE_PLURALS | ({} if masculine else FEMININE_ADJECTIVE_PLURALS)
    if lowered in irregular:
        plural = irregular[lowered]
        return plural.capitalize() if surname[:1].isupper() else plural
    for ending, plural in PLURAL_RULES if masculine else FEMININE_PLURAL_RULES + PLURAL_RULES:
        if re.search(f".{ending}$", lowered):
            return re.sub(f"{ending}$", plural, surname)
    return surname
