"""Checks the people of a register: identity, kinship, phones, and the same person written twice."""

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from families.choices import CHILDREN, LivingArrangement, PeselMissing
from families.people.birth import Birth
from families.people.identity import (
    birth_columns,
    great_age_confirmations,
    kinship_errors,
    newborn_refusal,
    reconcile_identity,
)
from families.people.models import Membership, Person, Phone
from families.register_import import cells
from families.register_import.register import FamilyEntry
from families.register_import.tables import RegisterRow
from lubsko_ops.core.phones import phone_digits
from lubsko_ops.core.search_keys import fold

if TYPE_CHECKING:
    from families.register_import.checking import Checker

KINSHIP_EXAMPLES = "np. matka, ojciec, syn, babcia, inny krewny"
PESEL_MISSING = cells.words_of(PeselMissing)
# The column in which a refusal about a field of a person stands.
KEYS = {
    "last_name": "last_name", "first_name": "first_name", "pesel": "pesel", "born_on": "born_on", "sex": "sex",
    "pesel_missing": "pesel_missing",
}  # fmt: skip


def read_person(checker: "Checker", entry: FamilyEntry, row: RegisterRow) -> None:
    findings = checker.findings
    read = findings.read
    last_name, first_name = (read(row, key, cells.read_text) or "" for key in ("last_name", "first_name"))
    pesel, birth = read(row, "pesel", cells.read_pesel) or "", read(row, "born_on", cells.read_birth)
    kinship = read(row, "kinship", cells.read_choice, cells.KINSHIP, KINSHIP_EXAMPLES) or ""
    sex = read(row, "sex", cells.read_choice, cells.SEX, "kobieta albo mężczyzna") or ""
    stay = read(row, "stay", cells.read_choice, cells.STAY, "tak, nie albo na przemian")
    missing = (
        read(row, "pesel_missing", cells.read_choice, PESEL_MISSING, "powód z arkusza „Jak wypełnić”") or ""
    )
    sex = sex or ("" if pesel else cells.SEX_BY_WORD.get(fold(row.text("kinship")), ""))
    try:
        pesel, birth, sex = reconcile_identity(pesel=pesel, birth=birth, sex=sex, today=checker.today)
    except ValidationError as refusal:
        for name, messages in refusal.message_dict.items():
            findings.error(row, KEYS[name], " ".join(messages), "sprawdź numer PESEL, datę i płeć")
    person = Person(
        last_name=last_name, first_name=first_name, sex=sex, pesel=pesel,
        pesel_missing="" if pesel else missing or PeselMissing.UNKNOWN,
    )  # fmt: skip
    person.born_on, person.birth_precision = birth_columns(birth)
    _check_identity(checker, row, person, birth, kinship)
    findings.clean(row, person, {"last_name": "last_name", "first_name": "first_name"})
    person.clean()
    since = max(entry.since, birth.first_day) if birth else entry.since
    membership = Membership(
        family=entry.family,
        person=person,
        kinship=kinship,
        stay=stay or LivingArrangement.HERE,
        starts_on=since,
    )
    entry.people.append((row, person, membership))
    entry.add(row, person)
    entry.add(row, membership)
    for number in read(row, "phone", cells.read_phones) or []:
        add_phone(entry, row, number, person=person, since=since)


def _check_identity(
    checker: "Checker", row: RegisterRow, person: Person, birth: Birth | None, kinship: str
) -> None:
    findings, today = checker.findings, checker.today
    if not person.sex and not {"sex", "pesel", "kinship"} & row.broken:
        findings.error(row, "sex", "Nie wiadomo, czy to kobieta, czy mężczyzna.", "uzupełnij płeć")
    if not row.broken:
        errors = kinship_errors(kinship=kinship, sex=person.sex, birth=birth, on=today)
        for name, sentence in errors.items():
            findings.error(row, KEYS[name], sentence)
    if refusal := newborn_refusal(person.pesel_missing, birth, on=today):
        findings.error(row, "pesel_missing", refusal, "wpisz inny powód")
    for sentence in great_age_confirmations([person], on=today):
        findings.remark(row, "born_on", sentence)
    if birth is None and "born_on" not in row.broken and "pesel" not in row.broken:
        whom = "dziecka" if kinship in CHILDREN else "osoby"
        findings.remark(row, "born_on", f"Brak daty urodzenia {whom}.", "można wczytać, uzupełnisz później")


def add_phone(
    entry: FamilyEntry,
    row: RegisterRow,
    number: str,
    *,
    person: Person | None = None,
    since: date | None = None,
) -> None:
    """Add a phone, unless the family already has the number: a number of one person is then also the family's."""
    digits = phone_digits(number)
    phones = [each.instance for each in entry.placed if isinstance(each.instance, Phone)]
    if any(phone.digits == digits for phone in phones):
        return
    entry.add(
        row,
        Phone(
            family=entry.family, person=person, number=number, digits=digits, starts_on=since or entry.since
        ),
    )


def finish_people(checker: "Checker", entry: FamilyEntry) -> None:
    """What is judged of all people of one family: nobody, or somebody twice."""
    findings = checker.findings
    if not entry.people:
        findings.remark(
            entry.row, "number", "Rodzina nie ma żadnej osoby.", "można wczytać, uzupełnisz później"
        )
    seen: list[tuple[RegisterRow, Person]] = []
    for row, person, _ in entry.people:
        for earlier, other in seen:
            if person.pesel and person.pesel == other.pesel:
                text = f"Ten sam PESEL ma w tej rodzinie osoba z wiersza {earlier.number}."
                findings.error(row, "pesel", text, "usuń powtórzony wiersz albo popraw numer")
                break
            if (person.pesel and other.pesel) or fold(str(person)) != fold(str(other)):
                continue
            if person.birth and other.birth and not person.birth.agrees_with(other.birth):
                continue
            text = f"Ta osoba jest już wpisana w tej rodzinie, w wierszu {earlier.number}."
            findings.error(row, "last_name", text, "usuń powtórzony wiersz albo dopisz różne daty urodzenia")
            break
        seen.append((row, person))


def check_repeated_numbers(checker: "Checker") -> None:
    """A PESEL in two families of the file: one person in both, or a mistake."""
    seen: dict[str, tuple[FamilyEntry, RegisterRow, Person]] = {}
    for entry in checker.register.entries:
        for row, person, _ in entry.people:
            if not person.pesel:
                continue
            other_entry, other_row, other = seen.setdefault(person.pesel, (entry, row, person))
            if other_entry is entry:
                continue
            where = f"rodzina {other_entry.family.name}, wiersz {other_row.number}"
            if fold(str(other)) == fold(str(person)):
                text = f"Ta sama osoba należy też do innej rodziny ({where})."
                todo = "można wczytać; powstaną dwa wpisy, które połączysz na stronie „Te same osoby”"
                checker.findings.remark(row, "pesel", text, todo)
            else:
                text = f"Ten sam PESEL ma inna osoba ({where}). Jeden z numerów jest zły."
                checker.findings.error(row, "pesel", text, "sprawdź oba numery")
