"""Lists of attendance, the schedule and the journal: who stands on them, which numbers, who gets them."""

from datetime import date, time

import pytest

from families.choices import Sex
from lubsko_ops.audit.history import save_with_history
from lubsko_ops.audit.models import AccessLogEntry
from projects.groups.queries import leaders_of
from projects.models import GroupLeader
from sessions.attendance.queries import count_marks, load_meetings
from sessions.choices import MeetingState
from sessions.models import MeetingChange, MeetingLeader
from sessions.printouts import journal, lists, schedules
from tests.factories import TODAY
from tests.lubsko_ops.output.conftest import html_to_pdf, validation_errors
from tests.sessions.factories import make_meeting
from tests.sessions.printouts.helpers import (
    join,
    mark,
    new_person,
    register_of,
    url_of,
    weekly,
    workshop,
)
from tests.statement_counts import page_statements


@pytest.fixture
def group(tomasz, maria):
    return workshop(tomasz, maria, other_place="Sala 2")


@pytest.fixture
def meetings(group, tomasz):
    """Two held, three to come."""
    return weekly(group, tomasz, 5, held=2, topic="Emocje <b>", course="Zasady <script>")


@pytest.fixture
def people(group, tomasz, meetings):
    """Celina came twice, Żaneta was late and absent, Anna joined after the first meeting."""
    celina, zaneta, anna = (new_person(tomasz, *name) for name in NAMES)
    rows = [join(group, tomasz, celina), join(group, tomasz, zaneta)]
    rows.append(join(group, tomasz, anna, day=date(2026, 10, 10)))
    for row, letters in zip(rows, ("++", "su", ".+"), strict=True):
        mark(meetings, row, tomasz, letters)
    return rows


NAMES = [("Celina", "Ćwik"), ("Żaneta", "Cieślak"), ("Anna", "Dąb")]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def filled(group):
    return lists.filled_context(register_of(group), leaders_of(group), today=TODAY)


def schedule(group, *, whole=True):
    rows = schedules.load_meetings(group)
    return schedules.schedule_context(group, rows, leaders_of(group), today=TODAY, whole=whole)


# ---- filled ------------------------------------------------------------------------------------------
def test_the_filled_list_has_signs_and_sums(group, people):
    part = filled(group)["parts"][0]
    assert [(row["name"], row["cells"], row["total"]) for row in part["rows"]] == [
        ("Cieślak Żaneta", ["s", "u"], "1 z 2"),
        ("Ćwik Celina", ["+", "+"], "2 z 2"),
        ("Dąb Anna", ["–", "+"], "1 z 1"),
    ]
    assert (part["sums"], filled(group)["total"], filled(group)["percent"]) == (
        ["2 z 2", "2 z 3"],
        "4 z 5",
        "80,0",
    )


def test_its_numbers_are_those_of_the_screen(group, people):
    _, marks = load_meetings(group)
    sums, context = count_marks(marks), filled(group)
    assert context["total"] == sums.total.text
    assert context["parts"][0]["sums"] == [sums.meetings[pk].text for pk in marks]
    lines = register_of(group).lines
    assert [row["total"] for row in context["parts"][0]["rows"]] == [
        sums.people[line.slot.key].text for line in lines
    ]


def test_reasons_of_absence_stay_off_every_paper(group, people, meetings):
    meetings[1].attendances.filter(presence="excused").update(reason="szpital")
    register, leaders = register_of(group), leaders_of(group)
    texts = [
        lists.filled_html(register, leaders, today=TODAY),
        lists.blank_html(register, meetings, leaders, today=TODAY),
        journal.journal_html(register, leaders, today=TODAY),
    ]
    assert all("Dąb" in text or "Dziennik" in text for text in texts)
    assert not any("szpital" in text for text in texts)


def test_a_family_counts_once_with_how_many_came(group, tomasz, meetings, nowakowie):
    group.takes = "families"
    row = join(group, tomasz, family=nowakowie)
    mark(meetings, row, tomasz, "+n")
    meetings[0].attendances.update(people=3)
    part = filled(group)["parts"][0]
    assert [(row["name"], row["cells"]) for row in part["rows"]] == [("rodzina: Nowakowie", ["+ 3", "n"])]


def test_somebody_without_a_mark_is_named_by_the_day(group, tomasz, people):
    join(group, tomasz, new_person(tomasz, "Ewa", "Zając"))
    assert filled(group)["unmarked"] == "05.10.2026 i 12.10.2026"


# ---- to sign -----------------------------------------------------------------------------------------
def test_who_is_to_come_stands_on_the_list_and_who_left_does_not(group, tomasz, meetings, people):
    join(group, tomasz, new_person(tomasz, "Iga", "Nowa"), status="qualified")
    join(group, tomasz, new_person(tomasz, "Ola", "Stara"), status="broken_off", left_on=date(2026, 10, 8))
    join(group, tomasz, new_person(tomasz, "Ala", "Rezerwowa"), status="reserve")
    coming = lists.blank_context(register_of(group), meetings[2:], leaders_of(group), today=TODAY)
    names = [row["name"] for row in coming["rows"]]
    assert names == ["Cieślak Żaneta", "Ćwik Celina", "Dąb Anna", "Nowa Iga"]


def test_more_than_ten_meetings_stand_on_several_pages(group, tomasz, people):
    more = weekly(group, tomasz, 11, first=date(2026, 12, 1))
    context = lists.blank_context(register_of(group), more, leaders_of(group), today=TODAY)
    assert [len(part["columns"]) for part in context["parts"]] == [6, 5]


def test_the_list_of_one_meeting_is_for_its_replacement_leader(
    client, ewa, group, tomasz, meetings, people, no_pdf
):
    named = MeetingLeader(meeting=meetings[2], user=ewa)
    save_with_history(named, by=tomasz, why="Zastępstwo")
    client.force_login(ewa)
    one = f"?spotkanie={meetings[2].pk}"
    assert client.get(url_of("attendance-list-pdf", group.pk, query=one)).status_code == 200
    for query in ("", "?wypelniona=1", f"{one}&wypelniona=1", f"{one}&spotkanie={meetings[3].pk}"):
        assert client.get(url_of("attendance-list-pdf", group.pk, query=query)).status_code == 403


@pytest.mark.parametrize("query", ["?spotkanie=0", "?spotkanie=x", "?spotkanie="])
def test_an_unknown_meeting(as_tomasz, group, query, no_pdf):
    assert as_tomasz.get(url_of("attendance-list-pdf", group.pk, query=query)).status_code == 404


# ---- schedule ----------------------------------------------------------------------------------------
def test_a_moved_meeting_says_instead_of_which_day(group, tomasz, meetings):
    moved = meetings[3]
    change = MeetingChange(
        meeting=moved,
        kind="move",
        decided_on=TODAY,
        reason="sala",
        from_on=moved.starts_on,
        from_until=moved.ends_on,
        to_on=date(2026, 10, 28),
    )
    save_with_history(change, by=tomasz, why="Przeniesienie")
    moved.starts_on = moved.ends_on = date(2026, 10, 28)
    save_with_history(moved, by=tomasz, why="Przeniesienie")
    rows = schedule(group)["rows"]
    assert [(row["number"], plain(row["day"]), plain(row["note"])) for row in rows][3] == (
        4, "28 października", "zamiast 26 października"
    )  # fmt: skip


def test_a_cancelled_meeting_stays_with_what_makes_up_for_it(group, tomasz, meetings):
    meetings[4].state = MeetingState.CANCELLED
    save_with_history(meetings[4], by=tomasz, why="Odwołanie")
    make_meeting(group, tomasz, date(2026, 11, 3), made_up_for=meetings[4], starts_at=time(12))
    context = schedule(group)
    assert [row["number"] for row in context["rows"]] == [1, 2, 3, 4, "", 5]
    assert plain(context["rows"][4]["note"]) == "odwołane, zamiast tego 3 listopada"
    assert context["rows"][5]["hours"] == "12:00–14:00"
    assert "sala" not in str(context["rows"])


def test_the_schedule_is_of_what_is_to_come_unless_the_whole_is_wanted(group, meetings):
    assert len(schedule(group, whole=False)["rows"]) == 3
    assert plain(schedule(group)["amount"]) == "5 spotkań, zawsze od 9:00 do 11:00"
    assert plain(schedule(group, whole=False)["amount"]) == "jeszcze 3 spotkania, zawsze od 9:00 do 11:00"


def test_the_schedule_names_no_participant_and_is_for_everybody(client, as_anna, jan, group, people, no_pdf):
    before = AccessLogEntry.objects.count()
    assert as_anna.get(url_of("schedule-pdf", group.pk)).status_code == 200
    assert as_anna.get(url_of("schedule-pdf", group.pk, query="?pasek=1")).status_code == 200
    assert AccessLogEntry.objects.count() == before
    html = schedules.schedule_html(group, leaders_of(group), today=TODAY, whole=True, strips=True)
    assert "Ćwik" not in html and "Emocje &lt;b&gt;" in plain(html)
    client.force_login(jan)
    assert client.get(url_of("schedule-pdf", group.pk)).status_code == 403


# ---- journal -----------------------------------------------------------------------------------------
def test_the_journal_has_held_meetings_with_numbers_of_the_screen(group, people, meetings):
    context = journal.journal_context(register_of(group), leaders_of(group), today=TODAY)
    assert [(row["number"], row["present"], row["remarks"]) for row in context["rows"]] == [
        (1, "2 z 2", []),
        (2, "2 z 3", ["nieob. 1, w tym nieuspr. 0"]),
    ]
    assert (plain(context["entries"]), plain(context["hours"]), context["attended"]) == (
        "2 wpisy",
        "4 godz.",
        4,
    )
    assert context["coming"] == "19.10.2026, 26.10.2026 i 02.11.2026"


def test_what_was_typed_is_escaped(group, people):
    html = journal.journal_html(register_of(group), leaders_of(group), today=TODAY)
    assert "Zasady &lt;script&gt;" in plain(html) and "<script>" not in html


def test_a_meeting_of_somebody_else_names_who_led_it(group, tomasz, ewa, meetings, people):
    leader = group.leaders.get()
    row = MeetingLeader(meeting=meetings[0], user=ewa, instead_of=leader, reason="urlop")
    save_with_history(row, by=tomasz, why="Zastępstwo")
    context = journal.journal_context(register_of(group), leaders_of(group), today=TODAY)
    assert [row["leaders"] for row in context["rows"]] == [str(ewa), str(tomasz)]


# ---- who gets them -----------------------------------------------------------------------------------
WITH_NAMES = ["attendance-list-pdf", "log-pdf", "certificates"]


@pytest.mark.parametrize("name", WITH_NAMES)
def test_names_are_for_who_runs_the_group(client, group, people, anna, tomasz, maria, jan, no_pdf, name):
    answers = {}
    for user in (anna, tomasz, maria, jan):
        client.force_login(user)
        answers[user.username] = client.get(url_of(name, group.pk)).status_code
    assert answers == {"anna": 403, "tomasz": 200, "maria": 200, "jan": 403}


def test_a_leader_gets_them_on_the_days_of_leading(client, group, people, anna, ewa, tomasz, no_pdf):
    for user, ends_on in ((anna, None), (ewa, date(2026, 10, 12))):
        row = GroupLeader(group=group, user=user, starts_on=date(2026, 10, 1), ends_on=ends_on)
        save_with_history(row, by=tomasz, why="Prowadzi")
        client.force_login(user)
        status = client.get(url_of("attendance-list-pdf", group.pk)).status_code
        assert status == (403 if ends_on else 200)


def test_the_access_log_names_who_stands_on_the_list(as_tomasz, group, people, no_pdf):
    as_tomasz.get(url_of("attendance-list-pdf", group.pk))
    entry = AccessLogEntry.objects.latest("pk")
    assert entry.access_area == "meeting_papers"
    assert set(entry.persons) == {row.person_id for row in people}


def test_druki_lists_what_there_is(as_tomasz, group, people):
    page = " ".join(plain(as_tomasz.get(f"/grupy/{group.pk}/").content.decode()).split())
    for text in ("Lista obecności do podpisu, 19.10.2026", "Dziennik zajęć, 2 wpisy", "próg nieustalony"):
        assert text in page


def test_druki_without_meetings(as_anna, as_tomasz, group):
    page = as_tomasz.get(f"/grupy/{group.pk}/").content.decode()
    assert "Druki pojawią się, gdy będą terminy spotkań." in page


def test_who_only_reads_gets_only_the_schedule(as_anna, group, people):
    page = as_anna.get(f"/grupy/{group.pk}/").content.decode()
    assert "Harmonogram dla uczestników" in page and "Dziennik zajęć" not in page


# ---- the files ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("is_empty", [True, False])
def test_every_paper_is_accessible(group, tomasz, request, is_empty):
    if not is_empty:
        request.getfixturevalue("people")
        long_name = new_person(tomasz, "Maria Konstancja", "Brzęczyszczykiewicz-Gżegżółkowska", Sex.FEMALE)
        join(group, tomasz, long_name)
    register, leaders = register_of(group), leaders_of(group)
    standing = [each for each in register.meetings if each.takes_place]
    pages = [
        lists.filled_html(register, leaders, today=TODAY),
        lists.blank_html(register, standing, leaders, today=TODAY),
        journal.journal_html(register, leaders, today=TODAY),
        schedules.schedule_html(group, leaders, today=TODAY, whole=True, strips=False),
        schedules.schedule_html(group, leaders, today=TODAY, whole=True, strips=True),
        *(lists.single_html(register, each, leaders, today=TODAY) for each in standing[:1]),
    ]
    for html in pages:
        pdf = html_to_pdf(html)
        assert validation_errors(pdf, "ua1") == validation_errors(pdf, "3a") == []


def test_statements_do_not_grow_with_people_and_meetings(as_tomasz, group, tomasz, meetings, people, no_pdf):
    addresses = [url_of("attendance-list-pdf", group.pk, query="?wypelniona=1"), url_of("log-pdf", group.pk)]
    addresses += [url_of("certificates", group.pk), url_of("schedule-pdf", group.pk), f"/grupy/{group.pk}/"]
    before = [len(page_statements(as_tomasz, url)) for url in addresses]
    rows = [join(group, tomasz, new_person(tomasz, "Beata", f"Bąk {each}")) for each in range(6)]
    for row in rows:
        mark(meetings, row, tomasz, "++")
    weekly(group, tomasz, 4, first=date(2026, 12, 1))
    assert [len(page_statements(as_tomasz, url)) for url in addresses] == before
    assert max(before[:4]) <= 15
