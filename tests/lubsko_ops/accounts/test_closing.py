"""An account is closed, never removed, and nothing is left hanging on it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from lubsko_ops.accounts.actions import appoint_deputy, deactivate, grant_role
from lubsko_ops.accounts.link_actions import issue_link
from lubsko_ops.accounts.models import LinkKind, RoleGrant
from lubsko_ops.core.permissions import Role
from tests.factories import TODAY
from tests.form_client import response_text, submit_form
from tests.plan_factories import create_draft_plan


def closing(user) -> str:
    return reverse("person-deactivate", args=[user.pk])


def test_open_families_and_plans_are_listed_and_the_account_stays(client, maria, anna, kowalscy):
    create_draft_plan(kowalscy, by=anna)
    client.force_login(maria)
    page = response_text(client.get(closing(anna)))
    assert "1 rodzina z przydzielonym asystentem" in page and "1 plan w przygotowaniu" in page
    assert f"/rodziny/?asystent={anna.pk}" in page
    with pytest.raises(ValidationError, match=r"rodzina z przydzielonym asystentem i 1.+plan"):
        deactivate(user=anna, by=maria)


def test_the_administrator_sees_the_number_of_families_and_no_way_to_them(client, jan, anna, kowalscy):
    client.force_login(jan)
    page = response_text(client.get(closing(anna)))
    assert "1 rodzina z przydzielonym asystentem" in page and "/rodziny/" not in page


def test_roles_regions_deputies_links_and_sessions_end_in_the_same_action(client, jan, zofia, maria, tomasz):
    grant_role(user=zofia, role=Role.MANAGER, starts_on=TODAY, by=maria)
    later = TODAY + timedelta(days=30)
    grant_role(user=zofia, role=Role.SPECIALIST, starts_on=later, by=maria)
    deputy = appoint_deputy(of=zofia, user=tomasz, starts_on=TODAY, ends_on=later, by=maria)
    link, _ = issue_link(user=zofia, kind=LinkKind.PASSWORD, by=jan)
    client.force_login(jan)
    page = response_text(client.get(closing(zofia)))
    assert "skończy się zastępstwo: Tomasz Lis" in page and "cofnie się rola: specjalista" in page
    generation = zofia.session_generation
    assert submit_form(client, closing(zofia)).status_code == 302
    for row in (zofia, deputy, link):
        row.refresh_from_db()
    assert not zofia.is_active and zofia.session_generation > generation
    assert deputy.ends_on == TODAY and link.cancelled_at
    assert {grant.ends_on for grant in zofia.role_grants.all()} == {TODAY}
    assert zofia.region_grants.get().ends_on == TODAY
    assert zofia.history.latest("history_id").history_change_reason == "Zamknięcie konta"


def test_nobody_closes_the_own_account(maria):
    with pytest.raises(ValidationError, match="Własnego konta"):
        deactivate(user=maria, by=maria)


def test_an_account_opened_again_has_no_role(client, jan, zofia, maria):
    deactivate(user=zofia, by=maria)
    client.force_login(jan)
    submit_form(client, reverse("person-reactivate", args=[zofia.pk]))
    zofia.refresh_from_db()
    assert zofia.is_active and not RoleGrant.objects.active_on(TODAY + timedelta(days=1)).filter(user=zofia)
