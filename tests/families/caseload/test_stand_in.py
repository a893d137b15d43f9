"""Stand-ins for the leading assistant, and ending an assignment, also earlier than planned."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from families.caseload.actions import assign_assistant, end_assignment, end_work
from families.caseload.models import Assignment
from families.choices import AssignmentKind, ClosingReason
from lubsko_ops.core import clock
from tests.factories import TODAY
from tests.families.caseload.helpers import assign_families
from tests.form_client import form_data, parse_form, response_text, submit_form

pytestmark = pytest.mark.usefixtures("limit_of_15")

WEEK = TODAY + timedelta(days=7)


def url_of(family) -> str:
    return reverse("families:stand-in", args=[family.pk])


def end_of(row) -> str:
    return reverse("families:assignment-end", args=[row.period.family_id, row.pk])


@pytest.fixture
def stand_in(kowalscy, ewa, maria):
    return assign_assistant(
        period=kowalscy.periods.get(),
        assistant=ewa,
        kind=AssignmentKind.STAND_IN,
        starts_on=TODAY,
        ends_on=WEEK,
        by=maria,
    )


def test_it_works(client, maria, ewa, kowalscy):
    client.force_login(maria)
    response = submit_form(
        client, url_of(kowalscy), starts_on="13.10.2026", ends_on="20.10.2026", assistant=ewa.pk
    )
    page = reverse("families:work", args=[kowalscy.pk])
    assert (response.status_code, response.url) == (302, f"{page}#asystent")
    row = Assignment.objects.get(assistant=ewa)
    assert (row.kind, row.starts_on, row.ends_on) == ("stand_in", TODAY, WEEK)
    past = row.history.get()
    assert (past.history_user, past.history_change_reason) == (maria, "Zastępstwo asystenta")
    leading = Assignment.objects.get(period__family=kowalscy, kind=AssignmentKind.LEADING)
    assert leading.ends_on is None, "the leading assistant stays"
    assert "Ewa Czyż zastępuje od 13.10.2026 do 20.10.2026." in response_text(client.get(response.url))


@pytest.mark.parametrize(
    "changed,sentence",
    [
        ({"ends_on": ""}, "Wpisz datę."),
        ({"ends_on": "12.10.2026"}, "Ostatni dzień nie może poprzedzać pierwszego."),
        ({"starts_on": "01.03.2026"}, "Praca z rodziną zaczęła się 04.03.2026."),
        ({"assistant": None}, "Wybierz asystenta."),
    ],
)
def test_bad_input_is_refused_beside_the_field(client, maria, ewa, kowalscy, changed, sentence):
    client.force_login(maria)
    fields = {"starts_on": "13.10.2026", "ends_on": "20.10.2026", "assistant": ewa.pk} | changed
    response = submit_form(client, url_of(kowalscy), **fields)
    assert response.status_code == 422
    assert response_text(response).count(sentence) == 2
    typed = parse_form(response.content.decode())
    assert (typed["starts_on"], typed["ends_on"]) == ([fields["starts_on"]], [fields["ends_on"]])
    assert not Assignment.objects.filter(assistant=ewa).exists()


def test_a_stand_in_without_an_end_is_no_stand_in(kowalscy, ewa, maria):
    with pytest.raises(ValidationError) as refusal:
        assign_assistant(
            period=kowalscy.periods.get(),
            assistant=ewa,
            kind=AssignmentKind.STAND_IN,
            starts_on=TODAY,
            by=maria,
        )
    assert refusal.value.message_dict == {"ends_on": ["Podaj ostatni dzień zastępstwa."]}


def test_whoever_works_with_the_family_in_these_days_cannot_stand_in(client, maria, stand_in, kowalscy):
    client.force_login(maria)
    data = form_data(client, url_of(kowalscy), starts_on="20.10.2026", ends_on="25.10.2026")
    page = response_text(client.post(url_of(kowalscy), data | {"_add": ""}))
    assert "Anna Sikora: prowadzi tę rodzinę od 04.03.2026" in page
    assert "Ewa Czyż: już zastępuje w tej rodzinie" in page
    data = form_data(client, url_of(kowalscy), starts_on="21.10.2026", ends_on="25.10.2026")
    form = client.post(url_of(kowalscy), data | {"_add": ""}).context["form"]
    assert [str(row.user) for row in form.top_options] == ["Ewa Czyż"]


def test_the_board_looks_at_the_days_of_the_stand_in(client, maria, ewa, kowalscy):
    assign_families(ewa, 14, by=maria)
    assign_families(ewa, 1, on=date(2026, 11, 1), by=maria)
    client.force_login(maria)
    for ends_on, words in (("31.10.2026", ""), ("01.11.2026", "od 01.11.2026 brak miejsca")):
        data = form_data(client, url_of(kowalscy), starts_on="13.10.2026", ends_on=ends_on)
        [row] = client.post(url_of(kowalscy), data | {"_add": ""}).context["form"].top_options
        assert (row.caseload_label, row.full_label) == ("14 z 15", words)


def test_a_family_without_work_has_nobody_to_stand_in_for(client, maria, ewa, unassigned_family):
    client.force_login(maria)
    for answer in (
        client.get(url_of(unassigned_family)),
        client.post(url_of(unassigned_family), {"assistant": ewa.pk}),
    ):
        assert (answer.status_code, answer.url) == (
            302,
            reverse("families:work", args=[unassigned_family.pk]),
        )
    assert "Z tą rodziną nie trwa teraz praca." in response_text(client.get(answer.url))


def test_a_form_left_open_over_the_closing_is_refused_and_kept(client, maria, ewa, kowalscy):
    with clock.freeze_time(TODAY + timedelta(days=1)):
        client.force_login(maria)
        data = form_data(client, url_of(kowalscy), ends_on="20.10.2026", assistant=ewa.pk)
        end_work(period=kowalscy.periods.get(), on=TODAY, reason=ClosingReason.MOVED, by=maria)
        response = client.post(url_of(kowalscy), data)
    assert response.status_code == 422
    assert "Praca z rodziną została zakończona 13.10.2026." in response_text(response)
    assert parse_form(response.content.decode())["ends_on"] == ["20.10.2026"]


def test_sent_twice_it_stands_in_once(client, maria, ewa, kowalscy):
    client.force_login(maria)
    data = form_data(client, url_of(kowalscy), ends_on="20.10.2026", assistant=ewa.pk)
    first, second = client.post(url_of(kowalscy), data), client.post(url_of(kowalscy), data)
    assert (first.status_code, second.status_code) == (302, 302)
    assert Assignment.objects.filter(assistant=ewa).count() == 1


@pytest.mark.parametrize("name,status", [("ewa", 404), ("anna", 403), ("tomasz", 403), ("jan", 404)])
def test_only_the_manager_names_a_stand_in(client, ewa, jan, kowalscy, request, name, status):
    client.force_login(request.getfixturevalue(name))
    assert client.get(url_of(kowalscy)).status_code == status
    assert client.post(url_of(kowalscy)).status_code == status


# ---- the end of an assignment ------------------------------------------------------------------------
def test_it_ends_earlier_than_was_planned(client, maria, stand_in):
    client.force_login(maria)
    response = submit_form(client, end_of(stand_in), ends_on="15.10.2026")
    assert response.status_code == 302
    stand_in.refresh_from_db()
    assert stand_in.ends_on == date(2026, 10, 15)
    past = stand_in.history.latest()
    assert (past.history_user, past.history_change_reason) == (maria, "Koniec przydzielenia")
    assert "Ewa Czyż zastępuje do 15.10.2026." in response_text(client.get(response.url))


@pytest.mark.parametrize(
    "ends_on,sentence",
    [
        ("21.10.2026", "To przydzielenie kończy się już 20.10.2026."),
        ("12.10.2026", "To przydzielenie zaczyna się 13.10.2026."),
        ("wkrótce", "Wpisz datę jako dzień.miesiąc.rok, np. 13.10.2026."),
    ],
)
def test_it_can_neither_be_extended_nor_end_before_it_started(client, maria, stand_in, ends_on, sentence):
    client.force_login(maria)
    response = submit_form(client, end_of(stand_in), ends_on=ends_on)
    assert response.status_code == 422
    assert response_text(response).count(sentence) == 2
    stand_in.refresh_from_db()
    assert stand_in.ends_on == WEEK


def test_the_end_of_the_leading_one_leaves_the_family_without_an_assistant(client, maria, kowalscy):
    row = kowalscy.periods.get().assignments.get()
    client.force_login(maria)
    assert "Rodzina zostanie bez asystenta." in response_text(client.get(end_of(row)))
    response = submit_form(client, end_of(row), ends_on="31.10.2026")
    page = response_text(client.get(response.url))
    assert "Anna Sikora prowadzi do 31.10.2026. Od 01.11.2026 rodzina nie ma asystenta." in page


def test_an_end_saved_by_somebody_else_is_shown_beside_ones_own(client, maria, stand_in):
    client.force_login(maria)
    data = form_data(client, end_of(stand_in), ends_on="15.10.2026")
    end_assignment(assignment=stand_in, on=date(2026, 10, 14), version=None, by=maria)
    response = client.post(end_of(stand_in), data)
    assert response.status_code == 409
    assert "15.10.2026" in response_text(response)
    stand_in.refresh_from_db()
    assert stand_in.ends_on == date(2026, 10, 14)


def test_an_assignment_of_another_family_gives_404(client, maria, kowalscy, nowakowie):
    row = nowakowie.periods.get().assignments.get()
    client.force_login(maria)
    mixed = reverse("families:assignment-end", args=[kowalscy.pk, row.pk])
    assert client.get(mixed).status_code == 404
    assert client.post(mixed, {"ends_on": "15.10.2026"}).status_code == 404


@pytest.mark.parametrize("name,status", [("anna", 403), ("tomasz", 403), ("zofia", 404), ("jan", 404)])
def test_only_the_manager_ends_an_assignment(client, zofia, jan, stand_in, request, name, status):
    client.force_login(request.getfixturevalue(name))
    assert client.get(end_of(stand_in)).status_code == status
    assert client.post(end_of(stand_in), {"ends_on": "15.10.2026"}).status_code == status
    assert Assignment.objects.get(pk=stand_in.pk).ends_on == WEEK
