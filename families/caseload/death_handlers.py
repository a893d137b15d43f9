"""What of the work ends with a death: the basis that rested on the person, and on nobody else."""

from datetime import date

from django.core.exceptions import ValidationError

from families.caseload.models import LegalBasis
from families.choices import BasisKind
from families.people.actions import DEATH_REASON, DEATH_UNDONE_REASON
from families.people.models import Person
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import end_row, reopen_row

PERSONAL_BASIS_KINDS = (BasisKind.CONSENT, BasisKind.MINOR_PARENT)


def end_bases_on_death(person: Person, day: date, by: User) -> None:
    """Her consent, or what she was as a minor parent, holds to the day of death and no longer."""
    for basis in LegalBasis.objects.active_on_or_after(day).filter(
        person=person, kind__in=PERSONAL_BASIS_KINDS
    ):
        if basis.starts_on > day:
            raise ValidationError(
                {
                    "died_on": "Podstawa pracy tej osoby nosi datę późniejszą niż ten dzień. Popraw najpierw podstawę."
                }
            )
        if basis.ends_on != day:
            basis.ended_why = "śmierć"
            end_row(basis, on=day, by=by, why=DEATH_REASON)


def reopen_bases_after_death_undone(person: Person, day: date, by: User) -> None:
    """The day of death was a mistake: what had ended with it holds as before."""
    for basis in LegalBasis.objects.filter(person=person, kind__in=PERSONAL_BASIS_KINDS, ends_on=day):
        basis.ended_why = ""
        reopen_row(basis, ended_on=day, because=DEATH_REASON, by=by, why=DEATH_UNDONE_REASON)
