"""One project of a demo centre while it happens again: its document, its steps, its groups and its money."""

from collections.abc import Callable, Iterable
from datetime import date, time
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models

from devtools.demo.dataset import FaultyData
from devtools.demo.demo_centre import DemoCentre
from devtools.demo.project_data import RESULTS, STEPS, day_of
from devtools.demo.timeline import (
    APPROVED,
    BEGUN,
    COUNTED,
    ENDED,
    LAST,
    OFFICE,
    SENT,
    SETTLED,
    WRITTEN,
    DemoTimeline,
)
from lubsko_ops.accounts.models import User
from lubsko_ops.audit.models import AuditedModel
from lubsko_ops.centre.models import MeetingPlace
from lubsko_ops.core import clock
from projects import actions
from projects.document import ROW_MODELS, ProjectData, load_document
from projects.groups.actions import add_leader, create_group, remove_group, save_days, update_group
from projects.models import (
    BudgetLine,
    Edition,
    GroupDay,
    GroupLeader,
    IndicatorReading,
    Invoice,
    ProjectGroup,
)
from projects.money.actions import add_invoice, explain_difference
from projects.results.actions import record_results

NOT_IN_COPY = "Tych zajęć nie ma w tej edycji"


class ProjectReplay:
    """``data``: the project as written, with what it takes from an earlier edition; ``users``: by account."""

    def __init__(self, demo: DemoCentre, data: dict, timeline: DemoTimeline):
        self.demo, self.data, self.timeline = demo, data, timeline
        self.users = demo.staff()
        self.author, self.manager = self.users[data["author"]], self.users[data["manager"]]
        # In a far future the staff of a centre began later than an old project; it is then entered afterwards.
        self.since = max(clock.local_date(user.date_joined) for user in (self.author, self.manager))
        self.days = {name: demo.resolve(data[name]) for name in STEPS if name in data}
        self.starts_on = demo.resolve(data["starts_on"])
        self.ends_on = day_of(demo, data, "ends_on")
        self.pk = 0
        self.groups: dict[str, dict] = {each["name"]: each for each in data.get("groups", [])}

    def at(self, day: date, hour: time, perform: Callable[[], Any]) -> None:
        """Do this on the day, once the staff is there. A refusal becomes FaultyData with project and day."""

        def perform_or_explain() -> None:
            try:
                perform()
            except (ValidationError, PermissionDenied) as refusal:
                texts = getattr(refusal, "messages", None) or [str(refusal)]
                place = f"{self.demo.name}, {self.data['key']}, {day}"
                raise FaultyData(f"{place}: {' '.join(texts)}") from refusal

        self.timeline.add(day, hour, perform_or_explain, since=self.since)

    @property
    def edition(self) -> Edition:
        return Edition.objects.get(pk=self.pk)

    def group(self, name: str = "") -> ProjectGroup:
        """The group of this name; without one the only group."""
        rows = ProjectGroup.objects.select_related("edition").filter(edition=self.pk)
        return rows.get(name=name) if name else rows.get()

    def group_days(self, name: str = "") -> tuple[date, date | None]:
        """First and last day of the group as written, of one that takes part in a project of these days."""
        row = self.groups[name] if name else next(iter(self.groups.values()))
        return day_of(self.demo, row, "starts_on") or self.starts_on, day_of(
            self.demo, row, "ends_on"
        ) or self.ends_on

    # ---- the steps of the edition --------------------------------------------------------------------
    def plan(self, earlier: dict[str, "ProjectReplay"]) -> None:
        """Put the steps of the edition, its days of events, invoices and readings on the timeline."""
        days, by = self.days, self.author
        self.at(days["begun"], WRITTEN, lambda: self._write(earlier))
        if "sent" in days:
            self._step("sent", SENT, lambda: actions.send_edition(edition=self.edition, version=None, by=by))
        if "approved" in days:
            self._step("approved", APPROVED, self._approve)
        if "running" in days:
            self._step("running", BEGUN, self._begin)
            self._plan_counted(days["running"])
        if "ended" in days:
            self.at(days["ended"], self.end_hour(ENDED), self._end)
            self.at(days["ended"], self.end_hour(OFFICE.replace(hour=13)), self._enter_spent)
        if "settled" in days:
            self.at(days["settled"], self.end_hour(SETTLED, "settled"), self._settle)
        if withdrawn := day_of(self.demo, self.data, "withdrawn"):
            self.at(withdrawn, ENDED, self._withdraw)

    def _step(self, name: str, hour: time, perform: Callable[[], Any]) -> None:
        self.at(self.days[name], hour, perform)

    def end_hour(self, usual: time, step: str = "ended") -> time:
        """The hour of a step at the end: late on the last day of the project itself, after its last meeting."""
        late = self.days.get(step) == self.ends_on
        return usual.replace(hour=usual.hour + LAST.hour - ENDED.hour) if late else usual

    def _approve(self) -> None:
        actions.approve_edition(edition=self.edition, version=None, by=self.manager)

    def _begin(self) -> None:
        actions.begin_edition(edition=self.edition, version=None, by=self.author)

    def _end(self) -> None:
        last = self.ends_on or self.days["ended"]
        actions.end_edition(edition=self.edition, last_day=last, version=None, by=self.author)

    def _settle(self) -> None:
        actions.settle_edition(edition=self.edition, version=None, by=self.manager)

    def _withdraw(self) -> None:
        actions.withdraw_edition(
            edition=self.edition, text=self.data["withdrawal"], version=None, by=self.manager
        )

    # ---- the document --------------------------------------------------------------------------------
    def _write(self, earlier: dict[str, "ProjectReplay"]) -> None:
        before = earlier[self.data["copy_of"]].edition if "copy_of" in self.data else None
        period = {"starts_on": self.starts_on, "ends_on": self.ends_on}
        first_title = self.data.get("line", self.data["title"])  # the line keeps it
        new = Edition(title=first_title, kind=self.data["kind"], **period)
        edition = actions.create_edition(data=new, copy_of=before, by=self.author)
        edition.title = self.data["title"]
        self.pk = edition.pk
        stored = load_document(edition)
        for name, value in self.data.get("texts", {}).items():
            setattr(edition, name, self.value(Edition, name, value))
        rows = {name: self._rows(name, stored[name]) for name in ROW_MODELS}
        actions.update_edition(edition=edition, data=ProjectData(edition, rows), version=None, by=self.author)
        self._write_groups()

    def _rows(self, name: str, stored: list) -> list:
        """The rows as entered, not saved; each in the place of the stored one of the same number."""
        model, left_out = ROW_MODELS[name], RESULTS.get(name, set())
        rows = [self.row(model, each, left_out) for each in self.data.get(name, [])]
        for row, before in zip(rows, stored, strict=False):
            row.pk = before.pk
        return rows

    def row(self, model: type[AuditedModel], values: dict, left_out: Iterable[str] = ()) -> Any:
        """An unsaved row of the model with these values."""
        kept = {name: value for name, value in values.items() if name not in left_out}
        return model(**{name: self.value(model, name, value) for name, value in kept.items()})

    def value(self, model: type[AuditedModel], name: str, value: Any) -> Any:
        """A value of the file as the field of this name takes it."""
        field = model._meta.get_field(name)
        if isinstance(field, models.ForeignKey):
            related = field.related_model
            return self.users[value] if related is User else MeetingPlace.objects.get(name=value)
        if isinstance(field, models.DateField):
            return self.demo.resolve(value)
        if isinstance(field, models.DecimalField):
            return Decimal(value)
        if isinstance(field, models.TimeField):
            return time.fromisoformat(value.zfill(5))
        return value.strip() if isinstance(value, str) else value

    # ---- groups --------------------------------------------------------------------------------------
    def _write_groups(self) -> None:
        copied = {each.name: each for each in ProjectGroup.objects.filter(edition=self.pk)}
        for name in copied.keys() - self.groups.keys():
            remove_group(group=copied[name], why=NOT_IN_COPY, version=None, by=self.author)
        for name, written in self.groups.items():
            starts_on, ends_on = self.group_days(name)
            data = self.row(ProjectGroup, written, {"leaders", "days", "starts_on", "ends_on"})
            data.starts_on, data.ends_on = starts_on, ends_on
            if name in copied:
                group = update_group(group=copied[name], data=data, version=None, by=self.author)
            else:
                group = create_group(edition=self.edition, data=data, by=self.author)
            for leader in written.get("leaders", []):
                who = {"user": self.users[leader]} if leader in self.users else {"name": leader}
                add_leader(group=group, data=GroupLeader(starts_on=starts_on, **who), by=self.author)

    def _plan_days(self, name: str, running: date) -> None:
        """The days of an activity, written when the project begins; of an event what was counted on its evening."""
        written = self.groups[name].get("days", [])
        days = [self.demo.resolve(each.get("until", each["day"])) for each in written]
        if written:
            self.at(running, OFFICE, lambda: self._save_days(name, written, counted=0))
        for number, last in enumerate(days, start=1):
            if last < self.demo.day and written[number - 1].keys() & COUNTS:
                self.at(
                    max(last, running),
                    COUNTED,
                    lambda number=number: self._save_days(name, written, counted=number),
                )

    def _save_days(self, name: str, written: list[dict], *, counted: int) -> None:
        """``counted``: so many days have passed and have their numbers."""
        group = self.group(name)
        stored = {(each.starts_on, each.starts_at): each.pk for each in group.days.all()}
        rows = []
        for number, each in enumerate(written):
            left_out = {"day", "until"} | (COUNTS if number >= counted else set())
            row = self.row(GroupDay, each, left_out)
            row.starts_on, row.ends_on = self.demo.resolve(each["day"]), day_of(self.demo, each, "until")
            row.pk = stored.get((row.starts_on, row.starts_at))
            rows.append(row)
        save_days(group=group, days=rows, version=None, by=self.author)

    # ---- what is counted while it runs ---------------------------------------------------------------
    def _plan_counted(self, running: date) -> None:
        for name in self.groups:
            self._plan_days(name, running)
        for number, goal in enumerate(self.data.get("goals", []), start=1):
            for reading in goal.get("readings", []):
                day = max(self.demo.resolve(reading["day"]), running)
                hour = OFFICE if day == self.days.get("settled") else COUNTED
                self.at(
                    day,
                    hour,
                    lambda number=number, reading=reading, goal=goal: self._read(number, goal, reading),
                )
        for number, line in enumerate(self.data.get("budget", []), start=1):
            for invoice in line.get("invoices", []):
                day = max(self.demo.resolve(invoice["day"]), running)
                self.at(
                    day, OFFICE, lambda number=number, invoice=invoice: self._enter_invoice(number, invoice)
                )

    def _read(self, number: int, goal: dict, reading: dict) -> None:
        edition = self.edition
        data = IndicatorReading(
            goal=edition.specificgoals.get(position=number),
            day=self.demo.resolve(reading["day"]),
            value=Decimal(reading["value"]),
            source=reading.get("source") or goal["source"],
        )
        record_results(edition=edition, readings=[data], spent={}, version=None, by=self.author)

    def _line(self, number: int) -> BudgetLine:
        return BudgetLine.objects.get(edition=self.pk, position=number)

    def _enter_invoice(self, number: int, values: dict) -> None:
        invoice = self.row(Invoice, values)
        invoice.line = self._line(number)
        add_invoice(edition=self.edition, data=invoice, by=self.author)

    def _enter_spent(self) -> None:
        """What was spent without invoices, and why it differs."""
        for number, each in enumerate(self.data.get("budget", []), start=1):
            line = self._line(number)
            if "spent" in each:
                spent = {line.pk: Decimal(each["spent"])}
                record_results(edition=self.edition, readings=[], spent=spent, version=None, by=self.author)
            if "difference" in each:
                explain_difference(line=line, text=each["difference"], version=None, by=self.author)


COUNTS = {"people", "parcels", "kilograms", "volunteers"}
