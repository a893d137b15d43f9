"""The household on a day (gospodarstwo na dzień): members, their homes, former members."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import QuerySet, Value

from families.choices import CHILDREN, PARENTS, AddressKind, LivingArrangement
from families.people.identity import age_text, mask_document, mask_pesel
from families.people.models import Address, Family, FamilyCategory, FamilyProblem, Membership, Person, Phone
from families.permissions import SENSITIVE_CATEGORIES, SENSITIVE_PROBLEMS, ScopedQuery, hidden_values
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.access_log import note_shown
from lubsko_ops.core.collation import sort_key
from lubsko_ops.core.compiled_query import CompiledQuery
from lubsko_ops.core.polish import short_date
from lubsko_ops.core.search_keys import fold


@dataclass
class HouseholdMember:
    """A member of the family on a day, with the data of their card."""

    membership: Membership
    on: date
    addresses: list[Address] = field(default_factory=list)
    phones: list[Phone] = field(default_factory=list)
    other_families: list[Family] = field(default_factory=list)

    @property
    def person(self) -> Person:
        return self.membership.person

    @property
    def kinship(self) -> str:
        """Kinship in the form for the person's sex: "syn", "babcia"."""
        return self.membership.kinship_label

    @property
    def age(self) -> str:
        """ "38 lat", "5 miesięcy"; empty when the date of birth is unknown."""
        return age_text(self.person.birth, self.on)

    @property
    def is_child(self) -> bool:
        return self.membership.is_child_on(self.on)

    @property
    def is_minor_parent(self) -> bool:
        return self.membership.kinship in PARENTS and self.is_child

    @property
    def leaving_text(self) -> str:
        """The last day in the family, when already set: "do 31.12.2026"."""
        return f"do {short_date(self.membership.ends_on)}" if self.membership.ends_on else ""

    @property
    def pesel(self) -> str:
        return mask_pesel(self.person.pesel)

    @property
    def other_document(self) -> str:
        return mask_document(self.person.other_document)

    @cached_property
    def residence(self) -> Address | None:
        """Home outside the family, permanent or alternating."""
        if self.membership.stay == LivingArrangement.HERE:
            return None
        return next((row for row in self.addresses if row.kind == AddressKind.RESIDENCE), None)

    @property
    def formal_addresses(self) -> list[Address]:
        """Registered and mailing addresses."""
        return [row for row in self.addresses if row.kind != AddressKind.RESIDENCE]

    @property
    def sort_order(self) -> tuple:
        """Parents, other carers, children from the eldest, then the others."""
        kinship = self.membership.kinship
        others = 1 if self.membership.is_guardian else 2 if kinship in CHILDREN else 3
        rank = 0 if kinship in PARENTS else others
        return rank, self.person.born_on or date.max, sort_key(str(self.person))


@dataclass
class OtherHome:
    """An address outside the family and who lives there; alternating members also live with the family."""

    address: Address | None
    members: list[HouseholdMember] = field(default_factory=list)
    alternating_members: list[HouseholdMember] = field(default_factory=list)


@dataclass(frozen=True)
class FormerMember:
    """A person who belonged to the family before the day."""

    membership: Membership  # the latest one
    since: date

    @property
    def person(self) -> Person:
        return self.membership.person

    @property
    def kinship(self) -> str:
        return self.membership.kinship_label

    @property
    def last_day(self) -> date | None:
        """The day of leaving or of death, whichever is earlier."""
        days = [day for day in (self.membership.ends_on, self.person.died_on) if day]
        return min(days) if days else None


@dataclass(frozen=True)
class Household:
    """A family on a day. ``addresses`` and ``all_phones`` cover all dates, newest first."""

    on: date
    members: list[HouseholdMember]
    former_members: list[FormerMember]
    addresses: list[Address]
    all_phones: list[Phone]
    category: FamilyCategory | None
    problems: list[FamilyProblem]
    memberships: list[Membership]

    @property
    def first_day(self) -> date | None:
        """The first day with any data about members or addresses."""
        rows = [*self.memberships, *self.addresses]
        return min((row.starts_on for row in rows), default=None)

    @property
    def precedes_file(self) -> bool:
        """Whether the day is earlier than any data."""
        return self.first_day is not None and self.on < self.first_day

    @property
    def active_addresses(self) -> list[Address]:
        return [row for row in self.addresses if row.is_active_on(self.on)]

    @property
    def earlier_addresses(self) -> list[Address]:
        return [row for row in self.addresses if row.ends_on and row.ends_on < self.on]

    @property
    def residence(self) -> Address | None:
        return next((row for row in self.active_addresses if row.kind == AddressKind.RESIDENCE), None)

    @property
    def residents(self) -> list[HouseholdMember]:
        """Members living at the family's address, permanently or alternating with another home."""
        return [member for member in self.members if member.membership.lives_here]

    @cached_property
    def other_homes(self) -> list[OtherHome]:
        """Homes outside the family, each address once; an unknown address comes last."""
        homes: dict[str, OtherHome] = {}
        for member in self.members:
            if member.membership.stay == LivingArrangement.HERE:
                continue
            alternates = member.membership.stay == LivingArrangement.ALTERNATE
            if alternates and member.residence is None:
                continue
            key = fold(member.residence.line) if member.residence else ""
            home = homes.setdefault(key, OtherHome(member.residence))
            (home.alternating_members if alternates else home.members).append(member)
        return sorted(homes.values(), key=lambda home: home.address is None)

    @property
    def phones(self) -> list[Phone]:
        return [row for row in self.all_phones if row.is_active_on(self.on)]

    @property
    def earlier_phones(self) -> list[Phone]:
        return [row for row in self.all_phones if row.ends_on and row.ends_on < self.on]


def get_household(family: Family, *, user, on: date) -> Household:
    """Return the household as the user may see it, in five queries whatever its size."""
    rows = MEMBERSHIPS.all(family=family.pk)
    present = [row for row in rows if row.is_member_on(on)]
    addresses = ADDRESSES.all(family=family.pk)
    phones = PHONES.all(family=family.pk)
    elsewhere = _other_families(family, user, on)
    category, problems = category_and_problems(family, user=user, on=on)
    members = [
        HouseholdMember(
            membership=row,
            on=on,
            addresses=[item for item in addresses if item.membership_id == row.pk and item.is_active_on(on)],
            phones=[item for item in phones if item.person_id == row.person_id and item.is_active_on(on)],
            other_families=elsewhere.get(row.person_id, []),
        )
        for row in present
    ]
    return Household(
        on=on,
        members=sorted(members, key=lambda member: member.sort_order),
        former_members=_former_members(rows, present, on),
        addresses=[row for row in addresses if row.family_id],
        all_phones=phones,
        category=category,
        problems=problems,
        memberships=rows,
    )


def addresses_of(family: Family):
    """Addresses of the family and of its members, of all dates, newest first."""
    # A union lets each part use its index; a single OR would scan all addresses.
    own, of_members = Address.objects.filter(family=family), Address.objects.filter(membership__family=family)
    rows = Address.objects.filter(pk__in=own.values("pk").union(of_members.values("pk")))
    return rows.select_related("region", "withheld_from", "membership").order_by("-starts_on", "-pk")


MEMBERSHIPS = CompiledQuery(
    lambda family: (
        Membership.objects.filter(family=family).select_related("person").order_by("starts_on", "pk")
    ),
    family=-1,
)
PHONES = CompiledQuery(
    lambda family: Phone.objects.filter(family=family).select_related("person").order_by("-starts_on", "-pk"),
    family=-1,
)
ADDRESSES = CompiledQuery(lambda family: addresses_of(Family(pk=family)), family=-1)


def other_members_addresses(family: Family, *, exclude: Membership, on: date):
    """Own addresses of other members on the day, offered for copying: members often share a home elsewhere."""
    rows = Address.objects.active_on(on).filter(membership__family=family).exclude(membership=exclude)
    return rows.select_related("membership__person").order_by("membership__person__first_name", "pk")


def shared_addresses(address: Address) -> list[Address]:
    """Rows of other members with the same address at the same time."""
    if address.membership_id is None:
        return []
    rows = Address.objects.filter(membership__family=address.membership.family_id, kind=address.kind)
    rows = rows.exclude(pk=address.pk).active_on_or_after(address.starts_on)
    if address.ends_on:
        rows = rows.filter(starts_on__lte=address.ends_on)
    rows = rows.select_related("membership__person").order_by("membership__person__first_name", "pk")
    return [row for row in rows if fold(row.line) == fold(address.line)]


def _memberships_elsewhere(user: User, on: date, family: int) -> QuerySet[Membership]:
    members = Membership.objects.members_on(on)
    return (
        members.filter(
            person__in=members.filter(family=family).values("person"),
            family__in=Family.objects.visible_to(user, on=on),
        )
        .exclude(family=family)
        .select_related("family")
        .order_by("family__name")
    )


MEMBERSHIPS_ELSEWHERE = ScopedQuery(_memberships_elsewhere, family=-2)


def _other_families(family: Family, user: User, on: date) -> dict[int, list[Family]]:
    """Other families of the same people on the day, within the user's scope, by person id."""
    families: dict[int, list[Family]] = {}
    for row in MEMBERSHIPS_ELSEWHERE.all(user, on=on, family=family.pk):
        note_shown([row.family_id])
        families.setdefault(row.person_id, []).append(row.family)
    return families


def _former_members(rows: list[Membership], present: list[Membership], on: date) -> list[FormerMember]:
    """People who belonged before the day but not on it, latest departure first."""
    present_ids = {row.person_id for row in present}
    first, last = {}, {}
    for row in rows:
        if row.person_id not in present_ids and row.starts_on <= on:
            first.setdefault(row.person_id, row.starts_on)
            last[row.person_id] = row
    former = [FormerMember(row, first[row.person_id]) for row in last.values()]
    return sorted(former, key=lambda member: member.membership.ends_on or on, reverse=True)


def _category_and_problems(family: int, on: date) -> QuerySet:
    """Whether it is the category, first day, id, code, last day."""
    category = FamilyCategory.objects.active_on(on).filter(family=family).order_by()
    problems = FamilyProblem.objects.active_on(on).filter(family=family).order_by()
    columns = ("starts_on", "pk")
    return category.values_list(Value(True), *columns, "category", "ends_on").union(
        problems.values_list(Value(False), *columns, "problem", "ends_on"), all=True
    )


CATEGORY_AND_PROBLEMS: CompiledQuery = CompiledQuery(_category_and_problems, family=-1, on=date.min)


def category_and_problems(
    family: Family, *, user: User, on: date
) -> tuple[FamilyCategory | None, list[FamilyProblem]]:
    """The family's category and problems of the day that the user may see, the oldest first. One statement."""
    category, problems = None, []
    no_category, no_problem = (
        hidden_values(user, SENSITIVE_CATEGORIES),
        hidden_values(user, SENSITIVE_PROBLEMS),
    )
    for is_category, _, _, code, ends_on in sorted(CATEGORY_AND_PROBLEMS.rows(family=family.pk, on=on)):
        if is_category and code not in no_category:
            category = FamilyCategory(category=code, ends_on=ends_on)
        elif not is_category and code not in no_problem:
            problems.append(FamilyProblem(problem=code, ends_on=ends_on))
    return category, problems
