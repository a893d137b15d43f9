"""What programs that subscribe read, by two independent parsers: times, moves, cancellations, and no names."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from families.people.models import Family, Person
from lubsko_ops.audit.history import save_with_history
from lubsko_ops.core import clock
from projects.models import GroupDay
from sessions.calendars.feed import FeedEvent, write_calendar
from sessions.choices import MeetingState
from tests.families.specialists.helpers import let_in
from tests.families.visits.helpers import make_visit
from tests.projects.consultations.helpers import appointment, led_group
from tests.sessions.calendars.helpers import THURSDAY, make_led, read, read_with_vobject
from tests.sessions.factories import make_meeting

WARSAW = ZoneInfo("Europe/Warsaw")
FILE = "/kalendarz/plik.ics"


def fetch(client, url=FILE) -> bytes:
    response = client.get(url)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return response.content


def both(content: bytes) -> list[dict]:
    """The events, once it is certain that both parsers read the same."""
    rows, others = read(content), read_with_vobject(content)
    assert len(rows) == len(others)
    for row, other in zip(rows, others, strict=True):
        for name in ("uid", "sequence", "summary", "place", "url", "status", "rule"):
            assert row[name] == other[name], name
        for name in ("starts", "ends"):
            assert str(row[name]) == str(other[name]), name
    return rows


def test_a_meeting_has_its_place_hours_and_number(as_anna, anna, tomasz):
    _, rows = make_led(
        anna, tomasz, days=(THURSDAY, date(2026, 10, 22)), other_place="Świetlica, ul. Łąkowa 3; parter"
    )
    first, second = both(fetch(as_anna))
    assert first["summary"] == "Akademia rodzica, grupa I: spotkanie 1 z 2"
    assert first["place"] == "Świetlica, ul. Łąkowa 3; parter"
    assert first["starts"] == datetime(2026, 10, 15, 16, 30, tzinfo=WARSAW)
    assert first["ends"] == datetime(2026, 10, 15, 18, 30, tzinfo=WARSAW)
    assert first["uid"] == f"{rows[0].uid}@lubsko-ops" and first["sequence"] == 0
    assert first["status"] == "CONFIRMED"
    assert first["url"].startswith("http://testserver/")
    assert second["summary"].endswith("spotkanie 2 z 2")


def test_a_move_arrives_with_the_same_uid(as_anna, anna, tomasz):
    _, [meeting] = make_led(anna, tomasz)
    [before] = both(fetch(as_anna))
    meeting.starts_on = meeting.ends_on = date(2026, 10, 20)
    meeting.starts_at, meeting.sequence = time(9), 1
    with clock.freeze_time(datetime(2026, 10, 14, 8, tzinfo=WARSAW)):
        save_with_history(meeting, by=anna, why="przeniesienie")
    content = fetch(as_anna)
    [after] = both(content)
    assert after["uid"] == before["uid"] and after["sequence"] > before["sequence"]
    assert after["starts"] == datetime(2026, 10, 20, 9, tzinfo=WARSAW)
    assert b"LAST-MODIFIED:20261014T060000Z" in content


@pytest.mark.parametrize("state", [MeetingState.CANCELLED, MeetingState.WITHDRAWN])
def test_a_cancellation_arrives_with_the_same_uid(as_anna, anna, tomasz, state):
    _, [meeting, _second] = make_led(anna, tomasz, days=(THURSDAY, date(2026, 10, 22)))
    before, _ = both(fetch(as_anna))
    meeting.state, meeting.sequence = state, 1
    save_with_history(meeting, by=anna, why="odwołanie")
    after, following = both(fetch(as_anna))
    assert (after["uid"], after["sequence"], after["status"]) == (before["uid"], 1, "CANCELLED")
    assert after["summary"] == "Odwołane: Akademia rodzica, grupa I"
    assert following["summary"].endswith("spotkanie 1 z 1")


def test_whole_days_and_meetings_over_several_days(as_anna, anna, tomasz):
    group = led_group(anna, by=tomasz)
    make_meeting(group, tomasz, date(2026, 10, 16), ends_on=date(2026, 10, 18), starts_at=None, minutes=None)
    make_meeting(group, tomasz, date(2026, 10, 23), ends_on=date(2026, 10, 25), starts_at=time(9))
    whole, repeated = both(fetch(as_anna))
    assert (whole["starts"], whole["ends"]) == (date(2026, 10, 16), date(2026, 10, 19))
    assert repeated["ends"] - repeated["starts"] == timedelta(hours=2)
    assert set(repeated["rule"].split(";")) == {"FREQ=DAILY", "COUNT=3"}


def test_a_day_of_a_group_over_midnight(as_anna, anna, tomasz):
    group = led_group(anna, by=tomasz, name="Noc w bibliotece")
    row = GroupDay(
        group=group, starts_on=THURSDAY, ends_on=date(2026, 10, 16), starts_at=time(20), ends_at=time(7)
    )
    save_with_history(row, by=tomasz, why="próba")
    [event] = both(fetch(as_anna))
    assert event["summary"] == "Noc w bibliotece"
    assert event["ends"] - event["starts"] == timedelta(hours=11)


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_hours_stay_over_the_clock_change(as_anna, anna, tomasz, day):
    before = day - timedelta(days=2)
    make_led(anna, tomasz, days=(before, day), starts_at=time(17), minutes=60)
    with clock.freeze_time(day):
        as_anna.force_login(anna)
        rows = both(fetch(as_anna))
    assert [row["starts"].hour for row in rows] == [17, 17]
    first, second = (row["starts"].astimezone(ZoneInfo("UTC")).hour for row in rows)
    assert abs(first - second) == 1


def test_the_time_zone_is_that_of_poland(as_anna, anna, tomasz):
    """Read with the zone of the file, not with that of this machine."""
    zone = read_zone(fetch(as_anna))
    for moment in (datetime(2026, 3, 28, 12), datetime(2026, 3, 29, 12), datetime(2026, 10, 24, 12),
                   datetime(2026, 10, 25, 12), datetime(2027, 1, 1, 12)):  # fmt: skip
        assert zone.utcoffset(moment) == WARSAW.utcoffset(moment), moment


def read_zone(content: bytes):
    [zone] = icalendar.Calendar.from_ical(content).walk("VTIMEZONE")
    return zone.to_tz(lookup_tzid=False)


def test_a_visit_is_only_a_visit(as_anna, anna, kowalscy):
    visit = make_visit(kowalscy, anna, date(2026, 10, 12), next_day=THURSDAY, next_at=time(11))
    content = fetch(as_anna)
    entered, arranged = both(content)
    assert [entered["summary"], arranged["summary"]] == ["Wizyta", "Wizyta"]
    assert arranged["starts"] == datetime(2026, 10, 15, 11, tzinfo=WARSAW)
    assert arranged["place"] == "" and arranged["url"] == "http://testserver/kalendarz/?tydzien=2026-10-12"
    assert arranged["uid"] != entered["uid"] and arranged["sequence"] == visit.version
    assert b"Kowals" not in content and b"rodziny" not in content


# Names that would end a line or begin another one; the mark at their beginning occurs nowhere else.
NASTY = st.text(st.sampled_from("ąŁ;,:\\\"'\n\r\t BEGIN=n"), max_size=40).map(lambda text: f"ŹŻ{text}")


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(family_name=NASTY, name=NASTY, street=NASTY)
def test_nothing_of_a_family_is_in_the_calendar(case_of_two, client, family_name, name, street):
    family, users = case_of_two
    Family.objects.filter(pk=family.pk).update(name=family_name)
    Person.objects.filter(memberships__family=family).update(first_name=name, last_name=name)
    family.addresses.update(street=street, locality=street)
    number = family.periods.get()
    for user in users:
        client.force_login(user)
        content = fetch(client)
        text = content.decode().replace("\r\n ", "")
        for word in ("ŹŻ", "Sekret", "bunt", f"{number.year}/{number.serial:03d}", "/rodziny/"):
            assert word not in text
        events = both(content)
        assert events and {row["summary"] for row in events} <= {"Wizyta", "Konsultacja"}
        assert {row["place"] for row in events} == {""}


@pytest.fixture
def case_of_two(kowalscy, anna, olga, tomasz):
    """The Kowalscy, whom anna visits and olga consults."""
    let_in(kowalscy, olga, by=tomasz)
    appointment(olga, family=kowalscy)
    make_visit(
        kowalscy, anna, date(2026, 10, 12), next_day=THURSDAY, next_at=time(11), facts="Sekret w kuchni."
    )
    return kowalscy, (anna, olga)


def test_the_topic_and_the_course_stay_here(as_anna, anna, tomasz):
    make_led(anna, tomasz, topic="Rozwód Kowalskich", course="Danuta płakała", materials="M", homework="H")
    content = fetch(as_anna).decode()
    assert "Rozwód" not in content and "Danuta" not in content


def test_old_and_far_events_are_left_out(as_anna, anna, tomasz):
    days = [date(2026, 7, 12), date(2026, 7, 13), date(2028, 4, 13), date(2028, 4, 14)]
    make_led(anna, tomasz, days=days)
    assert [row["starts"].date() for row in both(fetch(as_anna))] == days[1:3]


def test_the_same_calendar_is_the_same_bytes(as_anna, anna, tomasz):
    make_led(anna, tomasz, days=(THURSDAY, date(2026, 10, 22)))
    with clock.freeze_time(datetime(2026, 10, 13, 12, 20, tzinfo=WARSAW)):
        later = fetch(as_anna)
    assert fetch(as_anna) == later


def test_lines_are_short_and_end_as_they_should(as_anna, anna, tomasz):
    make_led(anna, tomasz, name="Zażółć gęślą jaźń, " * 8)
    content = fetch(as_anna)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H" in content and b"X-PUBLISHED-TTL:PT1H" in content


MOMENT = datetime(2026, 10, 13, 10, tzinfo=ZoneInfo("UTC"))
TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=120).filter(str.strip)


@given(name=TEXTS, summary=TEXTS, place=TEXTS)
@example(name="Grupa\rX-A:1", summary="Spotkanie\r\nATTENDEE:mailto:a@b", place="Sala\nURL:x")
def test_any_text_is_read_back_in_one_line(name, summary, place):
    event = FeedEvent("a@b", 3, MOMENT, MOMENT, summary, date(2026, 10, 15), date(2026, 10, 16), place=place)
    [row] = read(write_calendar(name, [event]))
    assert (row["uid"], row["sequence"], row["starts"]) == ("a@b", 3, date(2026, 10, 15))
    for written, was in ((row["summary"], summary), (row["place"], place)):
        assert written.split() == "".join(c if c.isprintable() else " " for c in was).split()
