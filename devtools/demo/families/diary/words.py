"""What a planned visit says: an episode of one of the family's threads, or some small things seen."""

from dataclasses import dataclass, field
from datetime import date

from devtools.demo.families.diary import talk_adults, talk_children, talk_home
from devtools.demo.families.diary.notation import Episode, Habit, Thread, words_of
from devtools.demo.families.diary.plan import Planned
from devtools.demo.families.diary.talk_short import CALLS, FAILED, REFUSED, SEEN, SMALL, THOUGHTS, WHO
from devtools.demo.families.notation import before, scatter
from families.choices import CHILDREN, CounterpartType, Kinship, LivingArrangement
from families.people.models import Membership, Person
from lubsko_ops.core.dates import age_on

THREADS: dict[str, Thread] = {
    name: value
    for module in (talk_children, talk_home, talk_adults)
    for name, value in vars(module).items()
    if isinstance(value, Thread)
}
SCHOOL_AGE, BABY_AGE = (7, 17), (0, 1)
HOME_FROM_SCHOOL = 14 * 60
REMEMBERED = 7  # small things not said again soon


@dataclass
class Household:
    """The people of a family as a visit meets them, and how far its threads have come."""

    key: str
    members: list[Membership]
    habit: Habit
    come: dict[str, int] = field(default_factory=dict)
    turn: int = 0
    lately: list[str] = field(default_factory=list)

    def there(self, day: date) -> list[Membership]:
        return [
            row
            for row in self.members
            if row.starts_on <= day
            and (row.ends_on is None or day <= row.ends_on)
            and row.stay != LivingArrangement.ELSEWHERE
            and (row.person.died_on is None or day <= row.person.died_on)
        ]

    def carer(self, day: date) -> Membership:
        """Whom the assistant mostly talks to: the mother, the father, or the grandmother who brings them up."""
        order = (Kinship.MOTHER, Kinship.FATHER, Kinship.GRANDPARENT)
        rows = [row for row in self.there(day) if row.kinship in order]
        return min(rows, key=lambda row: (order.index(row.kinship), row.pk))

    def children(self, day: date, ages=(0, 17)) -> list[Membership]:
        rows = [row for row in self.there(day) if row.kinship in CHILDREN]
        return [row for row in rows if ages[0] <= age_on(row.person.born_on, day) <= ages[1]]

    def named(self, name: str) -> Person:
        return next(row.person for row in self.members if row.person.first_name == name)

    def filled(self, text: str, day: date, child: Membership | None = None) -> str:
        kind = (child.kinship, child.person.sex) if child else None
        name = child.person.first_name if child else ""
        return text.format_map(words_of(self.carer(day).kinship, kind, name))

    def next_episode(self, day: date, today: date) -> tuple[Episode, Membership | None] | None:
        """The next episode of the next thread that fits the children of the day."""
        names = self.habit.threads.split()
        for turn in range(self.turn, self.turn + len(names)):
            name, _, since = names[turn % len(names)].partition("@")
            thread = THREADS[name]
            children = self.children(day, thread.ages) if thread.ages else []
            children = [row for row in children if row.kinship != Kinship.STEPCHILD]
            if (since and day < before(today, since)) or (thread.ages and not children):
                continue
            self.turn, come = turn + 1, self.come.get(name, scatter(f"{self.key} {name}", 3))
            self.come[name] = come + 1
            rounds, at = divmod(come, len(thread.episodes))
            child = children[rounds % len(children)] if children else None
            return thread.episodes[at], child
        return None

    def fits(self, text: str, areas: str, tasks: str, day: date) -> bool:
        """Whether a small sentence fits the children of the day."""
        if ("ED" in areas or "11" in tasks) and not self.children(day, SCHOOL_AGE):
            return False
        return "zieci" not in text or len(self.children(day)) > 1

    def small_things(self, plan: Planned) -> Episode:
        """Two or three things seen, and now and then something small agreed."""
        salt, chosen = f"{self.key} {plan.nth}", []
        fitting = [
            row for row in SEEN if row[2] not in self.lately and self.fits(row[2], row[0], row[1], plan.day)
        ]
        for nth in range(2 + scatter(salt, 2)):
            row = fitting[scatter(f"{salt} seen {nth}", len(fitting))]
            if row not in chosen:
                chosen.append(row)
        self.lately = [*self.lately, *(row[2] for row in chosen)][-REMEMBERED:]
        agreed = dict([SMALL[scatter(f"{salt} small", len(SMALL))]]) if scatter(f"{salt} agrees", 2) else {}
        return Episode(
            areas=" ".join(dict.fromkeys(" ".join(row[0] for row in chosen).split())),
            tasks=" ".join(dict.fromkeys(" ".join(row[1] for row in chosen).split())),
            facts=" ".join(row[2] for row in chosen),
            opinion=THOUGHTS[scatter(f"{salt} thought", len(THOUGHTS))],
            agreed=agreed,
        )

    def monitoring(self, plan: Planned) -> Episode:
        """A look at a family with which the work has ended."""
        episodes = THREADS["AFTER_WORK"].episodes
        return episodes[plan.nth % len(episodes)]

    def failure(self, plan: Planned, today: date) -> tuple[str, str]:
        """The result of an attempt that failed, and its reason."""
        until = self.habit.refused_until
        pool = REFUSED if until and plan.day < before(today, until) else FAILED
        result, text = pool[scatter(f"why {self.key} {plan.nth}", len(pool))]
        return result, self.filled(text, plan.day)

    def seen(self, plan: Planned) -> list[Person]:
        """Who was at home: the carer, little ones mostly, pupils after school, other adults sometimes."""
        day, carer = plan.day, self.carer(plan.day)
        present = [carer.person]
        for row in self.there(day):
            chance = scatter(f"{plan.key} {plan.nth} {row.pk}", 10)
            if row is carer:
                continue
            if row.kinship not in CHILDREN:
                likely = 3
            else:
                pupil = age_on(row.person.born_on, day) >= SCHOOL_AGE[0]
                likely = 3 if pupil and plan.at < HOME_FROM_SCHOOL else 8
            if chance < likely:
                present.append(row.person)
        return present

    def call(self, nth: int, day: date) -> tuple[str, str, str, str]:
        """Way, with whom, who, about what: a contact of the day."""
        fitting = [row for row in CALLS if self._callable(row, day)]
        way, party, about = fitting[scatter(f"call {self.key} {nth}", len(fitting))]
        return way, party, WHO[party], self.filled(about, day)

    def _callable(self, row: tuple, day: date) -> bool:
        _, party, about = row
        if "Położna" in about:
            return bool(self.children(day, BABY_AGE))
        if party in (CounterpartType.SCHOOL, CounterpartType.COUNSELLING):
            return bool(self.children(day, SCHOOL_AGE))
        return "sądu" not in about
