"""Contact form: saving, refusals, correction, access."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from families.caseload.actions import assign_assistant, begin_work, end_work
from families.people.permissions import FAMILY_VIEW
from families.visits.models import Contact, Visit
from lubsko_ops.core import clock
from lubsko_ops.core.permissions import Role
from lubsko_ops.submissions.models import Draft
from tests.factories import TODAY, WORK_STARTED_ON, consent_data
from tests.families.visits.helpers import YESTERDAY, case_log_url, make_contact
from tests.form_client import form_data, parse_form, response_text, submit_form
from tests.roles import permissions_of, set_permissions

ABOUT = "Kacper opuścił trzy dni. Umówiono rozmowę z pedagogiem."


def new(family) -> str:
    return reverse("families:contact-new", args=[family.pk])


def edit(contact) -> str:
    return reverse("families:contact-edit", args=[contact.period.family_id, contact.pk])


@pytest.fixture
def as_anna(client, anna):
    client.force_login(anna)
    return client


class TestWriting:
    def test_defaults_to_a_call_just_now(self, as_anna, kowalscy):
        fields = parse_form(as_anna.get(new(kowalscy)).content.decode())
        assert [fields[name] for name in ("day", "starts_at", "channel", "counterpart_type")] == [
            ["13.10.2026"],
            ["12:00"],
            ["phone"],
            [""],
        ]

    @pytest.mark.parametrize("name", ["anna", "tomasz", "maria"])
    def test_saves_a_contact(self, client, kowalscy, request, name):
        user = request.getfixturevalue(name)
        client.force_login(user)
        said = {
            "counterpart_type": "school",
            "counterpart_name": "p. Kowal, wychowawczyni",
            "minutes": "12",
            "subject": ABOUT,
        }
        response = submit_form(client, new(kowalscy), starts_at="0915", **said)
        assert response.url == case_log_url(kowalscy)
        words = response_text(client.get(response.url))
        assert "Zapisano kontakt: rozmowa telefoniczna, szkoła, przedszkole, 13.10.2026." in words
        assert ABOUT in words and "p. Kowal, wychowawczyni, 12 min" in words
        row = Contact.objects.get()
        assert (row.author, row.day, row.starts_at, row.minutes) == (user, TODAY, time(9, 15), 12)
        entry = row.history.get()
        assert (entry.history_user, entry.history_change_reason) == (user, "Wpis kontaktu")
        assert not Visit.objects.exists()

    def test_optional_fields_may_be_empty(self, as_anna, kowalscy):
        assert (
            submit_form(
                as_anna, new(kowalscy), counterpart_type="court", subject=ABOUT, starts_at=""
            ).status_code
            == 302
        )
        row = Contact.objects.get()
        assert (row.starts_at, row.minutes, row.counterpart_name) == (None, None, "")
        assert "00:00" not in response_text(as_anna.get(case_log_url(kowalscy)))

    def test_duplicate_submission_saves_once(self, as_anna, kowalscy):
        data = form_data(as_anna, new(kowalscy), counterpart_type="school", subject=ABOUT)
        answers = [as_anna.post(new(kowalscy), data) for _ in range(2)]
        assert [each.url for each in answers] == [case_log_url(kowalscy)] * 2
        assert Contact.objects.count() == 1

    def test_identical_contact_needs_confirmation(self, as_anna, kowalscy):
        for status in (302, 409):
            assert (
                submit_form(as_anna, new(kowalscy), counterpart_type="school", subject=ABOUT).status_code
                == status
            )
        assert Contact.objects.count() == 1

    def test_is_in_the_history_of_the_file(self, client, kowalscy, anna, maria):
        make_contact(kowalscy, anna)
        client.force_login(maria)
        words = response_text(client.get(reverse("families:history", args=[kowalscy.pk])))
        assert (
            "Wpis kontaktu" in words
            and "Dodano kontakt: 12.10.2026" in words
            and "Nieobecności Kacpra." in words
        )


class TestRefusals:
    @pytest.mark.parametrize(
        ("fields", "name", "sentence"),
        [
            ({"day": "14.10.2026"}, "day", "Ten dzień jeszcze nie nadszedł. Popraw datę."),
            ({"day": "31.02.2026"}, "day", "Takiego dnia nie ma w kalendarzu. Sprawdź dzień i miesiąc."),
            ({"day": "03.03.2026"}, "day", "Praca z rodziną zaczęła się 04.03.2026. Wybierz ten dzień"),
            ({"starts_at": "12:30"}, "starts_at", "Ta godzina jeszcze nie nadeszła. Popraw godzinę."),
            ({"starts_at": "25:00"}, "starts_at", "Takiej godziny nie ma na zegarze."),
            ({"minutes": "dwie"}, "minutes", "Wpisz liczbę minut, np. 15."),
            ({"minutes": "0"}, "minutes", "Wpisz co najmniej 1 minutę."),
            ({"minutes": "800"}, "minutes", "Kontakt dłuższy niż 12 godzin? Popraw liczbę minut."),
            ({"counterpart_type": ""}, "counterpart_type", "Wybierz, z kim był kontakt."),
        ],
    )
    def test_errors_keep_the_input(self, as_anna, kowalscy, fields, name, sentence):
        response = submit_form(
            as_anna, new(kowalscy), **({"counterpart_type": "school", "subject": ABOUT} | fields)
        )
        words = response_text(response)
        assert response.status_code == 422 and "Kontaktu nie zapisano." in words
        assert words.count(sentence) == 2 and f'href="#id_{name}"' in words
        typed = parse_form(response.content.decode())
        assert typed["subject"] == [ABOUT] and typed[name] == [fields[name]]
        assert not Contact.objects.exists()

    def test_rules_stand_beside_fields_that_cannot_be_read(self, as_anna, kowalscy):
        response = submit_form(
            as_anna, new(kowalscy), day="14.10.2026", counterpart_type="", minutes="dwie", subject=""
        )
        sentences = [sentence for _, sentence in response.context["form"].error_summary()]
        assert "Data: Ten dzień jeszcze nie nadszedł. Popraw datę." in sentences
        assert len(sentences) == 4

    def test_subject_is_required(self, as_anna, kowalscy):
        response = submit_form(as_anna, new(kowalscy), counterpart_type="school", subject=" ")
        assert response_text(response).count("Napisz krótko, czego dotyczył kontakt.") == 2

    def test_invalid_contact_stays_as_a_draft_with_its_day(self, as_anna, kowalscy):
        submit_form(as_anna, new(kowalscy), day="12.10.2026", subject=ABOUT)
        assert Draft.objects.get().title == "Kowalscy: Nowy kontakt: 12.10.2026"


class TestCorrecting:
    def test_previous_version_stays_in_the_history(self, as_anna, kowalscy, anna):
        contact = make_contact(kowalscy, anna, minutes=5)
        response = submit_form(as_anna, edit(contact), subject="Inaczej.", channel="email")
        assert "Poprawiono kontakt: e-mail, wiadomość" in response_text(as_anna.get(response.url))
        contact.refresh_from_db()
        assert (contact.subject, contact.channel, contact.minutes, contact.day) == (
            "Inaczej.",
            "email",
            5,
            YESTERDAY,
        )
        last, first = contact.history.all()
        assert (last.history_change_reason, first.subject) == ("Poprawienie kontaktu", "Nieobecności Kacpra.")

    def test_version_conflict_keeps_both(self, as_anna, kowalscy, anna):
        contact = make_contact(kowalscy, anna)
        stale = form_data(as_anna, edit(contact), subject="Z pierwszej karty.")
        submit_form(as_anna, edit(contact), subject="Z drugiej karty.")
        response = as_anna.post(edit(contact), stale)
        words = response_text(response)
        assert response.status_code == 409 and "Z pierwszej karty." in words and "Z drugiej karty." in words

    def test_refuses_a_future_day(self, as_anna, kowalscy, anna):
        response = submit_form(as_anna, edit(make_contact(kowalscy, anna)), day="20.10.2026")
        assert response.status_code == 422 and "Ten dzień jeszcze nie nadszedł." in response_text(response)

    def test_only_the_author_corrects_it(self, client, kowalscy, anna, tomasz, maria):
        contact = make_contact(kowalscy, anna)
        for user in (tomasz, maria):
            client.force_login(user)
            for answer in (client.get(edit(contact)), client.post(edit(contact))):
                assert answer.status_code == 403
                assert "Nieobecności" not in answer.content.decode()


class TestPermissions:
    def test_users_out_of_scope_get_404(self, client, kowalscy, anna, ewa, zofia, jan, make_user):
        contact = make_contact(kowalscy, anna)
        for user in (ewa, zofia, jan, make_user("sonia", "Sonia", "Maj", Role.SPECIALIST)):
            client.force_login(user)
            for url in (new(kowalscy), edit(contact)):
                assert client.get(url).status_code == client.post(url).status_code == 404

    @pytest.mark.parametrize("role", [Role.SPECIALIST, Role.ADMIN])
    def test_requires_the_permission(self, client, kowalscy, maria, monkeypatch, role):
        set_permissions(monkeypatch, Role.MANAGER, permissions_of(role) | {FAMILY_VIEW})
        client.force_login(maria)
        assert client.get(new(kowalscy)).status_code == client.post(new(kowalscy)).status_code == 403

    def test_contact_of_another_family_gives_404(self, client, kowalscy, nowakowie, ewa, maria):
        contact = make_contact(nowakowie, ewa)
        client.force_login(maria)
        assert client.get(reverse("families:contact-edit", args=[kowalscy.pk, contact.pk])).status_code == 404

    def test_family_without_work(self, client, unassigned_family, maria):
        client.force_login(maria)
        response = client.get(new(unassigned_family))
        assert response.status_code == 403
        assert "Praca z tą rodziną jeszcze się nie zaczęła." in response_text(response)
        assert "Zapisz kontakt" not in response_text(client.get(case_log_url(unassigned_family)))

    def test_read_only_after_hand_over(self, as_anna, kowalscy, anna, ewa, maria):
        contact = make_contact(kowalscy, anna)
        assign_assistant(period=kowalscy.periods.get(), assistant=ewa, starts_on=TODAY, by=maria)
        for url in (new(kowalscy), edit(contact)):
            assert as_anna.get(url).status_code == as_anna.post(url).status_code == 403


class TestClosedCase:
    @pytest.fixture
    def closed(self, kowalscy, maria):
        end_work(period=kowalscy.periods.get(), on=YESTERDAY, reason="goals_reached", by=maria)
        return kowalscy

    def test_contact_after_the_end_of_work(self, client, closed, maria):
        client.force_login(maria)
        assert submit_form(client, new(closed), counterpart_type="school", subject=ABOUT).status_code == 302
        assert Contact.objects.get().period == closed.periods.get()

    def test_assistant_cannot_add_contacts(self, as_anna, closed):
        assert as_anna.get(new(closed)).status_code == 403

    def test_contact_belongs_to_the_period_of_its_day(self, client, closed, maria):
        """After the family came back a contact of March belongs to the first period, one of today to the second."""
        later = TODAY + timedelta(days=30)
        with clock.freeze_time(later):
            second = begin_work(family=closed, starts_on=later, bases=[consent_data(closed, later)], by=maria)
            client.force_login(maria)
            for day in (WORK_STARTED_ON, date(2026, 10, 20), later):
                submit_form(
                    client, new(closed), day=f"{day:%d.%m.%Y}", counterpart_type="school", subject=f"{day}"
                )
        first = closed.periods.order_by("starts_on").first()
        assert [row.period for row in Contact.objects.order_by("day")] == [first, first, second]
