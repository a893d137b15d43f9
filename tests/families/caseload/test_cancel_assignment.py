"""Cancelling assignments and lead social workers that are not needed or were entered by mistake."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from families.caseload.actions import assign_assistant, assign_lead_worker, end_assignment, hand_over
from families.caseload.corrections import cancel_assignment, cancel_lead_worker
from families.caseload.models import Assignment, LeadWorkerAssignment
from families.choices import AssignmentKind
from lubsko_ops.accounts.models import Contract
from lubsko_ops.core import clock
from lubsko_ops.core.permissions import Role
from tests.factories import TODAY, WORK_STARTED_ON
from tests.families.caseload.helpers import DECEMBER, WEEK, assign_families
from tests.families.caseload.test_hand_over import rows_of
from tests.families.caseload.test_lead_worker import leads_of
from tests.form_client import form_data, response_text, submit_form

pytestmark = pytest.mark.usefixtures("limit_of_15")

EVE = DECEMBER - timedelta(days=1)
ANNA = ("Anna Sikora", "prowadzi", WORK_STARTED_ON, None)


def url_of(row) -> str:
    return reverse("families:assignment-cancel", args=[row.period.family_id, row.pk])


def lead_url(row) -> str:
    return reverse("families:lead-cancel", args=[row.family_id, row.pk])


# ---- an assignment -----------------------------------------------------------------------------------
def test_a_planned_stand_in_is_cancelled(client, maria, kowalscy, stand_in):
    work = reverse("families:work", args=[kowalscy.pk])
    client.force_login(maria)
    assert url_of(stand_in) in response_text(client.get(work))
    response = submit_form(client, url_of(stand_in), why="Anna wraca wcześniej.")
    assert (response.status_code, response.url) == (302, f"{work}#asystent")
    assert rows_of(kowalscy) == [ANNA]
    past = Assignment.history.filter(id=stand_in.pk).latest()
    assert (past.history_type, past.history_user, past.history_date) == ("-", maria, clock.now())
    assert past.history_change_reason == "Odwołanie przydzielenia: Anna wraca wcześniej."
    assert "Odwołano: Ewa Czyż zastępuje od 01.12.2026 do 08.12.2026." in response_text(
        client.get(response.url)
    )
    page = response_text(client.get(reverse("families:history", args=[kowalscy.pk])))
    assert "Odwołanie przydzielenia: Anna wraca wcześniej." in page


def test_cancelling_a_planned_hand_over_restores_the_predecessor(client, maria, kowalscy, planned):
    client.force_login(maria)
    assert "Przywróć to, co było przedtem: Anna Sikora prowadzi" in response_text(client.get(url_of(planned)))
    response = submit_form(client, url_of(planned), why="Ewa odchodzi.")
    assert rows_of(kowalscy) == [ANNA], "nor does anna accompany anybody"
    assert "Anna Sikora prowadzi od 04.03.2026." in response_text(client.get(response.url))
    past = Assignment.objects.get().history.latest()
    assert past.history_change_reason == "Odwołanie następcy: dalej jak przedtem"


def test_the_predecessors_planned_end_is_restored(period, ewa, maria):
    anna_leads = period.assignments.get()
    end_assignment(assignment=anna_leads, on=WEEK, version=None, by=maria)
    row = hand_over(period=period, assistant=ewa, starts_on=DECEMBER, by=maria)
    cancel_assignment(assignment=row, why="Pomyłka.", version=None, by=maria)
    assert rows_of(period.family) == [("Anna Sikora", "prowadzi", WORK_STARTED_ON, WEEK)]


def test_an_assignment_ended_independently_is_not_restored(period, ewa, maria):
    end_assignment(assignment=period.assignments.get(), on=EVE, version=None, by=maria)
    row = hand_over(period=period, assistant=ewa, starts_on=DECEMBER, by=maria)
    assert cancel_assignment(assignment=row, why="Pomyłka.", version=None, by=maria) == []
    assert rows_of(period.family) == [("Anna Sikora", "prowadzi", WORK_STARTED_ON, EVE)]


def test_the_family_may_stay_without_an_assistant(client, maria, kowalscy, planned):
    client.force_login(maria)
    assert (
        submit_form(client, url_of(planned), why="Ewa odchodzi, Anna też.", give_back=None).status_code == 302
    )
    assert rows_of(kowalscy)[0] == ("Anna Sikora", "prowadzi", WORK_STARTED_ON, EVE)


def test_the_stand_in_of_the_new_assistant_is_restored(period, ewa, maria):
    late = date(2026, 12, 20)
    assign_assistant(
        period=period, assistant=ewa, kind=AssignmentKind.STAND_IN, starts_on=TODAY, ends_on=late, by=maria
    )
    row = hand_over(period=period, assistant=ewa, starts_on=DECEMBER, by=maria)
    cancel_assignment(assignment=row, why="Pomyłka.", version=None, by=maria)
    assert rows_of(period.family) == [ANNA, ("Ewa Czyż", "zastępuje", TODAY, late)]


def test_cancelling_one_in_the_middle_keeps_the_next(period, ewa, make_user, planned, maria):
    julia = make_user("julia", "Julia", "Dudek", Role.ASSISTANT)
    last = hand_over(period=period, assistant=julia, starts_on=date(2027, 1, 1), by=maria)
    planned.refresh_from_db()
    cancel_assignment(assignment=planned, why="Ewa odchodzi.", version=None, by=maria)
    assert rows_of(period.family) == [
        ("Anna Sikora", "prowadzi", WORK_STARTED_ON, date(2026, 12, 31)),
        ("Julia Dudek", "prowadzi", date(2027, 1, 1), None),
    ]
    cancel_assignment(assignment=last, why="Julia też.", version=None, by=maria)
    assert rows_of(period.family) == [ANNA]


def test_the_predecessor_needs_a_free_slot(client, maria, anna, kowalscy, planned):
    assign_families(anna, 15, by=maria, on=DECEMBER)
    client.force_login(maria)
    response = submit_form(client, url_of(planned), why="Ewa odchodzi.")
    assert response.status_code == 422
    assert response_text(response).count("Anna Sikora: Asystent prowadzi już 15 rodzin") == 2
    assert rows_of(kowalscy)[1][:2] == ("Ewa Czyż", "prowadzi"), "all or nothing"


def test_the_predecessor_needs_a_contract(anna, planned, maria):
    Contract.objects.filter(user=anna).update(ends_on=EVE)
    with pytest.raises(ValidationError, match=r"Anna Sikora: W dniu 01\.12\.2026 asystent nie ma umowy"):
        cancel_assignment(assignment=planned, why="Pomyłka.", version=None, by=maria)


def test_an_active_assignment_is_cancellable_on_the_day_of_entry_only(client, period, ewa, maria):
    row = hand_over(period=period, assistant=ewa, starts_on=TODAY, by=maria)
    with clock.freeze_time(TODAY + timedelta(days=1)):
        client.force_login(maria)
        page = response_text(client.get(client.get(url_of(row)).url))
        assert "nie można go już odwołać" in page and url_of(row) not in page
        with pytest.raises(ValidationError, match="nie można go już odwołać"):
            cancel_assignment(assignment=row, why="Pomyłka.", version=None, by=maria)
    cancel_assignment(assignment=row, why="Nie ta rodzina.", version=None, by=maria)
    assert rows_of(period.family) == [ANNA]


def test_a_reason_is_required(client, maria, stand_in):
    client.force_login(maria)
    response = submit_form(client, url_of(stand_in), why=" ")
    assert response.status_code == 422
    assert response_text(response).count("Podaj powód. Zostaje w historii teczki.") == 2
    assert Assignment.objects.filter(pk=stand_in.pk).exists()


def test_a_concurrent_change_is_shown_first(client, maria, stand_in):
    client.force_login(maria)
    data = form_data(client, url_of(stand_in), why="Anna wraca.")
    end_assignment(assignment=stand_in, on=DECEMBER, version=None, by=maria)
    assert client.post(url_of(stand_in), data).status_code == 409
    assert Assignment.objects.filter(pk=stand_in.pk).exists()


def test_sent_twice_it_is_cancelled_once(client, maria, kowalscy, stand_in):
    client.force_login(maria)
    data = form_data(client, url_of(stand_in), why="Anna wraca.")
    url = url_of(stand_in)
    first, second = client.post(url, data), client.post(url, data)
    assert (first.status_code, second.status_code, first.url) == (302, 302, second.url)
    assert Assignment.history.filter(id=stand_in.pk, history_type="-").count() == 1


def test_cancelling_works_as_the_hand_over_refusal_advises(client, maria, ewa, kowalscy, stand_in):
    """A planned stand-in blocks the hand-over to Ewa until it is cancelled."""
    assign = reverse("families:assign", args=[kowalscy.pk])
    client.force_login(maria)
    response = submit_form(client, assign, starts_on="13.10.2026", assistant=ewa.pk)
    assert "Najpierw odwołaj tamto przydzielenie albo wybierz późniejszy dzień." in response_text(response)
    submit_form(client, url_of(stand_in), why="Ewa przejmuje rodzinę.")
    assert submit_form(client, assign, starts_on="13.10.2026", assistant=ewa.pk).status_code == 302


# ---- a leading social worker -------------------------------------------------------------------------
def test_a_lead_worker_with_a_wrong_year_is_cancelled_and_the_predecessor_restored(
    client, maria, zofia, kowalscy
):
    row = assign_lead_worker(family=kowalscy, social_worker=zofia, since=date(2028, 1, 1), by=maria)
    client.force_login(maria)
    assert lead_url(row) in response_text(client.get(reverse("families:work", args=[kowalscy.pk])))
    response = submit_form(client, lead_url(row), why="Zły rok.")
    assert leads_of(kowalscy) == [("Tomasz Lis", WORK_STARTED_ON, None)]
    past = LeadWorkerAssignment.history.filter(id=row.pk).latest()
    assert (past.history_type, past.history_user) == ("-", maria)
    assert past.history_change_reason == "Odwołanie prowadzącego: Zły rok."
    page = response_text(client.get(response.url))
    assert "Odwołano: Zofia Kos prowadzi od 01.01.2028. Prowadzi Tomasz Lis od 04.03.2026." in page


def test_an_active_lead_worker_cannot_be_cancelled(client, maria, kowalscy):
    row = kowalscy.leads.get()
    client.force_login(maria)
    assert "nie można go już odwołać" in response_text(client.get(client.get(lead_url(row)).url))
    with pytest.raises(ValidationError, match="nie można go już odwołać"):
        cancel_lead_worker(lead=row, why="Pomyłka.", version=None, by=maria)


# ---- rights ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name,status", [("anna", 403), ("tomasz", 403), ("zofia", 404), ("jan", 404)])
def test_only_the_manager_cancels(client, zofia, jan, kowalscy, stand_in, request, name, status):
    client.force_login(request.getfixturevalue(name))
    for url in (url_of(stand_in), lead_url(kowalscy.leads.get())):
        assert client.get(url).status_code == status
        assert client.post(url, {"why": "x"}).status_code == status
    assert Assignment.objects.filter(pk=stand_in.pk).exists()


def test_a_row_of_another_family_gives_404(client, maria, kowalscy, nowakowie):
    client.force_login(maria)
    mine = nowakowie.periods.get().assignments.get()
    assert client.get(reverse("families:assignment-cancel", args=[kowalscy.pk, mine.pk])).status_code == 404
    lead = nowakowie.leads.get()
    assert client.get(reverse("families:lead-cancel", args=[kowalscy.pk, lead.pk])).status_code == 404
