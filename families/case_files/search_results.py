"""Presentation of a family in the search results: which people, phones and addresses match."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from families.case_files.family_list.presenters import FamilyListRow
from families.choices import Kinship
from families.people.birth import Birth
from families.people.models import Address
from lubsko_ops.core.polish import short_date
from lubsko_ops.core.search_keys import build_search_key, fold, stem
from lubsko_ops.core.templatetags.ui import screen_only

Terms = tuple[str, ...]  # the forms of one word of the query (``query_terms``)
FAR_FUTURE = date.max.isoformat()


def key_matches(key: str, terms: Terms) -> bool:
    """Whether a stored search key contains the word; the same condition as in SQL."""
    return any(f" {each}" in key for each in terms)


@dataclass(frozen=True)
class FamilySearchResult:
    """A result. ``row.summary`` is annotated with matching people, phones and addresses too."""

    row: FamilyListRow
    words: tuple[Terms, ...]
    pesel_key: str

    @property
    def pk(self) -> int:
        return self.row.pk

    @property
    def is_full_name_match(self) -> bool:
        """Whether several words are all names of one person."""
        return len(self.words) > 1 and any(map(self._is_exact, self._people))

    @property
    def is_surname_match(self) -> bool:
        """Whether one of the words is exactly a surname, in any grammatical case."""
        surnames = {
            form for each in self._people for form in (fold(each["last_name"]), stem(each["last_name"]))
        }
        return any({each.strip() for each in terms} & surnames for terms in self.words)

    @property
    def people(self) -> list[dict]:
        """Matching people, exact matches first: name, note, and the reason when it is not the name."""
        rows = sorted(self._people, key=lambda each: not self._is_exact(each))
        return [
            {
                "name": f"{each['first_name']} {each['last_name']}",
                "is_exact": self._is_exact(each),
                "note": _person_note(each),
                "reason": self._reason(each),
            }
            for each in rows
        ]

    def _is_exact(self, person: dict) -> bool:
        """Whether all words are whole names of this person, or the PESEL matches."""
        if self.pesel_key and person["pesel_key"] == self.pesel_key:
            return True
        key = person["search_key"]
        return bool(self.words) and all(
            any(f" {each}" in key for each in terms if each.endswith(" ")) for terms in self.words
        )

    @property
    def phones(self) -> list[str]:
        """Matching phones with owner and last day."""
        return [_phone_text(each) for each in self._matching("phones")]

    @property
    def addresses(self) -> list[str]:
        """Matching addresses, unless the words match people, the family name or a phone."""
        summary = self.row.summary
        phones = (build_search_key(each["number"]) for each in self._matching("phones"))
        keys = [summary.name_key, *phones, *(each["search_key"] for each in self._people)]
        left = [terms for terms in self.words if not any(key_matches(key, terms) for key in keys)]
        addresses = [*(self._matching("addresses")), *(self._matching("members_addresses"))]
        matching = [
            each for each in addresses if any(key_matches(each["search_key"], terms) for terms in left)
        ]
        return list(dict.fromkeys(_address_text(each) for each in matching))

    def _matching(self, what: str) -> list[dict]:
        """The facts of matching rows; none of a kind that the query cannot match."""
        return getattr(self.row.summary, f"matching_{what}", None) or []

    @cached_property
    def _people(self) -> list[dict]:
        """Each person once, by their current or last membership; the eldest first."""
        rows = sorted(self._matching("people"), key=lambda each: each["ends_on"] or FAR_FUTURE)
        once = {each["person"]: each for each in rows}
        return sorted(once.values(), key=lambda each: each["born_on"] or FAR_FUTURE)

    def _reason(self, person: dict) -> str:
        if self.pesel_key and person["pesel_key"] == self.pesel_key:
            return "PESEL"
        name = build_search_key(person["first_name"], person["last_name"])
        left = [terms for terms in self.words if not key_matches(name, terms)]
        reasons = []
        for what, names in (
            ("inna pisownia", person["other_spellings"]),
            ("wcześniejsze nazwisko", person["earlier_surnames"]),
        ):
            keys = {each: build_search_key(each) for each in names}
            matching = [each for each, key in keys.items() if any(key_matches(key, terms) for terms in left)]
            reasons += [f"{what}: {', '.join(matching)}"] if matching else []
        return "; ".join(reasons)


def _person_note(person: dict) -> str:
    """Kinship, date of birth and, for a former member, the last day in the family."""
    parts = [
        Kinship(person["kinship"]).label_for(person["sex"]),
        _born_text(person),
        _until_text(person, "dawniej, do"),
    ]
    return ", ".join(filter(None, parts))


def _born_text(person: dict) -> str:
    if not person["born_on"]:
        return ""
    return f"ur. {Birth(date.fromisoformat(person['born_on']), person['birth_precision'])}"


def _until_text(row: dict, words: str) -> str:
    return f"{words} {short_date(date.fromisoformat(row['ends_on']))}" if row["ends_on"] else ""


def _phone_text(row: dict) -> str:
    whose = f" ({row['whose']})" if row["whose"] else ""
    return ", ".join(filter(None, [f"telefon{whose}: {row['number']}", _until_text(row, "do")]))


def _address_text(row: dict) -> str:
    parts = ("street", "house", "flat", "postal_code", "locality")
    line = Address(**{name: row[name] for name in parts}).line
    whose = f" ({row['whose']})" if row["whose"] else ""
    words = ", ".join(filter(None, [f"adres{whose}: {line}", _until_text(row, "do")]))
    return screen_only(words, (row["withheld_from"] or "").strip())
