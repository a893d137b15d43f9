"""Who somebody is: names, birth, sex and PESEL that agree with each other. A new identity is registered here."""

from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from stdnum.pl import pesel as number

from families.choices import Kinship, PeselMissing, Sex
from families.people.models import Person
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import save_with_history
from lubsko_ops.core import clock
from lubsko_ops.core.actions import action
from lubsko_ops.core.dates import add_months, age_on
from lubsko_ops.core.fields import clean_pesel
from lubsko_ops.core.polish import YEAR_FORMS, count_of, short_date

SEX_BY_KINSHIP = {
    Kinship.MOTHER: Sex.FEMALE,
    Kinship.STEPMOTHER: Sex.FEMALE,
    Kinship.FATHER: Sex.MALE,
    Kinship.STEPFATHER: Sex.MALE,
}
# Nobody is one of these at a younger age; a parent under 18 is rare and true, a parent of six is a wrong date.
MIN_AGE = {
    Kinship.MOTHER: 10,
    Kinship.FATHER: 10,
    Kinship.STEPMOTHER: 15,
    Kinship.STEPFATHER: 15,
    Kinship.GRANDPARENT: 20,
}
NEWBORN_MONTHS = 12
SEX_BY_GENDER = {"F": Sex.FEMALE, "M": Sex.MALE}


def reconcile_identity(
    *, pesel: str, born_on: date | None, sex: str, today: date
) -> tuple[str, date | None, str]:
    """PESEL, day of birth and sex that agree with each other; what is missing is read from the number.

    Raises ValidationError with a sentence beside the field that does not fit.
    """
    if pesel:
        try:
            pesel = clean_pesel(pesel)
        except ValidationError as refusal:
            raise ValidationError({"pesel": refusal.messages}) from None
        of_number, sex_of_number = number.get_birth_date(pesel), SEX_BY_GENDER[number.get_gender(pesel)]
        if born_on and born_on != of_number:
            raise ValidationError(
                {
                    "born_on": f"Z numeru PESEL wynika data urodzenia {short_date(of_number)}. Sprawdź numer i datę."
                }
            )
        if sex and sex != sex_of_number:
            raise ValidationError({"sex": "Z numeru PESEL wynika inna płeć. Sprawdź numer i płeć."})
        born_on, sex = of_number, sex_of_number
    if born_on and born_on > today:
        raise ValidationError({"born_on": "Data urodzenia nie może być późniejsza niż dziś."})
    return pesel, born_on, sex


def kinship_errors(*, kinship: str, sex: str, born_on: date | None, on: date) -> dict[str, str]:
    """Sentences, by the field they are about, when nobody of this sex or age can be that in a family."""
    if kinship not in Kinship.values:
        return {}
    word, sentences = Kinship(kinship).word(sex), {}
    if sex and SEX_BY_KINSHIP.get(kinship, sex) != sex:
        right = Sex(SEX_BY_KINSHIP[kinship]).label
        sentences["sex"] = f"{word.capitalize()} to {right}. Popraw płeć albo wybierz, kim ta osoba jest."
    if born_on and born_on <= on and age_on(born_on, on) < MIN_AGE.get(kinship, 0):
        age = age_text(born_on, on)
        sentences["born_on"] = (
            f"To nie może być {word}: {age}. Sprawdź datę urodzenia i to, kim ta osoba jest."
        )
    return sentences


def validate_kinship(person: Person, kinship: str, *, on: date) -> None:
    """Raise ValidationError when the person cannot be that in a family on the day."""
    if sentences := kinship_errors(kinship=kinship, sex=person.sex, born_on=person.born_on, on=on):
        raise ValidationError(sentences)


def newborn_refusal(pesel_missing: str, born_on: date | None, *, on: date) -> str:
    """A sentence when the reason speaks of a newborn and the person is older than a year."""
    grown = born_on and add_months(born_on, NEWBORN_MONTHS) < on
    if pesel_missing != PeselMissing.NEWBORN or not grown:
        return ""
    return "Noworodek to dziecko do roku. Wybierz inny powód braku numeru."


def age_text(born_on: date | None, on: date) -> str:
    """ "38 lat", "poniżej roku"; empty before the birth and when it is not known."""
    if born_on is None or born_on > on:
        return ""
    years = age_on(born_on, on)
    return count_of(years, YEAR_FORMS) if years else "poniżej roku"


def mask_pesel(pesel: str) -> str:
    """The number as lists and cards show it: its last four digits."""
    return f"…{pesel[-4:]}" if pesel else ""


@dataclass(kw_only=True)
class PersonData:
    """What is known about a person who is being entered; ``existing`` when the person is already in the centre."""

    first_name: str = ""
    last_name: str = ""
    sex: str = ""
    born_on: date | None = None
    pesel: str = ""
    pesel_missing: str = ""
    other_document: str = ""
    other_spellings: list[str] = field(default_factory=list)
    existing: Person | None = None


def complete_identity(person: Person) -> None:
    """Make PESEL, birth and sex agree. Raises ValidationError when they do not."""
    person.pesel, person.born_on, person.sex = reconcile_identity(
        pesel=person.pesel, born_on=person.born_on, sex=person.sex, today=clock.today()
    )
    if person.pesel:
        person.pesel_missing = ""
    elif not person.pesel_missing:
        person.pesel_missing = PeselMissing.UNKNOWN


def repeated_pesel_refusal(people: list[PersonData]) -> str:
    """A sentence when one PESEL is given to two people of the form, otherwise an empty string."""
    numbers = [person.pesel for person in people if person.pesel]
    return (
        "Dwie osoby mają ten sam PESEL. Popraw jeden z numerów." if len(numbers) != len(set(numbers)) else ""
    )


@action
def register_person(*, data: PersonData, by: User) -> Person:
    """A new identity (osoba). Raises ValidationError when the PESEL does not fit the person."""
    person = Person(
        first_name=data.first_name,
        last_name=data.last_name,
        sex=data.sex,
        born_on=data.born_on,
        pesel=data.pesel,
        pesel_missing=data.pesel_missing,
        other_document=data.other_document,
        other_spellings=data.other_spellings,
    )
    complete_identity(person)
    return save_with_history(person, by=by, why="Wpisanie osoby")
