"""One report, many renderings: page, paper, annex, workbook and data have the same figures and table numbers."""

import re
from io import BytesIO

import pytest
from openpyxl import load_workbook

from families.choices import CounterpartType
from lubsko_ops.core.dates import Quarter
from reports.catalogue.quarterly import FIGURES, TABLES
from reports.catalogue.staff import ASSISTANTS
from reports.quarter import ReportQuarter
from reports.render.pdf import build_context
from reports.statement import build_statement
from tests.factories import TODAY
from tests.families.visits.helpers import make_contact, make_visit
from tests.form_client import response_text
from tests.lubsko_ops.output.conftest import pdf_text, without_spaces
from tests.page import Page
from tests.reports.test_movement_by_assistants import led_again, left_alone
from tests.reports.test_quarterly_exports import JULY
from tests.reports.test_ratios import monitored
from tests.reports.urls import THIRD, evening, report_url

PDF, XLSX, JSON = (report_url(THIRD, f"quarterly-{kind}") for kind in ("pdf", "xlsx", "json"))


@pytest.fixture
def full_quarter(centre_row, kowalscy, nowakowie, anna, ewa, maria):
    """Visits with areas and tasks, contacts, an interruption and monitoring: hardly a figure is hidden."""
    monitored(nowakowie, ewa, maria)
    with evening(JULY):
        make_visit(kowalscy, anna, JULY, areas=["ED"], tasks=["6"])
        make_visit(nowakowie, ewa, JULY)
        make_contact(kowalscy, anna, JULY, counterpart_type=CounterpartType.SCHOOL)
    left_alone(kowalscy, maria)
    led_again(kowalscy, anna, maria)


@pytest.mark.parametrize("whose", ["centre", "anna"])
def test_every_figure_stands_on_the_page_on_paper_in_the_workbook_and_in_the_data(
    as_maria, anna, full_quarter, whose
):
    assistant = anna if whose == "anna" else None
    query = {"asystent": anna.pk} if assistant else {}
    statement = build_statement(ReportQuarter(THIRD, TODAY), assistant=assistant)
    figures = {figure.key: figure for figure in statement.figures}
    assert set(figures) <= set(FIGURES)

    shown = set()
    for key in ("", *(table.key for table in TABLES if table.folded)):
        page = Page(as_maria.get(report_url(), query | {"tabela": key}))
        shown |= {row["id"].removeprefix("f-") for row in page.rows}
        people = [table for table in page.all("table") if "tbl-people" in table.classes]
        shown |= {url.partition("/?")[0].rpartition("/")[2] for table in people for url in table.urls}
    assert shown & set(FIGURES) == set(figures)

    paper = without_spaces(pdf_text(as_maria.get(PDF, query).content))
    context = build_context(statement, text="", locality="", manager=None, on=TODAY, version="robocza")
    assert {each["key"] for each in context["definitions"]} == set(figures)
    body, _, definitions = paper.partition(without_spaces("Załącznik. Definicje i objaśnienia"))
    for figure in figures.values():
        assert without_spaces(figure.name) in body, f"{figure.key} is on no table of the paper"
        assert without_spaces(figure.title) in definitions, f"{figure.key} is not in the annex"

    book = load_workbook(BytesIO(as_maria.get(XLSX, query).content))
    assert {row[0].value for row in book["Definicje"].iter_rows(min_row=2)} == {
        figure.title for figure in figures.values()
    }
    listed = {row[2].value for row in book["Liczby"].iter_rows(min_row=2)}
    if not assistant:
        listed |= {cell.value for cell in book["Asystenci"][1]}
    assert {figure.title for figure in figures.values()} <= listed

    data = as_maria.get(JSON, query).json()
    assert {each["key"] for each in data["definitions"]} == set(figures)
    in_tables = {f["key"] for table in data["tables"] for group in table["groups"] for f in group["figures"]}
    in_tables |= {key for each in data["assistants"] for key in each["values"]} if not assistant else set()
    assert in_tables == set(figures)


@pytest.mark.parametrize("whose", ["centre", "anna"])
def test_tables_have_the_same_numbers_on_the_page_and_on_paper(as_maria, anna, full_quarter, whose):
    query = {"asystent": anna.pk} if whose == "anna" else {}
    paper = without_spaces(pdf_text(as_maria.get(PDF, query).content))
    page = response_text(as_maria.get(report_url(), query))
    data = as_maria.get(JSON, query).json()
    for table in data["tables"]:
        assert without_spaces(f"Tabela {table['number']}. {table['title']}") in paper
        folded = f"{table['number']}. {table['title']}<" in page
        assert folded or f"{table['number']}. {table['groups'][0]['title']}" in page
    if whose == "centre":
        for number, title in (
            (5, "Asystenci rodziny, stan na 30.09.2026"),
            (6, "Ruch rodzin i wizyty według asystentów"),
        ):
            assert without_spaces(f"Tabela {number}. {title}") in paper
            assert f"{number}. {title}" in page


def test_the_heading_of_the_paper_has_the_figure_itself(as_maria, ewa, full_quarter):
    """Ewa visits, but her contract has ended: the number of assistants is that of the table."""
    ewa.contracts.update(ends_on=JULY)
    statement = build_statement(ReportQuarter(THIRD, TODAY))
    assert len(statement.assistants) == 2 and statement.value(ASSISTANTS) == 1
    assert (
        without_spaces("Asystenci rodziny 1 ")
        in without_spaces(pdf_text(as_maria.get(PDF).content)).partition("Najważniejsze")[0]
    )


def test_stan_na_is_one_day_everywhere(as_maria, full_quarter):
    for quarter, day, iso in (
        (THIRD, "30.09.2026", "2026-09-30"),
        (Quarter(2026, 4), "13.10.2026", "2026-10-13"),
    ):
        page = response_text(as_maria.get(report_url(quarter)))
        assert f"stan na {day}" in page
        assert set(re.findall(r"[Ss]tan na (\d\d\.\d\d\.\d{4})", page)) == {day}
        paper = without_spaces(pdf_text(as_maria.get(report_url(quarter, "quarterly-pdf")).content))
        assert set(re.findall(r"[Ss]tanna(?:dzień)?(\d\d\.\d\d\.\d{4})", paper)) == {day}
        assert as_maria.get(report_url(quarter, "quarterly-json")).json()["as_of"] == iso
        book = load_workbook(BytesIO(as_maria.get(report_url(quarter, "quarterly-xlsx")).content))
        notes = [cell.value for cell in book["Liczby"]["A"] if cell.value and "Stan na" in str(cell.value)]
        assert f"Stan na {day}, obliczono 13.10.2026." in notes[0]


def test_a_running_quarter_is_marked_beside_whole_ones(as_maria, full_quarter):
    running = Quarter(2026, 4)
    mark = "do 13 października"
    page = response_text(as_maria.get(report_url(running)))
    assert page.count(mark) >= 3, "both running columns and the chart"
    paper = pdf_text(as_maria.get(report_url(running, "quarterly-pdf")).content)
    paper = without_spaces(paper)
    assert without_spaces(f"Wsparciem objęto 1 rodzinę {mark}; rok wcześniej, w całym kwartale,") in paper
    assert paper.count(without_spaces(mark)) >= 8, "each table of periods, the heading and the chart"
    for text in (response_text(as_maria.get(report_url())), pdf_text(as_maria.get(PDF).content)):
        assert "do 13 października" not in text and "do 30 września" not in text
