"""Submissions: a form sent twice, edited by two users."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from families.people.models import Family
from lubsko_ops.audit.models import AccessLogEntry
from lubsko_ops.core import clock
from lubsko_ops.core.forms import clean_text
from lubsko_ops.submissions.models import Draft, Submission
from tests.form_client import form_data, parse_form, response_text, submit_form

pytestmark = pytest.mark.urls("tests.lubsko_ops.sample_urls")
NEW = "/proba/nowa/"


@pytest.fixture
def rename(kowalscy):
    return f"/proba/{kowalscy.pk}/nazwa/"


class TestSentTwice:
    def test_makes_one_record_and_gets_the_same_answer(self, as_maria):
        data = form_data(as_maria, NEW, name="Lisowie")
        first, second = as_maria.post(NEW, data), as_maria.post(NEW, data)
        assert Family.objects.count() == 1
        assert (first.status_code, first.url) == (second.status_code, second.url) == (302, "/")
        assert "Założono: Lisowie." in response_text(as_maria.get("/"))

    def test_a_refused_form_may_be_sent_again_with_the_same_key(self, as_maria):
        data = form_data(as_maria, NEW, name="")
        assert as_maria.post(NEW, data).status_code == 422
        assert as_maria.post(NEW, data | {"name": "Lisowie"}).status_code == 302
        assert Family.objects.get().name == "Lisowie"

    def test_with_other_content_both_are_shown_and_the_second_becomes_a_draft(self, as_maria):
        data = form_data(as_maria, NEW, name="Lisowie")
        as_maria.post(NEW, data)
        response = as_maria.post(NEW, data | {"name": "Wilkowie"})
        assert response.status_code == 409
        assert "Lisowie" in response_text(response) and "Wilkowie" in response_text(response)
        assert Family.objects.count() == 1
        draft = Draft.objects.get()
        again = as_maria.get(f"{NEW}?szkic={draft.key}")
        assert parse_form(again.content.decode())["name"] == ["Wilkowie"]

    def test_the_same_content_under_a_new_key_must_be_confirmed(self, as_maria):
        """Back without JavaScript: the form has a new key and the browser restores the text."""
        submit_form(as_maria, NEW, name="Lisowie")
        response = submit_form(as_maria, NEW, name="Lisowie")
        assert response.status_code == 409
        assert "Taki sam formularz zapisano przed chwilą, o 12:00." in response_text(response)
        assert Family.objects.count() == 1
        assert as_maria.post(NEW, parse_form(response.content.decode())).status_code == 302
        assert Family.objects.count() == 2

    def test_no_confirmation_after_ten_minutes_or_for_other_content(self, as_maria):
        submit_form(as_maria, NEW, name="Lisowie")
        assert submit_form(as_maria, NEW, name="Lisowie", note="inni").status_code == 302
        with clock.freeze_time(clock.now() + timedelta(minutes=11)):
            assert submit_form(as_maria, NEW, name="Lisowie").status_code == 302
        assert Family.objects.count() == 3

    def test_the_key_of_another_user_saves_nothing(self, client, maria, tomasz):
        client.force_login(maria)
        data = form_data(client, NEW, name="Lisowie")
        client.force_login(tomasz)
        response = client.post(NEW, data)
        assert response.status_code == 409
        assert not Family.objects.exists()
        assert Draft.objects.get().user == maria

    @pytest.mark.parametrize("url", ["/szkice/zapisany/", "/szkice/", NEW])
    def test_the_key_of_another_user_changes_nothing_that_the_other_has(self, client, maria, tomasz, url):
        """Not even with an answer 400, after which what was typed is kept for a session that ended meanwhile."""
        client.force_login(maria)
        data = form_data(client, NEW, name="Lisowie")
        client.post(NEW, data | {"_draft": "1"})
        mine = Draft.objects.get()
        client.force_login(tomasz)
        status = client.post(url, data | {"name": "Podrzuceni"}).status_code
        assert status == {"/szkice/zapisany/": 400, "/szkice/": 403, NEW: 409}[url]
        kept = Draft.objects.get(pk=mine.pk)
        assert (kept.content, kept.title, kept.saved_at) == (mine.content, mine.title, mine.saved_at)
        # What was typed into a form of hers in this browser waits for her as a draft of its own.
        assert Draft.objects.count() == (2 if url == NEW else 1)
        assert not Draft.objects.filter(user=tomasz).exists()

    def test_nor_does_it_leave_a_draft_where_there_was_none(self, client, maria, tomasz):
        client.force_login(maria)
        data = form_data(client, NEW, name="Lisowie")
        client.force_login(tomasz)
        assert client.post("/szkice/zapisany/", data).status_code == 400
        assert not Draft.objects.exists()

    def test_a_forged_key_saves_nothing(self, as_maria):
        data = form_data(as_maria, NEW, name="Lisowie")
        data["_key"] = [data["_key"][0][:-3] + "abc"]
        response = as_maria.post(NEW, data)
        assert response.status_code == 422
        assert "Formularz był niekompletny" in response_text(response) and "Lisowie" in response_text(
            response
        )
        assert not Family.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_double_click_makes_one_record(maria):
    """Eight simultaneous submissions of one form over real connections."""
    client = Client()
    client.force_login(maria)
    data = form_data(client, NEW, name="Lisowie")
    start, answers = threading.Barrier(8), []

    def click():
        own = Client()
        own.cookies = client.cookies
        start.wait()
        try:
            answers.append(own.post(NEW, data))
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _ in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert [(answer.status_code, answer.url) for answer in answers] == [(302, "/")] * 8
    assert Family.objects.count() == Submission.objects.count() == 1


class TestConflict:
    def test_the_second_user_sees_both_texts_and_nothing_is_overwritten(
        self, client, maria, tomasz, kowalscy, rename
    ):
        client.force_login(maria)
        marias = form_data(client, rename, name="Kowalscy-Nowak")
        client.force_login(tomasz)
        assert submit_form(client, rename, name="Kowalscy (Długa)").status_code == 302
        client.force_login(maria)
        response = client.post(rename, marias)
        assert response.status_code == 409
        words = response_text(response)
        assert "Kowalscy (Długa)" in words and "Kowalscy-Nowak" in words and "Tomasz Lis" in words
        kowalscy.refresh_from_db()
        assert kowalscy.name == "Kowalscy (Długa)"
        assert client.post(rename, parse_form(response.content.decode())).status_code == 302
        kowalscy.refresh_from_db()
        assert kowalscy.name == "Kowalscy-Nowak"

    def test_the_shown_conflict_is_in_the_access_log(self, client, maria, tomasz, kowalscy, rename):
        client.force_login(maria)
        marias = form_data(client, rename, name="Kowalscy-Nowak")
        client.force_login(tomasz)
        submit_form(client, rename, name="Kowalscy (Długa)")
        client.force_login(maria)
        AccessLogEntry.objects.all().delete()
        assert client.post(rename, marias).status_code == 409
        assert (AccessLogEntry.objects.get().user, AccessLogEntry.objects.get().families) == (
            maria,
            [kowalscy.pk],
        )
        assert client.post(rename, marias | {"name": ""}).status_code == 422
        assert AccessLogEntry.objects.count() == 2

    @pytest.mark.parametrize("version", ["", "-1", "abc", "²", "9" * 5000])
    def test_without_a_version_nothing_is_overwritten(self, client, maria, tomasz, kowalscy, rename, version):
        client.force_login(maria)
        marias = form_data(client, rename, name="Kowalscy-Nowak")
        client.force_login(tomasz)
        submit_form(client, rename, name="Kowalscy (Długa)")
        client.force_login(maria)
        response = client.post(rename, marias | {"_version": version})
        assert response.status_code == 422
        assert "Formularz był niekompletny" in response_text(response)
        kowalscy.refresh_from_db()
        assert kowalscy.name == "Kowalscy (Długa)"

    def test_a_draft_keeps_the_version_it_started_from(self, client, maria, tomasz, kowalscy, rename):
        client.force_login(maria)
        address = submit_form(client, rename, name="Kowalscy-Nowak", _draft="1").url
        client.force_login(tomasz)
        submit_form(client, rename, name="Kowalscy (Długa)")
        client.force_login(maria)
        assert client.post(rename, form_data(client, address)).status_code == 409

    def test_history_names_the_user_and_the_reason(self, client, tomasz, kowalscy, rename):
        client.force_login(tomasz)
        submit_form(client, rename, name="Kowalscy (Długa)")
        last = kowalscy.history.first()
        assert (last.history_user, last.history_change_reason) == (tomasz, "Zmiana nazwy rodziny")
        assert last.history_date == clock.now()


class TestInput:
    @pytest.mark.parametrize(
        "pasted", ["Li\u00a0sowie", "Li\u202fsowie", "\u202eLi sowie\u202c", "Li\u200b sowie"]
    )
    def test_invisible_characters_are_removed(self, as_maria, pasted):
        submit_form(as_maria, NEW, name=pasted)
        assert Family.objects.get().name == "Li sowie"

    @pytest.mark.parametrize(
        "line_break", ["\u000b", "\u000c", "\u0085", "\u2028", "\u2029", "\r", "\n", "\r\n"]
    )
    def test_line_breaks_of_a_word_processor_never_join_words(self, as_maria, line_break):
        submit_form(as_maria, NEW, name=f"Li{line_break}sowie")
        assert Family.objects.get().name == "Li sowie"
        assert clean_text(f"raz{line_break}dwa").split("\n") == [
            "raz\r" if line_break == "\r\n" else "raz",
            "dwa",
        ]

    def test_an_error_stands_at_the_field_and_in_the_summary(self, as_maria):
        response = submit_form(as_maria, NEW, name="", note="to zostaje")
        page, words = response.content.decode(), response_text(response)
        assert response.status_code == 422
        assert words.count("Wpisz nazwę rodziny.") == 2
        assert "Nazwy nie zapisano. Popraw 1 miejsce." in words
        assert 'href="#id_name"' in page and "to zostaje" in page
        assert "<title> Błąd:" in words
