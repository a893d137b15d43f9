"""A family among the results of a search: which of its people fit, and why."""

from dataclasses import dataclass
from datetime import date

from families.case_files.family_list.presenters import FamilyRow
from families.choices import Kinship
from families.people.models import Address
from lubsko_ops.core.polish import short_date
from lubsko_ops.core.search_keys import build_search_key, fold, stem
from lubsko_ops.core.templatetags.ui import screen_only

Pair = tuple[str, str]
FOR_EVER = date.max.isoformat()


def holds(key: str, pair: Pair) -> bool:
    """Whether a stored key holds the word, as the database asks it."""
    return any(f" {each}" in key for each in pair)


@dataclass(frozen=True)
class FoundFamily:
    """One result. ``row.family`` carries ``people_found`` and two kinds of addresses besides the facts of a row."""

    row: FamilyRow
    words: tuple[Pair, ...]
    pesel_key: str

    @property
    def pk(self) -> int:
        return self.row.pk

    @property
    def by_whole_name(self) -> bool:
        """Several words, and one person whose names they all are."""
        return len(self.words) > 1 and any(map(self._is_exactly, self._people))

    @property
    def by_surname(self) -> bool:
        """Somebody's surname is exactly one of the words, in some case form."""
        surnames = {
            form for each in self._people for form in (fold(each["last_name"]), stem(each["last_name"]))
        }
        return any({word, whole.strip()} & surnames for word, whole in self.words)

    @property
    def people(self) -> list[dict]:
        """Who fits, the exact ones first: name, kinship and birth, and why when the name does not say it."""
        rows = sorted(self._people, key=lambda each: not self._is_exactly(each))
        return [
            {
                "name": f"{each['first_name']} {each['last_name']}",
                "exactly": self._is_exactly(each),
                "facts": _facts(each),
                "why": self._why(each),
            }
            for each in rows
        ]

    def _is_exactly(self, person: dict) -> bool:
        """All the words are names of this person, each whole; or the PESEL is hers."""
        if self.pesel_key and person["pesel_key"] == self.pesel_key:
            return True
        return bool(self.words) and all(f" {whole}" in _key_of(person) for _, whole in self.words)

    @property
    def phones(self) -> list[str]:
        """Telephones that fit, each with whose it is and until when it was."""
        return [_phone(each) for each in self.row.family.phones_found or []]

    @property
    def addresses(self) -> list[str]:
        """Addresses that fit, unless the words were found in people, in the name or in a telephone already."""
        phones = (build_search_key(each["number"]) for each in self.row.family.phones_found or [])
        keys = [self.row.family.search_key, *phones, *(_key_of(each) for each in self._people)]
        left = [pair for pair in self.words if not any(holds(key, pair) for key in keys)]
        family = self.row.family
        found = [*(family.addresses_found or []), *(family.members_addresses_found or [])]
        fitting = [each for each in found if any(holds(each["search_key"], pair) for pair in left)]
        return list(dict.fromkeys(_address(each) for each in fitting))

    @property
    def _people(self) -> list[dict]:
        """Each person once, as she belongs to the family now or did last; the eldest first."""
        rows = sorted(self.row.family.people_found or [], key=lambda each: each["ends_on"] or FOR_EVER)
        once = {each["person"]: each for each in rows}
        return sorted(once.values(), key=lambda each: each["born_on"] or FOR_EVER)

    def _why(self, person: dict) -> str:
        if self.pesel_key and person["pesel_key"] == self.pesel_key:
            return "PESEL"
        name = build_search_key(person["first_name"], person["last_name"])
        left = [pair for pair in self.words if not holds(name, pair)]
        spelled = [
            spelling
            for spelling in person["other_spellings"]
            if any(holds(build_search_key(spelling), pair) for pair in left)
        ]
        return f"inna pisownia: {', '.join(spelled)}" if spelled else ""


def _key_of(person: dict) -> str:
    return build_search_key(person["first_name"], person["last_name"], *person["other_spellings"])


def _facts(person: dict) -> str:
    """Kinship, birth and, for who has left the family, the last day in it."""
    words = [Kinship(person["kinship"]).word(person["sex"]), _born(person), _until(person, "dawniej, do")]
    return ", ".join(filter(None, words))


def _born(person: dict) -> str:
    return f"ur. {short_date(date.fromisoformat(person['born_on']))}" if person["born_on"] else ""


def _until(row: dict, words: str) -> str:
    return f"{words} {short_date(date.fromisoformat(row['ends_on']))}" if row["ends_on"] else ""


def _phone(row: dict) -> str:
    whose = f" ({row['whose']})" if row["whose"] else ""
    return ", ".join(filter(None, [f"telefon{whose}: {row['number']}", _until(row, "do")]))


def _address(row: dict) -> str:
    parts = ("street", "house", "flat", "postal_code", "locality")
    line = Address(**{name: row[name] for name in parts}).line
    whose = f" ({row['whose']})" if row["whose"] else ""
    words = ", ".join(filter(None, [f"adres{whose}: {line}", _until(row, "do")]))
    return screen_only(words, (row["withheld_from"] or "").strip())
