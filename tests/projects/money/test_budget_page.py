"""The budget: sums of positions, sources and invoices agree, each leads to its list, a difference is explained."""

import io
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lubsko_ops.audit.history import save_with_history
from projects.budget import budget_totals
from projects.models import BudgetLine, Edition, Invoice
from projects.money.queries import load_positions
from reports.project.figures import ProjectFigures
from tests.form_client import response_text, submit_form
from tests.page import Page
from tests.projects.helpers import enter_results, make_draft
from tests.projects.money.helpers import DAY, line_of, make_invoice
from tests.statement_counts import page_statements

MONEY = st.decimals("0.01", "9999.99", places=2)
BUDGETS = st.lists(
    st.tuples(
        st.sampled_from(["", "own", "grant"]),
        st.none() | MONEY,  # amount
        st.none() | MONEY,  # price
        st.none() | MONEY,  # typed
        st.lists(MONEY, max_size=3),  # invoices
    ),
    max_size=4,
)


def url(edition, name="budget", query="") -> str:
    return reverse(f"projects:{name}", args=[edition.pk]) + (f"?{query}" if query else "")


def text_of(response) -> str:
    return " ".join(response_text(response).replace("\xa0", " ").split())


# ---- sums --------------------------------------------------------------------------------------------
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(BUDGETS)
def test_sums_are_those_of_the_rows(edition, tomasz, budget):
    for model in (Invoice, BudgetLine):
        model.objects.all()._raw_delete("default")
    for position, (source, amount, price, typed, invoices) in enumerate(budget, start=1):
        line = BudgetLine(edition=edition, position=position, source=source, amount=amount, price=price)
        line.typed_spent = typed
        save_with_history(line, by=tomasz, why="próba")
        for each in invoices:
            row = Invoice(line=line, number="x", day=DAY, amount=each, purpose="x")
            save_with_history(row, by=tomasz, why="próba")
    positions = load_positions(edition)
    for position, (_, _, _, typed, invoices) in zip(positions, budget, strict=True):
        line = position.line
        assert line.spent == (sum(invoices) if invoices else typed)
        assert BudgetLine.objects.get(pk=line.pk).spent == line.spent, "read alone"
        assert (line.planned_sum, line.spent_sum) == (line.planned, line.spent or 0), "in SQL"
        assert position.left == line.planned - position.spent
    totals = budget_totals([each.line for each in positions])
    assert totals.total.spent == sum(each.spent for each in positions)
    assert totals.total.left == sum(each.left for each in positions)
    assert sum(each.spent for each in totals.sources) == totals.total.spent
    figures = ProjectFigures(edition).by_key
    for key, name in (("zaplanowano", "planned"), ("wydano", "spent")):
        rows = figures[key].require_rows(None)
        listed = rows.row_type.get_queryset().aggregate(n=rows.aggregate_expression())["n"]
        assert listed == getattr(totals.total, name), key


# ---- the page ----------------------------------------------------------------------------------------
def test_each_number_leads_to_its_invoices(as_tomasz, tomasz, edition):
    enter_results(edition, tomasz)
    make_invoice(edition, tomasz)
    make_invoice(edition, tomasz, number="FV 2", amount=Decimal("60.25"))
    page = Page(as_tomasz.get(url(edition)))
    for query in ("pozycja=1", "pozycja=2", "zrodlo=own", "zrodlo=grant", ""):
        assert url(edition, "invoices", query) in page.urls, query
    listed = text_of(as_tomasz.get(url(edition, "invoices", "pozycja=1")))
    assert "Wydano 400,25 zł." in listed and "2 faktury, razem 400,25 zł" in listed
    listed = text_of(as_tomasz.get(url(edition, "invoices", "zrodlo=own")))
    assert (
        "Wydano 500,25 zł." in listed and "Wpisane bez faktur" in listed and "3. Opieka: 100,00 zł" in listed
    )
    assert "Wydano 600,25 zł." in text_of(as_tomasz.get(url(edition, "invoices")))
    assert url(edition) in Page(as_tomasz.get(reverse("projects:project", args=[edition.pk]))).urls


def test_others_read_it(client, anna, tomasz, edition):
    make_invoice(edition, tomasz)
    client.force_login(anna)
    page = Page(client.get(url(edition)))
    assert reverse("projects:invoice-add", args=[edition.pk]) not in page.urls
    assert "FV 1/2026" in text_of(client.get(url(edition, "invoices")))


def test_without_a_budget(as_tomasz, tomasz):
    edition = make_draft(tomasz)
    assert "Tu będzie budżet projektu" in text_of(as_tomasz.get(url(edition)))
    assert "Nie ma jeszcze żadnej faktury" in text_of(as_tomasz.get(url(edition, "invoices")))
    assert as_tomasz.get(url(edition, "invoice-add"))["Location"] == url(edition)


@pytest.mark.parametrize(
    "query", ["pozycja=9", "pozycja=x", "pozycja=-1", "zrodlo=eu", "zrodlo=%00", "pozycja=1&zrodlo=grant"]
)
def test_a_position_that_is_not_there(as_tomasz, edition, query):
    assert as_tomasz.get(url(edition, "invoices", query)).status_code == 404


# ---- a difference ------------------------------------------------------------------------------------
def test_a_difference_is_explained(as_tomasz, tomasz, edition):
    make_invoice(edition, tomasz, amount=Decimal("1300.00"))
    assert "różnica bez wyjaśnienia" in text_of(as_tomasz.get(url(edition)))
    address = reverse("projects:difference", args=[edition.pk, 1])
    assert "zostało −40,00 zł" in text_of(as_tomasz.get(address))
    assert submit_form(as_tomasz, address, difference="Drożej o 40 zł.").status_code == 302
    page = text_of(as_tomasz.get(url(edition)))
    assert "Drożej o 40 zł." in page and "bez wyjaśnienia" not in page
    assert line_of(edition).difference == "Drożej o 40 zł."
    assert "Wyjaśnienie różnicy" in text_of(as_tomasz.get(url(edition, "history")))


def test_unspent_money_is_explained_at_the_settlement(as_tomasz, tomasz, edition):
    assert "bez wyjaśnienia" not in text_of(as_tomasz.get(url(edition)))
    Edition.objects.filter(pk=edition.pk).update(state="to_settle")
    assert "3 różnice bez wyjaśnienia" in text_of(as_tomasz.get(url(edition)))


def test_a_difference_of_no_position(as_tomasz, edition):
    assert as_tomasz.get(reverse("projects:difference", args=[edition.pk, 9])).status_code == 404
    address = reverse("projects:difference", args=[edition.pk, 1])
    assert submit_form(as_tomasz, address, difference="x" * 501).status_code == 422


# ---- workbook, cost ----------------------------------------------------------------------------------
def test_the_workbook(as_tomasz, tomasz, edition):
    make_invoice(edition, tomasz, supplier="=1+1")
    workbook = openpyxl.load_workbook(io.BytesIO(as_tomasz.get(url(edition, "budget-xlsx")).content))
    assert workbook.sheetnames == ["Pozycje", "Źródła", "Faktury"]
    cells = [[cell.value for cell in row] for row in workbook["Faktury"].iter_rows()]
    assert any("FV 1/2026" in row and 340 in row and "=1+1" in row for row in cells)
    totals = [row for row in workbook["Źródła"].iter_rows(values_only=True) if row[0] == "razem"]
    assert totals[0][1:4] == (2460, 340, 2120)


def test_statements(as_tomasz, tomasz, edition):
    for number in range(12):
        make_invoice(edition, tomasz, number=f"FV {number}", amount=Decimal(10))
    for name, ceiling in (("budget", 8), ("invoices", 8), ("invoice-add", 10)):
        assert len(page_statements(as_tomasz, url(edition, name))) <= ceiling, name
