"""The state of a story while the centre is being relived: who is who, on which day, by whom."""

from dataclasses import asdict
from datetime import date

from devtools.demo.centre import TOWN, VILLAGES
from devtools.demo.families.notation import Case, Place, Somebody, make_pesel
from families.caseload.models import WorkPeriod
from families.people.actions import PersonData, add_member, add_phone
from families.people.address_actions import set_address
from families.people.models import Family, Membership, Person
from lubsko_ops.accounts.models import Region, User

SOCIAL_WORKER_OF = {TOWN: "tomasz", VILLAGES: "zofia"}


class Centre:
    """The centre being relived: its staff, regions, and the stories by the key of the family."""

    def __init__(self, day: date):
        self.day = day
        self.staff = {user.username: user for user in User.objects.all()}
        self.regions = {region.name: region for region in Region.objects.all()}
        self.stories: dict[str, Story] = {}


class Story:
    """One family while its story is told. ``on`` and ``by``: the day and the author of the present step."""

    def __init__(self, case: Case, centre: Centre):
        self.case, self.centre = case, centre
        self.region = case.place.region
        self.on: date = centre.day
        self.by: User | None = None
        self.family: Family | None = None
        self.period: WorkPeriod | None = None
        self.people: dict[str, Person] = {}
        self.memberships: dict[str, Membership] = {}

    @property
    def social_worker(self) -> User:
        """The one of the region in which the family lives at this point of the story."""
        return self.centre.staff[SOCIAL_WORKER_OF[self.region]]

    def author(self, name: str) -> User:
        """ "region" stands for the social worker of the family's region."""
        return self.social_worker if name == "region" else self.centre.staff[name]

    def write_address(self, place: Place, **owner) -> None:
        """Write down an address of the family or of one member from this day."""
        parts = asdict(place) | {"region": self.centre.regions.get(place.region)}
        withheld = self.people.get(parts.pop("withheld_from"))
        set_address(**owner, **parts, withheld_from=withheld, since=self.on, by=self.by)

    def born_on(self, somebody: Somebody) -> date:
        if somebody.origin:
            return self.centre.stories[somebody.origin].people[somebody.first_name].born_on
        return somebody.born_on(self.centre.day, self.case.key)

    def _identity(self, somebody: Somebody) -> PersonData:
        if somebody.known_in:
            known = self.centre.stories[somebody.known_in].people[somebody.first_name]
            return PersonData(existing=known)
        born_on = self.born_on(somebody)
        last_name = somebody.last_name(self.case.surname)
        pesel = "" if somebody.no_pesel else make_pesel(born_on, somebody.sex, somebody.name)
        if somebody.entered_anew_from:
            pesel = self.centre.stories[somebody.entered_anew_from].people[somebody.first_name].pesel
        return PersonData(
            first_name=somebody.first_name,
            last_name=last_name,
            sex=somebody.sex,
            born_on=born_on,
            pesel=pesel,
            pesel_missing=somebody.no_pesel,
            other_document=somebody.document,
            other_spellings=list(somebody.spellings),
        )

    def admit(self, somebody: Somebody, *, since: date) -> None:
        """Write a member down, with the address and the phone that are his or her own."""
        member = add_member(
            family=self.family,
            data=self._identity(somebody),
            kinship=somebody.kinship,
            stay=somebody.stay,
            starts_on=since,
            by=self.by,
        )
        self.people[somebody.first_name] = member.person
        self.memberships[somebody.first_name] = member
        if somebody.lives:
            self.write_address(somebody.lives, membership=member)
        if somebody.phone:
            add_phone(
                family=self.family, person=member.person, number=somebody.phone, since=self.on, by=self.by
            )
