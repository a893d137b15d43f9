"""The staff of a large centre: that of the demo, further users, and their predecessors."""

from datetime import date, time

from devtools.demo import centre as demo_centre
from devtools.demo import employees as demo_employees
from devtools.demo.demo_centre import DemoCentre
from devtools.synthetic import names
from devtools.synthetic.centre import SyntheticCentre, SyntheticRegion, Tenure
from devtools.synthetic.names import words
from families.employees import rules
from families.employees.actions import confirm_file
from lubsko_ops.accounts.actions import grant_region, grant_role, sign_contract
from lubsko_ops.accounts.models import Region, RegionGrant, RoleGrant, User
from lubsko_ops.audit.history import save_with_history
from lubsko_ops.centre.dictionaries.actions import add_entry
from lubsko_ops.core import clock
from lubsko_ops.core.dates import ONE_DAY
from lubsko_ops.core.permissions import Role
from lubsko_ops.core.polish import count_of
from lubsko_ops.core.search_keys import fold
from lubsko_ops.core.temporal import day_before

PROGRESS_MESSAGE = "Zakładam konta, role, rejony i umowy dużego ośrodka"
ESTATES = words(
    """
    Północ Południe Zatorze Podzamcze Nadrzecze Łąkowe Słoneczne Leśne Przylesie Zawale Kolejowe Młyńskie
    Zarzecze Winnica Ogrody Polne Kamienne Sadowe Górne Dolne
    """
)
ROMAN = words(
    """
    III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI XXII
    """
)
WITH_PREDECESSOR = 0.4  # of the posts


def load(centre: SyntheticCentre) -> str:
    """Create all users and set ``manager``, ``regions`` and ``posts``; returns a summary for the terminal."""
    demo = DemoCentre("lubsko", centre.day)
    demo_centre.load(demo)
    demo_employees.load(demo)
    writer = StaffWriter(centre)
    centre.manager = User.objects.get(username="maria").pk
    centre.regions = writer.regions()
    centre.posts = writer.posts()
    for grants in (RoleGrant, RegionGrant):
        grants.objects.update(awaits_acknowledgement=False)  # the manager has read of all of them
    return count_of(User.objects.count(), "konto,konta,kont")


def confirm_from_papers(user: User, *, on: date, by: User) -> None:
    """Confirm every point of the assistant's file on the day, without documents in the application."""
    codes = [each.code for each in rules.requirements_on(on)]
    with clock.freeze_time(on):
        confirm_file(
            user=user, confirmed_on=on, points=codes, notes=dict.fromkeys(codes, "akta osobowe"), by=by
        )


class StaffWriter:
    """Creates users with the password of the demo; roles, regions and contracts go through their actions."""

    def __init__(self, centre: SyntheticCentre):
        self.centre, self.rng = centre, centre.random("staff")
        self.administrator = User.objects.get(username="jan")
        self.taken = set(User.objects.values_list("username", flat=True))

    def account(self, role: Role, since: date, until: date | None) -> User:
        """Create a user with a role. The password hash is copied: hashing each anew would take minutes."""
        woman = self.rng.random() < 0.9
        first = self.rng.choice(names.WOMEN if woman else names.MEN)
        last = names.surname(self.rng)
        last = names.feminine(last) if woman else last
        username = name = f"{fold(first)}.{fold(last)}"
        while username in self.taken:
            username = f"{name}{self.rng.randrange(2, 1000)}"
        self.taken.add(username)
        user = User(username=username, first_name=first, last_name=last, password=self.administrator.password)
        user.date_joined, user.is_active = clock.to_instant(since, time(8)), until is None
        with clock.freeze_time(since):
            save_with_history(user, by=self.administrator, why="Nowe konto")
            grant_role(user=user, role=role, starts_on=since, ends_on=until, by=self.administrator)
            if role == Role.ASSISTANT:
                sign_contract(user=user, starts_on=since, ends_on=until, by=self.administrator)
        if role == Role.ASSISTANT and until is None:
            confirm_from_papers(user, on=max(since, rules.REGISTER_IN_FORCE), by=self.administrator)
        return user

    def posts(self) -> list[list[Tenure]]:
        """Return the holders of each post of an assistant since the beginning; first the posts of the demo."""
        grants = RoleGrant.objects.filter(role=Role.ASSISTANT).order_by("pk")
        held = [Tenure(grant.user_id, grant.starts_on, None) for grant in grants][
            : self.centre.size.assistants
        ]
        posts = [[*self.predecessor(Role.ASSISTANT, tenure.since), tenure] for tenure in held]
        while len(posts) < self.centre.size.assistants:
            since = self.centre.start
            if self.rng.random() < WITH_PREDECESSOR:
                since += ONE_DAY * self.rng.randrange((self.centre.day - since).days * 9 // 10)
            now = Tenure(self.account(Role.ASSISTANT, since, None).pk, since, None)
            posts.append([*self.predecessor(Role.ASSISTANT, since), now])
        return posts

    def predecessor(self, role: Role, since: date) -> list[Tenure]:
        """Create who held the post until the day before; nobody when it began with the generated years."""
        if since <= self.centre.start:
            return []
        until = day_before(since)
        return [Tenure(self.account(role, self.centre.start, until).pk, self.centre.start, until)]

    def regions(self) -> list[SyntheticRegion]:
        """Return the two regions of the demo with their social workers, and one more for each of the others."""
        regions = []
        for row in Region.objects.order_by("pk"):
            grants = RegionGrant.objects.filter(region=row).order_by("starts_on")
            tenures = [Tenure(grant.user_id, grant.starts_on, grant.ends_on) for grant in grants]
            tenures = [*self.predecessor(Role.SOCIAL_WORKER, tenures[0].since), *tenures]
            regions.append(SyntheticRegion(row.pk, row.name, tenures))
        for number in range(self.centre.size.social_workers - len(regions)):
            region = Region(name=f"Rejon {ROMAN[number]}, {ESTATES[number]}")
            row = add_entry(entry=region, by=self.administrator)
            since = self.centre.start
            user = self.account(Role.SOCIAL_WORKER, since, None)
            with clock.freeze_time(since):
                grant_region(user=user, region=row, starts_on=since, by=self.administrator)
            regions.append(SyntheticRegion(row.pk, row.name, [Tenure(user.pk, since, None)]))
        return regions
