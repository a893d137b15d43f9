"""The own calendar: what stands in it, for whom, and at what cost."""

from datetime import date, time

import pytest

from families.deadlines.models import Deadline
from lubsko_ops.audit.history import save_with_history
from lubsko_ops.audit.models import AccessLogEntry
from lubsko_ops.core import clock
from projects.models import GroupDay, GroupLeader
from sessions.calendars import queries
from sessions.calendars.queries import with_number
from sessions.choices import MeetingState
from sessions.models import Meeting, MeetingLeader
from sessions.running.index import GroupMeetings
from tests.factories import TODAY
from tests.families.specialists.helpers import let_in
from tests.families.visits.helpers import make_visit
from tests.form_client import response_text
from tests.projects.consultations.helpers import appointment, led_group
from tests.sessions.calendars.helpers import CALENDAR, THURSDAY, make_led
from tests.sessions.factories import make_held, make_meeting
from tests.statement_counts import page_statements


def text(client, query="") -> str:
    response = client.get(CALENDAR + query)
    assert response.status_code == 200
    return response_text(response)


def test_the_week_holds_own_meetings_and_visits(as_anna, anna, tomasz, kowalscy):
    make_visit(kowalscy, anna, date(2026, 10, 12), next_day=THURSDAY, next_at=time(11))
    make_led(anna, tomasz, other_place="Świetlica")
    page = text(as_anna)
    assert "<h1>12–18 października 2026</h1>" in page
    assert "2 wizyty (1 już zapisana), 1 spotkanie grupy." in page
    assert "wizyta zapisana" in page and "at-1330 for-2" in page
    assert "ev at-1100 for-2" in page and "spotkanie 1 z 1, Świetlica" in page
    assert "ev ev-group at-1630 for-4" in page


def test_a_visit_leads_to_its_form_and_its_family_is_logged(as_anna, anna, kowalscy):
    make_visit(kowalscy, anna, date(2026, 10, 12), next_day=THURSDAY)
    page = text(as_anna)
    assert f'href="/rodziny/{kowalscy.pk}/wizyty/nowa/?umowiona=1"' in page and "bez godziny" in page
    entry = AccessLogEntry.objects.latest("pk")
    assert (entry.access_area, entry.families) == ("calendar", [kowalscy.pk])


def test_the_next_visit_uses_up_what_was_arranged(as_anna, anna, kowalscy):
    make_visit(kowalscy, anna, date(2026, 10, 5), next_day=date(2026, 10, 12), next_at=time(9))
    assert "wizyta niezapisana" in text(as_anna)
    make_visit(kowalscy, anna, date(2026, 10, 12))
    assert "wizyta niezapisana" not in text(as_anna)


def test_what_is_somebody_elses_is_absent(client, ewa, anna, tomasz, kowalscy):
    make_visit(kowalscy, anna, date(2026, 10, 12), next_day=THURSDAY)
    make_led(anna, tomasz)
    client.force_login(ewa)
    page = text(client)
    assert "Akademia" not in page and "Kowalscy" not in page
    assert '<p class="lede">Wolne.</p>' in page


def test_a_visit_to_a_family_that_no_longer_opens_has_no_name(as_anna, anna, kowalscy, monkeypatch):
    make_visit(kowalscy, anna, date(2026, 10, 12))
    kowalscy.periods.get().assignments.update(ends_on=date(2026, 10, 12))
    with clock.freeze_time(date(2027, 3, 1)):
        as_anna.force_login(anna)
        page = text(as_anna, "?tydzien=2026-10-12")
    assert "Kowalscy" not in page and "zapisana" in page


def test_who_is_replaced_is_free_and_who_stands_in_leads(client, anna, ewa, tomasz):
    group, [meeting] = make_led(anna, tomasz)
    leader = GroupLeader.objects.get(group=group)
    row = MeetingLeader(meeting=meeting, user=ewa, instead_of=leader, reason="urlop")
    save_with_history(row, by=tomasz, why="zastępstwo")
    for user, leads in ((anna, False), (ewa, True)):
        client.force_login(user)
        assert ("Akademia" in text(client)) is leads


def test_overlapping_entries_are_named_on_top(as_anna, anna, tomasz, kowalscy):
    make_visit(kowalscy, anna, date(2026, 10, 12), next_day=THURSDAY, next_at=time(16))
    make_led(anna, tomasz)
    page = text(as_anna)
    assert "W czwartek dwie sprawy zachodzą na siebie." in page
    assert "Kolizja w czwartek 15.10." in page and "Kowalscy (wizyta, 16:00)" in page
    assert page.count("ev-clash at-") == 0 and page.count("ev-clash ev-") == 2


def test_a_cancelled_meeting_stands_above_and_a_withdrawn_one_nowhere(as_anna, anna, tomasz):
    _, [meeting] = make_led(anna, tomasz, state=MeetingState.CANCELLED)
    page = text(as_anna)
    assert "16:30, odwołane" in page and "ev-group at-1630" not in page
    meeting.state = MeetingState.WITHDRAWN
    save_with_history(meeting, by=tomasz, why="próba")
    assert "Akademia" not in text(as_anna)


def test_days_of_groups_and_meetings_over_several_days(as_anna, anna, tomasz):
    group = led_group(anna, by=tomasz, name="Półkolonie")
    make_meeting(group, tomasz, date(2026, 10, 16), ends_on=date(2026, 10, 20), starts_at=None, minutes=None)
    night = GroupDay(
        group=group, starts_on=THURSDAY, ends_on=date(2026, 10, 16), starts_at=time(18), ends_at=time(9)
    )
    save_with_history(night, by=tomasz, why="próba")
    page = text(as_anna)
    assert "od 18:00, dzień zajęć" in page and "do 9:00, dzień zajęć" in page
    assert page.count("spotkanie 1 z 1") == 3
    assert text(as_anna, "?tydzien=2026-10-19").count("spotkanie 1 z 1") == 2


def test_a_specialist_has_consultations(as_olga, olga, kowalscy, tomasz):
    let_in(kowalscy, olga, by=tomasz)
    appointment(olga, family=kowalscy)
    page = text(as_olga, "?tydzien=2026-10-20")
    assert "1 konsultacja." in page and "Kowalscy" in page and "ev ev-other at-1000 for-2" in page
    assert AccessLogEntry.objects.latest("pk").families == [kowalscy.pk]


def test_deadlines_stand_on_their_days_and_in_the_list(as_anna, kowalscy):
    page = text(as_anna)
    assert "Terminy do 25.10.2026" in page and "po terminie" in page
    empty = text(as_anna, "?tydzien=2030-01-01")
    assert "W tym czasie nie ma terminów" in empty


def test_the_month_shows_the_same(as_anna, anna, tomasz, kowalscy):
    make_visit(kowalscy, anna, date(2026, 10, 12), next_day=THURSDAY, next_at=time(16))
    make_led(anna, tomasz, days=(THURSDAY, date(2026, 10, 29), date(2026, 11, 5)))
    page = text(as_anna, "?miesiac=2026-10")
    assert "<h1>Październik 2026</h1>" in page
    assert "2 wizyty (1 już zapisana), 2 spotkania grup." in page
    assert 'href="/kalendarz/?miesiac=2026-09"' in page and 'href="/kalendarz/?miesiac=2026-11"' in page


@pytest.mark.parametrize("week", ["2026-03-23", "2026-03-29", "2026-10-25", "2026-12-31"])
def test_the_weeks_of_the_clock_change_and_of_new_year(as_anna, anna, tomasz, week):
    make_led(anna, tomasz, days=(date.fromisoformat(week),), starts_at=time(2, 30), minutes=60)
    page = text(as_anna, f"?tydzien={week}")
    assert "at-0230 for-2" in page and "1 spotkanie grupy." in page


@pytest.mark.parametrize(
    "query", ["?tydzien=", "?tydzien=x", "?miesiac=x", "?tydzien=9999-99-99", "?tydzien=%00"]
)
def test_an_odd_address_shows_the_present(as_anna, query):
    assert "paździer" in text(as_anna, query).lower()


def test_an_administrator_has_no_calendar(client, jan):
    client.force_login(jan)
    assert client.get(CALENDAR).status_code == 403


def test_meetings_are_numbered_as_on_the_page_of_the_group(anna, tomasz):
    group, _ = make_led(anna, tomasz, days=(THURSDAY, date(2026, 10, 16), date(2026, 10, 17)))
    make_meeting(group, tomasz, THURSDAY, starts_at=None, minutes=None)
    make_meeting(group, tomasz, THURSDAY, starts_at=time(9))
    make_meeting(group, tomasz, THURSDAY, starts_at=time(8), state=MeetingState.CANCELLED)
    index = GroupMeetings(group, now=clock.now())
    for row in with_number(Meeting.objects.filter(group=group)):
        if row.takes_place:
            assert f"{row.number} z {row.total}" == index.number_text(row)


def test_number_of_statements(as_anna, anna, tomasz, kowalscy):
    make_visit(kowalscy, anna, date(2026, 10, 12), next_day=THURSDAY, next_at=time(16))
    group, _ = make_led(anna, tomasz)
    few = [len(page_statements(as_anna, CALENDAR + query)) for query in ("", "?miesiac=2026-10")]
    for number in range(12, 19):
        make_held(group, tomasz, date(2026, 10, number), starts_at=time(9))
    for url, before, limit in zip(("", "?miesiac=2026-10"), few, (10, 12), strict=True):
        statements = page_statements(as_anna, CALENDAR + url)
        assert len(statements) <= limit, statements
        assert len(statements) == before


def test_number_of_statements_with_every_role(as_maria, maria, kowalscy, tomasz):
    make_led(maria, tomasz, days=(TODAY,))
    assert len(page_statements(as_maria, CALENDAR)) <= 10


def test_of_very_many_deadlines_it_says_that_there_are_more(as_anna, anna, kowalscy, monkeypatch):
    own = Deadline.objects.filter(responsible=anna, done_on=None, due_on__lte=date(2026, 10, 25))
    count = own.count()
    assert count > 1
    monkeypatch.setattr(queries, "DEADLINES_SHOWN", count)
    assert f"{count}, od najbliższego" in text(as_anna)
    monkeypatch.setattr(queries, "DEADLINES_SHOWN", count - 1)
    assert f"pierwsze {count - 1}, od najdawniejszego" in text(as_anna)
    monkeypatch.setattr(queries, "DEADLINES_SHOWN", 0)
    month = f"{own.latest('due_on').due_on:%Y-%m}"
    assert "Nie wszystkie terminy" in text(as_anna, f"?miesiac={month}")


def test_a_month_counts_its_own_conflicts(as_anna, anna, tomasz):
    """The days of the next month in the last week are shown and not counted."""
    for name in ("Grupa I", "Grupa II"):
        make_led(anna, tomasz, name=name, days=(date(2026, 11, 1),), starts_at=time(16))
    counted = [
        len(as_anna.get(f"{CALENDAR}?miesiac=2026-{month}").context["conflicts"]) for month in (10, 11)
    ]
    assert counted == [0, 1]
