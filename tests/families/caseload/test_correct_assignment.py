"""Correcting assignments and lead social workers; the predecessor's last day follows."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from families.caseload.actions import assign_lead_worker, end_assignment, hand_over
from families.caseload.corrections import correct_assignment, correct_lead_worker
from families.caseload.forms.assignments import LIMIT_REACHED_HINT
from families.caseload.validators import LimitReached
from tests.factories import TODAY, WORK_STARTED_ON
from tests.families.caseload.helpers import DECEMBER, WEEK, assign_families
from tests.families.caseload.test_hand_over import rows_of
from tests.families.caseload.test_lead_worker import leads_of
from tests.form_client import form_data, parse_form, response_text, submit_form

pytestmark = pytest.mark.usefixtures("limit_of_15")

DAY_1 = timedelta(days=1)


def url_of(row) -> str:
    return reverse("families:assignment-correct", args=[row.period.family_id, row.pk])


def lead_url(row) -> str:
    return reverse("families:lead-correct", args=[row.family_id, row.pk])


def correct(row, **changed):
    facts = {"starts_on": row.starts_on, "ends_on": row.ends_on, "why": "Pomyłka.", "version": None}
    return correct_assignment(assignment=row, **(facts | changed))


# ---- the days of an assignment -----------------------------------------------------------------------
def test_a_stand_in_is_moved(client, maria, kowalscy, stand_in):
    work = reverse("families:work", args=[kowalscy.pk])
    client.force_login(maria)
    assert url_of(stand_in) in response_text(client.get(work))
    response = submit_form(
        client, url_of(stand_in), starts_on="23.11.2026", ends_on="04.12.2026", why="Urlop wcześniej."
    )
    assert (response.status_code, response.url) == (302, f"{work}#asystent")
    assert rows_of(kowalscy)[1] == ("Ewa Czyż", "zastępuje", date(2026, 11, 23), date(2026, 12, 4))
    past = stand_in.history.latest()
    assert (past.history_user, past.history_change_reason) == (
        maria,
        "Poprawienie przydzielenia: Urlop wcześniej.",
    )
    assert "Poprawiono: Ewa Czyż zastępuje od 23.11.2026 do 04.12.2026." in response_text(client.get(work))


@pytest.mark.parametrize("day", [date(2026, 11, 1), date(2026, 12, 5)])
def test_the_predecessor_and_the_accompanying_assignment_move_with_a_hand_over(period, planned, maria, day):
    correct(planned, starts_on=day, by=maria)
    assert rows_of(period.family) == [
        ("Anna Sikora", "prowadzi", WORK_STARTED_ON, day - DAY_1),
        ("Ewa Czyż", "prowadzi", day, None),
        ("Anna Sikora", "towarzyszy", day, WEEK),
    ]


def test_moved_past_its_last_day_the_accompanying_assignment_is_deleted(period, planned, maria):
    correct(planned, starts_on=date(2026, 12, 20), by=maria)
    assert rows_of(period.family) == [
        ("Anna Sikora", "prowadzi", WORK_STARTED_ON, date(2026, 12, 19)),
        ("Ewa Czyż", "prowadzi", date(2026, 12, 20), None),
    ]


def test_the_predecessor_can_be_restored_after_two_moves(client, period, planned, maria):
    correct(planned, starts_on=date(2026, 12, 5), by=maria)
    planned.refresh_from_db()
    correct(planned, starts_on=date(2026, 11, 5), by=maria)
    client.force_login(maria)
    submit_form(client, reverse("families:assignment-cancel", args=[period.family_id, planned.pk]), why="x")
    assert rows_of(period.family) == [("Anna Sikora", "prowadzi", WORK_STARTED_ON, None)]


def test_the_first_day_cannot_precede_the_predecessors(planned, maria):
    with pytest.raises(ValidationError, match=r"Anna Sikora ma tę rodzinę od 04\.03\.2026"):
        correct(planned, starts_on=WORK_STARTED_ON, by=maria)


def test_a_mistaken_end_is_removed_while_nobody_else_leads(period, ewa, maria):
    row = end_assignment(assignment=period.assignments.get(), on=TODAY, version=None, by=maria)
    correct(row, ends_on=None, by=maria)
    assert rows_of(period.family) == [("Anna Sikora", "prowadzi", WORK_STARTED_ON, None)]
    hand_over(period=period, assistant=ewa, starts_on=DECEMBER, by=maria)
    row.refresh_from_db()
    with pytest.raises(ValidationError, match="Rodzina ma już asystenta prowadzącego w tym czasie"):
        correct(row, ends_on=None, by=maria)


@pytest.mark.parametrize(
    "fields,sentence",
    [
        ({}, "Nic nie zostało zmienione."),
        ({"ends_on": ""}, "Wpisz datę."),
        ({"ends_on": "30.11.2026"}, "Ostatni dzień nie może poprzedzać pierwszego."),
        ({"starts_on": "01.03.2026"}, "Praca z rodziną zaczęła się 04.03.2026."),
        ({"starts_on": "02.12.2026", "why": ""}, "Podaj powód. Zostaje w historii teczki."),
    ],
)
def test_bad_input_is_refused(client, maria, stand_in, fields, sentence):
    client.force_login(maria)
    response = submit_form(client, url_of(stand_in), **({"why": "Pomyłka."} | fields))
    assert response.status_code == 422
    assert sentence in response_text(response)
    assert stand_in.history.count() == 1


def test_the_limit_applies_and_asks_for_a_reason(client, maria, ewa, stand_in):
    assign_families(ewa, 15, by=maria, on=date(2026, 12, 20))
    client.force_login(maria)
    page = response_text(client.get(url_of(stand_in)))
    assert "Powód przekroczenia limitu" not in page
    response = submit_form(client, url_of(stand_in), ends_on="31.12.2026", why="Dłuższy urlop.")
    assert response.status_code == 422
    assert response_text(response).count(LIMIT_REACHED_HINT) == 2
    again = parse_form(response.content.decode()) | {"override_reason": ["Nikt inny nie może."]}
    assert client.post(url_of(stand_in), again).status_code == 302
    stand_in.refresh_from_db()
    assert (stand_in.ends_on, stand_in.override_reason) == (date(2026, 12, 31), "Nikt inny nie może.")


def test_an_extended_predecessor_needs_a_free_slot(anna, planned, maria):
    assign_families(anna, 15, by=maria, on=DECEMBER)
    with pytest.raises(ValidationError) as refusal:
        correct(planned, starts_on=date(2026, 12, 5), by=maria)
    assert not isinstance(refusal.value, LimitReached)
    [sentence] = refusal.value.message_dict["starts_on"]
    assert sentence.startswith("Anna Sikora: Asystent prowadzi już 15")


def test_a_concurrent_change_is_shown_first(client, maria, stand_in):
    client.force_login(maria)
    data = form_data(client, url_of(stand_in), starts_on="02.12.2026", why="Pomyłka.")
    correct(stand_in, starts_on=date(2026, 12, 3), by=maria)
    assert client.post(url_of(stand_in), data).status_code == 409


# ---- lead social worker ------------------------------------------------------------------------------
def test_a_wrong_year_of_a_social_worker_is_corrected(client, maria, zofia, kowalscy):
    row = assign_lead_worker(family=kowalscy, social_worker=zofia, since=date(2028, 1, 1), by=maria)
    client.force_login(maria)
    assert lead_url(row) in response_text(client.get(reverse("families:work", args=[kowalscy.pk])))
    response = submit_form(client, lead_url(row), starts_on="01.01.2027", why="Zły rok.")
    assert leads_of(kowalscy) == [
        ("Tomasz Lis", WORK_STARTED_ON, date(2026, 12, 31)),
        ("Zofia Kos", date(2027, 1, 1), None),
    ]
    past = row.history.latest()
    assert (past.history_user, past.history_change_reason) == (maria, "Poprawienie prowadzącego: Zły rok.")
    assert "Poprawiono: Zofia Kos prowadzi od 01.01.2027." in response_text(client.get(response.url))


def test_the_person_of_the_first_lead_row_is_corrected(kowalscy, zofia, maria):
    row = kowalscy.leads.get()
    correct_lead_worker(
        lead=row, social_worker=zofia, starts_on=date(2026, 3, 2), why="Pomyłka.", version=None, by=maria
    )
    assert leads_of(kowalscy) == [("Zofia Kos", date(2026, 3, 2), None)]


@pytest.mark.parametrize(
    "who,starts_on,sentence",
    [
        ("zofia", date(2026, 10, 13), "Nic nie zostało zmienione"),
        ("zofia", WORK_STARTED_ON, r"Tomasz Lis ma tę rodzinę od 04\.03\.2026"),
        ("anna", date(2026, 10, 14), "nie jest w tym dniu pracownikiem socjalnym"),
    ],
)
def test_an_impossible_lead_worker_is_refused(kowalscy, zofia, maria, request, who, starts_on, sentence):
    row = assign_lead_worker(family=kowalscy, social_worker=zofia, since=TODAY, by=maria)
    with pytest.raises(ValidationError, match=sentence):
        correct_lead_worker(
            lead=row,
            social_worker=request.getfixturevalue(who),
            starts_on=starts_on,
            why="Pomyłka.",
            version=None,
            by=maria,
        )
    assert len(leads_of(kowalscy)) == 2


def test_days_of_a_former_social_worker_can_be_corrected(client, kowalscy, tomasz, zofia, maria):
    assign_lead_worker(family=kowalscy, social_worker=zofia, since=TODAY, by=maria)
    tomasz.role_grants.update(ends_on=TODAY - DAY_1)
    row = kowalscy.leads.get(starts_on=WORK_STARTED_ON)
    client.force_login(maria)
    assert submit_form(client, lead_url(row), starts_on="05.03.2026", why="Pomyłka.").status_code == 302
    assert leads_of(kowalscy)[0] == ("Tomasz Lis", date(2026, 3, 5), TODAY - DAY_1)


def test_a_lead_row_cannot_start_after_its_end(client, kowalscy, zofia, maria):
    assign_lead_worker(family=kowalscy, social_worker=zofia, since=TODAY, by=maria)
    row = kowalscy.leads.get(starts_on=WORK_STARTED_ON)
    client.force_login(maria)
    response = submit_form(client, lead_url(row), starts_on="13.10.2026", why="Pomyłka.")
    assert response.status_code == 422
    assert response_text(response).count("Ten wpis kończy się 12.10.2026. Wybierz wcześniejszy dzień.") == 2


# ---- rights ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name,status", [("anna", 403), ("tomasz", 403), ("zofia", 404), ("jan", 404)])
def test_only_the_manager_corrects(client, zofia, jan, kowalscy, stand_in, request, name, status):
    client.force_login(request.getfixturevalue(name))
    for url in (url_of(stand_in), lead_url(kowalscy.leads.get())):
        assert client.get(url).status_code == status
        assert client.post(url, {"why": "x"}).status_code == status
    stand_in.refresh_from_db()
    assert stand_in.version == 1
