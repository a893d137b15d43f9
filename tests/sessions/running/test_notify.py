"""After a date has changed: whom to call, within the scope of the user, and the notice, which names nobody."""

from datetime import date

import pytest

from families.people.actions import add_phone
from lubsko_ops.audit.models import AccessLogEntry
from sessions.running import actions
from sessions.running.notify import last_change, notice_html
from tests.factories import OPENED_ON
from tests.projects.groups.helpers import enrol, make_group, mother_of
from tests.projects.helpers import make_running
from tests.sessions.running.helpers import LATER, add, on_day, plain_text, url


@pytest.fixture
def moved(tomasz, group, kowalscy, nowakowie):
    """Moved to another Monday; the Kowalscy have a telephone in their file, the Nowakowie in their enrolment."""
    add_phone(family=kowalscy, number="600 100 200", starts_on=OPENED_ON, by=kowalscy.entered_by)
    begun = {"begun_on": date(2026, 10, 1)}
    enrol(group, tomasz, person=mother_of(kowalscy), family=kowalscy, **begun)
    enrol(group, tomasz, person=mother_of(nowakowie), family=nowakowie, contact_phone="700 200 300", **begun)
    return actions.move_meeting(
        meeting=add(group, tomasz), wanted=on_day(LATER), reason="Sala zajęta", version=None, by=tomasz
    )


def test_telephones_to_tap(as_tomasz, moved, kowalscy, nowakowie):
    html = as_tomasz.get(url("notify", moved.pk)).content.decode()
    assert 'href="tel:+48600100200"' in html and 'href="tel:+48700200300"' in html
    entry = AccessLogEntry.objects.latest("pk")
    assert kowalscy.pk in entry.families and mother_of(nowakowie).pk in entry.persons
    text = plain_text(as_tomasz, url("notify", moved.pk))
    assert "Zamiast: poniedziałek, 19 października 2026 r., godz. 9:00–11:00." in text
    assert "Nowy termin: poniedziałek, 26 października 2026 r., godz. 9:00–11:00." in text


def test_a_leader_sees_no_telephone_from_a_file_that_does_not_open(
    client, ewa, tomasz, maria, kowalscy, nowakowie
):
    add_phone(family=kowalscy, number="600 100 200", starts_on=OPENED_ON, by=kowalscy.entered_by)
    group = make_group(make_running(tomasz, maria), tomasz, leader=ewa)
    enrol(group, tomasz, person=mother_of(kowalscy), family=kowalscy, begun_on=date(2026, 10, 1))
    meeting = add(group, tomasz)
    client.force_login(ewa)
    text = plain_text(client, url("notify", meeting.pk))
    assert str(mother_of(kowalscy)) in text and "600 100 200" not in text and "bez telefonu" in text
    assert "Termin tego spotkania się nie zmienił." in text
    assert client.get(url("meeting-notice", meeting.pk)).status_code == 404


def test_only_who_runs_the_group(as_anna, moved):
    for name in ("notify", "meeting-notice"):
        assert as_anna.get(url(name, moved.pk)).status_code == 403


def test_the_notice_has_both_dates_no_names_and_no_reason(moved, kowalscy):
    html = notice_html(moved, last_change(moved), with_reason=False).replace("\xa0", " ")
    for each in ("Zmiana terminu spotkania", "19 października 2026 r.", "26 października 2026 r."):
        assert each in html.replace("&nbsp;", " ")
    assert mother_of(kowalscy).last_name not in html and "Sala zajęta" not in html
    with_reason = notice_html(moved, last_change(moved), with_reason=True)
    assert "zajęta" in with_reason


def test_the_notice_is_a_pdf(as_tomasz, moved):
    response = as_tomasz.get(url("meeting-notice", moved.pk))
    assert response["Content-Type"] == "application/pdf" and response.content.startswith(b"%PDF")


def test_of_a_cancelled_meeting(tomasz, group):
    meeting = add(group, tomasz)
    cancelled = actions.cancel_meeting(meeting=meeting, reason="Awaria", version=None, by=tomasz)
    html = notice_html(cancelled, last_change(cancelled), with_reason=False)
    assert "Spotkanie odwołane" in html and "Nie odbędzie się" in html
