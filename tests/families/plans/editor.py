"""The editor of a plan as a person uses it in tests: its addresses and its rows."""

from django.urls import reverse

from tests.form_client import form_data, parse_form
from tests.plan_factories import BUDGET_ROW, EDUCATION_ROW

SEND = {"then": "send"}


def new_plan(family) -> str:
    return reverse("families:plan-new", args=[family.pk])


def edit_of(plan, name="plan-edit") -> str:
    return reverse(f"families:{name}", args=[plan.period.family_id, plan.number])


def row(number: int, cells: dict, **changes) -> dict:
    """Form fields of a row with the values of ``cells``, keyed like RowData; ``changes`` by form field."""
    typed = {name: f"{value:%d.%m.%Y}" if hasattr(value, "day") else value for name, value in cells.items()}
    if "expected_outcome" in typed:
        typed["expected"] = typed.pop("expected_outcome")
    return {f"rows-{number}-{name}": value for name, value in (typed | changes).items()}


def rows(*filled: dict) -> dict:
    """Rows of a plan as the page sends them."""
    fields = {"rows-TOTAL_FORMS": len(filled)}
    for number, cells in enumerate(filled):
        fields |= row(number, cells)
    return fields


def filled(**changes) -> dict:
    """A whole plan of two rows."""
    return {"main_goal": "Kacper chodzi do szkoły."} | rows(EDUCATION_ROW, BUDGET_ROW) | changes


def pressed(client, url: str, button: str, value: str, **fields) -> dict:
    """Press a button of the rows without a script; returns the fields of the page that comes back."""
    answer = client.post(url, form_data(client, url, **fields) | {button: value})
    assert answer.status_code == 200
    return parse_form(answer.content.decode())
