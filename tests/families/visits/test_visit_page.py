"""Page of a visit and its correction."""

from datetime import date, time

import pytest
from django.urls import reverse

from families.caseload.actions import assign_assistant
from families.choices import AgreementResult, Kinship, NotifiedParty
from families.visits.actions import record_safeguarding_step
from families.visits.dto import OutcomeData
from families.visits.models import Agreement, SafeguardingConcern, Visit
from families.visits.permissions import VISIT_VIEW
from lubsko_ops.core import clock
from lubsko_ops.core.permissions import Role
from tests.factories import TODAY
from tests.families.visits.helpers import YESTERDAY, make_visit, visit_url
from tests.form_client import form_data, parse_form, response_text, submit_form
from tests.roles import permissions_of, set_permissions


def member(family, kinship):
    return family.memberships.get(kinship=kinship).person


def danger(**said):
    values = {
        "description": "Okno bez klamki",
        "action_taken": "Odsunięte łóżko",
        "notified": NotifiedParty.POLICE,
    }
    return SafeguardingConcern(**values, notified_at=clock.to_instant(YESTERDAY, time(14, 10)), **said)


@pytest.fixture
def visit(kowalscy, anna):
    mother, son = member(kowalscy, Kinship.MOTHER), member(kowalscy, Kinship.CHILD)
    before = make_visit(
        kowalscy, anna, date(2026, 10, 5), agreements=[Agreement(what="Złożyć wniosek", person=mother)]
    )
    return make_visit(
        kowalscy,
        anna,
        present=[mother, son],
        other_attendees=["psychologist"],
        areas=["ED"],
        tasks=["13a"],
        opinion="Wieczorny rytm się utrzymuje.",
        outcomes=[OutcomeData(before.agreements.get(), AgreementResult.MOVED, date(2026, 10, 20))],
        agreements=[Agreement(what="Zadzwonić do poradni", agreed_by="assistant", due_on=date(2026, 10, 16))],
        next_day=date(2026, 10, 26),
        next_at=time(13, 30),
        concern=danger(),
    )


@pytest.mark.parametrize("name", ["anna", "tomasz", "maria"])
def test_shows_all_parts(client, visit, request, name):
    client.force_login(request.getfixturevalue(name))
    words = response_text(client.get(visit_url(visit)))
    for said in (
        "Wizyta 12.10.2026", "13:30–14:30, 1 godz., w domu, planowana", "Anna Sikora, wpisano 13.10.2026, 12:00",
        "Kacper odrabiał lekcje", "Wieczorny rytm", "Danuta, Kacper <span class=\"note\">(dziecko widziane)",
        "psycholog", "edukacja i rozwój dzieci", "pkt 13a", "Złożyć wniosek", "przełożone na 20.10.2026",
        "Zadzwonić do poradni", "asystent, do 16.10.2026", "26.10.2026, 13:30", "Okno bez klamki",
        "Policję, 12.10.2026, 14:10",
    ):  # fmt: skip
        assert said in words, said
    assert ("Popraw wizytę" in words) is (name == "anna")
    assert "wpis późny" not in words


def test_shows_steps_of_the_concern(client, visit, tomasz):
    record_safeguarding_step(
        concern=visit.concern, day=TODAY, what="Klamka wstawiona", closes=True, by=tomasz
    )
    client.force_login(tomasz)
    words = response_text(client.get(visit_url(visit)))
    assert "Klamka wstawiona" in words and "Tomasz Lis; zagrożenie ustało" in words


@pytest.mark.parametrize(("day", "late"), [(date(2026, 10, 8), False), (date(2026, 10, 7), True)])
def test_late_entry_shows_both_days(client, kowalscy, anna, day, late):
    client.force_login(anna)
    words = response_text(client.get(visit_url(make_visit(kowalscy, anna, day))))
    assert "wpisano 13.10.2026" in words
    assert ("wpis późny</span> 4 dni robocze po wizycie" in words) is late


def test_users_out_of_scope_get_404(client, visit, nowakowie, ewa, zofia, jan):
    for user in (ewa, zofia, jan):
        client.force_login(user)
        assert client.get(visit_url(visit)).status_code == 404
        assert client.get(visit_url(visit, "visit-edit")).status_code == 404


def test_url_of_another_family_gives_404(client, visit, nowakowie, maria):
    client.force_login(maria)
    assert client.get(reverse("families:visit", args=[nowakowie.pk, visit.pk])).status_code == 404


@pytest.mark.parametrize("name", ["tomasz", "maria"])
def test_only_the_author_corrects_it(client, visit, request, name):
    client.force_login(request.getfixturevalue(name))
    assert client.post(visit_url(visit, "visit-edit")).status_code == 403


def test_another_assistant_of_the_family_cannot_correct_it(client, visit, kowalscy, ewa, maria):
    days = {"starts_on": TODAY, "ends_on": date(2026, 10, 20)}
    assign_assistant(period=kowalscy.periods.get(), assistant=ewa, kind="stand_in", by=maria, **days)
    client.force_login(ewa)
    assert client.get(visit_url(visit)).status_code == 200
    assert client.get(visit_url(visit, "visit-edit")).status_code == 403


class TestCorrection:
    @pytest.fixture
    def as_anna(self, client, anna):
        client.force_login(anna)
        return client

    def test_saving_unchanged_changes_nothing(self, as_anna, visit):
        before = Visit.objects.filter(pk=visit.pk).values().get()
        assert submit_form(as_anna, visit_url(visit, "visit-edit")).status_code == 302
        after = Visit.objects.filter(pk=visit.pk).values().get()
        assert {name for name in before if before[name] != after[name]} == {"version"}
        assert (visit.agreements.count(), visit.attendees.count(), visit.agreement_outcomes.count()) == (
            1,
            2,
            1,
        )

    def test_previous_version_stays_in_the_history(self, as_anna, visit, anna):
        row = visit.agreements.get()
        changes = {"facts": "Poprawione.", "agreements-0-what": "Napisać do poradni", "ends_at": "15:00"}
        response = submit_form(as_anna, visit_url(visit, "visit-edit"), **changes)
        assert response.url == visit_url(visit)
        words = response_text(as_anna.get(response.url))
        assert (
            "Poprawiono wizytę: Kowalscy, 12.10.2026, 13:30–15:00." in words and "potem poprawiano" in words
        )
        row.refresh_from_db()
        visit.refresh_from_db()
        assert (visit.minutes, visit.facts, row.what) == (90, "Poprawione.", "Napisać do poradni")
        first = visit.history.earliest("history_id")
        assert (first.facts[:6], visit.history.first().history_user) == ("Kacper", anna)

    def test_version_conflict_keeps_both(self, as_anna, visit):
        url = visit_url(visit, "visit-edit")
        stale = form_data(as_anna, url, facts="Z pierwszej karty.")
        submit_form(as_anna, url, facts="Z drugiej karty.")
        response = as_anna.post(url, stale)
        words = response_text(response)
        assert response.status_code == 409 and "Z pierwszej karty." in words and "Z drugiej karty." in words
        assert as_anna.post(url, parse_form(response.content.decode())).status_code == 302
        visit.refresh_from_db()
        assert visit.facts == "Z pierwszej karty."

    def test_concern_cannot_be_removed(self, as_anna, visit):
        response = submit_form(
            as_anna,
            visit_url(visit, "visit-edit"),
            danger=None,
            danger_description="",
            danger_action_taken="",
        )
        assert response.status_code == 422 and "Zgłoszonego zagrożenia nie można cofnąć." in response_text(
            response
        )

    def test_agreement_is_removed(self, as_anna, visit):
        response = submit_form(as_anna, visit_url(visit, "visit-edit"), **{"agreements-0-DELETE": "on"})
        assert response.status_code == 302 and not visit.agreements.exists()


class TestHistory:
    def test_shows_visits(self, client, visit, maria):
        client.force_login(maria)
        words = response_text(client.get(reverse("families:history", args=[visit.period.family_id])))
        assert "Dodano wizytę: 12.10.2026" in words and "Wpis wizyty" in words
        assert "edukacja i rozwój dzieci" in words and "Dodano ustalenie: Zadzwonić do poradni" in words

    def test_hides_visits_without_the_permission(self, client, visit, make_user, maria, monkeypatch):
        set_permissions(monkeypatch, Role.MANAGER, permissions_of(Role.MANAGER) - {VISIT_VIEW})
        client.force_login(maria)
        words = response_text(client.get(reverse("families:history", args=[visit.period.family_id])))
        assert "Kacper odrabiał" not in words and "Zadzwonić" not in words and "Okno" not in words
