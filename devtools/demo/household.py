"""The people of a demo family as visits meet them, and the texts chosen for the visits."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from devtools.demo.dataset import (
    SHORT_TEXTS,
    TOPICS,
    DemoFamily,
    Episode,
    VisitPattern,
    resolve_date,
    stable_random,
)
from devtools.demo.inflection import placeholders
from devtools.demo.visit_schedule import PlannedVisit
from families.choices import CHILDREN, CounterpartType, Kinship
from families.people.models import Family, Membership, Person

CARERS = (Kinship.MOTHER, Kinship.FATHER, Kinship.GRANDPARENT)
SCHOOL_AGE, BABY_AGE = (7, 17), (0, 1)
HOME_FROM_SCHOOL = 14 * 60  # minutes of the day
NOT_REPEATED = 7  # last observations that are not used again


@dataclass
class DemoHousehold:
    """The members of a family and how far its topics have come (``progress``: episodes used of each)."""

    key: str
    members: list[Membership]
    pattern: VisitPattern
    progress: dict[str, int] = field(default_factory=dict)
    turn: int = 0
    recent: list[str] = field(default_factory=list)

    def at_home(self, day: date) -> list[Membership]:
        return [row for row in self.members if row.is_member_on(day) and row.lives_here]

    def carer(self, day: date) -> Membership:
        """Return the member the assistant mostly talks to: the mother, the father or the grandparent."""
        rows = [row for row in self.at_home(day) if row.kinship in CARERS]
        return min(rows, key=lambda row: (CARERS.index(row.kinship), row.pk))

    def children(self, day: date, ages=(0, 17)) -> list[Membership]:
        rows = [row for row in self.at_home(day) if row.kinship in CHILDREN]
        return [row for row in rows if ages[0] <= row.person.age_on(day) <= ages[1]]

    def own_children(self, day: date, ages) -> list[Membership]:
        """Children of these ages without stepchildren, whom the texts about a son or daughter do not fit."""
        return [row for row in self.children(day, ages) if row.kinship != Kinship.STEPCHILD]

    def person(self, first_name: str) -> Person:
        return next(row.person for row in self.members if row.person.first_name == first_name)

    def fill(self, text: str, day: date, child: Membership | None = None) -> str:
        """Fill the placeholders of a text in."""
        kind = (child.kinship, child.person.sex) if child else None
        name = child.person.first_name if child else ""
        return text.format_map(placeholders(self.carer(day).kinship, kind, name))

    def next_episode(self, day: date, today: date) -> tuple[Episode, Membership | None] | None:
        """Return the next episode of the next topic that fits the children of the day."""
        names = self.pattern.topics
        for turn in range(self.turn, self.turn + len(names)):
            name, _, since = names[turn % len(names)].partition("@")
            topic = TOPICS[name]
            children = self.own_children(day, topic.ages) if topic.ages else []
            if (since and day < resolve_date(today, since)) or (topic.ages and not children):
                continue
            used = self.progress.get(name, stable_random(f"{self.key} {name}", 3))
            self.turn, self.progress[name] = turn + 1, used + 1
            rounds, index = divmod(used, len(topic.episodes))
            child = children[rounds % len(children)] if children else None
            return topic.episodes[index], child
        return None

    def _fits(self, row: dict, day: date) -> bool:
        """Whether an observation fits the children of the day."""
        if ("ED" in row["areas"] or "11" in row["tasks"]) and not self.children(day, SCHOOL_AGE):
            return False
        return "zieci" not in row["text"] or len(self.children(day)) > 1

    def observations(self, visit: PlannedVisit) -> Episode:
        """Return an episode of two or three observations, sometimes with a small agreement."""
        salt, chosen = f"{self.key} {visit.number}", []
        fitting = [
            row
            for row in SHORT_TEXTS["observations"]
            if row["text"] not in self.recent and self._fits(row, visit.day)
        ]
        for number in range(2 + stable_random(salt, 2)):
            row = fitting[stable_random(f"{salt} seen {number}", len(fitting))]
            if row not in chosen:
                chosen.append(row)
        self.recent = [*self.recent, *(row["text"] for row in chosen)][-NOT_REPEATED:]
        small, opinions = SHORT_TEXTS["small_agreements"], SHORT_TEXTS["opinions"]
        agreement = small[stable_random(f"{salt} small", len(small))]
        return Episode(
            areas=list(dict.fromkeys(area for row in chosen for area in row["areas"])),
            tasks=list(dict.fromkeys(task for row in chosen for task in row["tasks"])),
            facts=" ".join(row["text"] for row in chosen),
            opinion=opinions[stable_random(f"{salt} thought", len(opinions))],
            agreed={agreement["who"]: agreement["what"]} if stable_random(f"{salt} agrees", 2) else {},
        )

    def monitoring(self, visit: PlannedVisit) -> Episode:
        """Return an episode about a family with which the work has ended."""
        episodes = TOPICS["AFTER_WORK"].episodes
        return episodes[visit.number % len(episodes)]

    def failure(self, visit: PlannedVisit, today: date) -> tuple[str, str]:
        """Return the result of a failed attempt and its reason."""
        until = self.pattern.refused_until
        refused = until and visit.day < resolve_date(today, until)
        pool = SHORT_TEXTS["refusals" if refused else "failures"]
        row = pool[stable_random(f"why {self.key} {visit.number}", len(pool))]
        return row["result"], self.fill(row["text"], visit.day)

    def present(self, visit: PlannedVisit) -> list[Person]:
        """Return who was at home: the carer, mostly small children, pupils after school, sometimes other adults."""
        day, carer = visit.day, self.carer(visit.day)
        people = [carer.person]
        for row in self.at_home(day):
            if row is carer:
                continue
            pupil = row.person.age_on(day) >= SCHOOL_AGE[0]
            seldom = row.kinship not in CHILDREN or (pupil and visit.at < HOME_FROM_SCHOOL)
            if stable_random(f"{visit.key} {visit.number} {row.pk}", 10) < (3 if seldom else 8):
                people.append(row.person)
        return people

    def contact(self, number: int, day: date) -> dict[str, str]:
        """Return channel, counterpart and subject of a contact of the day."""
        fitting = [row for row in SHORT_TEXTS["contacts"] if self._contact_fits(row, day)]
        row = fitting[stable_random(f"call {self.key} {number}", len(fitting))]
        name = SHORT_TEXTS["counterpart_names"][row["counterpart_type"]]
        return row | {"counterpart_name": name, "subject": self.fill(row["subject"], day)}

    def _contact_fits(self, row: dict[str, str], day: date) -> bool:
        if "Położna" in row["subject"]:
            return bool(self.children(day, BABY_AGE))
        if row["counterpart_type"] in (CounterpartType.SCHOOL, CounterpartType.COUNSELLING):
            return bool(self.children(day, SCHOOL_AGE))
        return "sądu" not in row["subject"]


def load_households(families: dict[str, Family], sources: dict[str, DemoFamily]) -> dict[str, DemoHousehold]:
    """Return the households of these families by key, with one statement."""
    rows = defaultdict(list)
    for row in Membership.objects.select_related("person").order_by("pk"):
        rows[row.family_id].append(row)
    return {key: DemoHousehold(key, rows[row.pk], sources[key].visits) for key, row in families.items()}
