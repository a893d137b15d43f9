"""The index of the participants of an edition: all of them without names, to count, sort and page."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Exists, OuterRef, Q

from families.people.birth import Birth
from families.people.definitions import is_adult
from families.people.models import Membership
from lubsko_ops.accounts.models import User
from projects.choices import ConsentKind, ParticipationStatus, Takes
from projects.models import (
    ENDED,
    HOLDING_PLACE,
    Edition,
    GroupLeader,
    Participation,
    ProjectGroup,
)
from projects.participants.facts import child_by_kinship, consents_on
from projects.participants.rules import missing_papers
from projects.queries import NEEDS_PAPERS
from projects.scope import reads_all_groups, visible_groups, visible_participations

PAGE_SIZE = 100
Status = ParticipationStatus
ALL, TAKING, REPORTED, RESERVE, OVER, GAPS = (
    *("wszyscy", "uczestnicza", "zgloszeni"),
    *("rezerwa", "zakonczyli", "braki"),
)
VIEW_STATUSES = {
    ALL: frozenset(Status),
    TAKING: frozenset(NEEDS_PAPERS),
    REPORTED: frozenset({Status.REPORTED}),
    RESERVE: frozenset({Status.RESERVE}),
    OVER: frozenset(ENDED),
}


@dataclass(frozen=True)
class Entry:
    """One participation of the edition, without names: enough to count, sort and page all of them."""

    pk: int
    group: int | None
    status: str
    reported_on: date
    offered_on: date | None
    person: int | None
    child: int | None
    family: int | None
    birth: Birth | None
    is_child_by_kinship: bool
    family_signed: bool
    is_visible: bool

    @property
    def holds_place(self) -> bool:
        return self.status in HOLDING_PLACE or self.offered_on is not None

    @property
    def waits(self) -> bool:
        """On the reserve list, and nothing was offered yet."""
        return self.status == Status.RESERVE and self.offered_on is None

    @property
    def who(self) -> int:
        """The person, or the family with a minus: who takes part in several groups takes one place of the project."""
        return self.person or -(self.family or 0)

    def is_child(self, on: date) -> bool:
        """Whether the person is a child on the day; of an unknown date of birth, whether in some family."""
        return not is_adult(self.birth, "", on=on) if self.birth else self.is_child_by_kinship

    def part(self) -> int:
        """Where it stands in its group: those who take part or did, then the reserve list, then those who left."""
        order = {Status.RESERVE: 1, Status.BROKEN_OFF: 2, Status.REJECTED: 2}
        return order.get(Status(self.status), 0)


def load_entries(edition: Edition, user: User, *, on: date) -> list[Entry]:
    """All participations of the edition by surname, whole families by their name. One statement."""
    members = Membership.objects.filter(family=OuterRef(OuterRef("family"))).values("person")
    signed = consents_on(on).filter(edition=edition, kind=ConsentKind.DECLARATION, person__in=members)
    visible = visible_participations(user, on=on).filter(edition=edition).values("pk")
    rows = Participation.objects.filter(edition=edition).annotate(
        by_kinship=child_by_kinship(on),
        signed=Q(person=None) & Q(Exists(signed)),
        visible=Q(pk__in=visible),
    )
    values = rows.order_by("person__last_name", "person__first_name", "family__name", "pk").values_list(
        *("pk", "group", "status", "reported_on", "offered_on", "person", "child", "family"),
        *("person__born_on", "person__birth_precision", "by_kinship", "signed", "visible"),
    )
    return [
        Entry(*row[:8], Birth(row[8], row[9]) if row[8] else None, *(bool(each) for each in row[10:]))
        for row in values
    ]


@dataclass
class ParticipantIndex:
    """Everybody in the edition on a day, for a user: counts of everybody, rows of those the user may see."""

    edition: Edition
    user: User
    on: date
    group: int | None = None  # of this group only

    @cached_property
    def groups(self) -> list[ProjectGroup]:
        """Groups people are enrolled to that the user may see, from the first one. One statement.

        ``is_led``: by the user today.
        """
        leading = GroupLeader.objects.active_on(self.on).filter(user=self.user, group=OuterRef("pk"))
        groups = visible_groups(self.user).filter(edition=self.edition).exclude(takes=Takes.NOBODY)
        return list(groups.annotate(is_led=Exists(leading)).order_by("starts_on", "pk"))

    @cached_property
    def reads_all(self) -> bool:
        return reads_all_groups(self.edition, self.user)

    def is_listed(self, group: int | None) -> bool:
        """Whether the list has the people of the group (id; None: of no group): of the chosen one, else of all."""
        if self.group is not None:
            return group == self.group
        return self.reads_all or any(each.pk == group for each in self.groups)

    @cached_property
    def all_entries(self) -> list[Entry]:
        return load_entries(self.edition, self.user, on=self.on)

    @cached_property
    def entries(self) -> list[Entry]:
        """Those of the chosen group, or all: group by group, the reserve list by its order, others by surname."""
        position = {group.pk: number for number, group in enumerate(self.groups)}
        by_name = {entry.pk: number for number, entry in enumerate(self.all_entries)}

        def order(entry: Entry) -> tuple:
            queue = (entry.reported_on, entry.pk) if entry.part() == 1 else (date.min, by_name[entry.pk])
            return (position.get(entry.group or 0, len(position)), entry.part(), *queue)

        rows = [each for each in self.all_entries if self.is_listed(each.group)]
        return sorted(rows, key=order)

    @cached_property
    def given(self) -> dict[int, set[str]]:
        """Kinds of the declarations and consents in force, by person. One statement."""
        consents: dict[int, set[str]] = {}
        for person, kind in consents_on(self.on).filter(edition=self.edition).values_list("person", "kind"):
            consents.setdefault(person, set()).add(kind)
        return consents

    def missing(self, entry: Entry) -> list[ConsentKind]:
        """Papers that are missing now; only those who take part or are about to need them."""
        if entry.status not in NEEDS_PAPERS:
            return []
        if entry.person is None:
            return [] if entry.family_signed else [ConsentKind.DECLARATION]
        lacking = self._missing_of(entry.person, is_child=entry.is_child(self.on))
        return lacking + (self._missing_of(entry.child, is_child=True) if entry.child else [])

    def _missing_of(self, person: int, *, is_child: bool) -> list[ConsentKind]:
        return missing_papers(is_child=is_child, given=self.given.get(person, set()))

    def listed(self, view: str) -> list[Entry]:
        """The rows of the view that the user may see, in order."""
        seen = [entry for entry in self.entries if entry.is_visible]
        if view == GAPS:
            return [entry for entry in seen if self.missing(entry)]
        return [entry for entry in seen if entry.status in VIEW_STATUSES[view]]

    def hidden(self, view: str) -> int:
        """How many of the view the user may not see; nobody says of them whether papers are missing."""
        statuses = VIEW_STATUSES.get(view, frozenset())
        return sum(not entry.is_visible and entry.status in statuses for entry in self.entries)

    @cached_property
    def missing_counts(self) -> Counter[ConsentKind]:
        """How many papers of each kind are missing, of those the user may see; each person's paper once."""
        lacking = {
            (kind, entry.child if kind == ConsentKind.GUARDIAN and entry.child else entry.who)
            for entry in self.entries
            if entry.is_visible
            for kind in self.missing(entry)
        }
        return Counter(kind for kind, _ in lacking)

    # ---- places
    def taken(self, group: int | None) -> int:
        return sum(entry.holds_place for entry in self.all_entries if entry.group == group)

    @cached_property
    def holders(self) -> set[int]:
        """Who holds a place of the project, each once; as ``places.taken_in_edition``."""
        own_places = {group.pk for group in self.groups if group.capacity}
        return {
            entry.who for entry in self.all_entries if entry.holds_place and entry.group not in own_places
        }

    def free(self, group: ProjectGroup | None, who: int) -> int | None:
        """Places free for somebody: of the group, or of the project where the group declares none; None: no number."""
        if group and group.capacity:
            return max(group.capacity - self.taken(group.pk), 0)
        if self.edition.places is None or who in self.holders:
            return None
        return max(self.edition.places - len(self.holders), 0)

    def queue(self, group: int | None) -> list[Entry]:
        """The reserve list of the group in order, also of people the user may not see."""
        rows = [each for each in self.all_entries if each.group == group and each.status == Status.RESERVE]
        return sorted(rows, key=lambda entry: (entry.reported_on, entry.pk))

    @cached_property
    def numbers(self) -> dict[int, int]:
        """The place of everybody on the reserve list of their group, from 1."""
        groups = {entry.group for entry in self.all_entries}
        return {
            entry.pk: number for group in groups for number, entry in enumerate(self.queue(group), start=1)
        }

    @cached_property
    def vacancies(self) -> list[tuple[ProjectGroup | None, int, Entry]]:
        """Groups with free places and somebody who waits: the group, the places and the first in the queue."""
        result = []
        for group in (*self.groups, None):
            if not self.is_listed(group.pk if group else None):
                continue
            first = next((each for each in self.queue(group.pk if group else None) if each.waits), None)
            free = self.free(group, first.who) if first else None
            if first and free:
                result.append((group, free, first))
        return result


def page_of(
    entries: list[Entry], *, after: int | None, before: int | None
) -> tuple[list[Entry], int | None, int | None]:
    """The page of the list after or before a row, and the cursors of the next and the previous page.

    The rows stand in memory in their order, so the cursor is only looked up; an unknown one leads to the first page.
    """
    position = {entry.pk: number for number, entry in enumerate(entries)}
    start = 0
    if after in position:
        start = position[after] + 1
    elif before in position:
        start = max(position[before] - PAGE_SIZE, 0)
    page = entries[start : start + PAGE_SIZE]
    more = start + PAGE_SIZE < len(entries)
    return page, page[-1].pk if more and page else None, page[0].pk if start and page else None
