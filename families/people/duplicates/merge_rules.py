"""What becomes of the rows of two persons who are merged, and where these rows contradict one another."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from django.core.exceptions import ImproperlyConfigured
from django.db.models import ForeignKey, Q, QuerySet

from families.people.identity import mask_document
from families.people.models import DuplicateCandidate, DuplicateDismissal, Membership, Person, PersonMerge
from lubsko_ops.audit.access_log import note_shown
from lubsko_ops.audit.models import AuditedModel
from lubsko_ops.core.dates import Period
from lubsko_ops.core.polish import short_date
from lubsko_ops.core.registry import Registry

FAR_FUTURE = date(2100, 12, 31)
OWN_RECORDS = {
    Person,
    DuplicateDismissal,
    DuplicateCandidate,
    PersonMerge,
}  # about pairs of records themselves


@dataclass(frozen=True)
class MergeRule:
    """The rows of one relation to Person. All of them move to the person who stays, except where two meet.

    ``same``: fields whose equal values make a row of each person meet (none: they never do); with ``by_days`` only
    on common days. Of two rows that meet one stays, and the manager chooses which if they differ in any of
    ``differ``; with ``by_days`` the other keeps its other days. ``only``: the rows that can meet.
    ``clash``: another way in which two rows contradict each other.
    ``subject``: what the choice is about, ``text``: what the row says; ``family``: path from the row to its family.
    """

    model: type[AuditedModel]
    field: str = "person"
    same: tuple[str, ...] = ()
    differ: tuple[str, ...] = ()
    clash: Callable[..., bool] | None = None
    by_days: bool = False
    only: Q | None = None
    subject: Callable[..., str] = str
    text: Callable[..., str] = str
    family: str = "family"

    def rows(self, person: Person) -> QuerySet:
        return self.model._base_manager.filter(**{self.field: person}).order_by("pk")

    def meeting(self, first: Person, second: Person) -> Iterator[tuple]:
        """Pairs of rows, one of each person, of which only one can stay."""
        if not self.same:
            return
        values = attrgetter(*(self.model._meta.get_field(name).attname for name in self.same))
        read = (self.field, self.family.removesuffix("_id").replace(".", "__")) if self.differ else ()
        first_rows, others = (
            list(self.rows(person).filter(self.only or Q()).select_related(*read))
            for person in (first, second)
        )
        for row in first_rows:
            for other in others:
                if values(row) == values(other) and (
                    not self.by_days or days(row).intersection(other.starts_on, days(other).end)
                ):
                    yield row, other

    def contradict(self, row, other) -> bool:
        if any(getattr(row, name) != getattr(other, name) for name in self.differ):
            return True
        return self.clash is not None and self.clash(row, other)

    def key(self, row, other) -> str:
        """The name of the choice, whichever person stays."""
        return "_".join(["wpis", self.model._meta.model_name, *map(str, sorted((row.pk, other.pk)))])


# By relation to Person; each app registers its own. A relation without a rule: nobody may be merged.
MERGE_RULES: Registry[MergeRule] = Registry("merge rules", key=lambda rule: (rule.model, rule.field))


@dataclass(frozen=True)
class Contradiction:
    """One choice of the manager: ``options`` are the id of a row (or of a person) and what it says."""

    key: str
    subject: str
    options: list[tuple[str, str]]


def days(row) -> Period:
    return Period(row.starts_on, row.ends_on or FAR_FUTURE)


def relations_without_rule() -> list[ForeignKey]:
    """Relations to Person that a merge would leave behind."""
    relations = [
        relation.field
        for relation in Person._meta.get_fields(include_hidden=True)
        if relation.auto_created and not relation.concrete
        if not hasattr(relation.related_model, "instance_type")  # a table of history
        if relation.related_model not in OWN_RECORDS
    ]
    return [each for each in relations if (each.model, each.name) not in MERGE_RULES]


def check_relations() -> None:
    if missing := relations_without_rule():
        names = ", ".join(f"{each.model._meta.label}.{each.name}" for each in missing)
        raise ImproperlyConfigured(f"Register in MERGE_RULES what a merge does with: {names}")


def find_contradictions(person_a: Person, person_b: Person) -> list[Contradiction]:
    """All choices the manager has to make before the two can be merged, whichever record stays."""
    check_relations()
    contradictions = [
        Contradiction(
            identity_key(name),
            label,
            [(str(person_a.pk), f"Wpis pierwszy: {first}"), (str(person_b.pk), f"Wpis drugi: {second}")],
        )
        for name, label, first, second in identity_differences(person_a, person_b)
    ]
    for rule in MERGE_RULES:
        for row, other in rule.meeting(person_a, person_b):
            if rule.contradict(row, other):
                if family := attrgetter(rule.family)(row):  # none where the row is of somebody from outside
                    note_shown([family])
                options = [
                    (str(row.pk), f"Wpis pierwszy: {rule.text(row)}"),
                    (str(other.pk), f"Wpis drugi: {rule.text(other)}"),
                ]
                contradictions.append(Contradiction(rule.key(row, other), rule.subject(row), options))
    return contradictions


def identity_key(name: str) -> str:
    return f"dane_{name}"


def identity_differences(person_a: Person, person_b: Person) -> Iterator[tuple[str, str, str, str]]:
    """Data known of both and different: field, label and both values. Names are no matter: both spellings stay."""
    first, second = person_a.birth, person_b.birth
    if first and second and not first.includes(second) and not second.includes(first):
        yield "born_on", "Data urodzenia", str(first), str(second)
    shown = {
        "died_on": ("Data śmierci", lambda person: short_date(person.died_on)),
        "sex": ("Płeć", Person.get_sex_display),
        "other_document": ("Dokument", lambda person: mask_document(person.other_document)),
    }
    if not person_a.pesel_key and not person_b.pesel_key:
        shown["pesel_missing"] = ("Dlaczego nie ma numeru PESEL", Person.get_pesel_missing_display)
    for name, (label, text) in shown.items():
        values = getattr(person_a, name), getattr(person_b, name)
        if all(values) and values[0] != values[1]:
            yield name, label, text(person_a), text(person_b)


def own_addresses(row: Membership) -> list[str]:
    return [
        f"adres {address.get_kind_display()}: {address}"
        for address in row.addresses.order_by("starts_on", "pk")
    ]


def have_other_addresses(row: Membership, other: Membership) -> bool:
    """Whether both have addresses of their own and these differ; those of one of them alone just move."""
    first, second = own_addresses(row), own_addresses(other)
    return bool(first and second) and first != second


def membership_text(row: Membership) -> str:
    parts = (row.kinship_label, row.get_stay_display(), *own_addresses(row), row.validity)
    return ", ".join(parts)


def register() -> None:
    """The rules of this app."""
    from families.people.models import Address, Phone

    MERGE_RULES.register(
        MergeRule(
            Membership,
            same=("family",),
            differ=("kinship", "stay"),
            clash=have_other_addresses,
            by_days=True,
            subject=lambda row: f"Kim jest i gdzie mieszka: rodzina {row.family}",
            text=membership_text,
            family="family_id",
        )
    )
    MERGE_RULES.register(MergeRule(Phone))
    MERGE_RULES.register(MergeRule(Address, field="withheld_from"))
