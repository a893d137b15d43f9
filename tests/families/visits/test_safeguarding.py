"""Page of a safeguarding concern: access, steps, closing and reopening."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from families.caseload.actions import assign_assistant, end_work
from families.choices import DeadlineKind
from families.deadlines.models import Deadline
from families.people.permissions import FAMILY_VIEW
from families.visits.actions import record_safeguarding_step
from families.visits.models import SafeguardingStep
from lubsko_ops.core import clock
from lubsko_ops.core.permissions import Role
from tests.factories import TODAY
from tests.families.visits.helpers import YESTERDAY, case_log_url, make_concern, visit_url
from tests.form_client import form_data, parse_form, response_text, submit_form
from tests.roles import permissions_of, set_permissions
from tests.statement_counts import page_statements

SAID = "Byłem w domu, okno zabezpieczone, Kacper śpi w drugim pokoju."


def concern_url(report) -> str:
    return reverse("families:safeguarding-concern", args=[report.visit.period.family_id, report.pk])


@pytest.fixture
def report(kowalscy, anna):
    return make_concern(kowalscy, anna)


def has_open_deadline(family) -> bool:
    return Deadline.objects.filter(family=family, kind=DeadlineKind.DANGER, done_on=None).exists()


class TestReading:
    @pytest.mark.parametrize("name", ["anna", "tomasz", "maria"])
    def test_shows_the_report(self, client, report, kowalscy, request, name):
        client.force_login(request.getfixturevalue(name))
        words = response_text(client.get(concern_url(report)))
        for said in (
            "Okno bez klamki, Kacper wchodzi na parapet.",
            "Odsunięte łóżko.",
            "pracownika socjalnego, 12.10.2026, 14:10",
            "Anna Sikora",
            "Wymaga sprawdzenia",
            "Jeszcze niczego nie wpisano.",
        ):
            assert said in words, said
        for way in (visit_url(report.visit), case_log_url(kowalscy)):
            assert f'href="{way}"' in words

    def test_steps_are_sorted_by_day(self, as_tomasz, report, tomasz, maria):
        record_safeguarding_step(concern=report, day=TODAY, what="Klamka wstawiona.", closes=True, by=maria)
        record_safeguarding_step(
            concern=report, day=YESTERDAY, what="Telefon do administracji.", closes=False, by=tomasz
        )
        words = response_text(as_tomasz.get(concern_url(report)))
        assert words.index("Telefon do administracji.") < words.index("Klamka wstawiona.")
        assert "13.10.2026: zagrożenie ustało" in words and "Maria Bocian, wpisano 13.10.2026, 12:00" in words

    def test_takes_sixteen_statements(self, as_tomasz, report, tomasz):
        for number in range(5):
            record_safeguarding_step(
                concern=report, day=TODAY, what=f"Krok {number}.", closes=False, by=tomasz
            )
        many = page_statements(as_tomasz, concern_url(report))
        assert len(many) <= 16


class TestSteps:
    @pytest.mark.parametrize("name", ["anna", "tomasz", "maria"])
    def test_saves_a_step(self, client, report, kowalscy, request, name):
        user = request.getfixturevalue(name)
        client.force_login(user)
        response = submit_form(client, concern_url(report), what=SAID)
        assert response.url == concern_url(report)
        words = response_text(client.get(response.url))
        assert "Zapisano, co zrobiono. Zagrożenie dalej wymaga sprawdzenia." in words and SAID in words
        step = SafeguardingStep.objects.get()
        assert (step.day, step.closes, step.entered_by) == (TODAY, False, user)
        entry = step.history.get()
        assert (entry.history_user, entry.history_change_reason) == (user, "Krok w sprawie zagrożenia")
        assert has_open_deadline(kowalscy)

    def test_closing_step_closes_the_concern(self, as_tomasz, report, kowalscy):
        assert has_open_deadline(kowalscy)
        response = submit_form(as_tomasz, concern_url(report), what=SAID, closes="on")
        words = response_text(as_tomasz.get(response.url))
        assert "Zapisano: zagrożenie ustało." in words and "Wymaga sprawdzenia" not in words
        assert not has_open_deadline(kowalscy)
        assert "Okno bez klamki" not in response_text(as_tomasz.get(case_log_url(kowalscy)))

    def test_closed_concern_cannot_be_closed_again(self, as_tomasz, report, tomasz):
        record_safeguarding_step(concern=report, day=TODAY, what="Klamka wstawiona.", closes=True, by=tomasz)
        page = as_tomasz.get(concern_url(report)).content.decode()
        assert "Dopisz, co jeszcze zrobiono" in page and 'name="closes"' not in page
        response = submit_form(as_tomasz, concern_url(report), what="Sprawdzone jeszcze raz.")
        words = response_text(as_tomasz.get(response.url))
        assert "Dopisano, co zrobiono. Zagrożenie ustało wcześniej." in words
        assert SafeguardingStep.objects.filter(closes=True).count() == 1

    def test_reopening_step_restores_deadline_and_notices(
        self, as_tomasz, client, report, kowalscy, tomasz, maria
    ):
        """The deadline, the notice in the case log and the item in the manager's queue come back."""
        record_safeguarding_step(concern=report, day=TODAY, what="Klamka wstawiona.", closes=True, by=tomasz)
        assert not has_open_deadline(kowalscy)
        response = submit_form(
            as_tomasz, concern_url(report), what="Pomyłka: klamka z innego mieszkania.", reopens="on"
        )
        words = response_text(as_tomasz.get(response.url))
        assert "Zapisano: zagrożenie trwa nadal. Znowu wymaga sprawdzenia." in words
        assert "13.10.2026: zagrożenie trwa nadal" in words and "Wymaga sprawdzenia" in words
        assert has_open_deadline(kowalscy)
        assert "Okno bez klamki" in response_text(as_tomasz.get(case_log_url(kowalscy)))
        client.force_login(maria)
        assert "Okno bez klamki" in response_text(client.get("/"))
        assert "Wymaga sprawdzenia" in response_text(client.get(visit_url(report.visit)))
        assert (
            submit_form(client, concern_url(report), what="Teraz klamka jest.", closes="on").status_code
            == 302
        )
        assert not has_open_deadline(kowalscy) and "Okno bez klamki" not in response_text(client.get("/"))

    def test_open_concern_cannot_be_reopened(self, as_tomasz, report, tomasz):
        assert 'name="reopens"' not in as_tomasz.get(concern_url(report)).content.decode()
        with pytest.raises(ValidationError, match="nie jest zamknięte"):
            record_safeguarding_step(concern=report, day=TODAY, what=SAID, reopens=True, by=tomasz)

    def test_reopening_day_is_not_before_the_closing_day(self, as_tomasz, report, tomasz):
        record_safeguarding_step(concern=report, day=TODAY, what="Klamka wstawiona.", closes=True, by=tomasz)
        response = submit_form(as_tomasz, concern_url(report), what=SAID, day="12.10.2026", reopens="on")
        assert "Pod dniem 13.10.2026 zapisano już, że zagrożenie ustało. Popraw dzień." in response_text(
            response
        )
        assert SafeguardingStep.objects.count() == 1

    def test_duplicate_submission_saves_once(self, as_tomasz, report):
        data = form_data(as_tomasz, concern_url(report), what=SAID, closes="on")
        assert [as_tomasz.post(concern_url(report), data).status_code for _ in range(2)] == [302, 302]
        assert SafeguardingStep.objects.count() == 1

    def test_is_in_the_history_of_the_file(self, client, report, kowalscy, tomasz, maria):
        record_safeguarding_step(concern=report, day=TODAY, what=SAID, closes=True, by=tomasz)
        client.force_login(maria)
        words = response_text(client.get(reverse("families:history", args=[kowalscy.pk])))
        assert "Zagrożenie ustało" in words and SAID in words and "Tomasz Lis" in words


@pytest.mark.parametrize(
    ("fields", "name", "sentence"),
    [
        ({"what": " "}, "what", "Napisz, co zrobiono."),
        ({"day": "14.10.2026"}, "day", "Ten dzień jeszcze nie nadszedł."),
        ({"day": "11.10.2026"}, "day", "Ten dzień jest wcześniejszy niż zgłoszenie zagrożenia."),
        ({"day": "wczoraj"}, "day", "Wpisz datę jako dzień.miesiąc.rok, np. 13.10.2026."),
    ],
)
def test_errors_are_shown_at_the_field_and_on_top(as_tomasz, report, fields, name, sentence):
    response = submit_form(as_tomasz, concern_url(report), **({"what": SAID, "closes": "on"} | fields))
    words = response_text(response)
    assert response.status_code == 422 and "Wpisu nie zapisano." in words
    assert words.count(sentence) == 2 and f'href="#id_{name}"' in words
    typed = parse_form(response.content.decode())
    assert typed["what"] == [fields.get("what", SAID)] and typed["closes"] == ["on"]
    assert not SafeguardingStep.objects.exists()


class TestPermissions:
    def test_users_out_of_scope_get_404(self, client, report, ewa, zofia, jan, make_user):
        for user in (ewa, zofia, jan, make_user("sonia", "Sonia", "Maj", Role.SPECIALIST)):
            client.force_login(user)
            assert (
                client.get(concern_url(report)).status_code
                == client.post(concern_url(report)).status_code
                == 404
            )

    @pytest.mark.parametrize("role", [Role.SPECIALIST, Role.ADMIN])
    def test_requires_the_permission(self, client, report, maria, monkeypatch, role):
        set_permissions(monkeypatch, Role.MANAGER, permissions_of(role) | {FAMILY_VIEW})
        client.force_login(maria)
        for answer in (client.get(concern_url(report)), client.post(concern_url(report))):
            assert answer.status_code == 403 and "Okno" not in answer.content.decode()

    def test_url_of_another_family_gives_404(self, client, report, nowakowie, maria):
        client.force_login(maria)
        assert (
            client.get(reverse("families:safeguarding-concern", args=[nowakowie.pk, report.pk])).status_code
            == 404
        )

    def test_next_assistant_follows_up_after_hand_over(self, client, report, kowalscy, anna, ewa, maria):
        assign_assistant(period=kowalscy.periods.get(), assistant=ewa, starts_on=TODAY, by=maria)
        client.force_login(anna)
        assert (
            client.get(concern_url(report)).status_code == client.post(concern_url(report)).status_code == 403
        )
        client.force_login(ewa)
        assert submit_form(client, concern_url(report), what=SAID).status_code == 302

    def test_concern_stays_open_when_the_case_is_closed(self, client, report, kowalscy, anna, maria):
        end_work(period=kowalscy.periods.get(), on=TODAY, reason="goals_reached", by=maria)
        with clock.freeze_time(TODAY.replace(day=15)):
            client.force_login(anna)
            assert client.get(concern_url(report)).status_code == 403
            client.force_login(maria)
            assert "Okno bez klamki" in response_text(client.get(case_log_url(kowalscy)))
            assert submit_form(client, concern_url(report), what=SAID, closes="on").status_code == 302
            assert "Okno bez klamki" not in response_text(client.get(case_log_url(kowalscy)))
