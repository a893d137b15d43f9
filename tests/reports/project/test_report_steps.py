"""From presenting to the approval: who may, what blocks, remarks, numbers that changed meanwhile, corrections."""

import json
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from lubsko_ops.core import clock
from lubsko_ops.core.dates import Period
from projects.models import BudgetLine, Edition
from projects.money.actions import explain_difference
from reports import issuing
from reports.freezing import paper_of
from reports.models import IssuedNumber, IssuedReport, ProjectReportText
from reports.project import actions
from reports.project.content import load_attendance
from reports.project.state import Stage, load_state
from sessions.choices import Presence
from sessions.models import Attendance
from tests.factories import TODAY
from tests.form_client import form_data, parse_form, response_text, submit_form
from tests.page import Page
from tests.projects.participants.helpers import FIRST
from tests.reports.project.report_helpers import (
    COURSE,
    WHOLE,
    WHY,
    approve,
    end_project,
    make_approved_report,
    present,
    text_of,
    url,
    write,
    write_and_present,
)
from tests.reports.project.test_project_report import late_attendance, small_staff


@pytest.fixture
def ended(project, tomasz):
    end_project(project, tomasz)
    return project


def stage(project) -> Stage:
    return load_state(project.edition, WHOLE).stage


# ---- presenting --------------------------------------------------------------------------------------
def test_presented_and_approved(client, tomasz, maria, ended):
    write(ended, tomasz)
    client.force_login(tomasz)
    assert submit_form(client, url(ended, "present"))["Location"] == url(ended)
    row = text_of(ended)
    assert row.presented_by == tomasz and stage(ended) == Stage.PRESENTED
    client.force_login(maria)
    response = submit_form(client, url(ended, "approve"))
    assert response["Location"] == url(ended, "issued") and stage(ended) == Stage.APPROVED
    report = IssuedReport.objects.get()
    assert (report.prepared_by, report.prepared_at, report.issued_by) == (tomasz, row.presented_at, maria)
    assert report.text == f"Przebieg\n{COURSE}"
    history = response_text(client.get(f"/projekty/{ended.edition.pk}/historia/"))
    assert "Sprawozdanie końcowe: przedstawienie do zatwierdzenia" in history


def test_without_a_course_it_is_not_presented(as_tomasz, tomasz, ended):
    write(ended, tomasz, course="", conclusions="Warto powtórzyć.")
    assert as_tomasz.get(url(ended, "present"))["Location"] == url(ended)
    with pytest.raises(ValidationError, match="Nie opisano przebiegu"):
        present(ended, tomasz)


def test_of_a_project_that_still_runs(as_tomasz, tomasz, project):
    """A plain sentence, and nothing is half saved."""
    Edition.objects.filter(pk=project.edition.pk).update(ends_on=TODAY)
    project.edition.refresh_from_db()
    write(project, tomasz)
    page = Page(as_tomasz.get(url(project)))
    assert "Projekt jeszcze trwa. Sprawozdanie zatwierdza się po zakończeniu zajęć." in page.text
    assert url(project, "present") not in page.urls
    with pytest.raises(ValidationError, match="jeszcze trwa"):
        present(project, tomasz)
    assert text_of(project).presented_at is None


def test_a_year_that_is_not_over(tomasz, project):
    year = Period(FIRST, date(2026, 12, 31))
    write(project, tomasz, period=year)
    with pytest.raises(ValidationError, match=r"kończy się 31\.12\.2026"):
        present(project, tomasz, period=year)


@pytest.mark.parametrize("step", ["texts", "present"])
def test_days_no_report_is_about(tomasz, ended, step):
    act = write if step == "texts" else present
    with pytest.raises(ValidationError, match="nie ma sprawozdania"):
        act(ended, tomasz, period=Period(FIRST, date(2026, 10, 6)))


def test_twice(tomasz, ended):
    write_and_present(ended, tomasz)
    with pytest.raises(ValidationError, match="już czeka"):
        present(ended, tomasz)


# ---- returned ----------------------------------------------------------------------------------------
def test_returned_with_remarks(client, tomasz, maria, ended):
    write_and_present(ended, tomasz)
    client.force_login(maria)
    refused = submit_form(client, url(ended, "return"), remarks=" ")
    assert refused.status_code == 422 and "Napisz, co poprawić." in response_text(refused)
    assert submit_form(client, url(ended, "return"), remarks="Brak wniosków.").status_code == 302
    assert stage(ended) == Stage.WRITING
    client.force_login(tomasz)
    for address in (url(ended), url(ended, "texts")):
        assert "Brak wniosków." in response_text(client.get(address)), address
    assert "sprawozdanie odesłane z uwagami" in response_text(client.get("/"))
    write_and_present(ended, tomasz, conclusions="Warto powtórzyć.")
    assert text_of(ended).remarks == ""


def test_only_what_is_presented_is_returned_or_approved(as_maria, tomasz, maria, ended):
    write(ended, tomasz)
    for name in ("return", "approve"):
        assert as_maria.get(url(ended, name))["Location"] == url(ended), name
    with pytest.raises(ValidationError, match="nikt nie przedstawił"):
        approve(ended, maria)


# ---- who may -----------------------------------------------------------------------------------------
def test_who_prepared_it_does_not_approve_it(as_maria, maria, ended):
    write_and_present(ended, maria)
    response = as_maria.get(url(ended, "approve"), follow=True)
    assert "zatwierdza ktoś inny niż osoba, która je przygotowała" in response_text(response)
    with pytest.raises(PermissionDenied):
        approve(ended, maria)
    small_staff(maria)
    with pytest.raises(PermissionDenied):
        approve(ended, maria)


def test_who_wrote_in_it_approves_with_a_small_staff(as_maria, tomasz, maria, ended):
    write(ended, maria)
    present(ended, tomasz)
    assert as_maria.get(url(ended, "approve"))["Location"] == url(ended)
    with pytest.raises(PermissionDenied, match="małą obsadę"):
        approve(ended, maria)
    small_staff(maria)
    assert submit_form(as_maria, url(ended, "approve")).status_code == 302
    assert IssuedReport.objects.get().small_staff


def test_the_wrong_roles(client, jan, ewa, olga, tomasz, ended):
    write_and_present(ended, tomasz)
    for name in ("present", "return", "approve", "correct"):
        for user, status in ((jan, 403), (ewa, 403), (olga, 404)):
            client.force_login(user)
            assert client.get(url(ended, name)).status_code in (status, 403), (name, user)
    client.force_login(tomasz)
    for name in ("return", "approve", "correct"):
        assert client.get(url(ended, name)).status_code == 403, name


# ---- numbers that changed meanwhile ------------------------------------------------------------------
def test_while_attendance_is_being_written(as_maria, tomasz, ended):
    """The page comes back with the new numbers, and nothing is frozen; then it is."""
    write_and_present(ended, tomasz)
    form = form_data(as_maria, url(ended, "approve"))
    assert "66,7 %" in response_text(as_maria.get(url(ended, "approve")))
    late_attendance(ended, tomasz)
    refused = as_maria.post(url(ended, "approve"), form)
    text = response_text(refused)
    assert refused.status_code == 422 and "Liczby zmieniły się, odkąd otwarto tę stronę" in text
    assert "75,0 %" in text and not IssuedReport.objects.exists() and stage(ended) == Stage.PRESENTED
    assert as_maria.post(url(ended, "approve"), parse_form(refused.content.decode())).status_code == 302


def test_rows_saved_between_the_numbers_and_their_lists(as_maria, tomasz, ended, monkeypatch):
    write_and_present(ended, tomasz)
    form = form_data(as_maria, url(ended, "approve"))
    monkeypatch.setattr(issuing, "counted_ids", lambda requests, **kwargs: {})
    refused = as_maria.post(url(ended, "approve"), form)
    assert refused.status_code == 422 and not IssuedReport.objects.exists()


def test_attendance_saved_between_the_checks_and_the_paper(tomasz, maria, ended, monkeypatch):
    """The meetings of the paper add up to its number."""
    write_and_present(ended, tomasz)
    readings = []

    def load(*args):
        readings.append(args)
        if len(readings) == 2:
            Attendance.objects.update(presence=Presence.UNEXCUSED)
        return load_attendance(*args)

    monkeypatch.setattr("reports.project.statement.load_attendance", load)
    issued = approve(ended, maria)
    came = IssuedNumber.objects.get(figure__report=issued, figure__key="obecnosci").value
    paper = paper_of(issued)
    assert paper is not None
    assert sum(int(row["came"]) for row in json.loads(paper.context)["attendance"]["rows"]) == came > 0


@pytest.mark.parametrize("seen", ["", "x" * 64, "\x00"])
def test_a_form_without_what_was_seen(as_maria, tomasz, ended, seen):
    write_and_present(ended, tomasz)
    assert submit_form(as_maria, url(ended, "approve"), _seen=seen).status_code == 422
    assert not IssuedReport.objects.exists()


def test_returned_while_the_other_one_approves(as_maria, tomasz, maria, ended):
    write_and_present(ended, tomasz)
    form = form_data(as_maria, url(ended, "approve"))
    actions.return_report(edition=ended.edition, period=WHOLE, remarks="Popraw.", version=None, by=maria)
    response = as_maria.post(url(ended, "approve"), form)
    assert response.status_code == 422 and "nikt nie przedstawił" in response_text(response)


def test_an_explanation_written_while_the_page_is_open(as_maria, tomasz, ended):
    """Its words stand in the paper that is approved."""
    write_and_present(ended, tomasz)
    form = form_data(as_maria, url(ended, "approve"))
    line = BudgetLine.objects.filter(edition=ended.edition).first()
    explain_difference(line=line, text="Farby były tańsze.", version=None, by=tomasz)
    refused = as_maria.post(url(ended, "approve"), form)
    assert refused.status_code == 422 and "odkąd otwarto tę stronę" in response_text(refused)
    assert not IssuedReport.objects.exists()
    assert as_maria.post(url(ended, "approve"), parse_form(refused.content.decode())).status_code == 302


def test_approved_by_the_other_one_meanwhile(as_maria, tomasz, maria, ended):
    write_and_present(ended, tomasz)
    form = form_data(as_maria, url(ended, "return"))
    approve(ended, maria)
    response = as_maria.post(url(ended, "return"), form | {"remarks": "Popraw."})
    assert response.status_code == 422 and "jest już zatwierdzone" in response_text(response)


# ---- corrections -------------------------------------------------------------------------------------
def test_a_late_attendance_then_a_correction(client, tomasz, maria, project):
    make_approved_report(project, tomasz, maria)
    with pytest.raises(ValidationError, match="Nie ma czego korygować"):
        present(project, tomasz)
    late_attendance(project, tomasz)

    client.force_login(tomasz)
    page = Page(client.get(url(project)))
    assert "3 liczby są inne" in page.text.replace("\xa0", " ") and url(project, "present") in page.urls
    with clock.freeze_time(date(2026, 10, 14)):
        client.force_login(tomasz)  # the session of yesterday has ended
        assert submit_form(client, url(project, "present")).status_code == 302
        client.force_login(maria)
        assert client.get(url(project, "approve"))["Location"] == url(project, "correct")
        asked = response_text(client.get(url(project, "correct")))
        assert "Co zmieni korekta nr 1" in asked and "Obecności" in asked
        refused = submit_form(client, url(project, "correct"), reason="")
        assert refused.status_code == 422 and "Napisz, dlaczego wydajesz korektę." in response_text(refused)
        assert submit_form(client, url(project, "correct"), reason=WHY)["Location"] == url(project, "issued")
        first, second = IssuedReport.objects.order_by("number")
        assert (second.correction, second.reason, second.prepared_by, second.issued_by) == (
            1,
            WHY,
            tomasz,
            maria,
        )
        assert first.number == 1 and stage(project) == Stage.APPROVED


def test_a_correction_of_nothing_is_not_presented(as_tomasz, tomasz, maria, project):
    make_approved_report(project, tomasz, maria)
    response = as_tomasz.get(url(project, "present"), follow=True)
    assert "Nie ma czego korygować" in response_text(response)


# ---- where it waits ----------------------------------------------------------------------------------
def test_it_waits_on_the_start_page_of_the_manager(client, tomasz, maria, ended):
    write_and_present(ended, tomasz)
    client.force_login(maria)
    page = Page(client.get("/"))
    assert "sprawozdanie czeka na zatwierdzenie od 13.10.2026" in page.text and url(ended) in page.urls
    client.force_login(tomasz)
    assert "sprawozdanie czeka" not in response_text(client.get("/"))
    approve(ended, maria)
    client.force_login(maria)
    assert "sprawozdanie czeka" not in response_text(client.get("/"))


def test_since_the_polish_day(as_maria, tomasz, ended):
    write_and_present(ended, tomasz)
    after_midnight = datetime(2026, 10, 12, 22, 30, tzinfo=UTC)
    ProjectReportText.objects.filter(edition=ended.edition).update(presented_at=after_midnight)
    assert "czeka na zatwierdzenie od 13.10.2026" in Page(as_maria.get("/")).text


def test_also_of_a_project_that_is_settled(client, tomasz, maria, ended):
    write_and_present(ended, tomasz)
    Edition.objects.filter(pk=ended.edition.pk).update(state="settled")
    client.force_login(maria)
    assert "sprawozdanie czeka na zatwierdzenie" in response_text(client.get("/"))


def test_the_settlement_says_that_it_is_not_approved(client, tomasz, maria, ended):
    client.force_login(maria)
    settle = f"/projekty/{ended.edition.pk}/rozlicz/"
    page = Page(client.get(settle))
    assert "Sprawozdanie końcowe nie jest jeszcze zatwierdzone (w przygotowaniu)." in page.text
    assert url(ended) in page.urls
    write_and_present(ended, tomasz)
    approve(ended, maria)
    assert "nie jest jeszcze zatwierdzone" not in Page(client.get(settle)).text
