"""The leading social worker of a family, from a day."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from families.caseload.actions import set_lead
from families.caseload.models import LeadWorkerAssignment
from lubsko_ops.accounts.actions import grant_role
from lubsko_ops.core.permissions import Role
from tests.pages import controls_of, form_data, send, words_of
from tests.stories import BEGUN, DAY

EVE = DAY - timedelta(days=1)


def url_of(family) -> str:
    return reverse("families:lead", args=[family.pk])


def leads_of(family) -> list[tuple]:
    rows = LeadWorkerAssignment.objects.filter(family=family).order_by("starts_on")
    return [(str(row.social_worker), row.starts_on, row.ends_on) for row in rows]


def test_it_works(client, maria, zofia, kowalscy):
    client.force_login(maria)
    page = words_of(client.get(url_of(kowalscy)))
    assert "Teraz prowadzi Tomasz Lis, od 04.03.2026." in page
    assert "Zofia Kos, Rejon II, wsie" in page, "the regions help to choose"
    response = send(client, url_of(kowalscy), social_worker=zofia.pk, since="13.10.2026")
    assert (response.status_code, response.url) == (302, reverse("families:work", args=[kowalscy.pk]))
    assert leads_of(kowalscy) == [("Tomasz Lis", BEGUN, EVE), ("Zofia Kos", DAY, None)]
    assert "Od 13.10.2026 prowadzi Zofia Kos." in words_of(client.get(response.url))


def test_history_of_both_says_who_and_why(kowalscy, zofia, maria):
    new = set_lead(family=kowalscy, social_worker=zofia, since=DAY, by=maria)
    old = kowalscy.leads.get(ends_on=EVE)
    for row, why in (
        (old, "Zmiana prowadzącego pracownika socjalnego"),
        (new, "Prowadzący pracownik socjalny"),
    ):
        past = row.history.latest()
        assert (past.history_user, past.history_change_reason) == (maria, why)


def test_a_family_without_work_gets_one_too(client, maria, tomasz, not_begun):
    client.force_login(maria)
    assert "Rodzina nie ma teraz prowadzącego." in words_of(client.get(url_of(not_begun)))
    send(client, url_of(not_begun), social_worker=tomasz.pk, since="13.10.2026")
    assert leads_of(not_begun) == [("Tomasz Lis", DAY, None)]


def test_from_the_same_first_day_it_corrects(kowalscy, zofia, maria):
    row = set_lead(family=kowalscy, social_worker=zofia, since=BEGUN, by=maria)
    assert leads_of(kowalscy) == [("Zofia Kos", BEGUN, None)]
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
    response = send(client, url_of(kowalscy), social_worker=chosen, since=since)
    assert response.status_code == 422
    assert words_of(response).count(sentence) == 2
    typed = controls_of(response.content.decode())
    assert (typed["social_worker"], typed["since"]) == ([chosen], [since])
    assert leads_of(kowalscy) == [("Tomasz Lis", BEGUN, None)]


def test_only_a_social_worker_of_the_day_leads(kowalscy, anna, person, system, maria):
    julia = person("julia", "Julia", "Dudek")
    grant_role(user=julia, role=Role.SOCIAL_WORKER, starts_on=date(2026, 11, 1), by=system)
    for user in (anna, julia):
        with pytest.raises(ValidationError, match="nie jest w tym dniu pracownikiem socjalnym"):
            set_lead(family=kowalscy, social_worker=user, since=DAY, by=maria)
    set_lead(family=kowalscy, social_worker=julia, since=date(2026, 11, 1), by=maria)


def test_who_is_to_be_a_social_worker_can_be_chosen_and_a_switched_off_account_cannot(
    client, maria, zofia, person, system, kowalscy
):
    julia = person("julia", "Julia", "Dudek")
    grant_role(user=julia, role=Role.SOCIAL_WORKER, starts_on=date(2026, 11, 1), by=system)
    zofia.is_active = False
    zofia.save()
    client.force_login(maria)
    choices = client.get(url_of(kowalscy)).context["form"].fields["social_worker"].choices
    assert [label for _, label in choices] == ["wybierz", "Julia Dudek", "Tomasz Lis, Rejon I, miasto"]


def test_what_somebody_else_changed_meanwhile_is_told(client, maria, zofia, person, kowalscy):
    lena = person("lena", "Lena", "Maj", Role.SOCIAL_WORKER)
    client.force_login(maria)
    data = form_data(client, url_of(kowalscy), social_worker=lena.pk, since="13.10.2026")
    set_lead(family=kowalscy, social_worker=zofia, since=DAY, by=maria)
    response = client.post(url_of(kowalscy), data)
    assert response.status_code == 422
    page = words_of(response)
    assert "W międzyczasie ktoś zmienił pracownika socjalnego tej rodziny." in page
    assert "Teraz prowadzi Zofia Kos, od 13.10.2026." in page
    assert client.post(url_of(kowalscy), controls_of(response.content.decode())).status_code == 302
    assert leads_of(kowalscy)[-1] == ("Lena Maj", DAY, None), "having seen it, she may go on"


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
