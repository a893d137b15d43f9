"""Dashboard of a user with two roles."""

from datetime import date, time

import pytest

from families.caseload.actions import assign_lead_worker
from lubsko_ops.accounts.actions import grant_role, sign_contract
from lubsko_ops.core.permissions import Role
from tests.factories import TODAY, create_family_with_work
from tests.families.caseload.helpers import assign_families
from tests.families.dashboard.helpers import WINDOW, arrange_visit, dashboard_text, make_concern
from tests.plan_factories import create_sent_plan
from tests.staff import confirm_employee_file
from tests.statement_counts import page_statements


@pytest.fixture
def maria_assists(maria, system_user, tomasz, town):
    """Maria is an assistant as well, of the Zielińscy; a visit is agreed with them for today."""
    grant_role(user=maria, role=Role.ASSISTANT, starts_on=date(2020, 1, 1), by=system_user)
    sign_contract(user=maria, starts_on=date(2020, 1, 1), by=system_user)
    confirm_employee_file(maria, by=system_user)
    vars(maria).pop("held_roles", None)
    family = create_family_with_work(
        "Zielińscy", assistant=maria, social_worker=tomasz, region=town, by=maria
    )
    arrange_visit(family, maria, at=time(13, 30))
    return family


def test_manager_and_assistant(client, maria, anna, kowalscy, maria_assists):
    make_concern(kowalscy, anna)
    text = dashboard_text(client, maria)
    assert text.index("Do decyzji: 1 sprawa") < text.index(WINDOW) < text.index("Plan dnia")
    assert "13:30 Zielińscy umówiona wizyta" in text and "Zapisz wizytę" in text
    assert "Obciążenie asystentów" in text
    late = text.partition("Moje po terminie: 2 ")[2]
    assert late.startswith("Zielińscy: plan pracy z rodziną") and "Zielińscy: okresowa ocena" in late
    hers = text.partition("Moje rodziny (1)")[2].partition("Obciążenie")[0]
    assert "Zielińscy" in hers and "Kowalscy" not in hers


def test_takes_thirteen_statements_for_two_roles(client, maria, anna, kowalscy, maria_assists):
    assign_families(maria, 8, by=maria)
    assign_families(anna, 8, by=maria)
    make_concern(kowalscy, anna)
    client.force_login(maria)
    many = page_statements(client, "/")
    assert len(many) <= 13


def test_manager_and_social_worker_have_one_queue(client, maria, anna, system_user, kowalscy):
    grant_role(user=maria, role=Role.SOCIAL_WORKER, starts_on=date(2020, 1, 1), by=system_user)
    vars(maria).pop("held_roles", None)
    assign_lead_worker(family=kowalscy, social_worker=maria, since=TODAY, by=maria)
    make_concern(kowalscy, anna)
    create_sent_plan(kowalscy, by=anna)
    text = dashboard_text(client, maria)
    assert "Plany do konsultacji (1) Kowalscy, wersja 1" in text and "Do konsultacji: 1 plan." in text
    assert text.count(WINDOW) == 1 and "Czeka na Ciebie" not in text
    assert "Moje sprawy według terminu" in text and "Mój rejon" in text
    client.force_login(maria)
    many = page_statements(client, "/")
    assert len(many) <= 13
