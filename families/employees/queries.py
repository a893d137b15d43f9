"""Reading the files of assistants."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from families.employees import rules
from families.employees.models import (
    Absence,
    CheckResult,
    EmployeeDocument,
    EmployeeFile,
    PointConfirmation,
    Training,
)
from lubsko_ops.accounts.models import Contract, RoleGrant, User
from lubsko_ops.core.dates import add_months
from lubsko_ops.core.permissions import Role


@dataclass(frozen=True)
class FilePoint:
    """A point of the file as the page shows it: what the rules say, the stored documents, the confirmation."""

    point: rules.Point
    documents: list[EmployeeDocument]
    confirmation: PointConfirmation | None

    @property
    def requirement(self) -> rules.Requirement:
        return self.point.requirement

    @property
    def addable(self) -> list[tuple[str, str]]:
        """Kinds of documents that would meet the point, each with its name; none once it is met."""
        return [(kind, rules.DOCUMENT_NAMES[kind]) for kind in self.point.lacking]


@dataclass(frozen=True)
class FileState:
    """The file of one person on a day."""

    user: User
    file: EmployeeFile | None
    points: list[FilePoint]
    is_assistant: bool

    @property
    def missing(self) -> list[FilePoint]:
        """Points without what the law asks for, confirmed or not."""
        return [each for each in self.points if not each.point.is_met]

    @property
    def unconfirmed(self) -> list[FilePoint]:
        return [each for each in self.points if each.confirmation is None]

    @property
    def is_confirmed(self) -> bool:
        return not self.unconfirmed

    @property
    def confirmed_on(self) -> date | None:
        """The day of the last confirmation of a file that is confirmed whole."""
        days = [each.confirmation.confirmed_on for each in self.points if each.confirmation]
        return max(days) if days and self.is_confirmed else None


def as_rule_documents(rows: Iterable[EmployeeDocument]) -> list[rules.Document]:
    """The documents as the rules see them."""
    return [
        rules.Document(row.kind, row.dated, clear=row.result != CheckResult.LISTED, years=row.years)
        for row in rows
    ]


def get_files(users: Iterable[User], *, on: date, assistants: set[int] | None = None) -> dict[int, FileState]:
    """States of the files by id of the user. Five statements, however many users.

    ``assistants``: ids of those who are assistants on the day or later, where that is loaded already.
    """
    users = {user.pk: user for user in users}
    files = {row.user_id: row for row in EmployeeFile.objects.filter(user__in=users)}
    documents: dict[int, list[EmployeeDocument]] = {}
    for row in EmployeeDocument.objects.filter(user__in=users).order_by("dated", "pk"):
        documents.setdefault(row.user_id, []).append(row)
    confirmations: dict[int, dict[str, PointConfirmation]] = {}
    for confirmation in PointConfirmation.objects.filter(user__in=users).select_related("entered_by"):
        confirmations.setdefault(confirmation.user_id, {})[confirmation.point] = confirmation
    contract_from: dict[int, date] = {}
    for contract in (
        Contract.objects.active_on_or_after(on).filter(user__in=users).order_by("-starts_on", "-pk")
    ):
        contract_from[contract.user_id] = contract.starts_on  # the earliest of them remains
    if assistants is None:
        grants = RoleGrant.objects.active_on_or_after(on).filter(user__in=users, role=Role.ASSISTANT)
        assistants = set(grants.values_list("user", flat=True))
    states = {}
    for pk, user in users.items():
        own, file = documents.get(pk, []), files.get(pk)
        points = rules.check_file(
            variant=file.variant if file else "",
            documents=as_rule_documents(own),
            contract_from=contract_from.get(pk),
            on=on,
            assistant=pk in assistants,
        )
        kinds = {
            point.requirement.code: {each.kind for each in point.met_by}
            | set(point.requirement.documents)
            | (_qualification_kinds() if point.requirement.code == "qualifications" else set())
            for point in points
        }
        rows = [
            FilePoint(
                point,
                [row for row in own if row.kind in kinds[point.requirement.code]],
                confirmations.get(pk, {}).get(point.requirement.code),
            )
            for point in points
        ]
        states[pk] = FileState(user, file, rows, pk in assistants)
    return states


def _qualification_kinds() -> set[str]:
    return {kind for kinds in rules.VARIANT_DOCUMENTS.values() for kind in kinds}


def get_file(user: User, *, on: date, assistants: set[int] | None = None) -> FileState:
    """The state of one file."""
    return get_files([user], on=on, assistants=assistants)[user.pk]


def get_assistants(*, on: date) -> list[User]:
    """Active users who are assistants on the day or later, by surname."""
    grants = RoleGrant.objects.active_on_or_after(on).filter(role=Role.ASSISTANT)
    rows = User.objects.filter(is_active=True, pk__in=grants.values("user"))
    return list(rows.order_by("last_name", "first_name", "pk"))


def confirmed_points(user: int) -> set[str]:
    """Codes of the points of the user's (id) file that the manager has confirmed."""
    return set(PointConfirmation.objects.filter(user=user).values_list("point", flat=True))


def get_confirmed_points(users: Iterable[User]) -> dict[int, set[str]]:
    """``confirmed_points`` by id of the user. One statement."""
    points: dict[int, set[str]] = {}
    for user, point in PointConfirmation.objects.filter(user__in=users).values_list("user", "point"):
        points.setdefault(user, set()).add(point)
    return points


@dataclass(frozen=True)
class TrainingSummary:
    """Training and supervision of a person, newest first, with the hours of the last twelve months."""

    rows: list[Training]
    hours: Decimal
    note: str


def get_training(user: User, *, employed_from: date | None, on: date) -> TrainingSummary:
    """Two statements."""
    rows = list(Training.objects.filter(user=user).order_by("-held_on", "-pk"))
    since = add_months(on, -rules.TRAINING_MONTHS)
    recent = Training.objects.filter(user=user, held_on__gt=since, held_on__lte=on)
    hours = recent.aggregate(hours=Sum("hours"))["hours"] or Decimal(0)
    last = max((row.held_on for row in rows if row.held_on <= on), default=None)
    return TrainingSummary(rows, hours, rules.training_note(last_on=last, employed_from=employed_from, on=on))


def get_absences(user: User) -> list[Absence]:
    """Absences of the user, newest first."""
    return list(Absence.objects.filter(user=user).order_by("-starts_on"))
