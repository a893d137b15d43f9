"""Numbers of a project: each is the length or the sum of its list, and the page shows them with their links."""

from datetime import date

import pytest

from lubsko_ops.audit.models import AccessLogEntry
from lubsko_ops.core import clock
from lubsko_ops.core.dates import Period
from projects.choices import ParticipationStepKind as Step
from projects.groups import work
from projects.models import ParticipationStep
from reports.figure import GivenFigure, Ratio
from reports.project.statement import build_project_statement, project_period, project_years
from tests.factories import TODAY
from tests.form_client import response_text
from tests.page import Page
from tests.projects.factories import make_group
from tests.projects.participants.helpers import FIRST, enrol_one, step
from tests.reports.project.helpers import SECOND, THIRD_DAY
from tests.statement_counts import page_statements

WHOLE = Period(FIRST, TODAY)
EXPECTED = {
    "miejsca": "8",
    "uczestnicy": "2",
    "kobiety": "2",
    "mezczyzni": "0",
    "dorosli": "2",
    "dzieci": "0",
    "rodziny-w-projekcie": "2",
    "zgloszenia": "3",
    "rozpoczete": "3",
    "ukonczone": "0",
    "przerwane": "1",
    "przerwane-work": "1",
    "przerwane-died": "0",
    "spotkania-odbyte": "2",
    "godziny-spotkan": "4,0",
    "obecnosci": "2",
    "obecnosci-mozliwe": "3",
    "frekwencja": "66,7 %",
    "wizyty-projektu": "2",
    "godziny-wizyt-projektu": "2,0",
    "zaplanowano": "2 460,00",
    "wydano": "0,00",
    "wykonanie-budzetu": "0,0 %",
}


def numbers_url(project, figure="", query="") -> str:
    path = f"/projekty/{project.edition.pk}/liczby/" + (f"{figure}/" if figure else "")
    return path + (f"?{query}" if query else "")


# ---- it works ----------------------------------------------------------------------------------------
def test_the_numbers(project):
    statement = build_project_statement(project.edition, WHOLE)
    texts = {key: statement.text(key).replace("\xa0", " ") for key in EXPECTED}
    assert texts == EXPECTED


def test_who_leaves_before_the_beginning_has_not_broken_off(project, kowalscy, tomasz, maria):
    second = make_group(project.edition, tomasz, name="Drugi warsztat")
    row = enrol_one(project.edition, second, kowalscy, by=maria, on=FIRST)
    step(row, Step.QUALIFY, by=maria, on=FIRST)
    step(row, Step.BREAK_OFF, by=maria, on=SECOND, reason="work")
    statement = build_project_statement(project.edition, WHOLE)
    numbers = ("zgloszenia", "rozpoczete", "przerwane", "przerwane-work")
    assert [statement.text(key) for key in numbers] == ["4", "3", "1", "1"]


@pytest.mark.parametrize("period", [WHOLE, Period(SECOND, SECOND), Period(THIRD_DAY, TODAY)])
def test_every_number_equals_its_list(project, period):
    statement = build_project_statement(project.edition, period)
    for figure in statement.catalogue.values():
        value = statement.value(figure)
        if isinstance(figure, GivenFigure):
            continue  # typed or computed of answers: there is no list
        if isinstance(figure, Ratio):
            parts = [statement.value(each) for each in (figure.numerator, figure.denominator)]
            assert (
                value == (parts[0] / parts[1] if parts[1] else None)
                or abs(value * parts[1] - parts[0]) < 1e-9
            )
            continue
        rows = figure.require_rows(None)
        listed = rows.list_queryset(period)
        if rows.sum_field:
            assert value == sum(getattr(row, rows.sum_field) or 0 for row in listed), figure.key
        else:
            assert value == listed.count(), figure.key


def test_who_left_before_the_period_does_not_count(project):
    statement = build_project_statement(project.edition, Period(date(2026, 10, 9), TODAY))
    assert (statement.text("uczestnicy"), statement.text("rodziny-w-projekcie")) == ("1", "1")


def test_reports_of_the_recruitment_count_in_the_first_period(project):
    day = {"day": date(2026, 9, 20)}
    ParticipationStep.objects.filter(kind="report", participation=project.danuta).update(**day)
    assert build_project_statement(project.edition, WHOLE).text("zgloszenia") == "3"
    assert build_project_statement(project.edition, Period(SECOND, TODAY)).text("zgloszenia") == "0"


def test_hours_are_those_of_the_page_of_the_group(project):
    by_family = work.work_by_family(project.work, WHOLE)
    statement = build_project_statement(project.edition, WHOLE)
    minutes = sum(each.visit_minutes for each in by_family.values())
    assert statement.value(statement.catalogue["godziny-wizyt-projektu"]) == minutes == 120


def test_the_page_and_the_way_to_a_list_and_back(as_maria, project):
    page = Page(as_maria.get(numbers_url(project)))
    assert "Odbyte spotkania" in page.text and numbers_url(project, "obecnosci") in page.urls
    for figure in EXPECTED:
        listed = Page(as_maria.get(numbers_url(project, figure)))
        assert f"{numbers_url(project)}#f-{figure}" in listed.urls, figure
    assert numbers_url(project) in Page(as_maria.get(f"/projekty/{project.edition.pk}/")).urls


def test_a_list_names_whom_the_user_may_see(as_maria, project):
    AccessLogEntry.objects.all().delete()
    assert str(project.danuta.person) in response_text(as_maria.get(numbers_url(project, "uczestnicy")))
    entry = AccessLogEntry.objects.get()
    assert set(entry.persons) == {project.danuta.person_id, project.other.person_id}


def test_others_are_masked(client, ewa, project):
    """Ewa has the Nowakowie; Danuta counts, but is not named."""
    client.force_login(ewa)
    for figure in ("uczestnicy", "rozpoczete", "obecnosci-mozliwe"):
        text = response_text(client.get(numbers_url(project, figure)))
        assert "nie masz dostępu" in text and str(project.danuta.person) not in text, figure
        assert str(project.other.person) in text, figure


def test_the_place_of_a_masked_row_says_nothing(client, ewa, nowakowie, project):
    """Kowalscy come before Nowakowie; who may not see their name has them at the end of every list."""
    client.force_login(ewa)
    names = {"uczestnicy": str(project.other.person), "kobiety": str(project.other.person)}
    for figure, name in (names | {"rodziny-w-projekcie": nowakowie.name}).items():
        text = response_text(client.get(numbers_url(project, figure)))
        assert text.index(name) < text.index("nie masz dostępu"), figure


def test_by_year(client, maria, project):
    with clock.freeze_time(date(2027, 2, 1)):
        client.force_login(maria)
        page = Page(client.get(numbers_url(project)))
        assert numbers_url(project, query="rok=2026") in page.urls
        text = response_text(client.get(numbers_url(project, "spotkania-odbyte", "rok=2027")))
        assert "Odbyte spotkania: 0" in text and "2027" in text
    assert project_years(project.edition, today=date(2027, 2, 1)) == [2027, 2026]
    assert project_period(project.edition, 2026, today=date(2027, 2, 1)) == Period(FIRST, date(2026, 12, 31))


# ---- stranger, wrong role, bad input -----------------------------------------------------------------
def test_who_may_not(client, jan, olga, project):
    for user, status in ((jan, 403), (olga, 404)):
        client.force_login(user)
        for figure in ("", "uczestnicy"):
            assert client.get(numbers_url(project, figure)).status_code == status, user


@pytest.mark.parametrize("query", ["rok=2025", "rok=x", "rok=0", "rok=-1", "rok=99999999999999"])
def test_a_year_it_did_not_run(as_maria, project, query):
    assert as_maria.get(numbers_url(project, query=query)).status_code == 404
    assert as_maria.get(numbers_url(project, "uczestnicy", query)).status_code == 404


def test_an_unknown_number(as_maria, project):
    assert as_maria.get(numbers_url(project, "nie-ma")).status_code == 404


# ---- cost --------------------------------------------------------------------------------------------
def test_statements(as_maria, project):
    assert len(page_statements(as_maria, numbers_url(project))) <= 8
    for figure in ("uczestnicy", "obecnosci", "rozpoczete", "wizyty-projektu"):
        assert len(page_statements(as_maria, numbers_url(project, figure))) <= 8, figure
