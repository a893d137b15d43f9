"""The rows and tables of the page of participants."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch, Q
from django.utils.text import Truncator

from families.people.models import Family
from lubsko_ops.audit.access_log import note_shown
from lubsko_ops.core.polish import NBSP, count_of, join_list, short_date
from projects.choices import AgeUnit, ConsentKind, CriterionResult, ParticipationStatus, Takes
from projects.dependents import ParticipationNote, notes_about
from projects.models import CriterionAnswer, Participation, ProjectGroup
from projects.participants.index import Entry, ParticipantIndex
from projects.participants.people import age_text
from projects.queries import places_text

SHORT = 60  # characters of a criterion in a cell
Status = ParticipationStatus
PAPERS = {
    ConsentKind.DECLARATION: ("deklaracja", "brak deklaracji"),
    ConsentKind.GUARDIAN: ("zgoda opiekuna", "brak zgody opiekuna"),
}


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
    notes: list[ParticipationNote]

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
    if no := by_answer.get(CriterionResult.NO):
        return {"text": f"nie: {join_list(no)}", "kind": "soon"}
    if unknown := by_answer.get(CriterionResult.UNKNOWN):
        return {"text": f"nie wiadomo: {join_list(unknown)}", "kind": "soon"}
    if yes := by_answer.get(CriterionResult.YES):
        return {"text": f"spełnia {count_of(len(yes), 'kryterium,kryteria,kryteriów')}", "kind": "done"}
    return {"text": "–", "kind": "quiet"}


def load_rows(index: ParticipantIndex, entries: Iterable[Entry]) -> dict[int, ParticipantRow]:
    """These participations, which the user may see, by id, and noted as shown. Two statements and the notes."""
    entries = {entry.pk: entry for entry in entries}
    openable = Family.objects.visible_to(index.user, on=index.on).values("pk")
    answers = CriterionAnswer.objects.select_related("criterion").order_by("criterion__position", "pk")
    rows = Participation.objects.filter(pk__in=entries).select_related("person", "child", "family")
    rows = rows.annotate(opens_family=Q(family__in=openable)).prefetch_related(Prefetch("answers", answers))
    groups = {group.pk: group for group in index.groups}
    result = {}
    notes = notes_about(list(rows), index.user, on=index.on)
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
            notes=notes.get(row.pk, []),
        )
    note_participations(result[pk].participation for pk in result)
    return result


def note_participations(rows: Iterable[Participation]) -> None:
    """Note in the access log who is shown: the persons, and the families that are named.

    A family is named where it takes part as a whole, and unless ``opens_family`` says that the user may not open it.
    """
    rows = list(rows)
    note_shown(
        {
            row.family_id
            for row in rows
            if row.family_id and (row.person_id is None or getattr(row, "opens_family", True))
        },
        persons={pk for row in rows for pk in (row.person_id, row.child_id) if pk},
    )


# ---- tables ------------------------------------------------------------------------------------------
@dataclass
class ParticipantTable:
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


def sections_of(index: ParticipantIndex, rows: Iterable[ParticipantRow]) -> list[ParticipantTable]:
    """The rows in tables, in the order they come."""
    groups = {group.pk: group for group in index.groups}
    sections: dict[tuple, ParticipantTable] = {}
    for row in rows:
        group, part = groups.get(row.entry.group or 0), row.entry.part()
        key = (row.entry.group, part)
        if key not in sections:
            taken = index.taken(row.entry.group)
            sections[key] = ParticipantTable(group, part, places_text(group, taken) if group else str(taken))
        sections[key].rows.append(row)
    return list(sections.values())
