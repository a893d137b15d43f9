"""Gospodarstwo na dzień: who belonged to a family on a day, who lived where, who had left."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from families.choices import CARERS, CHILDREN, PARENTS, AddressKind, LivingArrangement
from families.people.identity import age_text, mask_pesel
from families.people.models import Address, Family, FamilyCategory, FamilyProblem, Membership, Person, Phone
from families.permissions import visible_to
from families.sensitive_facts import SENSITIVE_CATEGORIES, SENSITIVE_PROBLEMS, hidden_values
from lubsko_ops.core.collation import sort_key
from lubsko_ops.core.dates import age_on
from lubsko_ops.core.polish import short_date
from lubsko_ops.core.search_keys import fold

ADULT_AGE = 18


@dataclass
class HouseholdMember:
    """One person of the family on a day, with everything her card shows."""

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
        """ "syn", "babcia": the word for this person."""
        return self.membership.kin

    @property
    def age(self) -> str:
        """ "38 lat", "poniżej roku"; empty when the birth is not known."""
        return age_text(self.person.born_on, self.on)

    @property
    def is_minor_parent(self) -> bool:
        born = self.person.born_on
        return self.membership.kinship in PARENTS and bool(born) and age_on(born, self.on) < ADULT_AGE

    @property
    def until(self) -> str:
        """The last day in the family, when it is already known."""
        return f"do {short_date(self.membership.ends_on)}" if self.membership.ends_on else ""

    @property
    def pesel(self) -> str:
        return mask_pesel(self.person.pesel)

    @cached_property
    def residence(self) -> Address | None:
        """Where the person lives apart from the family, also on some days only."""
        if self.membership.stay == LivingArrangement.HERE:
            return None
        return next((row for row in self.addresses if row.kind == AddressKind.RESIDENCE), None)

    @property
    def formal_addresses(self) -> list[Address]:
        """Addresses of registration and for letters."""
        return [row for row in self.addresses if row.kind != AddressKind.RESIDENCE]

    @property
    def order(self) -> tuple:
        """Parents, those who bring the children up with them, children from the eldest, then the others."""
        kinship = self.membership.kinship
        rank = 0 if kinship in PARENTS else 1 if kinship in CARERS else 2 if kinship in CHILDREN else 3
        return rank, self.person.born_on or date.max, sort_key(str(self.person))


@dataclass
class OtherHome:
    """One address and who lives at it; ``visiting`` live here and with the family in turn."""

    address: Address | None
    members: list[HouseholdMember] = field(default_factory=list)
    visiting: list[HouseholdMember] = field(default_factory=list)


@dataclass(frozen=True)
class FormerMember:
    """Somebody who belonged to the family before the day."""

    membership: Membership  # the last one
    since: date

    @property
    def person(self) -> Person:
        return self.membership.person

    @property
    def kinship(self) -> str:
        return self.membership.kin

    @property
    def last_day(self) -> date | None:
        """The day of leaving or of death, whichever came first."""
        days = [day for day in (self.membership.ends_on, self.person.died_on) if day]
        return min(days) if days else None


@dataclass(frozen=True)
class Household:
    """A family on a day. ``addresses`` of the family are of all times, newest first, as are its phones."""

    on: date
    members: list[HouseholdMember]
    left: list[FormerMember]
    addresses: list[Address]
    all_phones: list[Phone]
    category: FamilyCategory | None
    problems: list[FamilyProblem]
    memberships: list[Membership]

    @property
    def begins(self) -> date | None:
        """The first day anything is known of; before it the file says nothing about who there was."""
        rows = [*self.memberships, *self.addresses]
        return min((row.starts_on for row in rows), default=None)

    @property
    def is_before(self) -> bool:
        """The day comes before the file."""
        return self.begins is not None and self.on < self.begins

    @property
    def open_addresses(self) -> list[Address]:
        return [row for row in self.addresses if row.is_active_on(self.on)]

    @property
    def earlier_addresses(self) -> list[Address]:
        return [row for row in self.addresses if row.ends_on and row.ends_on < self.on]

    @property
    def residence(self) -> Address | None:
        return next((row for row in self.open_addresses if row.kind == AddressKind.RESIDENCE), None)

    @property
    def here(self) -> list[HouseholdMember]:
        """Who lives at the family's address, also in turn with another home."""
        return [member for member in self.members if member.membership.stay != LivingArrangement.ELSEWHERE]

    @cached_property
    def other_homes(self) -> list[OtherHome]:
        """Homes of those who live elsewhere or in turn, each address once; the unknown address comes last."""
        homes: dict[str, OtherHome] = {}
        for member in self.members:
            if member.membership.stay == LivingArrangement.HERE:
                continue
            in_turn = member.membership.stay == LivingArrangement.ALTERNATE
            if in_turn and member.residence is None:
                continue
            key = fold(member.residence.line) if member.residence else ""
            home = homes.setdefault(key, OtherHome(member.residence))
            (home.visiting if in_turn else home.members).append(member)
        return sorted(homes.values(), key=lambda home: home.address is None)

    @property
    def phones(self) -> list[Phone]:
        return [row for row in self.all_phones if row.is_active_on(self.on)]

    @property
    def earlier_phones(self) -> list[Phone]:
        return [row for row in self.all_phones if row.ends_on and row.ends_on < self.on]

    @property
    def other_families(self) -> set[int]:
        """Ids of other families whose names the page shows."""
        return {family.pk for member in self.members for family in member.other_families}


def get_household(family: Family, *, user, on: date) -> Household:
    """The family on the day as this person may see it: seven statements, whatever its size."""
    rows = list(family.memberships.select_related("person").order_by("starts_on", "pk"))
    present = [row for row in rows if row.is_active_on(on) and not _is_dead(row.person, on)]
    addresses = list(addresses_of(family))
    phones = list(family.phones.select_related("person").order_by("-starts_on", "-pk"))
    elsewhere = _other_families(family, present, user, on)
    members = [
        HouseholdMember(
            membership=row,
            on=on,
            addresses=[each for each in addresses if each.membership_id == row.pk and each.is_active_on(on)],
            phones=[each for each in phones if each.person_id == row.person_id and each.is_active_on(on)],
            other_families=elsewhere.get(row.person_id, []),
        )
        for row in present
    ]
    return Household(
        on=on,
        members=sorted(members, key=lambda member: member.order),
        left=_former_members(rows, present, on),
        addresses=[row for row in addresses if row.family_id],
        all_phones=phones,
        category=_visible_rows(FamilyCategory, "category", SENSITIVE_CATEGORIES, family, user, on).first(),
        problems=list(_visible_rows(FamilyProblem, "problem", SENSITIVE_PROBLEMS, family, user, on)),
        memberships=rows,
    )


def _is_dead(person: Person, on: date) -> bool:
    return person.died_on is not None and person.died_on < on


def addresses_of(family: Family):
    """Addresses of the family and of its members' own, of all times, newest first."""
    # Asked apart, each finds its index; in one OR they would read the addresses of everybody.
    own, of_members = Address.objects.filter(family=family), Address.objects.filter(membership__family=family)
    rows = Address.objects.filter(pk__in=own.values("pk").union(of_members.values("pk")))
    return rows.select_related("region", "withheld_from", "membership").order_by("-starts_on", "-pk")


def other_members_addresses(family: Family, *, besides: Membership, on: date):
    """Addresses of their own that other members have on the day: people often live together elsewhere, too."""
    rows = Address.objects.active_on(on).filter(membership__family=family).exclude(membership=besides)
    return rows.select_related("membership__person").order_by("membership__person__first_name", "pk")


def shared_addresses(address: Address) -> list[Address]:
    """Addresses of other members who live at the same place at the same time; one home is often several rows."""
    if address.membership_id is None:
        return []
    rows = Address.objects.filter(membership__family=address.membership.family_id, kind=address.kind)
    rows = rows.exclude(pk=address.pk).active_on_or_after(address.starts_on)
    if address.ends_on:
        rows = rows.filter(starts_on__lte=address.ends_on)
    rows = rows.select_related("membership__person").order_by("membership__person__first_name", "pk")
    return [row for row in rows if fold(row.line) == fold(address.line)]


def _other_families(family: Family, present: list[Membership], user, on: date) -> dict[int, list[Family]]:
    """Other families of the same people on the day, as far as the user reaches."""
    rows = (
        Membership.objects.active_on(on)
        .filter(person__in=[row.person_id for row in present], family__in=visible_to(user, on=on))
        .exclude(family=family)
        .select_related("family")
        .order_by("family__name")
    )
    found: dict[int, list[Family]] = {}
    for row in rows:
        found.setdefault(row.person_id, []).append(row.family)
    return found


def _former_members(rows: list[Membership], present: list[Membership], on: date) -> list[FormerMember]:
    """Who belonged before the day and does not on it, newest leaving first."""
    here = {row.person_id for row in present}
    first, last = {}, {}
    for row in rows:
        if row.person_id not in here and row.starts_on <= on:
            first.setdefault(row.person_id, row.starts_on)
            last[row.person_id] = row
    gone = [FormerMember(row, first[row.person_id]) for row in last.values()]
    return sorted(gone, key=lambda left: left.membership.ends_on or on, reverse=True)


def _visible_rows(model, name: str, table: dict, family: Family, user, on: date):
    """Rows of the family on the day without those of a narrower circle than this person's."""
    rows = (
        model.objects.active_on(on)
        .filter(family=family)
        .exclude(**{f"{name}__in": hidden_values(user, table)})
    )
    return rows.order_by("starts_on", "pk")
