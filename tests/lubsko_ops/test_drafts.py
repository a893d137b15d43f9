"""Drafts: saved while typing, continued, discarded, kept over a logout."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from families.caseload.actions import hand_over
from families.people.models import Family
from lubsko_ops.audit.models import AccessLogEntry
from lubsko_ops.core import clock
from lubsko_ops.submissions.models import Draft
from tests.factories import TODAY
from tests.form_client import form_data, parse_form, response_text, submit_form
from tests.staff import PASSWORD

pytestmark = pytest.mark.urls("tests.lubsko_ops.sample_urls")
NEW = "/proba/nowa/"


@pytest.fixture
def rename(kowalscy):
    return f"/proba/{kowalscy.pk}/nazwa/"


class TestDrafts:
    def test_autosave_creates_a_draft_and_saving_deletes_it(self, as_maria):
        data = form_data(as_maria, NEW, name="Lis")
        saved = as_maria.post("/szkice/", data)
        assert saved.json()["saved_at"] == "12:00"
        assert "Nowa teczka" in response_text(as_maria.get("/"))
        as_maria.post(NEW, data | {"name": "Lisowie"})
        assert not Draft.objects.exists()

    def test_the_button_saves_it_without_javascript(self, as_maria):
        response = submit_form(as_maria, NEW, name="Lis", _draft="1")
        assert response.status_code == 302
        page = as_maria.get(response.url)
        assert "Szkic zapisany 12:00" in response_text(page)
        assert parse_form(page.content.decode())["name"] == ["Lis"]
        assert not Family.objects.exists()

    def test_a_replayed_answer_deletes_the_draft_too(self, as_maria, client, maria):
        """Saved, logged out, sent again: the text became a draft of a form already saved."""
        data = form_data(as_maria, NEW, name="Lisowie")
        as_maria.post(NEW, data)
        as_maria.logout()
        as_maria.post(NEW, data)
        draft = Draft.objects.get()
        as_maria.force_login(maria)
        assert as_maria.post(NEW, form_data(as_maria, f"{NEW}?szkic={draft.key}")).status_code == 302
        assert (Family.objects.count(), Draft.objects.count()) == (1, 0)

    def test_the_same_other_text_sent_again_is_one_draft(self, as_maria):
        data = form_data(as_maria, NEW, name="Lisowie")
        as_maria.post(NEW, data)
        for _ in range(3):
            assert as_maria.post(NEW, data | {"name": "Wilkowie"}).status_code == 409
        assert Draft.objects.count() == 1

    def test_its_text_is_shown_when_the_family_is_out_of_scope(
        self, client, anna, ewa, maria, kowalscy, rename
    ):
        client.force_login(anna)
        address = submit_form(client, rename, name="Kowalscy-Nowak", _draft="1").url
        days = {"starts_on": TODAY, "assistant": ewa, "by": maria}
        hand_over(period=kowalscy.periods.get(), **days)
        with clock.freeze_time(TODAY + timedelta(days=29)):
            client.force_login(anna)
            response = client.get(address)
            assert response.status_code == 403  # still read, no longer changed
            assert "Kowalscy-Nowak" in response_text(response)
        Draft.objects.update(saved_at=clock.now() + timedelta(days=31))
        with clock.freeze_time(TODAY + timedelta(days=32)):
            client.force_login(anna)
            AccessLogEntry.objects.all().delete()
            response = client.get(address)
            assert response.status_code == 404
            assert "Kowalscy-Nowak" in response_text(response)
            shown = AccessLogEntry.objects.get()
            assert (shown.user, shown.families) == (anna, [kowalscy.pk])
            client.force_login(ewa)
            assert "Kowalscy-Nowak" not in response_text(client.get(address))

    def test_its_title_is_encrypted(self, as_maria):
        submit_form(as_maria, NEW, name="Lisowie", _draft="1")
        with connection.cursor() as cursor:
            cursor.execute("SELECT title FROM submissions_draft")
            assert "Lisowie" not in cursor.fetchone()[0]
        assert "Lisowie" in Draft.objects.get().title

    def test_control_characters_are_removed_from_its_title(self, as_maria):
        data = form_data(as_maria, NEW, name="Lis")
        assert as_maria.post("/szkice/", data | {"_title": "Nowa\x00 teczka"}).status_code == 200
        assert Draft.objects.get().title == "Nowa teczka: Lis"

    def test_a_form_opened_from_a_draft_keeps_its_key(self, as_maria):
        address = submit_form(as_maria, NEW, name="Lis", _draft="1").url
        data = form_data(as_maria, address, name="Lisowie")
        assert as_maria.post(NEW, data).status_code == 302
        assert not Draft.objects.exists()

    def test_its_content_is_encrypted(self, as_maria):
        data = form_data(as_maria, NEW, name="Lisowie", note="PESEL 44051401359")
        as_maria.post("/szkice/", data)
        as_maria.post(NEW, data)
        as_maria.post("/szkice/", form_data(as_maria, NEW, note="PESEL 44051401359"))
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT content FROM submissions_draft UNION ALL SELECT content FROM submissions_submission"
            )
            stored = [row[0] for row in cursor.fetchall()]
        assert len(stored) == 2
        assert all(text and "44051401359" not in text for text in stored)

    def test_two_started_forms_are_two_drafts(self, as_maria):
        submit_form(as_maria, NEW, name="Lis", _draft="1")
        submit_form(as_maria, NEW, name="Wilk", _draft="1")
        assert sorted(draft.content["name"][0] for draft in Draft.objects.all()) == ["Lis", "Wilk"]
        assert response_text(as_maria.get(NEW)).count("Wróć do szkicu") == 2

    def test_a_draft_is_shown_without_errors(self, as_maria):
        address = submit_form(as_maria, NEW, name="", note="pół zdania", _draft="1").url
        page = as_maria.get(address).content.decode()
        assert "pół zdania" in page and "Wpisz nazwę rodziny." not in page

    def test_it_is_visible_to_its_author_only(self, client, maria, tomasz):
        client.force_login(maria)
        address = submit_form(client, NEW, name="Tajne nazwisko", _draft="1").url
        client.force_login(tomasz)
        assert "Tajne nazwisko" not in response_text(client.get(address))
        assert "Tajne nazwisko" not in response_text(client.get("/"))

    def test_it_expires_after_thirty_days(self, as_maria, maria):
        address = submit_form(as_maria, NEW, name="Lis", _draft="1").url
        with clock.freeze_time(clock.now() + timedelta(days=31)):
            as_maria.force_login(maria)
            assert parse_form(as_maria.get(address).content.decode())["name"] == [""]
            assert not Draft.objects.active().exists()

    def test_a_draft_of_another_form_class_does_not_fill_the_form(self, as_maria):
        address = submit_form(as_maria, NEW, name="Lis", _draft="1", _form="FormularzSprzedZmiany").url
        page = as_maria.get(address)
        assert "sprawa się zmieniła i pod tym adresem jest już inny formularz" in response_text(page)
        assert "<li>Lis</li>" in page.content.decode()
        assert parse_form(page.content.decode())["name"] == [""]

    def test_its_title_contains_the_summary(self, as_maria):
        submit_form(as_maria, NEW, name="Lis", _draft="1")
        assert Draft.objects.get().title == "Nowa teczka: Lis"

    def test_it_is_deleted_by_its_author_only(self, client, maria, tomasz):
        client.force_login(maria)
        submit_form(client, NEW, name="Lis", _draft="1")
        key = Draft.objects.get().key
        client.force_login(tomasz)
        client.post(f"/szkice/{key}/usun/")
        assert Draft.objects.exists()
        client.force_login(maria)
        client.post(f"/szkice/{key}/usun/")
        assert not Draft.objects.exists()

    def test_a_refused_form_becomes_a_draft(self, as_maria):
        submit_form(as_maria, NEW, name="", note="długi opis")
        assert Draft.objects.get().content["note"] == ["długi opis"]

    def test_a_late_autosave_does_not_recreate_the_draft(self, as_maria):
        data = form_data(as_maria, NEW, name="Lisowie")
        as_maria.post(NEW, data)
        assert as_maria.post("/szkice/", data).status_code == 410
        assert not Draft.objects.exists()

    def test_one_too_long_is_refused(self, as_maria):
        answer = as_maria.post("/szkice/", form_data(as_maria, NEW, note="a" * 250_000))
        assert (answer.status_code, Draft.objects.count()) == (413, 0)


class TestOverALogout:
    @pytest.fixture
    def strict(self, db, maria):
        client = Client(enforce_csrf_checks=True)
        client.force_login(maria)
        return client

    def test_a_form_sent_after_the_session_ended_becomes_a_draft(self, as_maria, maria):
        data = form_data(as_maria, NEW, name="Lisowie", note="opis z terenu")
        as_maria.logout()
        response = as_maria.post(NEW, data)
        assert response.url.startswith("/konto/logowanie/?next=/proba/nowa/%3Fszkic%3D")
        back = as_maria.post(response.url, {"login": "maria", "password": PASSWORD})
        form = parse_form(as_maria.get(back.url).content.decode())
        assert (form["name"], form["note"]) == (["Lisowie"], ["opis z terenu"])
        assert as_maria.post(NEW, form).status_code == 302
        assert Family.objects.get().name == "Lisowie"

    def test_an_expired_session_keeps_the_text(self, as_maria):
        data = form_data(as_maria, NEW, name="Lisowie")
        with clock.freeze_time(clock.now() + timedelta(minutes=40)):
            response = as_maria.post(NEW, data)
        assert response.url.startswith("/konto/logowanie/")
        assert Draft.objects.get().content["name"] == ["Lisowie"]

    def test_a_form_opened_before_logging_in_again_keeps_the_text(self, strict, maria):
        data = form_data(strict, NEW, name="Lisowie")
        strict.force_login(maria)
        login = strict.get("/konto/")
        assert login.status_code == 200
        strict.cookies["csrf"] = "a" * 32  # logging in made a new token
        response = strict.post(NEW, data)
        assert response.status_code == 302
        page = strict.get(response.url)
        assert "Wszystko, co wpisano, jest zachowane" in response_text(page)
        assert parse_form(page.content.decode())["name"] == ["Lisowie"]
        assert not Family.objects.exists()

    def test_a_form_without_a_key_fails_the_csrf_check(self, strict):
        response = strict.post(NEW, {"name": "Podrzuceni"})
        assert response.status_code == 403
        assert not Family.objects.exists() and not Draft.objects.exists()

    def test_autosave_after_the_session_ended_is_kept_for_the_author(self, as_maria, maria):
        data = form_data(as_maria, NEW, name="Lisowie")
        as_maria.logout()
        assert as_maria.post("/szkice/", data | {"_address": NEW}).status_code == 401
        draft = Draft.objects.get()
        assert (draft.user, draft.address) == (maria, NEW)

    def test_autosave_without_a_key_is_refused(self, client, maria):
        assert client.post("/szkice/", {"name": "Podrzuceni"}).status_code == 400
        assert not Draft.objects.exists()

    @pytest.mark.parametrize("answer", ["another user", "logged out", "expired", "csrf"])
    def test_the_question_whether_a_form_was_saved_leaves_its_draft(self, strict, maria, tomasz, answer):
        """Asked after Back with the key alone, in a browser where meanwhile nobody or somebody else is logged in."""
        data = form_data(strict, NEW, name="Lisowie", _draft="1")
        strict.post(NEW, data)
        token, moment = data["csrfmiddlewaretoken"][0], clock.now()
        if answer == "another user":
            strict.force_login(tomasz)
        elif answer == "logged out":
            strict.logout()
        elif answer == "expired":
            moment += timedelta(minutes=40)
        else:
            token = ""
        strict.cookies["csrf"] = data["csrfmiddlewaretoken"][0]
        with clock.freeze_time(moment):
            strict.post("/szkice/zapisany/", {"_key": data["_key"], "csrfmiddlewaretoken": token})
        draft = Draft.objects.get()
        assert (draft.user, draft.address, draft.content["name"]) == (maria, NEW, ["Lisowie"])
