"""Private addresses: made, read without login, revoked; whose right has ended answers as one that never was."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from lubsko_ops.accounts.models import RoleGrant
from lubsko_ops.audit.history import delete_with_history, save_with_history
from lubsko_ops.audit.models import AccessDeniedEntry, AccessLogEntry
from lubsko_ops.core import clock
from projects.dependents import GROUP_USES
from projects.groups.actions import remove_group
from projects.models import GroupLeader
from sessions.calendars.addresses import find_address, make_address
from sessions.choices import CalendarKind
from sessions.models import CalendarAddress
from tests.factories import TODAY
from tests.form_client import form_data, response_text, submit_form
from tests.sessions.calendars.helpers import CALENDAR, THURSDAY, make_led, read
from tests.statement_counts import page_statements

ADDRESS = "/kalendarz/adres/"


def feed_url(row: CalendarAddress) -> str:
    return f"/kalendarz/ics/{row.token}.ics"


def worker_address(user) -> CalendarAddress:
    return make_address(kind=CalendarKind.WORKER, by=user)


def add_outsider(group, by, name="Jan Muzyk", **days) -> GroupLeader:
    row = GroupLeader(group=group, name=name, **({"starts_on": date(2026, 1, 1)} | days))
    return save_with_history(row, by=by, why="próba")


def test_an_address_is_made_and_shown(as_anna, anna):
    assert "Utwórz adres" in as_anna.get(CALENDAR).content.decode()
    response = submit_form(as_anna, ADDRESS)
    assert (response.status_code, response.url) == (302, f"{CALENDAR}#adres")
    row = CalendarAddress.objects.get()
    assert (row.user, row.kind, row.version) == (anna, "worker", 1)
    assert len(row.token) >= 43 and row.token not in row.token_hash
    page = response_text(as_anna.get(CALENDAR))
    assert f'value="http://testserver{feed_url(row)}"' in page and "jeszcze nie pobrany" in page


def test_a_second_one_is_refused(as_anna, anna):
    data = form_data(as_anna, ADDRESS)
    worker_address(anna)
    response = as_anna.post(ADDRESS, data)
    assert response.status_code == 422 and "Ten kalendarz ma już adres." in response_text(response)
    assert CalendarAddress.objects.count() == 1


def test_it_is_read_without_login_and_leaves_no_cookie(client, anna, tomasz):
    make_led(anna, tomasz)
    row = worker_address(anna)
    entries = AccessLogEntry.objects.count()
    response = client.get(feed_url(row))
    assert response.status_code == 200 and not response.cookies
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Cache-Control"] == "private, no-cache" and response["Referrer-Policy"] == "no-referrer"
    assert [each["summary"] for each in read(response.content)] == [
        "Akademia rodzica, grupa I: spotkanie 1 z 1"
    ]
    assert AccessLogEntry.objects.count() == entries
    assert client.post(feed_url(row)).status_code == 405


def test_what_has_not_changed_is_not_sent_again(client, anna, tomasz):
    _, [meeting] = make_led(anna, tomasz)
    url = feed_url(worker_address(anna))
    mark = client.get(url)["ETag"]
    again = client.get(url, headers={"If-None-Match": mark})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", mark)
    meeting.other_place = "Biblioteka"
    save_with_history(meeting, by=tomasz, why="próba")
    assert client.get(url, headers={"If-None-Match": mark}).status_code == 200


def test_when_it_was_read_is_kept_every_five_minutes(client, as_anna, anna):
    row = worker_address(anna)
    start = clock.now()
    for minutes, noted in ((0, 0), (4, 0), (6, 6)):
        with clock.freeze_time(start + timedelta(minutes=minutes)):
            client.get(feed_url(row))
        row.refresh_from_db()
        assert row.last_read_at == start + timedelta(minutes=noted)
    assert row.version == 1 and row.history.count() == 1
    assert "ostatnio pobrany 13.10.2026 o 12:06" in response_text(as_anna.get(CALENDAR))


def unknown(client, url="/kalendarz/ics/nie-ma-takiego.ics"):
    response = client.get(url)
    assert response.status_code == 404 and not response.cookies
    return response.content, dict(response.headers)


def test_an_unknown_revoked_and_closed_address_answer_the_same(client, anna, ewa, tomasz):
    rows = [worker_address(user) for user in (anna, ewa, tomasz)]
    for row in rows:
        assert client.get(feed_url(row)).status_code == 200
    rows[0].revoked_at = clock.now()
    save_with_history(rows[0], by=anna, why="próba")
    ewa.is_active = False
    ewa.save()
    RoleGrant.objects.filter(user=tomasz).update(ends_on=TODAY - timedelta(days=1))
    answers = [unknown(client), *(unknown(client, feed_url(row)) for row in rows)]
    assert all(each == answers[0] for each in answers)
    assert rows[0].token not in str(answers)


def test_a_refusal_keeps_the_token_out_of_the_log(as_anna):
    as_anna.get("/kalendarz/ics/sekretny-adres.ics")
    entry = AccessDeniedEntry.objects.latest("pk")
    assert entry.status == 404 and "sekretny" not in entry.path


def test_an_address_is_revoked_and_renewed(as_anna, anna):
    row = worker_address(anna)
    submit_form(as_anna, f"{ADDRESS}{row.pk}/nowy/")
    new = CalendarAddress.objects.get(revoked_at=None)
    assert new.token != row.token and new.kind == "worker"
    assert find_address(row.token, on=TODAY) is None and find_address(new.token, on=TODAY) == new
    response = submit_form(as_anna, f"{ADDRESS}{new.pk}/uniewaznij/")
    assert response.status_code == 302 and find_address(new.token, on=TODAY) is None
    assert new.history.latest("history_id").history_change_reason == "Unieważniono adres kalendarza"
    assert as_anna.get(f"{ADDRESS}{new.pk}/uniewaznij/").status_code == 404


def test_nobody_revokes_the_address_of_somebody_else(client, anna, ewa):
    row = worker_address(anna)
    client.force_login(ewa)
    for end in ("nowy", "uniewaznij"):
        assert client.get(f"{ADDRESS}{row.pk}/{end}/").status_code == 404
    assert row.token not in client.get(CALENDAR).content.decode()


def test_the_role_of_a_deputy_ends_and_so_does_the_address(client, jan, make_user, maria):
    grant = RoleGrant(
        user=jan, role="social_worker", starts_on=TODAY, ends_on=date(2026, 10, 20), deputy_for=maria
    )
    save_with_history(grant, by=maria, why="zastępstwo")
    row = worker_address(type(jan).objects.get(pk=jan.pk))
    assert client.get(feed_url(row)).status_code == 200
    with clock.freeze_time(date(2026, 10, 21)):
        assert client.get(feed_url(row)).status_code == 404


# ---- groups and those who lead them ------------------------------------------------------------------
def test_the_calendar_of_a_group_holds_it_alone(client, as_anna, anna, ewa, tomasz):
    group, _ = make_led(anna, tomasz)
    make_led(anna, tomasz, name="Inna grupa")
    url = f"/grupy/{group.pk}/kalendarz/"
    assert url in as_anna.get(f"/grupy/{group.pk}/").content.decode()
    assert submit_form(as_anna, f"{url}adres/").url == f"{url}#adres"
    row = CalendarAddress.objects.get()
    assert feed_url(row) in as_anna.get(url).content.decode()
    content = client.get(feed_url(row)).content
    assert [each["summary"] for each in read(content)] == ["Akademia rodzica, grupa I: spotkanie 1 z 1"]
    assert read(as_anna.get(f"/grupy/{group.pk}/spotkania.ics").content) == read(content)
    assert url in as_anna.get(CALENDAR).content.decode()


def test_who_leads_from_outside_gets_an_address_of_the_own_meetings(client, as_anna, anna, tomasz):
    days = (date(2026, 10, 8), THURSDAY, date(2026, 10, 22))
    group, _ = make_led(anna, tomasz, days=days)
    leader = add_outsider(group, tomasz, starts_on=date(2026, 10, 10), ends_on=date(2026, 10, 20))
    page = as_anna.get(f"/grupy/{group.pk}/kalendarz/").content.decode()
    assert "Jan Muzyk" in page
    submit_form(as_anna, f"/grupy/{group.pk}/kalendarz/prowadzacy/{leader.pk}/")
    row = CalendarAddress.objects.get()
    assert (row.kind, row.leader, row.user) == ("leader", leader, anna)
    content = client.get(feed_url(row)).content
    assert [each["starts"].date() for each in read(content)] == [THURSDAY]
    assert b"Muzyk" not in content


def test_only_who_runs_the_group_hands_addresses_over(client, anna, ewa, tomasz):
    group, _ = make_led(anna, tomasz)
    leader = add_outsider(group, tomasz)
    client.force_login(ewa)
    assert "Jan Muzyk" not in client.get(f"/grupy/{group.pk}/kalendarz/").content.decode()
    assert client.get(f"/grupy/{group.pk}/kalendarz/prowadzacy/{leader.pk}/").status_code == 403
    assert client.get(f"/grupy/{group.pk}/kalendarz/prowadzacy/{leader.pk + 999}/").status_code == 404


def test_an_address_handed_over_ends_with_the_right_of_its_maker(client, anna, tomasz):
    group, _ = make_led(anna, tomasz)
    leader = add_outsider(group, tomasz)
    row = make_address(kind=CalendarKind.LEADER, leader=leader, by=anna)
    assert client.get(feed_url(row)).status_code == 200
    GroupLeader.objects.filter(group=group, user=anna).update(ends_on=TODAY - timedelta(days=1))
    assert client.get(feed_url(row)).status_code == 404


def test_a_specialist_has_the_calendars_of_own_groups_alone(client, as_olga, olga, anna, tomasz):
    group, _ = make_led(anna, tomasz)
    for end in ("kalendarz/", "kalendarz/adres/", "spotkania.ics"):
        assert as_olga.get(f"/grupy/{group.pk}/{end}").status_code == 404
    with pytest.raises(ValidationError):
        make_address(kind=CalendarKind.GROUP, group=group, by=olga)
    leading = GroupLeader(group=group, user=olga, starts_on=date(2026, 1, 1))
    save_with_history(leading, by=tomasz, why="próba")
    row = make_address(kind=CalendarKind.GROUP, group=group, by=olga)
    client.logout()
    assert client.get(feed_url(row)).status_code == 200
    delete_with_history(leading, by=tomasz, why="pomyłka")
    assert client.get(feed_url(row)).status_code == 404


def test_a_group_with_an_address_stays(anna, tomasz):
    group, _ = make_led(anna, tomasz)
    make_address(kind=CalendarKind.GROUP, group=group, by=anna)
    assert (1, "adres kalendarza,adresy kalendarza,adresów kalendarza") in [
        uses(group) for uses in GROUP_USES
    ]
    with pytest.raises(ValidationError):
        remove_group(group=group, why="próba", version=None, by=tomasz)


def test_number_of_statements(client, anna, tomasz):
    make_led(anna, tomasz)
    row = worker_address(anna)
    before = len(page_statements(client, feed_url(row)))
    make_led(anna, tomasz, name="Druga", days=[date(2026, 11, day) for day in range(2, 20)])
    statements = page_statements(client, feed_url(row))
    assert len(statements) == before <= 7, statements
