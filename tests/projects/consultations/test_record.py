"""A specialist notes a consultation of a family, of a participant of an own group, of a worker without a family."""

from datetime import date, time, timedelta

import pytest

from families.people.models import Membership
from lubsko_ops.accounts.actions import end_role
from lubsko_ops.accounts.models import RoleGrant
from projects.models import Consultation
from tests.factories import TODAY
from tests.families.specialists.helpers import let_in
from tests.form_client import submit_form
from tests.page import page_text
from tests.projects.consultations.helpers import appointment, held, led_group, participant

NEW = "/konsultacje/nowa/"
TOMORROW = TODAY + timedelta(days=1)


def note(client, whom, **fields):
    values = {
        "whom": whom,
        "day": f"{TODAY:%d.%m.%Y}",
        "minutes": "50",
        "subject": "granice",
        "note": "Rozmowa o złości.",
        "readers": "author",
    }
    return submit_form(client, NEW, **values | fields)


@pytest.mark.usefixtures("access")
def test_of_a_family(as_olga, olga, kowalscy):
    assert note(as_olga, f"r{kowalscy.pk}", starts_at="9").status_code == 302
    row = Consultation.objects.get()
    assert (row.specialist, row.family, row.state, row.minutes) == (olga, kowalscy, "held", 50)
    assert row.history.get().history_change_reason == "Wpis konsultacji"
    assert "Rozmowa o złości." in page_text(as_olga.get(f"/konsultacje/{row.pk}/"))


def test_of_a_participant_of_an_own_group(as_olga, olga, maria, nowakowie):
    group = led_group(olga, by=maria)
    person = Membership.objects.filter(family=nowakowie).first().person
    part = participant(group, person, by=maria, family=nowakowie)
    assert note(as_olga, f"u{part.pk}").status_code == 302
    row = Consultation.objects.get()
    assert (row.participation, row.group, row.family) == (part, group, None)


def test_of_a_worker_without_a_family(as_olga, anna):
    assert note(as_olga, f"p{anna.pk}", readers="consulted").status_code == 302
    assert Consultation.objects.get().worker == anna


def test_the_administrator_has_nothing(client, jan):
    client.force_login(jan)
    assert client.get("/konsultacje/").status_code == 403
    assert client.get(NEW).status_code == 403


def test_only_own_families_groups_and_workers_are_offered(
    as_olga, olga, maria, anna, kowalscy, nowakowie, access
):
    group = led_group(maria, by=maria)
    part = participant(group, Membership.objects.filter(family=nowakowie).first().person, by=maria)
    codes = [
        code for _, group in as_olga.get(NEW).context["form"].fields["whom"].choices[1:] for code, _ in group
    ]
    assert f"r{kowalscy.pk}" in codes and f"p{anna.pk}" in codes
    assert f"r{nowakowie.pk}" not in codes and f"u{part.pk}" not in codes and f"p{maria.pk}" not in codes
    assert note(as_olga, f"r{nowakowie.pk}").status_code == 422
    assert note(as_olga, f"u{part.pk}").status_code == 422
    assert not Consultation.objects.exists()


@pytest.mark.usefixtures("access")
@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"whom": ""}, "Wybierz, kogo dotyczy."),
        ({"whom": "r1x"}, "Wybierz z listy."),
        ({"minutes": "0"}, "Wpisz od 5 do 600 minut."),
        ({"minutes": "10000"}, "Wpisz od 5 do 600 minut."),
        ({"minutes": ""}, "Wpisz, ile minut trwała."),
        ({"subject": ""}, "Wpisz temat."),
        ({"day": f"{TOMORROW:%d.%m.%Y}"}, "Ten dzień jeszcze nie nadszedł."),
        ({"starts_at": "2300"}, "Ta godzina jeszcze nie nadeszła."),
        ({"day": "01.10.2026"}, "01.10.2026 nie masz dostępu do tej rodziny."),
        ({"readers": "consulted"}, "Osoba spoza pracowników nie ma konta w systemie."),
    ],
)
def test_bad_values_are_refused_beside_the_field(as_olga, kowalscy, fields, sentence):
    response = note(as_olga, fields.pop("whom", f"r{kowalscy.pk}"), **fields)
    assert response.status_code == 422 and not Consultation.objects.exists()
    assert sentence in page_text(response) and "Rozmowa o złości." in response.content.decode()


def test_a_worker_has_no_workers_of_a_family(as_olga, anna):
    response = note(as_olga, f"p{anna.pk}", readers="workers")
    assert response.status_code == 422 and "To nie jest rodzina ośrodka" in page_text(response)


def test_a_worker_who_left_is_refused(as_olga, anna, maria):
    grant = RoleGrant.objects.get(user=anna)
    end_role(grant=grant, on=TODAY - timedelta(days=10), by=maria)
    assert note(as_olga, f"p{anna.pk}").status_code == 422  # is no longer offered
    assert not Consultation.objects.exists()


def test_a_day_on_which_the_worker_was_none_is_refused(as_olga, anna):
    response = note(as_olga, f"p{anna.pk}", day="01.10.2019")
    assert response.status_code == 422 and "nie pracuje jako asystent" in page_text(response)


def test_two_at_one_hour_are_refused(as_olga, olga, anna, ewa):
    held(olga, worker=anna, starts_at=time(9), minutes=60)
    response = note(as_olga, f"p{ewa.pk}", starts_at="930")
    assert response.status_code == 422
    assert "O tej porze masz już inną konsultację: 13.10.2026, 09:00, 60 min." in page_text(response)
    assert note(as_olga, f"p{ewa.pk}", starts_at="10").status_code == 302


def test_a_family_lost_meanwhile_is_refused(as_olga, olga, kowalscy, tomasz):
    let_in(kowalscy, olga, by=tomasz, starts_on=date(2026, 9, 1), ends_on=TODAY - timedelta(days=1))
    assert note(as_olga, f"r{kowalscy.pk}").status_code == 422


def test_the_author_corrects_and_removes(as_olga, olga, anna):
    row = held(olga, worker=anna)
    url = f"/konsultacje/{row.pk}/"
    assert submit_form(as_olga, f"{url}popraw/", subject="zmęczenie").status_code == 302
    row.refresh_from_db()
    assert row.subject == "zmęczenie" and row.worker == anna
    assert submit_form(as_olga, f"{url}usun/", why="pomyłka").status_code == 302
    assert not Consultation.objects.exists()


def test_nobody_else_corrects(as_maria, olga, anna):
    row = held(olga, worker=anna)
    assert as_maria.get(f"/konsultacje/{row.pk}/").status_code == 200
    assert as_maria.get(f"/konsultacje/{row.pk}/popraw/").status_code == 404


def test_the_access_is_not_pulled_from_under_a_consultation(as_tomasz, olga, kowalscy, access):
    held(olga, family=kowalscy)
    url = f"/rodziny/{kowalscy.pk}/specjalisci/{access.pk}/usun/"
    response = submit_form(as_tomasz, url, why="pomyłka")
    assert response.status_code == 422 and "13.10.2026 (konsultacja)" in page_text(response)


class TestAppointment:
    def test_it_is_made_and_held(self, as_olga, anna):
        response = submit_form(
            as_olga, "/konsultacje/umow/", whom=f"p{anna.pk}", day="20.10.2026", starts_at="10", minutes="60"
        )
        assert response.status_code == 302
        row = Consultation.objects.get()
        assert (row.state, row.starts_at) == ("planned", time(10))
        url = f"/konsultacje/{row.pk}/wynik/"
        assert submit_form(as_olga, url, minutes="45").status_code == 422  # nothing is chosen for the user
        # An appointment of a later day cannot have been held yet.
        response = submit_form(as_olga, url, state="held", minutes="45", subject="bunt")
        assert response.status_code == 422

    def test_one_of_today_is_held(self, as_olga, olga, anna):
        from lubsko_ops.core import clock

        row = appointment(olga, worker=anna)
        with clock.freeze_time(date(2026, 10, 20)):
            as_olga.force_login(olga)
            url = f"/konsultacje/{row.pk}/wynik/"
            assert submit_form(as_olga, url, state="held", minutes="45", note="Dobrze.").status_code == 302
        row.refresh_from_db()
        assert (row.state, row.minutes, row.note) == ("held", 45, "Dobrze.")

    def test_a_missed_one_frees_the_hour(self, as_olga, olga, anna, ewa):
        row = appointment(olga, worker=anna)
        from lubsko_ops.core import clock

        with clock.freeze_time(date(2026, 10, 21)):
            as_olga.force_login(olga)
            assert submit_form(as_olga, f"/konsultacje/{row.pk}/wynik/", state="missed").status_code == 302
        row.refresh_from_db()
        assert row.state == "missed"
        assert appointment(olga, worker=ewa)

    def test_it_is_moved(self, as_olga, olga, anna):
        row = appointment(olga, worker=anna)
        url = f"/konsultacje/{row.pk}/popraw/"
        assert submit_form(as_olga, url, day="21.10.2026", starts_at="12").status_code == 302
        row.refresh_from_db()
        assert (row.day, row.starts_at) == (date(2026, 10, 21), time(12))
        assert row.history.first().history_change_reason == "Zmiana umówionej konsultacji"

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"day": "01.10.2026"}, "Ten dzień już minął."),
            ({"day": f"{TODAY:%d.%m.%Y}", "starts_at": "8"}, "Ta godzina już minęła."),
            ({"starts_at": ""}, "Wpisz godzinę."),
            ({"minutes": "0"}, "Wpisz od 5 do 600 minut."),
            ({"day": "20.10.2028"}, "najwyżej na rok naprzód"),
            ({"starts_at": "1030"}, "O tej porze masz już inną konsultację"),
        ],
    )
    def test_bad_hours_are_refused(self, as_olga, olga, anna, ewa, fields, sentence):
        appointment(olga, worker=anna)
        values = {"whom": f"p{ewa.pk}", "day": "20.10.2026", "starts_at": "14", "minutes": "60"} | fields
        response = submit_form(as_olga, "/konsultacje/umow/", **values)
        assert response.status_code == 422 and sentence in page_text(response)
        assert Consultation.objects.count() == 1
