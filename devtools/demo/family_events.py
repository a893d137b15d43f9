"""What happens to a demo family: each event calls the actions of the application, on its day, by its author."""

from collections.abc import Callable
from datetime import date, timedelta

from devtools.demo.dataset import DemoAddress, DemoFamily, DemoPerson, make_pesel, resolve_date
from devtools.demo.demo_centre import DemoCentre
from families.caseload.actions import (
    BasisData,
    add_basis,
    assign_assistant,
    assign_lead_worker,
    end_assignment,
    end_basis,
    end_work,
    hand_over,
    start_work_and_assign,
)
from families.caseload.models import LegalBasis, WorkPeriod
from families.choices import AddressKind, AssignmentKind, BasisKind, LivingArrangement
from families.people.actions import (
    add_member,
    add_phone,
    change_membership,
    correct_person,
    end_membership,
    end_phone,
    open_family,
    rename_family,
    set_category,
    set_problems,
)
from families.people.address_actions import set_address
from families.people.models import Family, Membership, Person
from lubsko_ops.accounts.models import Region, User

EVENTS: dict[str, tuple[Callable, str]] = {}  # name: function, usual author


class CentreReplay:
    """The centre while its past is replayed: staff, regions, and the families by key."""

    def __init__(self, demo: DemoCentre):
        self.demo, self.day = demo, demo.day
        self.staff = demo.staff()
        regions = {region.name: region for region in Region.objects.all()}
        self.regions = {key: regions[each["name"]] for key, each in demo.regions.items()}
        self.families: dict[str, FamilyReplay] = {}


class FamilyReplay:
    """One family while its past is replayed. ``on`` and ``by``: the day and the author of the current event."""

    def __init__(self, source: DemoFamily, centre: CentreReplay):
        self.source, self.centre = source, centre
        self.region = source.address.region_key
        self.on: date = centre.day
        self.by: User | None = None
        self.family: Family | None = None
        self.period: WorkPeriod | None = None
        self.people: dict[str, Person] = {}
        self.memberships: dict[str, Membership] = {}

    @property
    def social_worker(self) -> User:
        """The social worker of the region in which the family lives at this point."""
        return self.centre.staff[self.centre.demo.regions[self.region]["social_worker"]]

    def author(self, name: str) -> User:
        """Return the account; "region" is the social worker of the family's region, "manager" the manager."""
        if name == "manager":
            return self.centre.staff[self.centre.demo.manager]
        return self.social_worker if name == "region" else self.centre.staff[name]

    def write_address(self, address: DemoAddress, **owner) -> None:
        """Set an address of the family or of one member from this day."""
        set_address(
            **owner,
            locality=address.village or self.centre.demo.locality,
            house=address.house,
            street=address.street,
            flat=address.flat,
            region=self.centre.regions[address.region_key],
            postal_code=self.centre.demo.postal_code,
            withheld_from=self.people.get(address.withheld_from),
            since=self.on,
            by=self.by,
        )

    def born_on(self, person: DemoPerson) -> date:
        if person.origin:
            return self.centre.families[person.origin].people[person.first_name].born_on
        return person.born_on(self.centre.day, self.source.key)

    def _identity(self, person: DemoPerson) -> Person:
        earlier = self.centre.families[person.origin].people[person.first_name] if person.origin else None
        if person.same_person_in:
            return earlier
        born_on = self.born_on(person)
        pesel = "" if person.pesel_missing else make_pesel(born_on, person.sex, person.name)
        return Person(
            first_name=person.first_name,
            last_name=person.last_name(self.source.surname),
            sex=person.sex,
            born_on=born_on,
            birth_precision=person.birth_precision,
            pesel=earlier.pesel if earlier else pesel,
            pesel_missing=person.pesel_missing,
            other_document=person.document,
            other_spellings=list(person.spellings),
        )

    def add_person(self, person: DemoPerson, *, since: date) -> None:
        """Add a member, with their own address and phone."""
        member = add_member(
            family=self.family,
            person=self._identity(person),
            kinship=person.kinship,
            stay=person.living_arrangement,
            starts_on=since,
            by=self.by,
        )
        self.people[person.first_name] = member.person
        self.memberships[person.first_name] = member
        if person.address:
            self.write_address(DemoAddress(**person.address), membership=member)
        if person.phone:
            owner = {"family": self.family, "person": member.person}
            add_phone(**owner, number=person.phone, starts_on=self.on, by=self.by)

    def basis(self, text: str) -> BasisData:
        """Parse "consent Danuta", "minor_parent Wiktoria", "court III Nsm 87", "za_zyciem wniosek 3".

        A reference gets the year of the day.
        """
        kind, _, value = text.partition(" ")
        if kind in (BasisKind.CONSENT, BasisKind.MINOR_PARENT):
            return BasisData(kind=kind, starts_on=self.on, person=self.people[value], reference="")
        return BasisData(kind=kind, starts_on=self.on, person=None, reference=f"{value}/{self.on:%y}")


def event(by: str):
    """Register a function as an event under its name; ``by``: its usual author."""

    def register(function: Callable) -> Callable:
        EVENTS[function.__name__] = function, by
        return function

    return register


# ---- the file and its people -------------------------------------------------------------------------
@event(by="region")
def opened(replay: FamilyReplay, *, name: str = "") -> None:
    """The file with its people, address, category and problems; ``name``: when it was another one then."""
    source = replay.source
    replay.family = open_family(name=name or source.name, on=replay.on, by=replay.by)
    for person in source.people:
        if replay.born_on(person) <= replay.on:
            replay.add_person(person, since=replay.on)
    replay.write_address(source.address, family=replay.family)
    category(replay, category=source.category)
    problems(replay, problems=source.problems)


@event(by="region")
def born(replay: FamilyReplay, *, person: DemoPerson) -> None:
    """A child born after the file was opened belongs to the family from birth."""
    replay.add_person(person, since=replay.born_on(person))


@event(by="region")
def moved(replay: FamilyReplay, *, address: dict) -> None:
    """The family moves, possibly to another region."""
    new = DemoAddress(**address)
    replay.region = new.region_key
    replay.write_address(new, family=replay.family)


@event(by="region")
def registered_address(replay: FamilyReplay, *, address: dict) -> None:
    """The registered address, where it differs from the residence."""
    replay.write_address(DemoAddress(**address), family=replay.family, kind=AddressKind.REGISTERED)


@event(by="region")
def left_home(replay: FamilyReplay, *, member: str, address: dict | None = None) -> None:
    """A member lives elsewhere from this day."""
    before = replay.memberships[member]
    replay.memberships[member] = change_membership(
        membership=before,
        kinship=before.kinship,
        stay=LivingArrangement.ELSEWHERE,
        since=replay.on,
        version=None,
        by=replay.by,
    )
    if address:
        replay.write_address(DemoAddress(**address), membership=replay.memberships[member])


@event(by="region")
def died(replay: FamilyReplay, *, member: str, days_before: int = 0) -> None:
    """A member died, ``days_before`` the centre learned of it."""
    last_day = replay.on - timedelta(days=days_before)
    replay.people[member] = correct_person(
        person=replay.people[member], version=None, died_on=last_day, why="Zgon", by=replay.by
    )
    end_membership(membership=replay.memberships[member], on=last_day, version=None, by=replay.by)


@event(by="region")
def renamed(replay: FamilyReplay, *, member: str, last_name: str, family_name: str) -> None:
    """A new surname of a member and the new name of the file; search still matches the old surname."""
    person = replay.people[member]
    replay.people[member] = correct_person(
        person=person,
        version=None,
        last_name=last_name,
        other_spellings=[*person.other_spellings, f"{member} {person.last_name}"],
        why="Zmiana nazwiska po ślubie",
        by=replay.by,
    )
    replay.family = rename_family(family=replay.family, name=family_name, version=None, by=replay.by)


@event(by="region")
def phone_changed(replay: FamilyReplay, *, member: str, number: str, note: str = "") -> None:
    """Another number; the previous one ends the day before."""
    person = replay.people[member]
    for phone in replay.family.phones.active_on(replay.on).filter(person=person):
        end_phone(phone=phone, on=replay.on - timedelta(days=1), version=None, by=replay.by)
    add_phone(
        family=replay.family, person=person, number=number, note=note, starts_on=replay.on, by=replay.by
    )


@event(by="region")
def problems(replay: FamilyReplay, *, problems: list[str]) -> None:
    """All problems recognised from this day."""
    set_problems(family=replay.family, problems=problems, on=replay.on, by=replay.by)


@event(by="region")
def category(replay: FamilyReplay, *, category: str) -> None:
    """Another category from this day."""
    set_category(family=replay.family, category=category, on=replay.on, by=replay.by)


# ---- the work ----------------------------------------------------------------------------------------
@event(by="manager")
def lead_assigned(replay: FamilyReplay, *, social_worker: str = "region") -> None:
    """The lead social worker: the one of the region unless named."""
    worker = replay.author(social_worker)
    assign_lead_worker(family=replay.family, social_worker=worker, since=replay.on, by=replay.by)


@event(by="manager")
def work_started(replay: FamilyReplay, *, assistant: str, bases: list[str]) -> None:
    """Work begins, with its case number, bases and assistant. A file without a lead social worker gets one."""
    if not replay.family.leads.active_on(replay.on).exists():
        lead_assigned(replay)
    replay.period = start_work_and_assign(
        family=replay.family,
        assistant=replay.author(assistant),
        starts_on=replay.on,
        bases=[replay.basis(text) for text in bases],
        by=replay.by,
    ).period


@event(by="manager")
def handed_over(replay: FamilyReplay, *, assistant: str, accompanied_until: str = "") -> None:
    """Another leading assistant; the previous one may accompany them for some time."""
    until = resolve_date(replay.centre.day, accompanied_until) if accompanied_until else None
    hand_over(
        period=replay.period,
        assistant=replay.author(assistant),
        starts_on=replay.on,
        accompany_until=until,
        by=replay.by,
    )


@event(by="manager")
def stand_in(replay: FamilyReplay, *, assistant: str, until: str) -> None:
    """An assistant stands in from this day."""
    assign_assistant(
        period=replay.period,
        assistant=replay.author(assistant),
        kind=AssignmentKind.STAND_IN,
        starts_on=replay.on,
        ends_on=resolve_date(replay.centre.day, until),
        by=replay.by,
    )


@event(by="manager")
def released(replay: FamilyReplay) -> None:
    """The last day of the leading assistant; nobody has taken the family over yet."""
    leading = replay.period.assignments.active_on(replay.on).get(kind=AssignmentKind.LEADING)
    end_assignment(assignment=leading, on=replay.on, version=None, by=replay.by)


@event(by="region")
def basis_added(replay: FamilyReplay, *, basis: str) -> None:
    """One more legal basis of the work in progress."""
    add_basis(period=replay.period, data=replay.basis(basis), by=replay.by)


@event(by="region")
def basis_ended(replay: FamilyReplay, *, kind: str, reason: str) -> None:
    """A basis of this kind ends: consent withdrawn, order lifted."""
    basis = LegalBasis.objects.active_on(replay.on).get(period=replay.period, kind=kind)
    end_basis(basis=basis, on=replay.on, why=reason, version=None, by=replay.by)


@event(by="manager")
def work_ended(replay: FamilyReplay, *, reason: str) -> None:
    """The work with the family ends."""
    end_work(period=replay.period, on=replay.on, reason=reason, by=replay.by)


@event(by="manager")
def monitoring(replay: FamilyReplay, *, assistant: str) -> None:
    """After the end of the work an assistant monitors the family."""
    assign_assistant(
        period=replay.period,
        assistant=replay.author(assistant),
        kind=AssignmentKind.MONITORING,
        starts_on=replay.on,
        by=replay.by,
    )
