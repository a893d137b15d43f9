"""The page of a project's report: whether it can be approved, what is missing, every number with its list."""

from datetime import date
from decimal import Decimal

import pytest

from lubsko_ops.audit.history import save_with_history
from lubsko_ops.core import clock
from lubsko_ops.core.dates import Period
from lubsko_ops.core.links import reverse
from projects.choices import ParticipationStepKind as Step
from projects.choices import Takes
from projects.models import Edition, GroupDay, PlannedAction
from reports.models import ProjectReportText
from reports.project.kind import working_copy_html
from reports.project.statement import build_project_statement
from tests.factories import TODAY
from tests.form_client import response_text
from tests.page import Page, page_text
from tests.projects.participants.helpers import FIRST, enrol_one, make_running_with_group, step
from tests.projects.surveys.helpers import make_survey, type_pairs
from tests.reports.project.report_helpers import (
    WHOLE,
    approve,
    end_project,
    make_approved_report,
    present,
    url,
    write,
    write_and_present,
)
from tests.reports.project.test_project_figures import numbers_url
from tests.statement_counts import page_statements


# ---- it works ----------------------------------------------------------------------------------------
def test_what_is_missing_comes_first(as_tomasz, tomasz, project):
    end_project(project, tomasz)
    page = Page(as_tomasz.get(url(project)))
    assert "Sprawozdanie końcowe" in page.text and "01.10.2026–13.10.2026" in page.text
    assert "Nie można go jeszcze zatwierdzić: blokuje 1 rzecz" in page.text.replace("\xa0", " ")
    assert f"{url(project, 'texts')}#id_course" in page.urls
    assert url(project, "texts") in page.urls and url(project, "present") not in page.urls


def test_every_number_leads_to_its_list(as_maria, tomasz, project):
    end_project(project, tomasz)
    page = Page(as_maria.get(url(project)))
    for key in (
        "uczestnicy",
        "kobiety",
        "ukonczone",
        "przerwane-work",
        "spotkania-odbyte",
        "frekwencja",
        "wydano",
    ):
        assert numbers_url(project, key) in page.urls, key
    rows = [" ".join(row.text.split()) for row in page.rows]
    assert any(row.startswith("Uczestnicy 8 2") for row in rows), rows
    assert any(row.startswith("Godziny spotkań 18,0 4,0") for row in rows), rows
    assert "w tym: podjęcie pracy" in page.text


def test_of_families_alone(as_maria, tomasz, maria, kowalscy):
    edition, work = make_running_with_group(tomasz, maria, kind="family_work", takes=Takes.FAMILIES)
    whole = enrol_one(edition, work, kowalscy, by=tomasz, on=FIRST, whole=True)
    for kind in (Step.QUALIFY, Step.BEGIN):
        step(whole, kind, by=maria, on=FIRST)
    page = Page(as_maria.get(reverse("project-reports:report", args=[edition.pk])))
    first = next(" ".join(row.text.split()) for row in page.rows)
    assert first.startswith("Rodziny") and first.split(",")[0].endswith(" 1"), first
    assert "Uczestnicy według płci i wieku" not in page.text


def test_of_events_without_enrolment(as_maria, tomasz, maria):
    edition, event = make_running_with_group(tomasz, maria, kind="event", takes=Takes.NOBODY)
    day = GroupDay(group=event, starts_on=FIRST, people=455, kilograms=Decimal("846.5"))
    save_with_history(day, by=tomasz, why="próba")
    PlannedAction.objects.filter(edition=edition).update(meetings=None, hours=None)
    Edition.objects.filter(pk=edition.pk).update(places=None)
    text = Page(as_maria.get(reverse("project-reports:report", args=[edition.pk]))).text
    assert "Policzone osoby" in text and "Uczestnictwo" not in text and "Rozpoczęte udziały" not in text
    rows = Page(as_maria.get(reverse("project-reports:figure", args=[edition.pk, "policzone-osoby"]))).text
    assert "455" in rows and "455,00" not in rows and "846,50" in rows
    statement = build_project_statement(Edition.objects.get(pk=edition.pk), Period(FIRST, TODAY))
    paper = page_text(working_copy_html(statement, text=ProjectReportText(), issued=None))
    assert "Wydarzenia bez zapisów" in paper and "Uczestnictwo" not in paper


def test_while_it_runs_no_difference_is_to_be_explained(as_maria, tomasz, project):
    assert "różnica bez wyjaśnienia" not in Page(as_maria.get(url(project))).text
    end_project(project, tomasz)
    assert "różnica bez wyjaśnienia" in Page(as_maria.get(url(project))).text


def test_step_by_step_by_role(client, tomasz, maria, ewa, project):
    """The buttons are those of the state and the user."""

    def buttons(user) -> set[str]:
        client.force_login(user)
        urls = Page(client.get(url(project))).urls
        return {
            name
            for name in ("texts", "present", "return", "approve", "correct")
            if url(project, name) in urls
        }

    end_project(project, tomasz)
    write(project, tomasz)
    assert (buttons(tomasz), buttons(ewa)) == ({"texts", "present"}, set())
    present(project, tomasz)
    assert (buttons(tomasz), buttons(maria), buttons(ewa)) == (set(), {"return", "approve"}, set())
    approve(project, maria)
    assert (buttons(tomasz), buttons(ewa)) == ({"texts"}, set())


def test_who_presented_it_sees_why_somebody_else_approves(as_maria, tomasz, maria, project):
    end_project(project, tomasz)
    write_and_present(project, maria)
    page = Page(as_maria.get(url(project)))
    assert "zatwierdza ktoś inny niż osoba, która je przygotowała" in page.text
    assert url(project, "approve") not in page.urls


def test_an_approved_one_says_so_with_its_differences(as_maria, tomasz, maria, project):
    make_approved_report(project, tomasz, maria)
    text = Page(as_maria.get(url(project))).text
    assert "Sprawozdanie: zatwierdzenie 13.10.2026, Maria Bocian; przygotowanie 13.10.2026, Tomasz" in text
    assert "Liczby i teksty są dziś te same." in text
    project.edition.places = 9
    Edition.objects.filter(pk=project.edition.pk).update(places=9)
    text = Page(as_maria.get(url(project))).text.replace("\xa0", " ")
    assert "1 liczba jest inna" in text and url(project, "issued") in Page(as_maria.get(url(project))).urls


def test_charts_are_drawn_from_the_same_numbers(as_maria, tomasz, project):
    end_project(project, tomasz)
    text = response_text(as_maria.get(url(project)))
    assert "1 z 2" in text and "1 z 1" in text  # who came of those marked, at both meetings


# ---- final and partial -------------------------------------------------------------------------------
def test_a_project_without_an_end_has_reports_by_year(client, maria, tomasz, project):
    with clock.freeze_time(date(2027, 2, 1)):
        client.force_login(maria)
        page = Page(client.get(url(project)))
        assert "Sprawozdanie częściowe za 2027 r." in page.text
        assert f"{url(project)}?rok=2026" in page.urls
        older = Page(client.get(f"{url(project)}?rok=2026"))
        assert "Sprawozdanie częściowe za 2026 r." in older.text and "01.10.2026–31.12.2026" in older.text
        assert numbers_url(project, "uczestnicy", "rok=2026") in older.urls
        assert url(project, "texts", okres="2026") in older.urls
        write(project, tomasz, period=Period(FIRST, date(2026, 12, 31)))
        present(project, tomasz, period=Period(FIRST, date(2026, 12, 31)))
        tabs = Page(client.get(url(project))).text
        assert "2026: do zatwierdzenia" in tabs and "2027: w przygotowaniu" not in tabs
        write(project, tomasz, period=Period(date(2027, 1, 1), date(2027, 12, 31)))
        assert "2027: w przygotowaniu" in Page(client.get(url(project))).text


@pytest.mark.parametrize("query", ["rok=2025", "rok=2027", "rok=x", "rok=0", "rok=-1", "rok=99999999999999"])
def test_a_report_it_does_not_have(as_maria, project, query):
    assert as_maria.get(f"{url(project)}?{query}").status_code == 404


@pytest.mark.parametrize("okres", ["koncowe", "2025", "x", "02026x"])
def test_forms_of_a_report_it_does_not_have(as_tomasz, project, okres):
    for name in ("texts", "present", "issued"):
        assert as_tomasz.get(url(project, name, okres=okres)).status_code == 404, name


def test_before_the_first_day(client, maria, tomasz, project):
    Edition.objects.filter(pk=project.edition.pk).update(starts_on=date(2026, 11, 2))
    client.force_login(maria)
    assert "Tu będzie sprawozdanie" in response_text(client.get(url(project)))
    assert client.get(url(project, "texts", okres="2026")).status_code == 404


def test_texts_go_along_when_the_project_ends_on_another_day(tomasz, project):
    """Written while it runs for the planned days, kept for those it really lasted."""
    Edition.objects.filter(pk=project.edition.pk).update(ends_on=date(2026, 12, 31))
    project.edition.refresh_from_db()
    row = write(project, tomasz, period=Period(FIRST, date(2026, 12, 31)))
    end_project(project, tomasz)
    row.refresh_from_db()
    assert (row.starts_on, row.ends_on, row.course) == (FIRST, TODAY, "Odbyły się dwa spotkania.")
    assert ProjectReportText.objects.count() == 1


# ---- who may -----------------------------------------------------------------------------------------
def test_who_may_not(client, jan, olga, project):
    for user, status in ((jan, 403), (olga, 404)):
        client.force_login(user)
        assert client.get(url(project)).status_code == status, user


# ---- cost --------------------------------------------------------------------------------------------
def test_statements(as_maria, tomasz, maria, project):
    survey = make_survey(project.edition, tomasz)
    type_pairs(survey, tomasz, 6)
    make_approved_report(project, tomasz, maria)
    assert len(page_statements(as_maria, url(project))) <= 10
    assert len(page_statements(as_maria, numbers_url(project))) <= 10
    assert WHOLE.end == TODAY
