"""The files of the assistants of the demo: documents, confirmations, training, absences, from ``centre.toml``."""

from datetime import date, timedelta
from decimal import Decimal

from devtools.demo.demo_centre import DemoCentre
from families.employees import rules
from families.employees.actions import (
    add_document,
    confirm_file,
    record_absence,
    record_training,
    save_employee_file,
)
from families.employees.models import (
    CHECKS,
    Absence,
    CheckResult,
    EmployeeDocument,
    EmployeeFile,
    Training,
)
from families.employees.queries import get_file
from lubsko_ops.accounts.models import Contract, User
from lubsko_ops.core import clock
from lubsko_ops.core.dates import ONE_DAY
from lubsko_ops.core.polish import count_of

PROGRESS_MESSAGE = "Zakładam teczki asystentów"
BEFORE_CONTRACT = timedelta(days=9)  # the statements, the check, the authorisation
QUALIFICATION_AGE = timedelta(days=1500)
LOCATION = "akta osobowe"


def load(demo: DemoCentre) -> str:
    """Complete files, confirmed when each assistant began; returns a summary for the terminal."""
    data, users = demo.content["staff"], demo.staff()
    files, manager = data.get("files", ()), users[demo.manager]
    for row in files:
        _load_file(row, users[row["user"]], by=manager)
    for row in data.get("trainings", ()):
        held_on = demo.resolve(row["ago"])
        with clock.freeze_time(held_on + ONE_DAY):
            training = Training(
                kind=row["kind"],
                held_on=held_on,
                hours=Decimal(row["hours"]),
                subject=row["subject"],
                organiser=row.get("organiser", ""),
            )
            record_training(users=[users[name] for name in row["users"]], training=training, by=manager)
    for row in data.get("absences", ()):
        absence = Absence(
            reason=row["reason"],
            starts_on=demo.resolve(row["since"]),
            ends_on=demo.resolve(row["until"]),
        )
        with clock.freeze_time(min(demo.day - ONE_DAY, absence.starts_on)):
            record_absence(user=users[row["user"]], absence=absence, by=manager)
    return count_of(len(files), "teczka,teczki,teczek")


def _load_file(row: dict, user: User, *, by: User) -> None:
    """The documents of one assistant, confirmed on the first day of the contract and when a point was added by law."""
    first = Contract.objects.filter(user=user).earliest("starts_on").starts_on
    with clock.freeze_time(first):
        values = EmployeeFile(
            variant=row["variant"],
            languages=row.get("languages", ""),
            other_roles=row.get("other_roles", ""),
        )
        save_employee_file(user=user, values=values, version=None, by=by)
        for kind in rules.VARIANT_DOCUMENTS[row["variant"]]:
            years = row["years"] if kind == "experience" else None
            _add(user, kind, first - QUALIFICATION_AGE, details=row[kind], years=years, by=by)
    for since in sorted({max(first, each.since) for each in rules.REQUIREMENTS}):
        with clock.freeze_time(since):
            for point in get_file(user, on=since).missing:
                _add(user, point.requirement.documents[0], since - BEFORE_CONTRACT, by=by)
            codes = [each.requirement.code for each in get_file(user, on=since).points]
            confirm_file(user=user, confirmed_on=since, points=codes, notes={}, by=by)


def _add(
    user: User, kind: str, dated: date, *, details: str = "", years: int | None = None, by: User
) -> None:
    result = CheckResult.CLEAR if kind in CHECKS else ""
    document = EmployeeDocument(
        kind=kind, dated=dated, result=result, details=details, years=years, location=LOCATION
    )
    add_document(user=user, document=document, by=by)
