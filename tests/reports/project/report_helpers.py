"""The final report of the project of the tests, which ended on the day of the test."""

from datetime import date

from django.urls import reverse

from lubsko_ops.core.dates import Period
from projects.actions import end_edition
from projects.models import Edition
from reports.issuing import fingerprint
from reports.models import IssuedReport, ProjectReportText
from reports.project import actions
from reports.project.state import load_state
from reports.project.statement import build_project_statement
from tests.factories import TODAY
from tests.projects.participants.helpers import FIRST

WHOLE = Period(FIRST, TODAY)
COURSE = "Odbyły się dwa spotkania."
WHY = "Dopisano obecność z 6 października."


def end_project(project, by, last_day: date = TODAY) -> Edition:
    project.edition = end_edition(edition=project.edition, last_day=last_day, version=None, by=by)
    return project.edition


def url(project, name: str = "", *more, okres: str = "koncowe") -> str:
    """Of the page, or of one of its forms and frozen pages."""
    if not name:
        return reverse("project-reports:report", args=[project.edition.pk])
    return reverse(f"project-reports:{name}", args=[project.edition.pk, okres, *more])


def text_of(project, period: Period = WHOLE) -> ProjectReportText:
    return ProjectReportText.objects.get(edition=project.edition, starts_on=period.start, ends_on=period.end)


def write(project, by, *, period: Period = WHOLE, starts_correction=False, **texts) -> ProjectReportText:
    data = ProjectReportText(**({"course": COURSE} | texts))
    return actions.write_report_texts(
        edition=project.edition,
        period=period,
        data=data,
        version=None,
        starts_correction=starts_correction,
        by=by,
    )


def present(project, by, *, period: Period = WHOLE) -> ProjectReportText:
    return actions.present_report(edition=project.edition, period=period, version=None, by=by)


def write_and_present(project, by, **texts) -> ProjectReportText:
    write(project, by, **texts)
    return present(project, by)


def approve(project, by, *, period: Period = WHOLE, reason="", seen="") -> IssuedReport:
    state = load_state(project.edition, period)
    seen = seen or fingerprint(build_project_statement(project.edition, period), state.full_text)
    return actions.approve_presented_report(
        edition=project.edition, period=period, seen=seen, reason=reason, version=None, by=by
    )


def make_approved_report(project, tomasz, maria) -> IssuedReport:
    end_project(project, tomasz)
    write_and_present(project, tomasz)
    return approve(project, maria)
