"""Polish case forms of the carer and the child that the texts of visits and plans speak of."""

# Nominative, genitive, dative, accusative, instrumental.
CARERS = {
    "mother": "matka matki matce matkę matką",
    "father": "ojciec ojca ojcu ojca ojcem",
    "grandparent": "babcia babci babci babcię babcią",
}
CHILDREN = {
    ("child", "female"): "córka córki córce córkę córką",
    ("child", "male"): "syn syna synowi syna synem",
    ("grandchild", "female"): "wnuczka wnuczki wnuczce wnuczkę wnuczką",
    ("grandchild", "male"): "wnuk wnuka wnukowi wnuka wnukiem",
}


def placeholders(carer: str, child: tuple[str, str] | None, name: str) -> dict[str, str]:
    """Return the values of {Matka} {matki} {matce} {matkę} {matką}, {syn} … and {imie} in a text.

    ``carer``: kinship; ``child``: kinship and sex; ``name``: first name of the child.
    """
    values = dict(zip(("matka", "matki", "matce", "matkę", "matką"), CARERS[carer].split(), strict=True))
    values["Matka"] = values["matka"].capitalize()
    if child:
        cases = ("syn", "syna", "synowi", "syna_b", "synem")
        values |= zip(cases, CHILDREN[child].split(), strict=True)
        values |= {"Syn": values["syn"].capitalize(), "imie": name}
    return values
