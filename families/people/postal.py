"""Polish postal habits: what stands before the name of a street, and how a flat is written beside a house."""

import re

# A name that says what it is takes no "ul.": "al. Wojska Polskiego", "Stary Rynek", "os. Leśne".
# "3 Maja", "1000-lecia" and "Rynkowa" are streets.
_KINDS = (
    "ul|ulica|al|aleja|aleje|pl|plac|os|osiedle|rynek|skwer|bulwar|bulwary|rondo|park|wybrzeże|zaułek|droga|szosa|"
    "trakt|pasaż|deptak|promenada|planty|most|targ|kolonia|przysiółek|ścieżka|dworzec|nabrzeże"
)
_WRITTEN_KIND = re.compile(
    rf"(?:{_KINDS})(?!\w)|(?:stary|nowy|mały|duży|górny|dolny) (?:rynek|targ)", re.IGNORECASE
)
_HOUSE_AND_FLAT = re.compile(r"(\d+ ?[a-z]?) ?(?:/|m\.?) ?(\d+ ?[a-z]?)", re.IGNORECASE)


def with_street_prefix(street: str) -> str:
    """ "ul. Długa", "ul. 3 Maja"; a name with its kind stays as it was typed, and so does an empty one."""
    return street if not street or _WRITTEN_KIND.match(street) else f"ul. {street}"


def split_house_and_flat(house: str) -> tuple[str, str]:
    """("8", "2") of "8/2" or "8 m. 2"; anything else is the number of a house alone."""
    if match := _HOUSE_AND_FLAT.fullmatch(house.strip()):
        return match[1].strip(), match[2].strip()
    return house, ""
