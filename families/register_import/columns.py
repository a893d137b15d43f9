"""The sheets of the workbook: their columns, what is written in them and how headings are recognized."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from families.choices import BasisKind, Category, ClosingReason, Kinship, PeselMissing
from lubsko_ops.core.search_keys import fold

TO_CORRECT = "co poprawić"  # heading of the column that the returned workbook has
EXAMPLE = "przykład"  # rows whose number of the family begins so are not read
_NOT_IN_KEY = re.compile(r"[^a-z0-9]+")


def heading_key(text: str) -> str:
    """What of a heading is compared: letters without marks and digits ("Nr rodziny *" is "nrrodziny")."""
    return _NOT_IN_KEY.sub("", fold(text))


@dataclass(frozen=True)
class Column:
    """A column. ``hint``: what is written in it; ``aliases``: other headings; ``example``: two invented rows."""

    key: str
    heading: str
    hint: str
    required: bool = False
    aliases: tuple[str, ...] = ()
    example: tuple[str, str] = ("", "")
    width: float = 16


@dataclass(frozen=True)
class SheetLayout:
    """A sheet of the workbook."""

    key: str
    title: str
    columns: tuple[Column, ...]

    @cached_property
    def headings(self) -> dict[str, Column]:
        """The columns by the keys of all their headings."""
        return {heading_key(name): each for each in self.columns for name in (each.heading, *each.aliases)}

    @cached_property
    def by_key(self) -> dict[str, Column]:
        return {each.key: each for each in self.columns}


def _allowed(labels: Iterable[str]) -> str:
    return f"jedno z: {'; '.join(labels)}"


_DAY = "dzień, np. 1.02.2024"
_FIRST, _SECOND = f"{EXAMPLE} 1", f"{EXAMPLE} 2"


def _number(hint: str, *, second: str = _FIRST) -> Column:
    aliases = ("nr w arkuszu", "numer rodziny", "rodzina nr", "id rodziny")
    return Column("number", "Nr rodziny", hint, True, aliases, (_FIRST, second), 14)


_OF_FAMILY = "ten sam co w arkuszu Rodziny"

FAMILIES = SheetLayout(
    "families",
    "Rodziny",
    (
        _number("własny numer, który łączy arkusze; każda rodzina ma inny", second=_SECOND),
        Column("name", "Nazwa rodziny", "np. Malinowscy", True, ("rodzina", "nazwisko rodziny"),
               ("Przykładowscy", "Wzorowa i Wzorowy"), 24),
        Column("street", "Ulica", "bez numeru; na wsi bez ulic zostaje pusta", False, ("ul",), ("Długa", "")),
        Column("house", "Nr domu", "np. 14a", False, ("dom", "numer domu"), ("14", "21"), 10),
        Column("flat", "Nr mieszkania", "np. 2", False, ("mieszkanie", "lokal", "nr lokalu"), ("2", ""), 12),
        Column("postal_code", "Kod pocztowy", "pięć cyfr", False, ("kod",), ("68-300", "68-300"), 13),
        Column("locality", "Miejscowość", "potrzebna, gdy podano adres", False, ("miasto", "wieś"),
               ("Lubsko", "Chocicz")),
        Column("region", "Rejon", "nazwa rejonu z ustawień; może być pusta"),
        Column("phone", "Telefon", "9 cyfr; kilka numerów rozdziel przecinkiem", False, ("telefon rodziny", "tel"),
               ("600 100 200", "")),
        Column("category", "Kategoria", _allowed(Category.labels), False, ("kategoria rodziny",),
               ("okresowe trudności opiekuńczo-wychowawcze", ""), 30),
        Column("starts_on", "Początek pracy", f"{_DAY}; pusty: z rodziną jeszcze nie zaczęto pracy", False,
               ("data rozpoczęcia", "początek współpracy", "rozpoczęcie pracy", "objęta od"),
               ("1.02.2024", "12.05.2023"), 13),
        Column("case_reference", "Znak sprawy", "np. OPS.522.14.2024", False, (), ("OPS.522.14.2024", ""), 18),
        Column("register_number", "Nr w dawnym rejestrze", "tak, jak był zapisany", False,
               ("numer w rejestrze", "nr rejestru", "nr teczki"), ("14/2024", "7/2023")),
        Column("ends_on", "Koniec pracy", f"{_DAY}; pusty, gdy praca trwa", False,
               ("data zakończenia", "zakończenie pracy"), ("", "30.06.2024"), 13),
        Column("closing_reason", "Powód zakończenia", _allowed(ClosingReason.labels), False, (),
               ("", "osiągnięcie celów"), 26),
        Column("assessed_on", "Ostatnia ocena okresowa", f"{_DAY}, w którym ją przekazano", False,
               ("data ostatniej oceny", "ocena okresowa"), ("1.08.2024", ""), 14),
    ),
)  # fmt: skip

PEOPLE = SheetLayout(
    "people",
    "Osoby",
    (
        _number(_OF_FAMILY),
        Column("last_name", "Nazwisko", "nazwisko osoby", True, (), ("Przykładowska", "Przykładowski"), 20),
        Column("first_name", "Imię", "imię osoby", True, ("imiona",), ("Dorota", "Kamil")),
        Column("born_on", "Data urodzenia", "dzień, miesiąc i rok (05.2015) albo sam rok; zbędna przy numerze PESEL",
               False, ("urodzony", "ur", "rok urodzenia"), ("9.05.1988", "2017"), 14),
        Column("sex", "Płeć", "kobieta albo mężczyzna; zbędna, gdy wynika z numeru PESEL albo z pokrewieństwa", False,
               (), ("", "mężczyzna"), 12),
        Column("pesel", "PESEL", "11 cyfr", False, ("nr pesel", "numer pesel"), width=15),
        Column("pesel_missing", "Powód braku PESEL", _allowed(PeselMissing.labels), False, ("brak pesel",),
               ("nie ustalono", "nie ustalono"), 20),
        Column("kinship", "Kim jest w rodzinie", f"{_allowed(Kinship.labels)}; także np. syn, babcia", True,
               ("pokrewieństwo", "stopień pokrewieństwa", "kim jest"), ("matka", "syn"), 18),
        Column("stay", "Mieszka z rodziną", "tak, nie albo na przemian; puste znaczy tak", False, ("mieszka",),
               ("tak", "tak"), 12),
        Column("phone", "Telefon", "telefon tej osoby", False, ("tel",), ("600 100 201", "")),
    ),
)  # fmt: skip

ASSIGNMENTS = SheetLayout(
    "assignments",
    "Przydzielenia",
    (
        _number(_OF_FAMILY, second=_SECOND),
        Column("assistant", "Asystent", "nazwisko i imię albo nazwa użytkownika; konto musi już być", False,
               ("asystent rodziny",), ("Wzorowa Anna", "Wzorowa Anna"), 24),
        Column("social_worker", "Pracownik socjalny", "nazwisko i imię albo nazwa użytkownika", False,
               ("prowadzący pracownik socjalny",), ("Wzorowy Jan", ""), 24),
        Column("starts_on", "Od", _DAY, True, ("od kiedy", "data od", "przydzielono"), ("1.02.2024", "12.05.2023"), 13),
        Column("ends_on", "Do", f"{_DAY}; puste, gdy trwa", False, ("do kiedy", "data do"), ("", ""), 13),
    ),
)  # fmt: skip

BASES = SheetLayout(
    "bases",
    "Podstawy",
    (
        _number(_OF_FAMILY, second=_SECOND),
        Column("kind", "Podstawa", _allowed(BasisKind.labels), True, ("podstawa pracy", "rodzaj podstawy"),
               ("zgoda", "zobowiązanie sądu"), 20),
        Column("starts_on", "Od", _DAY, True, ("od kiedy", "data od", "data podstawy"),
               ("1.02.2024", "12.05.2023"), 13),
        Column("ends_on", "Do", f"{_DAY}; puste, gdy obowiązuje", False, ("do kiedy", "data do"), ("", ""), 13),
        Column("person", "Osoba", "kto się zgodził albo jest małoletnim rodzicem: nazwisko i imię z arkusza Osoby",
               False, ("kto", "osoba wyrażająca zgodę"), ("Przykładowska Dorota", ""), 24),
        Column("reference", "Sygnatura", "sygnatura sądu albo numer pisma", False, ("nr pisma", "sygnatura akt"),
               ("", "III Nsm 12/23"), 18),
    ),
)  # fmt: skip

PLANS = SheetLayout(
    "plans",
    "Plany",
    (
        _number(_OF_FAMILY),
        Column("covers_from", "Okres od", _DAY, True, ("plan od", "okres planu od"), ("1.03.2024", "1.03.2025"), 13),
        Column("covers_to", "Okres do", _DAY, True, ("plan do", "okres planu do"), ("28.02.2025", "28.02.2026"), 13),
        Column("accepted_on", "Data akceptacji", f"{_DAY}, w którym zaakceptował go kierownik", True,
               ("zaakceptowano", "akceptacja", "data zatwierdzenia"), ("20.02.2024", "25.02.2025"), 14),
        Column("main_goal", "Cel główny", "jak w planie; może być pusty", False, ("cel", "tytuł planu"),
               ("Dzieci mają w domu spokój i stały rytm dnia.", ""), 44),
    ),
)  # fmt: skip

LAYOUTS = (FAMILIES, PEOPLE, ASSIGNMENTS, BASES, PLANS)
GUIDE_TITLE = "Jak wypełnić"
REMARKS_TITLE = "Uwagi do pliku"  # sheet of the returned workbook
