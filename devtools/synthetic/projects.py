"""Writes social projects of all years: editions with goals and budget, groups, participants with steps and consents.

The newest edition that runs is ten times as large as the others, for measuring long lists.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from devtools.synthetic.centre import SyntheticCentre, holder_on
from devtools.synthetic.meetings import GRID_PEOPLE, MeetingsWriter, TakingPart, groups_with_meetings
from devtools.synthetic.row_writer import RowWriter
from devtools.synthetic.schedule import SyntheticHousehold
from lubsko_ops.audit.change_entries import refresh_entries
from lubsko_ops.core.search_keys import build_search_key
from projects import models
from projects.choices import (
    ActivityKind,
    ConsentKind,
    EditionState,
    LeavingReason,
    MoneySource,
    ParticipationStatus,
    ParticipationStepKind,
    StepKind,
)
from projects.papers import PROJECT_FILE

TITLES = (
    "Mama i ja",
    "Bliżej siebie",
    "Szkoła dla rodziców",
    "Razem łatwiej",
    "Dobry start",
)  # each title has eight editions
GROUP_NAMES = ("Grupa I", "Grupa II", "Zajęcia dla dzieci")
GOALS = ("Lepsza komunikacja w rodzinie", "Budżet domowy pod kontrolą", "Czas z dzieckiem")
DAYS = 120  # of an edition
LARGE = 10  # times as many participants in the newest edition that runs
TABLES = {
    models.ProjectLine: "Nowy projekt",
    models.Edition: "Nowy projekt",
    models.ProjectStep: "Krok projektu",
    models.SpecificGoal: "Zmiana opisu projektu",
    models.BudgetLine: "Zmiana opisu projektu",
    models.ProjectGroup: "Nowa grupa",
    models.GroupLeader: "Nowa grupa",
    models.Participation: "Zapis do projektu",
    models.ParticipationStep: "Zapis do projektu",
    models.ParticipantConsent: "Zgoda uczestnika",
}
STEP_OF = {
    ParticipationStatus.RESERVE: ParticipationStepKind.PUT_ON_RESERVE,
    ParticipationStatus.TAKING_PART: ParticipationStepKind.BEGIN,
    ParticipationStatus.FINISHED: ParticipationStepKind.FINISH,
    ParticipationStatus.BROKEN_OFF: ParticipationStepKind.BREAK_OFF,
}


def write_projects(centre: SyntheticCentre, households: list[SyntheticHousehold]) -> None:
    """Write the rows of all projects and their meetings, with their history."""
    writer = ProjectsWriter(centre, households)
    writer.write()
    writer.store()
    meetings = MeetingsWriter(centre)
    for edition, group, people, is_grid in writer.groups[-groups_with_meetings(centre) :]:
        meetings.group(edition, group, people, is_grid=is_grid)
    meetings.store()
    refresh_entries(PROJECT_FILE, [edition.pk for edition in writer.rows[models.Edition]])


class ProjectsWriter(RowWriter):
    """Makes the rows of one edition after another."""

    def __init__(self, centre: SyntheticCentre, households: list[SyntheticHousehold]):
        super().__init__(TABLES)
        self.centre, self.households, self.rng = centre, households, centre.random("projects")
        # Groups with who took part in them, and whether it is that of the grid.
        self.groups: list[tuple[models.Edition, models.ProjectGroup, list[TakingPart], bool]] = []

    def write(self) -> None:
        size, first = self.centre.size, self.centre.start + timedelta(days=60)
        lines = [
            self.add(models.ProjectLine, self.centre.manager, first, title=f"{title} {turn}")
            for turn in range(max(size.editions // 40, 1))
            for title in TITLES
        ]
        span = (self.centre.day - first).days - 30
        days = sorted(first + timedelta(days=self.rng.randint(0, span)) for _ in range(size.editions))
        shares = [1] * (size.editions - 1) + [LARGE]
        for number, (starts_on, share) in enumerate(zip(days, shares, strict=True)):
            many = size.participants * share // sum(shares)
            self.edition(lines[number % len(lines)], number, starts_on, many, has_grid=share == LARGE)

    def edition(
        self, line: models.ProjectLine, number: int, starts_on: date, many: int, *, has_grid: bool
    ) -> None:
        centre = self.centre
        region = centre.regions[number % len(centre.regions)]
        author = holder_on(region.tenures, starts_on) or region.tenures[-1].user
        sent_on, approved_on = starts_on - timedelta(days=30), starts_on - timedelta(days=27)
        ends_on = starts_on + timedelta(days=DAYS)
        state = EditionState.SETTLED if ends_on < centre.day else EditionState.RUNNING
        title = f"{line.title}, edycja {number + 1}"
        edition = self.add(
            models.Edition, author, sent_on - timedelta(days=10), line_id=line.pk, title=title, state=state,
            starts_on=starts_on, ends_on=ends_on, authors=[author], writers=[author], sent_on=sent_on,
            approved_on=approved_on, approved_by_id=centre.manager, places=many,
            case_reference=f"OPS.5042.{number + 1}.{starts_on.year}", place="sala warsztatowa",
            realisers="Ośrodek Pomocy Społecznej", problem="Osłabione więzi w rodzinach.",
            justification="Rodziny potrzebują wsparcia w grupie.", target_group="Rodziny z asystentem.",
            main_goal="Kształtowanie aktywnej postawy rodziców.", schedule="Spotkania co tydzień.",
            recruits_from=approved_on, recruits_to=starts_on, search_key=build_search_key(title, line.title),
        )  # fmt: skip
        steps = [(StepKind.SEND, sent_on), (StepKind.APPROVE, approved_on), (StepKind.BEGIN, starts_on)]
        if state == EditionState.SETTLED:
            steps += [(StepKind.END, ends_on), (StepKind.SETTLE, ends_on)]
        for kind, day in steps:
            self.add(models.ProjectStep, author, day, edition_id=edition.pk, kind=kind, day=day)
        for position, goal in enumerate(GOALS, 1):
            self.add(
                models.SpecificGoal, author, sent_on, edition_id=edition.pk, position=position, goal=goal,
                indicator="osoby, które stosują dwie metody", unit="osób", base=Decimal(0), target=Decimal(many),
                source="ankieta", measured="prowadząca, na końcu",
            )  # fmt: skip
            self.add(
                models.BudgetLine, author, sent_on, edition_id=edition.pk, position=position,
                name=f"Materiały {position}", unit="spotkań",
                amount=Decimal(9), price=Decimal(140), source=MoneySource.OWN,
            )  # fmt: skip
        groups = [self.group(edition, name, author) for name in GROUP_NAMES]
        at_work = [each for each in self.households if each.people and self._is_at_work(each, starts_on)]
        taking: dict[int, list[TakingPart]] = {group.pk: [] for group in groups}
        for position, (household, person) in enumerate(self._people(at_work, starts_on, many)):
            in_grid = has_grid and position < GRID_PEOPLE
            group = groups[2] if in_grid else groups[position % 2]
            taking[group.pk] += self.participation(edition, group, household, person, author, stays=in_grid)
        for group in groups[: 3 if has_grid else 2]:
            self.groups.append((edition, group, taking[group.pk], group is groups[2]))

    def group(self, edition: models.Edition, name: str, author: int) -> models.ProjectGroup:
        group = self.add(
            models.ProjectGroup, author, edition.sent_on, edition_id=edition.pk, name=name, kind=ActivityKind.WORKSHOP,
            starts_on=edition.starts_on, ends_on=edition.ends_on, other_place="sala warsztatowa", goals=[1],
            meetings=9, hours=Decimal(18),
        )  # fmt: skip
        tenures = self.centre.posts[group.pk % len(self.centre.posts)]
        leader = holder_on(tenures, edition.starts_on) or tenures[-1].user
        self.add(
            models.GroupLeader, author, edition.sent_on, group_id=group.pk, user_id=leader,
            starts_on=edition.starts_on, ends_on=edition.ends_on,
        )  # fmt: skip
        return group

    def _is_at_work(self, household: SyntheticHousehold, day: date) -> bool:
        return any(work.is_active_on(day) for work in household.works)

    def _people(
        self, households: list[SyntheticHousehold], day: date, many: int
    ) -> Iterator[tuple[SyntheticHousehold, int]]:
        """Adults first, then their household, each person once."""
        people = [
            (household, person)
            for household in households
            for person, since, until in household.people
            if since <= day and (until is None or day <= until)
        ]
        return iter(self.rng.sample(people, min(many, len(people))))

    def participation(
        self,
        edition: models.Edition,
        group: models.ProjectGroup,
        household,
        person: int,
        author: int,
        *,
        stays: bool,
    ) -> list[TakingPart]:
        """A participation with its steps; returned for the lists of meetings unless it waits on the reserve list."""
        rng, over = self.rng, edition.state == EditionState.SETTLED
        reported_on = edition.approved_on + timedelta(days=rng.randint(0, 20))
        status = rng.choices(
            [
                ParticipationStatus.FINISHED if over else ParticipationStatus.TAKING_PART,
                ParticipationStatus.BROKEN_OFF,
                ParticipationStatus.RESERVE if not over else ParticipationStatus.FINISHED,
            ],
            weights=(100, 0, 0) if stays else (85, 8, 7),
        )[0]
        last_on = {
            ParticipationStatus.FINISHED: edition.ends_on,
            ParticipationStatus.BROKEN_OFF: min(edition.starts_on + timedelta(days=20), self.centre.day),
        }.get(status, max(reported_on, edition.starts_on))
        row = self.add(
            models.Participation, author, reported_on, edition_id=edition.pk, group_id=group.pk, person_id=person,
            family_id=household.pk, status=status, status_on=last_on, reported_on=reported_on,
        )  # fmt: skip
        kinds = [(ParticipationStepKind.REPORT, ParticipationStatus.REPORTED, reported_on)]
        if status in (ParticipationStatus.FINISHED, ParticipationStatus.BROKEN_OFF):
            kinds.append((ParticipationStepKind.BEGIN, ParticipationStatus.TAKING_PART, edition.starts_on))
        kinds.append((STEP_OF[status], status, last_on))
        for kind, reached, day in kinds:
            reason = LeavingReason.WORK if kind == ParticipationStepKind.BREAK_OFF else ""
            self.add(
                models.ParticipationStep, author, min(day, self.centre.day), participation_id=row.pk, kind=kind,
                status=reached, day=day, reason=reason, group_id=group.pk,
            )  # fmt: skip
        if rng.random() < 0.95:
            self.add(
                models.ParticipantConsent, author, reported_on, edition_id=edition.pk, person_id=person,
                kind=ConsentKind.DECLARATION, given_on=reported_on,
            )  # fmt: skip
        if status == ParticipationStatus.RESERVE:
            return []
        return [(row.pk, person, last_on if status == ParticipationStatus.BROKEN_OFF else None)]
