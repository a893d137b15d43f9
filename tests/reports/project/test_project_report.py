"""The report of a project is frozen by its approval; a late attendance is a difference, then a correction."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from lubsko_ops.centre.actions import change_norm
from lubsko_ops.core import clock
from lubsko_ops.core.dates import Period
from lubsko_ops.output.issued_papers import get_content, paper_context
from projects.actions import end_edition
from projects.choices import EditionState
from projects.models import Edition
from reports.freezing import NOTHING_TO_CORRECT, issues_of, paper_of
from reports.issuing import (
    CHANGED_MEANWHILE,
    compare_sides,
    find_differences,
    fingerprint,
    frozen_side,
    rows_of_figure,
)
from reports.kinds import kind_of
from reports.models import IssuedReport
from reports.project.actions import STILL_RUNS, approve_project_report
from reports.project.statement import build_project_statement
from tests.factories import TODAY
from tests.lubsko_ops.output.conftest import pdf_text, validation_errors, without_spaces
from tests.projects.participants.helpers import FIRST
from tests.sessions.factories import make_attendance

PARTIAL = Period(FIRST, TODAY)
WHY = "Dopisano obecność z 6 października."


def approve(project, tomasz, by, period=PARTIAL, **values) -> IssuedReport:
    edition = Edition.objects.get(pk=project.edition.pk)
    text = values.setdefault("text", "Odbyły się dwa spotkania.")
    seen = fingerprint(build_project_statement(edition, period), text)
    values = {"prepared_by": tomasz, "prepared_at": clock.now(), "seen": seen} | values
    return approve_project_report(edition=edition, period=period, by=by, **values)


def late_attendance(project, by):
    """Of the participant who was marked at the first meeting alone."""
    return make_attendance(project.second, project.other, by)


def small_staff(maria) -> None:
    change_norm(name="small_staff", value=1, starts_on=TODAY, decided_by="zarządzenie 1", by=maria)


# ---- it works ----------------------------------------------------------------------------------------
def test_the_approval_freezes_it(project, tomasz, maria):
    report = approve(project, tomasz, maria)
    assert (report.prepared_by, report.issued_by, report.small_staff) == (tomasz, maria, False)
    assert (report.edition, report.period, report.number) == (project.edition, PARTIAL, 1)
    frozen, statement = frozen_side(report), build_project_statement(project.edition, PARTIAL)
    assert {key: each.value for key, each in frozen.numbers.items()} == {
        each.key: each.stored_value for each in statement.numbers()
    }
    assert rows_of_figure(report, "uczestnicy").keys() == {project.danuta.person_id, project.other.person_id}
    assert find_differences(report, statement) == []
    assert kind_of(report).subject(report) == "01.10.2026–13.10.2026"


def test_a_late_attendance_is_a_difference_then_a_correction(project, tomasz, maria):
    first = approve(project, tomasz, maria)
    row = late_attendance(project, tomasz)
    statement = build_project_statement(project.edition, PARTIAL)
    differences = {each.figure.key: each for each in find_differences(first, statement)}
    assert differences.keys() == {"obecnosci", "obecnosci-mozliwe", "frekwencja"}
    assert (differences["obecnosci"].then, differences["obecnosci"].now) == ("2", "3")
    assert differences["obecnosci"].rows.added == [row.pk]

    second = approve(project, tomasz, maria, reason=WHY)
    assert (second.correction, list(issues_of(first))) == (1, [first, second])
    changed = compare_sides(frozen_side(first), frozen_side(second))
    assert {each.figure.key for each in changed} == differences.keys()
    correction = paper_context(paper_of(second))["correction"]
    assert correction["reason"] == WHY and "Obecności: było 2, jest 3" in correction["changes"]
    assert paper_context(paper_of(first))["correction"] is None


def test_the_paper(project, tomasz, maria):
    content = get_content(paper_of(approve(project, tomasz, maria)).pk)
    for standard in ("pdf/ua-1", "pdf/a-3a"):
        assert validation_errors(content, standard) == []
    text = without_spaces(pdf_text(content))
    for expected in ("Odbyły się dwa spotkania.", "Maria Bocian", "Tomasz", "66,7", "01.10.2026–13.10.2026"):
        assert without_spaces(expected) in text, expected


def test_final_after_the_end(project, tomasz, maria):
    for row in (project.danuta,):
        assert row.status  # still takes part: ending asks only about those who wait
    end_edition(edition=project.edition, last_day=TODAY, version=None, by=tomasz)
    assert approve(project, tomasz, maria).ends_on == TODAY


def test_two_projects_have_reports_of_their_own(project, tomasz, maria):
    approve(project, tomasz, maria)
    approve(project, tomasz, maria, period=Period(FIRST, date(2026, 10, 6)))
    assert IssuedReport.objects.filter(number=1).count() == 2


# ---- who may -----------------------------------------------------------------------------------------
def test_its_author_does_not_approve_it(project, tomasz, maria):
    with pytest.raises(PermissionDenied, match="ktoś inny niż osoba, która je przygotowała"):
        approve(project, maria, maria)
    small_staff(maria)
    with pytest.raises(PermissionDenied):
        approve(project, maria, maria)
    with pytest.raises(PermissionDenied, match="kierownik"):
        approve(project, maria, tomasz)


def test_who_wrote_in_it_approves_only_with_a_small_staff(project, tomasz, maria):
    with pytest.raises(PermissionDenied, match="małą obsadę"):
        approve(project, tomasz, maria, writers=[tomasz.pk, maria.pk])
    small_staff(maria)
    assert approve(project, tomasz, maria, writers=[tomasz.pk, maria.pk]).small_staff
    assert IssuedReport.objects.count() == 1


# ---- bad input ---------------------------------------------------------------------------------------
def test_of_an_edition_that_still_runs(project, tomasz, maria):
    Edition.objects.filter(pk=project.edition.pk).update(ends_on=TODAY)
    with pytest.raises(ValidationError, match=STILL_RUNS[:20]):
        approve(project, tomasz, maria)


@pytest.mark.parametrize(
    ("period", "message"),
    [
        (Period(date(2026, 9, 1), TODAY), "dotyczy dni projektu"),
        (Period(FIRST, date(2026, 10, 14)), "zatwierdza się po nim"),
    ],
)
def test_days_it_cannot_be_about(project, tomasz, maria, period, message):
    with pytest.raises(ValidationError, match=message):
        approve(project, tomasz, maria, period=period)


def test_of_a_project_that_did_not_begin(project, tomasz, maria):
    Edition.objects.filter(pk=project.edition.pk).update(state=EditionState.RECRUITING)
    with pytest.raises(ValidationError, match="nie rozpoczął"):
        approve(project, tomasz, maria)


def test_while_attendance_is_being_written(project, tomasz, maria):
    seen = fingerprint(build_project_statement(project.edition, PARTIAL), "x")
    late_attendance(project, tomasz)
    with pytest.raises(ValidationError, match=CHANGED_MEANWHILE[:30]):
        approve(project, tomasz, maria, text="x", seen=seen)
    assert not IssuedReport.objects.exists()


def test_once_and_only_what_changed(project, tomasz, maria):
    approve(project, tomasz, maria)
    with pytest.raises(ValidationError, match="wydano już"):
        approve(project, tomasz, maria)
    with pytest.raises(ValidationError, match=NOTHING_TO_CORRECT[:30]):
        approve(project, tomasz, maria, reason=WHY)
    assert approve(project, tomasz, maria, reason=WHY, text="Inny tekst.").correction == 1
