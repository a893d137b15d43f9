"""Roles, regions and deputies: from a day to a day; who may not be removed."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse

from lubsko_ops.accounts.actions import deactivate, end_region, end_role, grant_role
from lubsko_ops.accounts.models import RoleGrant, User
from lubsko_ops.accounts.rules import Days, role_refusal
from lubsko_ops.core import clock
from lubsko_ops.core.permissions import Role
from tests.concurrency import run_together
from tests.factories import TODAY
from tests.form_client import response_text, submit_form


def test_roles_that_meet_on_one_day_exclude_each_other():
    """A pure rule: the last day belongs to the role."""
    ends = Days(Role.ASSISTANT, date(2026, 1, 1), date(2026, 6, 30))
    assert "art. 17" in role_refusal(Days(Role.SOCIAL_WORKER, date(2026, 6, 30)), [ends])
    assert role_refusal(Days(Role.SOCIAL_WORKER, date(2026, 7, 1)), [ends]) == ""
    assert role_refusal(Days(Role.MANAGER, date(2026, 2, 1)), [ends]) == ""
    assert "już tę rolę" in role_refusal(Days(Role.ASSISTANT, date(2025, 1, 1)), [ends])


def test_a_role_that_the_person_has_is_refused_beside_the_field(client, jan, ewa):
    client.force_login(jan)
    url = reverse("role-grant", args=[ewa.pk])
    response = submit_form(client, url, role="social_worker", starts_on="01.11.2026")
    assert "art. 17" in response.context["form"].errors["role"][0]


def test_a_deputy_without_an_end_is_refused_beside_the_field(client, maria, zofia):
    client.force_login(maria)
    url = reverse("deputy-appoint", args=[maria.pk])
    response = submit_form(client, url, deputy=zofia.pk, starts_on="01.11.2026")
    assert "Zastępstwo musi mieć ostatni dzień" in response.context["form"].errors["ends_on"][0]
    assert response.context["form"]["deputy"].value() == str(zofia.pk)


def test_the_rights_of_a_deputy_end_by_themselves(client, maria, zofia):
    client.force_login(maria)
    url = reverse("deputy-appoint", args=[maria.pk])
    submit_form(client, url, deputy=zofia.pk, starts_on="13.10.2026", ends_on="14.10.2026")
    client.force_login(zofia)
    assert client.get("/pracownicy/").status_code == 200
    with clock.freeze_time(TODAY + timedelta(days=2)):
        client.force_login(zofia)
        assert client.get("/pracownicy/").status_code == 403


def test_nobody_deputises_for_somebody_who_is_no_manager(client, maria, zofia, anna):
    client.force_login(maria)
    url = reverse("deputy-appoint", args=[anna.pk])
    response = submit_form(client, url, deputy=zofia.pk, starts_on="01.11.2026", ends_on="02.11.2026")
    assert "w tym dniu jest kierownikiem" in response.context["form"].errors["starts_on"][0]


def test_ending_a_role_over_open_families_is_asked_about_first(client, jan, anna, kowalscy):
    client.force_login(jan)
    url = reverse("role-end", args=[anna.pk, anna.role_grants.get().pk])
    response = submit_form(client, url, ends_on="31.10.2026")
    assert response.status_code == 422
    assert "zostanie na tej osobie: 1 rodzina z przydzielonym asystentem" in response_text(response)
    assert anna.role_grants.get().ends_on is None


def test_a_role_is_not_made_longer_by_its_end(jan, ewa):
    grant = end_role(grant=ewa.role_grants.get(), on=TODAY, by=jan)
    with pytest.raises(ValidationError, match="nadaj ją jeszcze raz"):
        end_role(grant=grant, on=TODAY + timedelta(days=30), by=jan)


def test_the_last_administrator_stays(client, jan, maria):
    client.force_login(maria)
    for url, fields in (
        (reverse("role-end", args=[jan.pk, jan.role_grants.get().pk]), {"ends_on": "31.10.2026"}),
        (reverse("person-deactivate", args=[jan.pk]), {}),
    ):
        response = submit_form(client, url, **fields)
        assert response.status_code == 422 and "To ostatni administrator" in response_text(response)
    jan.refresh_from_db()
    assert jan.is_active and jan.role_grants.get().ends_on is None


def test_an_administrator_who_has_no_password_yet_does_not_count(jan, maria, make_user):
    adam = make_user("adam", "Adam", "Wilga", Role.ADMIN)
    adam.set_unusable_password()
    adam.save()
    with pytest.raises(ValidationError, match="ostatni administrator"):
        deactivate(user=jan, by=maria)


@pytest.mark.django_db(transaction=True)
def test_two_administrators_do_not_remove_each_other_at_the_same_moment():
    system, jan, maria = (User.objects.get(username=name) for name in ("system", "jan", "maria"))
    grant_role(user=maria, role=Role.ADMIN, starts_on=TODAY, by=system)
    results = run_together(
        lambda: _deactivate(jan, by=maria),
        lambda: _deactivate(maria, by=jan),
    )
    assert sum(isinstance(each, ValidationError) for each in results) == 1
    assert User.objects.filter(username__in=("jan", "maria"), is_active=True).count() == 1


def _deactivate(user, *, by):
    with clock.freeze_time(TODAY):
        try:
            return deactivate(user=user, by=by)
        finally:
            connection.close()


def test_what_an_administrator_grants_waits_and_what_a_manager_grants_does_not(jan, maria, ewa):
    grant_role(user=ewa, role=Role.SPECIALIST, starts_on=TODAY, ends_on=TODAY, by=jan)
    later = TODAY + timedelta(days=1)
    grant_role(user=ewa, role=Role.SPECIALIST, starts_on=later, by=maria)
    grant_role(user=ewa, role=Role.ADMIN, starts_on=TODAY, by=jan)
    waiting = RoleGrant.objects.filter(awaits_acknowledgement=True)
    assert [(grant.role, grant.ends_on) for grant in waiting] == [("specialist", TODAY)]


def test_a_region_that_ended_is_not_prolonged(tomasz, jan):
    """To be granted anew is checked anew: whether the region is open, whether the role lasts."""
    grant = end_region(grant=tomasz.region_grants.get(), on=TODAY - timedelta(days=1), by=jan)
    with pytest.raises(ValidationError, match="przypisz go jeszcze raz"):
        end_region(grant=grant, on=TODAY + timedelta(days=300), by=jan)
