"""The report as PDF, XLSX and JSON."""

from datetime import date, time, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from families.caseload.actions import hand_over
from lubsko_ops.audit.models import AccessLogEntry
from lubsko_ops.core import clock
from lubsko_ops.core.dates import Quarter
from reports.catalogue import visits
from reports.quarter import ReportQuarter
from reports.statement import build_statement
from tests.factories import TODAY
from tests.families.visits.helpers import make_visit
from tests.form_client import response_text, submit_form
from tests.lubsko_ops.output.conftest import embedded_fonts, pdf_text, validation_errors, without_spaces
from tests.reports.urls import THIRD, evening, report_url

JULY = date(2026, 7, 15)
PDF, XLSX, JSON = (report_url(THIRD, f"quarterly-{kind}") for kind in ("pdf", "xlsx", "json"))


@pytest.fixture
def centre_with_visit(centre_row, kowalscy, nowakowie, anna):
    with evening(JULY):
        make_visit(kowalscy, anna, JULY, ends_at="14:15", areas=["ED"])


def test_pdf_is_accessible_and_contains_the_numbers(as_maria, centre_with_visit):
    submit_form(as_maria, report_url(), text="Potrzebna superwizja.")
    response = as_maria.get(PDF)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="sprawozdanie-2026-3.pdf"'
    for standard in ("pdf/ua-1", "pdf/a-3a"):
        assert validation_errors(response.content, standard) == []
    assert {name.split("-")[0] for name in embedded_fonts(response.content)} == {"Lato"}
    text = without_spaces(pdf_text(response.content))
    for expected in (
        "Sprawozdanie kwartalne z pracy z rodziną",
        "za III kwartał 2026 r. (01.07.2026–30.09.2026), stan na dzień 30.09.2026 r.",
        "Ośrodek Próbny",
        "Znak sprawy:",
        "Wsparciem objęto 2 rodziny; rok wcześniej 0 rodzin.",
        "Odbyto 1 wizytę, średnio 0,5 na rodzinę.",
        "Anna Sikora",
        "Potrzebna superwizja.",
        "Maria Bocian, kierownik ośrodka",
        "Załącznik. Definicje i objaśnienia",
        "układ tabel: lokalna praktyka",
    ):
        assert without_spaces(expected) in text, expected
    assert "Kowalscy" not in text


def test_pdf_of_one_assistant(client, anna, centre_with_visit):
    client.force_login(anna)
    response = client.get(PDF)
    assert f"sprawozdanie-2026-3-asystent-{anna.pk}.pdf" in response["Content-Disposition"]
    assert validation_errors(response.content, "pdf/ua-1") == []
    text = without_spaces(pdf_text(response.content))
    assert without_spaces("Anna Sikora, asystent rodziny") in text
    assert without_spaces("Ewa Czyż") not in text


def test_pdf_of_a_quarter_without_anything_is_accessible(client, maria, centre_row):
    """No visits, no families and no assistants: a table without rows would not conform to PDF/UA."""
    client.force_login(maria)
    pdf = client.get(report_url(Quarter(2018, 2), "quarterly-pdf")).content
    assert validation_errors(pdf, "ua1") == validation_errors(pdf, "3a") == []
    text = without_spaces(pdf_text(pdf))
    assert without_spaces("W tym dniu nikt nie był zatrudniony jako asystent rodziny.") in text


@pytest.mark.parametrize("query", ["", "?asystent=1"])
def test_link_to_the_pdf_shows_that_it_is_being_made(as_maria, anna, centre_row, query):
    """The page stands until the file comes: it asks for it at once, and leaves no page to come back to."""
    query = query.replace("1", str(anna.pk))
    page = response_text(as_maria.get(f"{report_url()}{query}"))
    waiting = PDF + (f"{query}&powstaje=1" if query else "?powstaje=1")
    reordered = PDF + (f"?powstaje=1&{query[1:]}" if query else "?powstaje=1")
    link = next(url for url in (waiting, reordered) if f'href="{url.replace("&", "&amp;")}"' in page)
    response = as_maria.get(link)
    html = response_text(response)
    assert (
        response["Content-Type"].startswith("text/html") and response["Cache-Control"] == "private, no-store"
    )
    assert f'<meta http-equiv="refresh" content="0; url={PDF}{query}">' in html
    assert "Plik powstaje." in html and f'href="{report_url()}{query}">Wróć do sprawozdania</a>' in html
    assert as_maria.get(f"{PDF}{query}")["Content-Type"] == "application/pdf"


def test_pdf_without_centre_data_has_a_default_letterhead(as_maria, kowalscy):
    text = without_spaces(pdf_text(as_maria.get(PDF).content))
    assert without_spaces("Ośrodek pomocy społecznej") in text


def sheets(response) -> dict:
    return {
        sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()]
        for sheet in load_workbook(BytesIO(response.content))
    }


def test_workbook_has_numbers_and_the_list_of_families(
    as_maria, maria, centre_with_visit, kowalscy, nowakowie
):
    submit_form(as_maria, report_url(), text="=1+1\nDruga myśl.")
    AccessLogEntry.objects.all().delete()
    response = as_maria.get(XLSX)
    assert response["Content-Disposition"] == 'attachment; filename="sprawozdanie-2026-3.xlsx"'
    book = sheets(response)
    assert list(book) == [
        "Liczby",
        "Asystenci",
        "Wizyty w miesiącach",
        "Definicje",
        "Rodziny",
        "Wnioski i potrzeby",
    ]
    lines = {row[2]: row[3:7] for row in book["Liczby"] if row[2]}
    assert lines["Wizyty odbyte"] == [1, 0, 0, 1]
    assert lines["Godziny w rodzinach"][0] == timedelta(minutes=45), "hours are hours"
    assert lines["Średnio wizyt na rodzinę"][:3] == [0.5, 0, None]
    assert {row[0] for row in book["Rodziny"][1:3]} == {"Kowalscy", "Nowakowie"}
    assert book["Wnioski i potrzeby"][1] == ["=1+1"]
    cell = load_workbook(BytesIO(response.content))["Wnioski i potrzeby"]["A2"]
    assert cell.data_type == "s"
    read = AccessLogEntry.objects.get()
    assert (read.access_area, sorted(read.families)) == (
        "report",
        sorted([kowalscy.pk, nowakowie.pk]),
    )


def test_workbook_masks_families_out_of_scope(client, anna, ewa, maria, centre_with_visit, kowalscy):
    with clock.freeze_time(date(2026, 8, 1)):
        hand_over(period=kowalscy.periods.get(), assistant=ewa, starts_on=date(2026, 8, 1), by=maria)
    client.force_login(anna)
    book = sheets(client.get(XLSX))
    assert book["Rodziny"][1][0] == "nie masz dostępu"
    assert "Kowalscy" not in str(book) and "Asystenci" not in book


def test_json_contains_the_numbers_of_the_page(as_maria, centre_with_visit):
    data = as_maria.get(JSON).json()
    assert (data["year"], data["quarter"], data["as_of"], data["assistant"]) == (2026, 3, "2026-09-30", None)
    assert data["computed_on"] == "2026-10-13"
    assert [column["key"] for column in data["columns"]] == [
        "kwartal",
        "poprzedni",
        "rok-temu",
        "od-stycznia",
    ]
    figures = {f["key"]: f for table in data["tables"] for group in table["groups"] for f in group["figures"]}
    statement = build_statement(ReportQuarter(THIRD, TODAY))
    assert figures["wizyty-odbyte"]["values"][0] == statement.value(visits.HELD) == 1
    assert figures["godziny"]["values"][0] == 0.75
    assert figures["srednio-na-rodzine"]["values"][1] == 0
    assert figures["srednio-na-rodzine"]["values"][2] is None
    assert "Kowalscy" not in str(data)


def test_json_and_workbook_contain_the_same_numbers(as_maria, centre_with_visit):
    """Both are renderings of the same Statement."""
    data, book = as_maria.get(JSON).json(), sheets(as_maria.get(XLSX))
    lines = {row[2]: row[3:7] for row in book["Liczby"][1:] if row[2]}
    definitions = {each["key"]: each for each in data["definitions"]}
    for table in data["tables"]:
        for group in table["groups"]:
            for figure in group["figures"]:
                values = [as_number(each) for each in lines[definitions[figure["key"]]["name"]]]
                assert values == pytest.approx(figure["values"]), figure["key"]


def as_number(cell):
    """Hours as decimal hours, as JSON has them."""
    if isinstance(cell, time):
        cell = timedelta(hours=cell.hour, minutes=cell.minute)
    return cell / timedelta(hours=1) if isinstance(cell, timedelta) else cell


def test_json_has_assistants_months_and_the_text(as_maria, centre_with_visit):
    submit_form(as_maria, report_url(), text="Potrzebna superwizja.")
    data = as_maria.get(JSON).json()
    assert data["text"] == "Potrzebna superwizja."
    anna = next(each for each in data["assistants"] if each["name"] == "Anna Sikora")
    assert (anna["values"]["wizyty-odbyte"], anna["values"]["godziny"], anna["values"]["do-limitu"]) == (
        1,
        0.75,
        1,
    )
    assert [month["held"] for month in data["months"]] == [0, 0, 0, 0, 0, 0, 1, 0, 0]
    assert (data["months"][6]["from"], data["months"][6]["to"]) == ("2026-07-01", "2026-07-31")
    page = response_text(as_maria.get(report_url()))
    assert f'href="{JSON}"' in page and "XLSX z nazwami rodzin" in page


def test_the_month_that_runs_is_marked(as_maria, centre_with_visit):
    running = report_url(Quarter(2026, 4), "quarterly-xlsx")
    assert (
        sheets(as_maria.get(running))["Wizyty w miesiącach"][-1][0]
        == "październik 2026 r., do 13 października"
    )
    assert sheets(as_maria.get(XLSX))["Wizyty w miesiącach"][-1][0] == "wrzesień 2026 r."


def test_wrapped_rows_of_the_workbook_have_their_height(as_maria, centre_with_visit):
    book = load_workbook(BytesIO(as_maria.get(XLSX).content))
    definitions = book["Definicje"]
    longest = max(range(2, definitions.max_row + 1), key=lambda row: len(definitions.cell(row, 2).value))
    assert definitions.row_dimensions[longest].height >= 45
    assert book["Asystenci"].row_dimensions[1].height >= 30, "names of columns are whole"
