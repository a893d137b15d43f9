"""Reports of a demo project: their texts, presented by the author and approved by the manager."""

from datetime import date, datetime, time

from devtools.demo.project_data import day_of
from devtools.demo.project_replay import ProjectReplay
from devtools.demo.timeline import REPORTED
from lubsko_ops.core import clock
from lubsko_ops.core.dates import Period
from reports.issuing import fingerprint
from reports.models import PROJECT_HEADINGS, ProjectReportText
from reports.project.actions import approve_project_report
from reports.project.statement import build_project_statement


class DemoReport:
    """One report of a project, as written: of a year, or of all of it."""

    def __init__(self, project: ProjectReplay, data: dict):
        self.project, self.data = project, data
        self.presented_by = project.users[data.get("presented_by", project.data["author"])]
        self.approved_by = project.users[data.get("approved_by", project.data["manager"])]
        self.presented = day_of(project.demo, data, "presented")
        self.approved = day_of(project.demo, data, "approved")

    def plan(self) -> None:
        """Put the approval on the timeline."""
        if self.approved:
            hour = (
                self.project.end_hour(REPORTED)
                if self.approved == self.project.days.get("ended")
                else REPORTED
            )
            self.project.at(self.approved, hour, self._approve)

    @property
    def period(self) -> Period:
        project = self.project
        last = project.edition.ends_on or self.project.demo.day
        if "year" not in self.data:
            return Period(project.starts_on, last)
        year = self.data["year"]
        return Period(max(project.starts_on, date(year, 1, 1)), min(last, date(year, 12, 31)))

    def _prepared_at(self) -> datetime:
        wanted = clock.to_instant(self.presented or clock.today(), time(10))
        return min(max(wanted, clock.to_instant(self.project.since, time(8))), clock.now())

    def _approve(self) -> None:
        edition, period = self.project.edition, self.period
        texts = {name: self.data.get(name, "").strip() for name in PROJECT_HEADINGS}
        text = ProjectReportText(**texts).full_text
        approve_project_report(
            edition=edition,
            period=period,
            text=text,
            prepared_by=self.presented_by,
            prepared_at=self._prepared_at(),
            writers=[self.presented_by.pk],
            seen=fingerprint(build_project_statement(edition, period), text),
            by=self.approved_by,
        )
