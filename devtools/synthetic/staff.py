"""The staff of a large centre: the seven of the small one, and the others with those who were here before them."""

from datetime import date, time

from devtools.demo import centre
from devtools.synthetic import names
from devtools.synthetic.centre import Big, Region, Span
from devtools.synthetic.names import words
from lubsko_ops.accounts.actions import grant_region, grant_role, sign_contract
from lubsko_ops.accounts.models import Region as RegionRow
from lubsko_ops.accounts.models import RegionGrant, RoleGrant, User
from lubsko_ops.core import clock
from lubsko_ops.core.dates import ONE_DAY
from lubsko_ops.core.permissions import Role
from lubsko_ops.core.search_keys import fold
from lubsko_ops.core.temporal import day_before

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
CHANGED_HANDS = 0.4  # posts that had somebody else before


def hire(big: Big) -> int:
    """The ground floor of the demo around the day, then everybody else; returns the number of accounts."""
    centre.load(big.day)
    hiring = Hiring(big)
    big.manager = hiring.known["maria"].pk
    big.regions = hiring.regions()
    big.posts = hiring.posts()
    return User.objects.count()


class Hiring:
    """Makes accounts with the password of the demo; roles, regions and contracts go through their deeds."""

    def __init__(self, big: Big):
        self.big, self.dice = big, big.random("staff")
        self.known = {user.username: user for user in User.objects.all()}
        self.jan = self.known["jan"]
        self.taken = set(self.known)

    def account(self, role: Role, since: date, until: date | None) -> User:
        """A new account with its role. Its password is that of the demo, hashed once: each anew would take minutes."""
        woman = self.dice.random() < 0.9
        first = self.dice.choice(names.WOMEN if woman else names.MEN)
        last = names.surname(self.dice)
        last = names.feminine(last) if woman else last
        username = name = f"{fold(first)}.{fold(last)}"
        while username in self.taken:
            username = f"{name}{self.dice.randrange(2, 1000)}"
        self.taken.add(username)
        user = User(username=username, first_name=first, last_name=last, password=self.jan.password)
        user.date_joined, user.is_active = clock.to_instant(since, time(8)), until is None
        user.save()
        with clock.freeze_time(since):
            grant_role(user=user, role=role, starts_on=since, ends_on=until, by=self.jan)
            if role == Role.ASSISTANT:
                sign_contract(user=user, starts_on=since, ends_on=until, by=self.jan)
        return user

    def posts(self) -> list[list[Span]]:
        """For each post of an assistant who has held it since the beginning; first those of the demo."""
        grants = RoleGrant.objects.filter(role=Role.ASSISTANT).order_by("pk")
        held = [Span(grant.user_id, grant.starts_on, None) for grant in grants][: self.big.size.assistants]
        posts = [[*self.before(Role.ASSISTANT, span.since), span] for span in held]
        while len(posts) < self.big.size.assistants:
            since = self.big.start
            if self.dice.random() < CHANGED_HANDS:
                since += ONE_DAY * self.dice.randrange((self.big.day - since).days * 9 // 10)
            now = Span(self.account(Role.ASSISTANT, since, None).pk, since, None)
            posts.append([*self.before(Role.ASSISTANT, since), now])
        return posts

    def before(self, role: Role, since: date) -> list[Span]:
        """Who was here until the day before; nobody when the years told begin with the present one."""
        if since <= self.big.start:
            return []
        until = day_before(since)
        return [Span(self.account(role, self.big.start, until).pk, self.big.start, until)]

    def regions(self) -> list[Region]:
        """The two regions of the demo with their social workers, and one more for each of the others."""
        regions = []
        for row in RegionRow.objects.order_by("pk"):
            grants = RegionGrant.objects.filter(region=row).order_by("starts_on")
            spans = [Span(grant.user_id, grant.starts_on, grant.ends_on) for grant in grants]
            spans = [*self.before(Role.SOCIAL_WORKER, spans[0].since), *spans]
            regions.append(Region(row.pk, row.name, spans))
        for place in range(self.big.size.social_workers - len(regions)):
            row = RegionRow(name=f"Rejon {ROMAN[place]}, {ESTATES[place]}")
            row.save()
            since = self.big.start
            user = self.account(Role.SOCIAL_WORKER, since, None)
            with clock.freeze_time(since):
                grant_region(user=user, region=row, starts_on=since, by=self.jan)
            regions.append(Region(row.pk, row.name, [Span(user.pk, since, None)]))
        return regions
