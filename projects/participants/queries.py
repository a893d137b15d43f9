"""Participants of an edition as their page shows them: the index of all, the rows of one page, places and the queue."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.text import Truncator

from families.choices import CHILDREN
from families.people.birth import Birth
from families.people.definitions import is_adult
from families.people.models import Family, Membership, Person
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.access_log import note_shown
from lubsko_ops.core.polish import NBSP, count_of, join_list, short_date
from projects.choices import AgeUnit, Answer, ConsentKind, ParticipationStatus, Takes
from projects.models import (
    ENDED,
    HOLDING_PLACE,
    CriterionAnswer,
    Edition,
    GroupLeader,
    ParticipantConsent,
    Participation,
    ParticipationStep,
    ProjectGroup,
    TherapyReason,
)
from projects.participants.access import may_read_therapy
from projects.participants.people import age_text, child_in
from projects.participants.rules import missing_papers
from projects.queries import places_text
from projects.scope import visible_participations

PAGE_SIZE = 100
SHORT = 60  # characters of a criterion in a cell
Status = ParticipationStatus
ALL, TAKING, REPORTED, RESERVE, OVER, GAPS = (
    *("wszyscy", "uczestnicza", "zgloszeni"),
    *("rezerwa", "zakonczyli", "braki"),
)
VIEW_STATUSES = {
    ALL: frozenset(Status),
    TAKING: frozenset({Status.QUALIFIED, Status.TAKING_PART}),
    REPORTED: frozenset({Status.REPORTED}),
    RESERVE: frozenset({Status.RESERVE}),
    OVER: frozenset(ENDED),
}
NEEDS_PAPERS = VIEW_STATUSES[TAKING]
PAPERS = {
    ConsentKind.DECLARATION: ("deklaracja", "brak deklaracji"),
    ConsentKind.GUARDIAN: ("zgoda opiekuna", "brak zgody opiekuna"),
}


# ---- the index ---------------------------------------------------------------------------------------
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
    of_person = Membership.objects.active_on(on).filter(person=OuterRef("person"), kinship__in=CHILDREN)
    members = Membership.objects.filter(family=OuterRef(OuterRef("family"))).values("person")
    signed = consents_on(edition, on).filter(kind=ConsentKind.DECLARATION, person__in=members)
    visible = visible_participations(user, on=on).filter(edition=edition).values("pk")
    rows = Participation.objects.filter(edition=edition).annotate(
        by_kinship=Q(person__born_on=None) & Q(Exists(of_person)),
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


def consents_on(edition: Edition, day: date) -> QuerySet[ParticipantConsent]:
    """Declarations and consents in force on the day."""
    rows = ParticipantConsent.objects.filter(edition=edition, given_on__lte=day)
    return rows.filter(Q(withdrawn_on=None) | Q(withdrawn_on__gt=day))


@dataclass
class ParticipantIndex:
    """Everybody in the edition on a day, for a user: counts of everybody, rows of those the user may see."""

    edition: Edition
    user: User
    on: date
    group: int | None = None  # of this group only

    @cached_property
    def groups(self) -> list[ProjectGroup]:
        """Groups people are enrolled to, from the first one; ``is_led``: by the user today. One statement."""
        leading = GroupLeader.objects.active_on(self.on).filter(user=self.user, group=OuterRef("pk"))
        groups = ProjectGroup.objects.filter(edition=self.edition).exclude(takes=Takes.NOBODY)
        return list(groups.annotate(is_led=Exists(leading)).order_by("starts_on", "pk"))

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

        rows = [each for each in self.all_entries if self.group is None or each.group == self.group]
        return sorted(rows, key=order)

    @cached_property
    def given(self) -> dict[int, set[str]]:
        """Kinds of the declarations and consents in force, by person. One statement."""
        consents: dict[int, set[str]] = {}
        for person, kind in consents_on(self.edition, self.on).values_list("person", "kind"):
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
        """Who holds a place in the project, each once however many groups there are."""
        return {entry.who for entry in self.all_entries if entry.holds_place}

    def free(self, group: ProjectGroup | None, who: int) -> int | None:
        """Places free for somebody in the group and in the project; None where neither declares a number."""
        places = []
        if group and group.capacity:
            places.append(group.capacity - self.taken(group.pk))
        if self.edition.places is not None and who not in self.holders:
            places.append(self.edition.places - len(self.holders))
        return max(min(places), 0) if places else None

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
            if self.group is not None and (group is None or group.pk != self.group):
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


# ---- rows of a page ----------------------------------------------------------------------------------
@dataclass(frozen=True)
class ParticipantRow:
    """A participation in the list."""

    participation: Participation
    entry: Entry
    missing: list[ConsentKind]
    consents: dict[int, set[str]]
    number: int | None
    start: date
    age_unit: str

    @property
    def age(self) -> str:
        row = self.participation
        return age_text(row.child or row.person, self.start, self.age_unit) if row.person else ""

    @property
    def name(self) -> str:
        """ "Kowalska Danuta", "Nowakowie"."""
        person = self.participation.person
        return f"{person.last_name} {person.first_name}" if person else str(self.participation.family)

    @property
    def is_unusual(self) -> bool:
        return self.entry.status in (Status.REPORTED, Status.BROKEN_OFF, Status.REJECTED)

    @property
    def status(self) -> str:
        """ "uczestniczy od 02.11.2026", "przerwał 27.11.2026"."""
        label = self.participation.get_status_display()
        word = " od" if self.entry.status == Status.TAKING_PART else ""
        return f"{label}{word}{NBSP}{short_date(self.participation.status_on)}"

    @property
    def offer(self) -> str:
        return f"zaproponowano {short_date(self.entry.offered_on)}" if self.entry.offered_on else ""

    @property
    def criteria(self) -> dict[str, str]:
        return criteria_status(self.participation.answers.all())

    @property
    def papers(self) -> list[dict[str, str]]:
        """What was signed and what is missing."""
        signed = [
            {"text": PAPERS[kind][0], "kind": "done"}
            for person in filter(None, (self.entry.person, self.entry.child))
            for kind in sorted(self.consents.get(person, ()))
            if kind in PAPERS
        ]
        if self.entry.family_signed:
            signed.append({"text": PAPERS[ConsentKind.DECLARATION][0], "kind": "done"})
        return [{"text": PAPERS[kind][1], "kind": "late"} for kind in self.missing] + signed

    @property
    def image(self) -> str:
        """Consents for the image: "tak", "nie", of a pair "nie, dziecko: tak"."""
        if self.entry.person is None:
            return "–"
        own, child = (
            "tak" if ConsentKind.IMAGE in self.consents.get(person or 0, ()) else "nie"
            for person in (self.entry.person, self.entry.child)
        )
        return f"{own}, dziecko: {child}" if self.entry.child else own


def criteria_status(answers: Iterable[CriterionAnswer]) -> dict[str, str]:
    """Answers to the criteria in a cell: what is not met, else what is not answered, else that all are met."""
    by_answer: dict[str, list[str]] = {}
    for each in answers:
        by_answer.setdefault(each.answer, []).append(Truncator(each.criterion.text).chars(SHORT))
    if no := by_answer.get(Answer.NO):
        return {"text": f"nie: {join_list(no)}", "kind": "soon"}
    if unknown := by_answer.get(Answer.UNKNOWN):
        return {"text": f"nie wiadomo: {join_list(unknown)}", "kind": "soon"}
    if yes := by_answer.get(Answer.YES):
        return {"text": f"spełnia {count_of(len(yes), 'kryterium,kryteria,kryteriów')}", "kind": "done"}
    return {"text": "–", "kind": "quiet"}


def load_rows(index: ParticipantIndex, entries: Iterable[Entry]) -> dict[int, ParticipantRow]:
    """These participations, which the user may see, by id, and noted as shown. Two statements."""
    entries = {entry.pk: entry for entry in entries}
    openable = Family.objects.visible_to(index.user, on=index.on).values("pk")
    answers = CriterionAnswer.objects.select_related("criterion").order_by("criterion__position", "pk")
    rows = Participation.objects.filter(pk__in=entries).select_related("person", "child", "family")
    rows = rows.annotate(opens_family=Q(family__in=openable)).prefetch_related(Prefetch("answers", answers))
    groups = {group.pk: group for group in index.groups}
    result = {}
    for row in rows:
        group = groups.get(row.group_id or 0)
        result[row.pk] = ParticipantRow(
            participation=row,
            entry=entries[row.pk],
            missing=index.missing(entries[row.pk]),
            consents=index.given,
            number=index.numbers.get(row.pk),
            start=min((group or index.edition).starts_on, index.on),
            age_unit=group.age_unit if group else AgeUnit.YEARS,
        )
    note_participations(result[pk].participation for pk in result)
    return result


def note_participations(rows: Iterable[Participation]) -> None:
    """Note in the access log who is shown: the persons, and the families that are named."""
    rows = list(rows)
    note_shown(
        {row.family_id for row in rows if row.family_id and (row.person_id is None or row.opens_family)},
        persons={pk for row in rows for pk in (row.person_id, row.child_id) if pk},
    )


# ---- tables ------------------------------------------------------------------------------------------
@dataclass
class Section:
    """One table of the page: the people of a group, its reserve list, or those who left it."""

    group: ProjectGroup | None
    part: int
    places: str
    rows: list[ParticipantRow] = field(default_factory=list)

    @property
    def title(self) -> str:
        name = self.group.name if self.group else "Bez grupy"
        words = {1: "lista rezerwowa", 2: "odeszli albo nie zostali przyjęci"}
        return f"{name}: {words.get(self.part, self.places)}"

    @property
    def is_reserve(self) -> bool:
        return self.part == 1

    @property
    def anchor(self) -> str:
        return f"g{self.group.pk if self.group else 0}-{self.part}"

    @property
    def takes_families(self) -> bool:
        return bool(self.group and self.group.takes == Takes.FAMILIES)


def sections_of(index: ParticipantIndex, rows: Iterable[ParticipantRow]) -> list[Section]:
    """The rows in tables, in the order they come."""
    groups = {group.pk: group for group in index.groups}
    sections: dict[tuple, Section] = {}
    for row in rows:
        group, part = groups.get(row.entry.group or 0), row.entry.part()
        key = (row.entry.group, part)
        if key not in sections:
            taken = index.taken(row.entry.group)
            sections[key] = Section(group, part, places_text(group, taken) if group else str(taken))
        sections[key].rows.append(row)
    return list(sections.values())


# ---- one participation -------------------------------------------------------------------------------
def get_participation(edition: Edition, pk: int, user: User, *, on: date) -> Participation | None:
    """The participation in the edition, if the user may see it; ``opens_family``: whether they may open its family."""
    openable = Family.objects.visible_to(user, on=on).values("pk")
    rows = visible_participations(user, on=on).filter(edition=edition, pk=pk)
    rows = rows.select_related("person", "child", "family", "group")
    return rows.annotate(opens_family=Q(family__in=openable)).first()


@dataclass(frozen=True)
class Details:
    """What the page of a participation shows beside the row itself."""

    age: str
    child: Person | None
    adult_signs: bool
    steps: list[ParticipationStep]
    answers: list[CriterionAnswer]
    consents: list[ParticipantConsent]
    missing: list[str]
    therapy_reason: str


def load_details(row: Participation, user: User, *, on: date) -> Details:
    """The steps, answers and consents, and for those allowed the reason of a therapy; noted as shown."""
    group = row.group
    start = min((group or row.edition).starts_on, on)
    aged = row.child or row.person
    child = child_in(row, on=on)
    consents = consents_of(row)
    note_participations([row])
    note_shown(persons={pk for each in consents for pk in (each.person_id, each.given_by_id) if pk})
    return Details(
        age=age_text(aged, start, group.age_unit if group else AgeUnit.YEARS) if aged else "",
        child=child,
        adult_signs=child is None or row.child is not None,
        steps=list(row.steps.select_related("entered_by").order_by("-day", "-pk")),
        answers=list(row.answers.select_related("criterion").order_by("criterion__position", "pk")),
        consents=consents,
        missing=missing_in(row, child, consents, on=on),
        therapy_reason=therapy_reason_of(row, user, on=on),
    )


def consents_of(row: Participation) -> list[ParticipantConsent]:
    """Declarations and consents in this edition of the people of the row, of a whole family of its members."""
    rows = ParticipantConsent.objects.filter(edition=row.edition).select_related("person", "given_by")
    if row.person_id is None:
        members = Membership.objects.filter(family=row.family_id).values("person")
        return list(rows.filter(person__in=members).order_by("given_on", "pk"))
    return list(rows.filter(person__in=[row.person_id, row.child_id]).order_by("given_on", "pk"))


def missing_in(
    row: Participation, child: Person | None, consents: list[ParticipantConsent], *, on: date
) -> list[str]:
    """Papers that are missing, in words; as in the list of participants."""
    if row.status not in NEEDS_PAPERS:
        return []
    given: dict[int, set[str]] = {}
    for each in consents:
        if each.given_on <= on and (each.withdrawn_on is None or each.withdrawn_on > on):
            given.setdefault(each.person_id, set()).add(each.kind)
    if row.person is None:
        signed = any(ConsentKind.DECLARATION in kinds for kinds in given.values())
        return [] if signed else [PAPERS[ConsentKind.DECLARATION][1]]
    kinds = [
        kind
        for person in (row.person, row.child)
        if person
        for kind in missing_papers(is_child=person == child, given=given.get(person.pk, set()))
    ]
    return [PAPERS[kind][1] for kind in kinds]


def therapy_reason_of(row: Participation, user: User, *, on: date) -> str:
    """The reason of the therapy for those who may read it; empty for others and where there is none."""
    if not may_read_therapy(row, user, on=on):
        return ""
    reason = TherapyReason.objects.filter(participation=row).first()
    return reason.text if reason else ""
