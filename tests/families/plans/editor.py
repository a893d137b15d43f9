"""URLs and form data of the plan editor."""

from django.urls import reverse

from tests.form_client import form_data, parse_form
from tests.plan_factories import BUDGET_ROW, EDUCATION_ROW

SEND = {"then": "send"}


def new_plan_url(family) -> str:
    return reverse("families:plan-new", args=[family.pk])


def edit_plan_url(plan, name="plan-edit") -> str:
    return reverse(f"families:{name}", args=[plan.period.family_id, plan.number])


def row(number: int, cells: dict, **changes) -> dict:
    """Form fields of a row with the values of ``cells``, keyed like PlanAction; ``changes`` by form field."""
    typed = {name: f"{value:%d.%m.%Y}" if hasattr(value, "day") else value for name, value in cells.items()}
    return {f"rows-{number}-{name}": value for name, value in (typed | changes).items()}


def rows(*filled: dict) -> dict:
    """Form data of the rows formset."""
    fields = {"rows-TOTAL_FORMS": len(filled)}
    for number, cells in enumerate(filled):
        fields |= row(number, cells)
    return fields


def filled(**changes) -> dict:
    """Form data of a complete plan with two rows."""
    return {"main_goal": "Kacper chodzi do szkoły."} | rows(EDUCATION_ROW, BUDGET_ROW) | changes


def press_button(client, url: str, button: str, value: str, **fields) -> dict:
    """Press a row button without JavaScript; return the fields of the returned page."""
    answer = client.post(url, form_data(client, url, **fields) | {button: value})
    assert answer.status_code == 200
    return parse_form(answer.content.decode())
