"""Identity of a person: consistency of birth, sex, PESEL and kinship; registering a new person."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import takewhile

from django.core.exceptions import ValidationError
from stdnum.pl import pesel as number

from families.choices import Kinship, PeselMissing, Sex
from families.people.birth import Birth
from families.people.models import Person
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import save_with_history
from lubsko_ops.core import clock
from lubsko_ops.core.actions import action
from lubsko_ops.core.dates import add_months
from lubsko_ops.core.fields import clean_pesel
from lubsko_ops.core.polish import YEAR_FORMS, count_of

FUTURE_DAY_ERROR = "Ten dzień jeszcze nie nadszedł. Wpisz datę nie późniejszą niż dziś."
SEX_BY_KINSHIP = {
    Kinship.MOTHER: Sex.FEMALE,
    Kinship.STEPMOTHER: Sex.FEMALE,
    Kinship.FATHER: Sex.MALE,
    Kinship.STEPFATHER: Sex.MALE,
}
# A younger age means a wrong date: a parent under 18 is rare but possible, a parent aged six is not.
MIN_AGE = {
    Kinship.MOTHER: 10,
    Kinship.FATHER: 10,
    Kinship.STEPMOTHER: 15,
    Kinship.STEPFATHER: 15,
    Kinship.GRANDPARENT: 20,
}
NEWBORN_MONTHS = 12
GREATEST_LIKELY_AGE = 120
SEX_BY_GENDER = {"F": Sex.FEMALE, "M": Sex.MALE}


def reconcile_identity(
    *, pesel: str, birth: Birth | None, sex: str, today: date
) -> tuple[str, Birth | None, str]:
    """Return consistent PESEL, date of birth and sex; missing and approximate values are read from the PESEL.

    Raises ValidationError for the fields that contradict the number.
    """
    if pesel:
        try:
            pesel = clean_pesel(pesel)
        except ValidationError as refusal:
            raise ValidationError({"pesel": refusal.messages}) from None
        pesel_birth, pesel_sex = (
            Birth(number.get_birth_date(pesel)),
            SEX_BY_GENDER[number.get_gender(pesel)],
        )
        refusals = {}
        if birth and not birth.includes(pesel_birth):
            refusals["born_on"] = f"Z numeru PESEL wynika data urodzenia {pesel_birth}. Sprawdź numer i datę."
        if sex and sex != pesel_sex:
            refusals["sex"] = "Z numeru PESEL wynika inna płeć. Sprawdź numer i płeć."
        if refusals:
            raise ValidationError(refusals)
        birth, sex = pesel_birth, pesel_sex
    if birth and birth.first_day > today:
        raise ValidationError({"born_on": FUTURE_DAY_ERROR})
    return pesel, birth, sex


def kinship_errors(*, kinship: str, sex: str, birth: Birth | None, on: date) -> dict[str, str]:
    """Errors by field when this sex or age contradicts the kinship."""
    if kinship not in Kinship.values:
        return {}
    word, sentences = Kinship(kinship).label_for(sex), {}
    if sex and SEX_BY_KINSHIP.get(kinship, sex) != sex:
        expected = Sex(SEX_BY_KINSHIP[kinship]).label
        sentences["sex"] = f"{word.capitalize()} to {expected}. Popraw płeć albo wybierz, kim ta osoba jest."
    age = birth.age_on(on) if birth else None
    if age is not None and age < MIN_AGE.get(kinship, 0):
        sentences["born_on"] = (
            f"To nie może być {word}: {age_text(birth, on)}. Sprawdź datę urodzenia i to, kim ta osoba jest."
        )
    return sentences


def validate_kinship(person: Person, kinship: str, *, on: date) -> None:
    """Raise ValidationError when the person's sex or age contradicts the kinship on the day."""
    if sentences := kinship_errors(kinship=kinship, sex=person.sex, birth=person.birth, on=on):
        raise ValidationError(sentences)


def newborn_refusal(pesel_missing: str, birth: Birth | None, *, on: date) -> str:
    """Refusal of the reason "newborn" for a person older than a year; empty when fine."""
    grown = birth and add_months(birth.last_day, NEWBORN_MONTHS) < on
    if pesel_missing != PeselMissing.NEWBORN or not grown:
        return ""
    return "Noworodek to dziecko do roku. Wybierz inny powód braku numeru."


def age_text(birth: Birth | None, on: date) -> str:
    """ "38 lat"; under one "5 miesięcy", "3 tygodnie", "2 dni"; empty before birth or when the date is unknown."""
    years = birth.age_on(on) if birth else None
    if birth is None or years is None:
        return ""
    return count_of(years, YEAR_FORMS) if years else birth.infant_age_on(on)


def distinct_names(
    people: Iterable[Person], *, kinship: Mapping[int, str] | None = None, short: bool = False
) -> dict[int, str]:
    """Names by id of the person, for a choice among them: with kinship and year of birth where a name repeats.

    ``kinship``: label by id of the person. ``short``: first names where those differ.
    """
    people, kinship = list(people), kinship or {}
    full = {person.pk: str(person) for person in people}
    repeated = Counter(full.values())
    for person in people:
        if repeated[str(person)] > 1:
            born = f"ur. {person.birth.first_day.year}" if person.birth else ""
            full[person.pk] = ", ".join(filter(None, (str(person), kinship.get(person.pk, ""), born)))
    first = Counter(person.first_name for person in people)
    if not short:
        return full
    return {each.pk: each.first_name if first[each.first_name] == 1 else full[each.pk] for each in people}


def great_age_confirmations(people: Iterable[Person], *, on: date) -> list[str]:
    """A sentence about each person older than anybody is likely to be: to be confirmed, never refused."""
    sentences = []
    for person in people:
        day = person.died_on or on
        if (person.age_on(day) or 0) > GREATEST_LIKELY_AGE:
            verb = "dożyć" if person.died_on else "mieć"
            sentences.append(f"{person} ma {verb} {age_text(person.birth, day)}. Sprawdź datę urodzenia.")
    return sentences


def birth_columns(birth: Birth | None) -> tuple[date | None, str]:
    """Values of ``Person.born_on`` and ``Person.birth_precision``."""
    return (birth.first_day, birth.precision) if birth else (None, "")


def mask_pesel(pesel: str) -> str:
    """The last four digits: "…2346"."""
    return f"…{pesel[-4:]}" if pesel else ""


def mask_document(document: str) -> str:
    """The kind of the document and the last characters of its number: "paszport …3456"."""
    words = document.split()
    kind = list(takewhile(lambda word: word.isalpha() and not word.isupper(), words))
    number = "".join(words[len(kind) :])
    shown = number[-4:] if len(number) > 7 else number[-2:]
    return " ".join([*kind, f"…{shown}"] if number else kind)


def complete_identity(person: Person) -> None:
    """Fill in PESEL, date of birth, sex and missing-PESEL reason. Raises ValidationError when they contradict."""
    person.pesel, birth, person.sex = reconcile_identity(
        pesel=person.pesel, birth=person.birth, sex=person.sex, today=clock.today()
    )
    person.born_on, person.birth_precision = birth_columns(birth)
    if person.pesel:
        person.pesel_missing = ""
    elif not person.pesel_missing:
        person.pesel_missing = PeselMissing.UNKNOWN


def repeated_pesel_refusal(people: list[Person]) -> str:
    """Refusal when two people have the same PESEL, otherwise an empty string."""
    numbers = [person.pesel for person in people if person.pesel]
    return (
        "Dwie osoby mają ten sam PESEL. Popraw jeden z numerów." if len(numbers) != len(set(numbers)) else ""
    )


@action
def register_person(*, person: Person, by: User) -> Person:
    """Save a new person with the entered values. Raises ValidationError when the PESEL contradicts them."""
    row = Person()
    row.copy_entered(person)
    complete_identity(row)
    return save_with_history(row, by=by, why="Wpisanie osoby")
