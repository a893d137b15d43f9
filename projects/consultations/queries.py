"""Who may read which consultations, their sums, and whom a specialist may consult."""

from datetime import date

from django.db.models import BooleanField, Case, Count, Q, QuerySet, Sum, Value, When

from families.people.models import Family
from families.specialists.queries import families_of_specialist
from lubsko_ops.accounts.models import RoleGrant, User
from lubsko_ops.audit.access_log import note_shown
from lubsko_ops.core.permissions import Role
from projects.choices import ConsultationKind, ConsultationState, Readers
from projects.models import Consultation, Participation
from projects.scope import led_groups, visible_participations

CONSULTED_ROLES = (Role.ASSISTANT, Role.SOCIAL_WORKER)
KINDS = {
    ConsultationKind.FAMILY: Q(family__isnull=False),
    ConsultationKind.PARTICIPANT: Q(participation__isnull=False),
    ConsultationKind.WORKER: Q(worker__isnull=False),
}


def readable_by(user: User, *, on: date) -> QuerySet[Consultation]:
    """Consultations the user may read: the manager all, the specialist the own ones, others what ``readers`` says."""
    rows = Consultation.objects.all()
    if Role.MANAGER in user.roles:
        return rows
    allowed = Q(specialist=user) | Q(worker=user, readers=Readers.CONSULTED)
    if user.roles & set(CONSULTED_ROLES):
        families = Family.objects.visible_to(user, on=on).values("pk")
        of_families = Q(family__in=families) | Q(participation__family__in=families)
        allowed |= Q(readers=Readers.WORKERS) & of_families
    return rows.filter(allowed)


def of_family(family: Family) -> Q:
    """Consultations of the family, and of its people as participants through it."""
    return Q(family=family) | Q(participation__family=family)


def with_named(rows: QuerySet[Consultation], user: User, *, on: date) -> QuerySet[Consultation]:
    """Rows with ``named``: whether the user may still see who was consulted.

    To a specialist whose access to the family or group has ended only the day, hour and length of the own work remain.
    """
    if Role.MANAGER in user.roles:
        return rows.annotate(named=Value(True))
    families = families_of_specialist(user, on=on).values("pk")
    visible = Family.objects.visible_to(user, on=on).values("pk")
    people = visible_participations(user, on=on).values("pk")
    named = (
        Q(worker__isnull=False) | Q(family__in=families) | Q(family__in=visible) | Q(participation__in=people)
    )
    return rows.annotate(
        named=Case(When(named, then=Value(True)), default=Value(False), output_field=BooleanField())
    )


def with_names(rows: QuerySet[Consultation]) -> QuerySet[Consultation]:
    """Rows with what their names and lines need."""
    return rows.select_related(
        "specialist", "group", "family", "worker", "participation__person", "participation__child",
        "participation__family",
    )  # fmt: skip


def note_named(rows: list[Consultation]) -> None:
    """Note the families and people of the rows that name them as shown."""
    named = [row for row in rows if row.named]
    parts = [row.participation for row in named if row.participation_id]
    families = {row.family_id for row in named} | {part.family_id for part in parts}
    persons = {part.person_id for part in parts} | {part.child_id for part in parts}
    note_shown(families - {None}, persons=persons - {None})


def minutes_by_kind(rows: QuerySet[Consultation]) -> list[dict]:
    """Number and minutes of the held consultations of each kind, in the order of the kinds. One statement."""
    held = rows.filter(state=ConsultationState.HELD).order_by()
    parts = {}
    for kind, condition in KINDS.items():
        parts[f"{kind}_number"] = Count("pk", filter=condition)
        parts[f"{kind}_minutes"] = Sum("minutes", filter=condition, default=0)
    sums = held.aggregate(**parts)
    return [
        {"kind": kind, "number": sums[f"{kind}_number"], "minutes": sums[f"{kind}_minutes"]} for kind in KINDS
    ]


def people_of_groups(user: User, *, on: date) -> QuerySet[Participation]:
    """Participants of the groups the user leads on the day."""
    rows = Participation.objects.filter(group__in=led_groups(user, on=on).values("pk"))
    return rows.select_related("person", "child", "family", "group")


def possible_workers(user: User, *, on: date) -> QuerySet[User]:
    """Active assistants and social workers, by surname, without the user."""
    held = RoleGrant.objects.active_on(on).filter(role__in=CONSULTED_ROLES).values("user")
    workers = User.objects.filter(is_active=True, pk__in=held).exclude(pk=user.pk)
    return workers.order_by("last_name", "first_name", "pk")
