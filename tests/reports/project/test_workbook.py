"""The report of a project as a workbook: numbers are numbers, no participant is named, no formulas."""

from datetime import time, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from lubsko_ops.audit.models import AccessLogEntry
from projects.models import BudgetLine, SpecificGoal, Survey
from tests.projects.surveys.helpers import make_survey, type_pairs
from tests.statement_counts import page_statements


def xlsx_url(edition, query="") -> str:
    return f"/projekty/{edition.pk}/sprawozdanie.xlsx{query}"


def book_of(client, edition, query=""):
    return load_workbook(BytesIO(client.get(xlsx_url(edition, query)).content))


def rows_of(book, sheet) -> list[list]:
    return [[cell.value for cell in row] for row in book[sheet].iter_rows(min_row=2)]


def hours(value) -> timedelta:
    return timedelta(hours=value.hour, minutes=value.minute) if isinstance(value, time) else value


# ---- it works ----------------------------------------------------------------------------------------
def test_sheets_and_numbers(as_maria, full):
    response = as_maria.get(xlsx_url(full.edition))
    name = f"sprawozdanie-projektu-{full.edition.pk}.xlsx"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    book = load_workbook(BytesIO(response.content))
    assert book.sheetnames == [
        *("Liczby", "Wskaźniki", "Ankiety", "Spotkania", "Budżet", "Budżet według źródeł", "Faktury"),
        "Definicje",
    ]
    numbers = {row[1]: row for row in rows_of(book, "Liczby")}
    assert numbers["Uczestnicy"][2:4] == [8, 2]
    assert hours(numbers["Godziny spotkań"][3]) == timedelta(hours=4), "hours are hours"
    assert (
        numbers["Średnia frekwencja"][3] == pytest.approx(66.67) and numbers["Średnia frekwencja"][4] == "%"
    )
    assert numbers["Zaplanowano, zł"][3] == 2460
    definitions = {row[0] for row in rows_of(book, "Definicje")}
    assert set(list(numbers)[:-3]) - definitions <= {None}


def test_meetings_invoices_and_indicators(as_maria, full):
    book = book_of(as_maria, full.edition)
    meetings = rows_of(book, "Spotkania")[:2]
    assert [(row[0].day, row[3], row[4], row[5]) for row in meetings] == [(1, 1, 2, 50), (6, 1, 1, 100)]
    assert {hours(row[2]) for row in meetings} == {timedelta(hours=2)}
    assert rows_of(book, "Faktury")[0][5] == 340
    assert rows_of(book, "Budżet")[0][4] == 340
    goals = [row for row in rows_of(book, "Wskaźniki") if isinstance(row[0], int)]
    assert [(row[0], row[7]) for row in goals] == [
        (each.goal.position, str(each.standing)) for each in full.indicators
    ]


def test_surveys_that_may_be_shown(as_maria, full):
    rows = rows_of(book_of(as_maria, full.edition), "Ankiety")
    first, last = rows[0], rows[6]
    assert first[1:8] == ["Rozmawiam z dzieckiem spokojnie", "skala od 1 do 5", 2, 4, 2, None, 6]
    assert last[1:6] == ["Znam telefon ośrodka", "tak, w %", 0, 100, 100]


def test_surveys_that_may_not(as_maria, project, tomasz):
    survey = make_survey(project.edition, tomasz)
    type_pairs(survey, tomasz, 6)
    assert Survey.objects.get(pk=survey.pk).closed_on is None
    rows = rows_of(book_of(as_maria, project.edition), "Ankiety")
    assert "Rozmawiam z dzieckiem spokojnie" not in str(rows)


def test_nobody_is_named_and_no_entry_is_made(as_maria, full, project):
    AccessLogEntry.objects.all().delete()
    book = book_of(as_maria, full.edition)
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    for person in (project.danuta.person, project.other.person):
        assert not any(person.last_name in cell for cell in cells)
    assert not AccessLogEntry.objects.exists()


def test_a_year_has_its_own_file(as_maria, full):
    response = as_maria.get(xlsx_url(full.edition, "?rok=2026"))
    assert f"sprawozdanie-projektu-{full.edition.pk}-2026.xlsx" in response["Content-Disposition"]


# ---- bad input ---------------------------------------------------------------------------------------
def test_texts_are_never_formulas(as_maria, full):
    SpecificGoal.objects.filter(edition=full.edition, position=1).update(goal="=1+1", source="@cmd")
    BudgetLine.objects.filter(edition=full.edition, position=1).update(name='=HYPERLINK("x")')
    book = book_of(as_maria, full.edition)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert any(cell.value == "=1+1" for cell in cells)


# ---- cost --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("extension", ["pdf", "xlsx"])
def test_statements(as_maria, full, extension):
    """A document, not a page: as many as its parts, however long they are."""
    url = f"/projekty/{full.edition.pk}/sprawozdanie.{extension}"
    assert len(page_statements(as_maria, url)) <= 19
