"""Two absences in a row: a notice for who leads the group, a deadline for the assistant, until something was done."""

from datetime import date, timedelta

import pytest

from families.choices import DeadlineKind
from families.deadlines.models import Deadline
from families.deadlines.recalculate import compute_all, load_deadlines
from projects.actions import end_edition
from projects.choices import ParticipationStepKind as Step
from projects.participants.actions import take_step
from sessions.attendance.actions import follow_up_absences
from sessions.attendance.rules import PastMark, absence_run
from sessions.models import AbsenceFollowUp
from tests.factories import TODAY
from tests.form_client import form_data, response_text, submit_form
from tests.sessions.attendance.helpers import enrol, make_past, make_workshop, mark, mother_of
from tests.statement_counts import page_statements

pytestmark = pytest.mark.django_db
KIND = DeadlineKind.PROJECT_ABSENCES
DAYS = [date(2026, 10, 6), date(2026, 10, 8), date(2026, 10, 12), date(2026, 10, 13)]


@pytest.fixture
def group(tomasz, maria, olga):
    return make_workshop(tomasz, maria, leader=olga)


@pytest.fixture
def danuta(group, kowalscy, tomasz):
    return enrol(group, tomasz, person=mother_of(kowalscy), family=kowalscy)


@pytest.fixture
def meetings(group, olga):
    return [make_past(group, olga, day) for day in DAYS]


@pytest.fixture
def absent_twice(meetings, danuta, olga):
    for meeting, presence in zip(meetings, ("present", "unexcused", "excused"), strict=False):
        mark(meeting, {danuta: presence}, by=olga)
    return danuta


def due(family) -> list[tuple]:
    rows = Deadline.objects.filter(family=family, kind=KIND)
    return list(rows.values_list("subject_id", "since", "due_on", "responsible__username"))


def agrees(family) -> bool:
    stored = load_deadlines([family.pk])
    computed = compute_all([family.pk], on=TODAY)
    return {key: row.due_on for key, row in stored.items()} == {
        key: row.due_on for key, row in computed.items()
    }


@pytest.mark.parametrize(
    ("letters", "length"),
    [("", 0), ("N", 0), ("NN", 2), ("NU", 2), ("NON", 0), ("NNO", 0), ("NNS", 0), ("ONNU", 3), ("NNON", 0)],
)
def test_absences_in_a_row_end_with_a_presence(letters, length):
    presence = {"O": "present", "S": "late", "U": "excused", "N": "unexcused"}
    marks = [PastMark(n, DAYS[n], presence[letter]) for n, letter in enumerate(letters)]
    run = absence_run(marks)
    assert (len(run.marks) if run else 0) == length


def test_the_wording_says_whether_they_were_explained():
    marks = [PastMark(1, DAYS[0], "unexcused"), PastMark(2, DAYS[1], "excused")]
    assert absence_run(marks).text == "06.10 i 08.10, częściowo z usprawiedliwieniem"


def test_the_assistant_of_the_family_gets_a_deadline(absent_twice, kowalscy, anna, as_anna):
    assert due(kowalscy) == [(absent_twice.pk, DAYS[2], DAYS[2] + timedelta(days=7), "anna")]
    assert agrees(kowalscy)
    page = as_anna.get(f"/rodziny/{kowalscy.pk}/").text
    assert "Nieobecności na zajęciach z rzędu" in page
    assert f"/nieobecnosci/{absent_twice.pk}/" in page


def test_it_ends_with_a_presence_and_comes_back_with_its_correction(absent_twice, kowalscy, meetings, olga):
    mark(meetings[3], {absent_twice: "present"}, by=olga)
    assert due(kowalscy) == []
    mark(meetings[3], {absent_twice: "unexcused"}, by=olga)
    assert [row[1] for row in due(kowalscy)] == [DAYS[3]]
    assert agrees(kowalscy)


def test_what_was_done_ends_it_until_a_further_absence(absent_twice, kowalscy, meetings, anna, olga, as_anna):
    url = f"/nieobecnosci/{absent_twice.pk}/"
    assert "08.10 i 12.10" in response_text(as_anna.get(url))
    response = submit_form(as_anna, url, kind="call", day="12.10.2026", note="Choroba dziecka minęła.")
    assert response.status_code == 302
    row = AbsenceFollowUp.objects.get()
    assert (row.meeting, row.person, row.kind) == (meetings[2], absent_twice.person, "call")
    assert [entry.history_change_reason for entry in row.history.all()] == ["Wyjaśnienie nieobecności"]
    assert due(kowalscy) == []
    assert agrees(kowalscy)
    mark(meetings[3], {absent_twice: "unexcused"}, by=olga)
    assert len(due(kowalscy)) == 1


def test_nothing_is_due_once_the_participation_or_the_project_is_over(absent_twice, kowalscy, group, tomasz):
    take_step(
        participation=absent_twice, kind=Step.BREAK_OFF, day=TODAY, reason="absent", version=None, by=tomasz
    )
    assert due(kowalscy) == []
    assert agrees(kowalscy)


def test_the_end_of_the_project_ends_it(absent_twice, kowalscy, group, tomasz):
    end_edition(edition=group.edition, last_day=TODAY, version=None, by=tomasz)
    assert due(kowalscy) == []
    assert agrees(kowalscy)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"kind": "", "day": "12.10.2026"}, "Wybierz, co zrobiono."),
        ({"kind": "call", "day": "14.10.2026"}, "Ten dzień jeszcze nie nadszedł."),
        ({"kind": "call", "day": "01.10.2026"}, "Nieobecności zaczęły się 08.10.2026."),
        ({"kind": "letter", "day": "12.10.2026"}, "Tego już nie można wybrać."),
    ],
)
def test_bad_input(absent_twice, as_anna, fields, sentence):
    url = f"/nieobecnosci/{absent_twice.pk}/"
    response = as_anna.post(url, form_data(as_anna, url, **fields))
    assert response.status_code == 422
    assert sentence in response_text(response)
    assert not AbsenceFollowUp.objects.exists()


def test_twice_is_refused_and_a_settled_project_too(absent_twice, as_anna, anna, group):
    url = f"/nieobecnosci/{absent_twice.pk}/"
    data = form_data(as_anna, url, kind="call", day="12.10.2026")
    follow_up_absences(participation=absent_twice, kind="explained", day=DAYS[2], by=anna)
    response = as_anna.post(url, data)
    assert "są już wyjaśnione" in response_text(response)
    assert AbsenceFollowUp.objects.count() == 1
    type(group.edition).objects.filter(pk=group.edition_id).update(state="settled")
    assert as_anna.post(url, data).status_code in (403, 422)


def test_a_stranger_does_not_see_it(absent_twice, client, ewa, zofia):
    for user in (ewa, zofia):
        client.force_login(user)
        assert client.get(f"/nieobecnosci/{absent_twice.pk}/").status_code == 404


# ---- the page of the group and the start page --------------------------------------------------------
def test_the_page_of_the_group_lists_them_for_who_runs_it(absent_twice, group, client, olga, ewa):
    client.force_login(olga)
    page = response_text(client.get(f"/grupy/{group.pk}/"))
    assert "Nieobecności z rzędu: 1 osoba" in page
    assert "nieobecności 08.10 i 12.10" in page
    assert "1 z 3" in page
    client.force_login(ewa)
    assert "Nieobecności" not in client.get(f"/grupy/{group.pk}/").text


def test_the_leader_sees_them_on_the_start_page(absent_twice, meetings, client, olga, ewa):
    client.force_login(olga)
    page = response_text(client.get("/"))
    assert "Nieobecności z rzędu: 1 osoba" in page
    assert "Spotkania bez obecności: 1" in page
    assert f"/spotkania/{meetings[3].pk}/obecnosc/" in page
    client.force_login(ewa)
    assert "Spotkania bez obecności" not in client.get("/").text


def test_the_panel_takes_one_statement_for_who_leads_nothing(client, ewa, nowakowie, absent_twice, olga):
    client.force_login(ewa)
    assert len(page_statements(client, "/")) <= 13
    client.force_login(olga)
    assert len(page_statements(client, "/")) <= 14
