"""What of the work ends with a death: the basis that rested on the person, and on nobody else."""

from datetime import date

from django.core.exceptions import ValidationError

from families.caseload.models import LegalBasis
from families.choices import BasisKind
from families.people.actions import DEATH, UNDONE
from families.people.models import Person
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import end_row, reopen_row

OF_A_PERSON = (BasisKind.CONSENT, BasisKind.MINOR_PARENT)


def end_bases(person: Person, day: date, by: User) -> None:
    """Her consent, or what she was as a minor parent, holds to the day of death and no longer."""
    for basis in LegalBasis.objects.active_on_or_after(day).filter(person=person, kind__in=OF_A_PERSON):
        if basis.starts_on > day:
            raise ValidationError(
                {
                    "died_on": "Podstawa pracy tej osoby nosi datę późniejszą niż ten dzień. Popraw najpierw podstawę."
                }
            )
        if basis.ends_on != day:
            basis.ended_why = "śmierć"
            end_row(basis, on=day, by=by, why=DEATH)


def resume_bases(person: Person, day: date, by: User) -> None:
    """The day of death was a mistake: what had ended with it holds as before."""
    for basis in LegalBasis.objects.filter(person=person, kind__in=OF_A_PERSON, ends_on=day):
        basis.ended_why = ""
        reopen_row(basis, ended_on=day, because=DEATH, by=by, why=UNDONE)
