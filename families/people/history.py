"""The models of this app in the history of a case file, and conditions that other apps use for theirs."""

from django.db.models import Exists, OuterRef, Q, Subquery, TextField, Value
from django.db.models.functions import Coalesce, Concat

from families.people.models import Address, Family, FamilyCategory, FamilyProblem, Membership, Person, Phone
from families.permissions import SENSITIVE_CATEGORIES, SENSITIVE_PROBLEMS, hidden_values
from lubsko_ops.audit.changes import HISTORY_TABLES, HistoryTable
from lubsko_ops.core.permissions import Permission, has_permission

FAMILY = frozenset({"family"})  # left out of the changes: obvious inside the file


def by_family(family: int) -> Q:
    return Q(family=family)


def hide_sensitive(field: str, table: dict):
    """Condition of sensitive rows that the user may not see."""
    return lambda user: Q(**{f"{field}__in": hidden_values(user, table)})


def hide_without(permission: Permission):
    """Condition of all rows for users without the permission."""
    return lambda user: Q(id__in=[]) if has_permission(user, permission) else Q(id__isnull=False)


def by_membership(family: int) -> Q:
    """People who belong or belonged to the family: a change of a person is shown in each of their families.

    Also people entered here by mistake and deleted, unless they are still in another family.
    """
    current = Membership.objects.filter(family=family)
    deleted = ~Exists(Person.objects.filter(pk=OuterRef("person_id")))
    former = Membership.history.filter(deleted, family=family)
    return Q(id__in=current.values("person").union(former.order_by().values("person")))


def by_address(family: int) -> Q:
    """Addresses of the family and of its members, deleted ones too; each part uses its own index."""
    members = Membership.history.filter(family=family).order_by()
    own = Address.history.filter(family=family).order_by()
    of_members = Address.history.filter(membership__in=members.values("id")).order_by()
    return Q(id__in=own.values("id").union(of_members.values("id")))


ADDRESS = "{membership} {street} {house} {flat} {postal_code} {locality}"


def address_text(membership: str, **parts: str) -> str:
    """The address in one line, with the member for an address of one member."""
    line = Address(**parts).line
    return f"{line} ({membership})" if membership else line


def withheld_from_name() -> Coalesce:
    """Expression: whom the address is withheld from, now or last: earlier versions stay withheld too."""
    name = Concat(
        "withheld_from__first_name", Value(" "), "withheld_from__last_name", output_field=TextField()
    )
    last = Address.history.filter(id=OuterRef("id"), withheld_from__isnull=False).order_by("-history_id")
    return Coalesce(Subquery(last.values(words=name)[:1]), Value(""), output_field=TextField())


def register() -> None:
    problems = hide_sensitive("problem", SENSITIVE_PROBLEMS)
    categories = hide_sensitive("category", SENSITIVE_CATEGORIES)
    for table in (
        HistoryTable(Family, lambda family: Q(id=family), "{name}"),
        HistoryTable(Person, by_membership, "{first_name} {last_name}"),
        HistoryTable(Membership, by_family, "{person}", FAMILY, name_select_related=("person",)),
        HistoryTable(
            Address, by_address, ADDRESS, FAMILY, get_name=address_text, withheld_from=withheld_from_name
        ),
        HistoryTable(Phone, by_family, "{number}", FAMILY),
        HistoryTable(FamilyProblem, by_family, "{problem}", FAMILY, problems),
        HistoryTable(FamilyCategory, by_family, "{category}", FAMILY, categories),
    ):
        HISTORY_TABLES.register(table, order=10)
