"""What becomes of meetings when their project ends or is given up, and what its header says of the next one."""

from datetime import date, time

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.actions import end_edition, withdraw_edition
from sessions.choices import MeetingChangeKind, MeetingState
from sessions.dependents import cancel_later
from sessions.models import Meeting
from tests.form_client import response_text, submit_form
from tests.page import page_text
from tests.projects.groups.helpers import make_group, make_workshop, page
from tests.sessions.factories import make_held, make_meeting
from tests.statement_counts import page_statements

TODAY, TOMORROW, NEXT = date(2026, 10, 13), date(2026, 10, 14), date(2026, 10, 19)


@pytest.fixture
def workshop(tomasz, maria):
    return make_workshop(tomasz, maria, leader=tomasz, other_place="Biblioteka")


def test_meetings_after_the_last_day_are_cancelled_with_the_reason(tomasz, workshop):
    before, later = make_held(workshop, tomasz, date(2026, 10, 5)), make_meeting(workshop, tomasz, NEXT)
    end_edition(edition=workshop.edition, last_day=TODAY, version=None, by=tomasz)
    later.refresh_from_db()
    assert (later.state, later.sequence) == (MeetingState.CANCELLED, 1)
    change = later.changes.get()
    assert (change.kind, change.reason, change.decided_on) == (
        MeetingChangeKind.CANCEL,
        "koniec projektu",
        TODAY,
    )
    assert (change.from_on, change.from_at, change.from_place) == (NEXT, time(9), "Biblioteka")
    before.refresh_from_db()
    assert before.state == MeetingState.HELD
    assert later.history.latest().history_change_reason == "Odwołanie spotkania: koniec projektu"


def test_calling_off_takes_as_many_statements_for_ten_meetings_as_for_one(tomasz, workshop):
    for day in range(19, 30):
        make_meeting(workshop, tomasz, date(2026, 10, day))
    edition = workshop.edition
    with CaptureQueriesContext(connection) as one:
        cancel_later(edition, date(2026, 10, 28), tomasz)
    with CaptureQueriesContext(connection) as ten:
        cancel_later(edition, date(2026, 10, 18), tomasz)
    assert len(ten) == len(one)
    cancelled = Meeting.objects.filter(state=MeetingState.CANCELLED, sequence=1)
    assert cancelled.filter(changes__reason="koniec projektu").count() == 11


def test_the_page_says_so_before(as_tomasz, tomasz, workshop):
    make_meeting(workshop, tomasz, NEXT)
    make_meeting(workshop, tomasz, date(2026, 10, 26))
    text = page_text(as_tomasz.get(page("projects:end", workshop.edition_id)))
    assert "2 spotkania zaplanowane" in text and "Warsztaty dla mam 19.10.2026" in text


def test_another_last_day_is_asked_about_first(as_tomasz, tomasz, workshop):
    make_meeting(workshop, tomasz, date(2026, 10, 12))
    url = page("projects:end", workshop.edition_id)
    response = submit_form(as_tomasz, url, last_day="09.10.2026")
    assert response.status_code == 422 and "Warsztaty dla mam 12.10.2026" in response_text(response)
    assert Meeting.objects.get().state == MeetingState.PLANNED
    confirmed = " ".join(response.context["confirmed"])
    assert submit_form(as_tomasz, url, last_day="09.10.2026", _anyway=confirmed).status_code == 302
    assert Meeting.objects.get().state == MeetingState.CANCELLED


def test_a_held_meeting_after_the_last_day_refuses(as_tomasz, tomasz, workshop):
    make_held(workshop, tomasz, date(2026, 10, 12))
    make_meeting(workshop, tomasz, NEXT)
    with pytest.raises(ValidationError) as refusal:
        end_edition(edition=workshop.edition, last_day=date(2026, 10, 9), version=None, by=tomasz)
    assert "Warsztaty dla mam 12.10.2026" in refusal.value.message_dict["last_day"][0]
    assert not Meeting.objects.filter(state=MeetingState.CANCELLED).exists()


def test_a_project_given_up_calls_off_today_and_later(as_maria, tomasz, maria, workshop):
    today, later = make_meeting(workshop, tomasz, TODAY), make_meeting(workshop, tomasz, NEXT)
    text = page_text(as_maria.get(page("projects:withdraw", workshop.edition_id)))
    assert "2 spotkania zaplanowane" in text
    withdraw_edition(edition=workshop.edition, text="brak chętnych", version=None, by=maria)
    for meeting in (today, later):
        meeting.refresh_from_db()
        assert meeting.state == MeetingState.CANCELLED


def test_without_meetings_nothing_is_announced(as_tomasz, workshop):
    assert "Odwołane" not in page_text(as_tomasz.get(page("projects:end", workshop.edition_id)))


# ---- the header --------------------------------------------------------------------------------------
def test_the_header_names_the_next_meeting(as_anna, tomasz, workshop):
    url = page("projects:project", workshop.edition_id)
    assert "Najbliższe spotkanie" not in page_text(as_anna.get(url))
    make_held(workshop, tomasz, date(2026, 10, 12))
    make_meeting(workshop, tomasz, TOMORROW, state=MeetingState.CANCELLED)
    make_meeting(workshop, tomasz, date(2026, 10, 26))
    make_meeting(workshop, tomasz, NEXT)
    assert "Najbliższe spotkanie pn 19.10.2026, 9:00" in page_text(as_anna.get(url)).replace("\xa0", " ")


def test_a_specialist_reads_the_next_one_of_own_groups(as_olga, olga, tomasz, workshop):
    own = make_group(workshop.edition, tomasz, name="Senso-Ludki", leader=olga)
    make_meeting(workshop, tomasz, TOMORROW)
    make_meeting(own, tomasz, NEXT, starts_at=None, minutes=None)
    text = page_text(as_olga.get(page("projects:project", workshop.edition_id)))
    assert "pn 19.10.2026" in text and "14.10.2026" not in text


def test_it_costs_one_statement_however_many_meetings(as_anna, tomasz, workshop):
    url = page("projects:project", workshop.edition_id)
    before = len(page_statements(as_anna, url))
    for day in range(14, 24):
        make_meeting(workshop, tomasz, date(2026, 10, day))
    assert len(page_statements(as_anna, url)) == before
