"""The lead social worker of a family, from a day."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from families.caseload.actions import assign_lead_worker
from families.caseload.models import LeadWorkerAssignment
from lubsko_ops.accounts.actions import grant_role
from lubsko_ops.core.permissions import Role
from tests.factories import TODAY, WORK_STARTED_ON
from tests.form_client import form_data, parse_form, response_text, submit_form

EVE = TODAY - timedelta(days=1)


def url_of(family) -> str:
    return reverse("families:lead", args=[family.pk])


def leads_of(family) -> list[tuple]:
    rows = LeadWorkerAssignment.objects.filter(family=family).order_by("starts_on")
    return [(str(row.social_worker), row.starts_on, row.ends_on) for row in rows]


def test_it_works(client, maria, zofia, kowalscy):
    client.force_login(maria)
    page = response_text(client.get(url_of(kowalscy)))
    assert "Teraz prowadzi Tomasz Lis, od 04.03.2026." in page
    assert "Zofia Kos, Rejon II, wsie" in page, "the regions help to choose"
    response = submit_form(client, url_of(kowalscy), social_worker=zofia.pk, since="13.10.2026")
    page = reverse("families:work", args=[kowalscy.pk])
    assert (response.status_code, response.url) == (302, f"{page}#prowadzi")
    assert leads_of(kowalscy) == [("Tomasz Lis", WORK_STARTED_ON, EVE), ("Zofia Kos", TODAY, None)]
    assert "Od 13.10.2026 prowadzi Zofia Kos." in response_text(client.get(response.url))


def test_history_of_both_keeps_user_and_reason(kowalscy, zofia, maria):
    new = assign_lead_worker(family=kowalscy, social_worker=zofia, since=TODAY, by=maria)
    old = kowalscy.leads.get(ends_on=EVE)
    for row, why in (
        (old, "Zmiana prowadzącego pracownika socjalnego"),
        (new, "Prowadzący pracownik socjalny"),
    ):
        past = row.history.latest()
        assert (past.history_user, past.history_change_reason) == (maria, why)


def test_a_family_without_work_gets_one_too(client, maria, tomasz, unassigned_family):
    client.force_login(maria)
    assert "Rodzina nie ma teraz prowadzącego." in response_text(client.get(url_of(unassigned_family)))
    submit_form(client, url_of(unassigned_family), social_worker=tomasz.pk, since="13.10.2026")
    assert leads_of(unassigned_family) == [("Tomasz Lis", TODAY, None)]


def test_from_the_same_first_day_it_corrects(kowalscy, zofia, maria):
    row = assign_lead_worker(family=kowalscy, social_worker=zofia, since=WORK_STARTED_ON, by=maria)
    assert leads_of(kowalscy) == [("Zofia Kos", WORK_STARTED_ON, None)]
    assert row.history.latest().history_change_reason == "Poprawienie prowadzącego pracownika socjalnego"


@pytest.mark.parametrize(
    "who,since,sentence",
    [
        ("tomasz", "13.10.2026", "Ta osoba prowadzi tę rodzinę już od 04.03.2026."),
        (
            "zofia",
            "03.03.2026",
            "Od 04.03.2026 rodzinę prowadzi Tomasz Lis. Wybierz ten dzień albo późniejszy.",
        ),
        ("zofia", "", "Wpisz datę."),
        ("", "13.10.2026", "Wybierz pracownika socjalnego."),
    ],
)
def test_bad_input_is_refused_beside_the_field(client, maria, zofia, kowalscy, request, who, since, sentence):
    chosen = str(request.getfixturevalue(who).pk) if who else ""
    client.force_login(maria)
    response = submit_form(client, url_of(kowalscy), social_worker=chosen, since=since)
    assert response.status_code == 422
    assert response_text(response).count(sentence) == 2
    typed = parse_form(response.content.decode())
    assert (typed["social_worker"], typed["since"]) == ([chosen], [since])
    assert leads_of(kowalscy) == [("Tomasz Lis", WORK_STARTED_ON, None)]


def test_only_a_social_worker_of_the_day_leads(kowalscy, anna, make_user, system_user, maria):
    julia = make_user("julia", "Julia", "Dudek")
    grant_role(user=julia, role=Role.SOCIAL_WORKER, starts_on=date(2026, 11, 1), by=system_user)
    for user in (anna, julia):
        with pytest.raises(ValidationError, match="nie jest w tym dniu pracownikiem socjalnym"):
            assign_lead_worker(family=kowalscy, social_worker=user, since=TODAY, by=maria)
    assign_lead_worker(family=kowalscy, social_worker=julia, since=date(2026, 11, 1), by=maria)


def test_who_is_to_be_a_social_worker_can_be_chosen_and_a_switched_off_account_cannot(
    client, maria, zofia, make_user, system_user, kowalscy
):
    julia = make_user("julia", "Julia", "Dudek")
    grant_role(user=julia, role=Role.SOCIAL_WORKER, starts_on=date(2026, 11, 1), by=system_user)
    zofia.is_active = False
    zofia.save()
    client.force_login(maria)
    choices = client.get(url_of(kowalscy)).context["form"].fields["social_worker"].choices
    assert [label for _, label in choices] == ["wybierz", "Julia Dudek", "Tomasz Lis, Rejon I, miasto"]


def test_a_concurrent_change_is_reported(client, maria, zofia, make_user, kowalscy):
    lena = make_user("lena", "Lena", "Maj", Role.SOCIAL_WORKER)
    client.force_login(maria)
    data = form_data(client, url_of(kowalscy), social_worker=lena.pk, since="13.10.2026")
    assign_lead_worker(family=kowalscy, social_worker=zofia, since=TODAY, by=maria)
    response = client.post(url_of(kowalscy), data)
    assert response.status_code == 422
    page = response_text(response)
    assert "W międzyczasie ktoś zmienił pracownika socjalnego tej rodziny." in page
    assert "Teraz prowadzi Zofia Kos, od 13.10.2026." in page
    assert client.post(url_of(kowalscy), parse_form(response.content.decode())).status_code == 302
    assert leads_of(kowalscy)[-1] == ("Lena Maj", TODAY, None), "after the warning the form is saved"


def test_sent_twice_it_changes_once(client, maria, zofia, kowalscy):
    client.force_login(maria)
    data = form_data(client, url_of(kowalscy), social_worker=zofia.pk, since="13.10.2026")
    first, second = client.post(url_of(kowalscy), data), client.post(url_of(kowalscy), data)
    assert (first.status_code, second.status_code) == (302, 302)
    assert len(leads_of(kowalscy)) == 2


@pytest.mark.parametrize("name,status", [("anna", 403), ("tomasz", 403), ("zofia", 404), ("jan", 404)])
def test_only_the_manager_names_the_leading_social_worker(
    client, zofia, jan, kowalscy, request, name, status
):
    client.force_login(request.getfixturevalue(name))
    assert client.get(url_of(kowalscy)).status_code == status
    assert client.post(url_of(kowalscy), {"social_worker": "1", "since": "13.10.2026"}).status_code == status
    assert len(leads_of(kowalscy)) == 1
