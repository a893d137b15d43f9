"""Wnioski i potrzeby: writing, permissions, conflicts and drafts."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from lubsko_ops.accounts.actions import grant_role
from lubsko_ops.audit.history import save_with_history
from lubsko_ops.core.permissions import Role
from reports import actions
from reports.actions import write_quarter_text
from reports.models import QuarterText
from tests.factories import TODAY
from tests.form_client import form_data, parse_form, response_text, submit_form
from tests.reports.urls import THIRD, report_url

TEXT = "Potrzebna kontynuacja umowy na zastępstwo."


def test_manager_writes_the_text_on_the_report_page(as_maria, maria, kowalscy):
    response = submit_form(as_maria, report_url(), text=TEXT)
    assert (response.status_code, response.url) == (302, report_url())
    row = QuarterText.objects.get()
    assert (row.year, row.quarter, row.assistant, row.text) == (2026, 3, None, TEXT)
    entry = row.history.get()
    assert (entry.history_user, entry.history_change_reason) == (maria, "Wnioski do sprawozdania")
    page = response_text(as_maria.get(report_url()))
    assert TEXT in page and "Zapisano wnioski do sprawozdania." in page


def test_assistant_writes_in_their_own_report_and_the_manager_only_reads(client, anna, maria, kowalscy):
    client.force_login(anna)
    submit_form(client, report_url(), text=TEXT)
    assert QuarterText.objects.get().assistant == anna
    client.force_login(maria)
    page = client.get(report_url(), {"asystent": anna.pk})
    assert TEXT in response_text(page) and "<textarea" not in page.content.decode()
    of_centre = form_data(client, report_url(), text="Inne")
    assert client.post(f"{report_url()}?asystent={anna.pk}", of_centre).status_code == 403
    assert QuarterText.objects.get().text == TEXT


def test_manager_who_is_an_assistant_has_a_separate_own_report(as_maria, maria, system_user, kowalscy):
    grant_role(user=maria, role=Role.ASSISTANT, starts_on=TODAY, by=system_user)
    submit_form(as_maria, report_url(), text="Ośrodek.")
    own = as_maria.get(report_url(), {"asystent": maria.pk})
    assert (own.status_code, own.url) == (302, report_url(name="quarterly-own"))
    assert as_maria.get(own.url).context["form"].initial["text"] == ""
    assert submit_form(as_maria, own.url, text=TEXT).url == own.url
    assert (
        as_maria.post(own.url, form_data(as_maria, own.url, text="Osobno.") | {"_draft": "1"}).url != own.url
    )
    texts = dict(QuarterText.objects.values_list("assistant", "text"))
    assert texts == {None: "Ośrodek.", maria.pk: TEXT}
    assert "niedokończony szkic" not in response_text(as_maria.get(report_url()))
    assert "niedokończony szkic" in response_text(as_maria.get(own.url))
    assert form_data(as_maria, report_url())["text"] == ["Ośrodek."]


def test_user_who_is_not_an_assistant_has_no_own_report(as_maria, kowalscy):
    assert as_maria.get(report_url(name="quarterly-own")).status_code == 404


def test_version_conflict_shows_both_texts(client, maria, make_user, kowalscy):
    client.force_login(maria)
    opened = form_data(client, report_url(), text="Tekst Marii.")
    other = make_user("olga", "Olga", "Rak", "manager")
    client.force_login(other)
    submit_form(client, report_url(), text="Tekst Olgi.")
    client.force_login(maria)
    response = client.post(report_url(), opened)
    assert response.status_code == 409
    page = response_text(response)
    assert "Tekst Marii." in page and "Tekst Olgi." in page and "Olga Rak" in page
    assert QuarterText.objects.get().text == "Tekst Olgi."
    again = parse_form(response.content.decode())
    assert client.post(report_url(), again).status_code == 302
    assert QuarterText.objects.get().text == "Tekst Marii."


def test_earlier_versions_are_shown(as_maria, kowalscy):
    submit_form(as_maria, report_url(), text="Pierwszy.")
    submit_form(as_maria, report_url(), text="Drugi.")
    page = response_text(as_maria.get(report_url()))
    assert "Poprzednie wersje tekstu (1)" in page and "Pierwszy." in page


def test_first_text_must_not_be_empty_but_a_text_may_be_cleared(as_maria, kowalscy):
    response = submit_form(as_maria, report_url(), text="   ")
    assert response.status_code == 422
    assert response_text(response).count("Napisz wnioski, zanim je zapiszesz.") == 2
    assert not QuarterText.objects.exists()
    submit_form(as_maria, report_url(), text=TEXT)
    submit_form(as_maria, report_url(), text="")
    assert QuarterText.objects.get().text == ""


def test_form_sent_twice_saves_one_version(as_maria, kowalscy):
    data = form_data(as_maria, report_url(), text=TEXT)
    assert as_maria.post(report_url(), data).url == as_maria.post(report_url(), data).url
    assert QuarterText.objects.get().version == 1


def test_draft_is_offered_on_the_report_page(as_maria, kowalscy):
    data = form_data(as_maria, report_url(), text=TEXT)
    response = as_maria.post(report_url(), data | {"_draft": ["1"]})
    assert response.status_code == 302 and "?szkic=" in response.url
    assert TEXT in response_text(as_maria.get(response.url))
    assert "Masz tu niedokończony szkic" in response_text(as_maria.get(report_url()))


def test_social_worker_cannot_write(client, tomasz, maria, kowalscy):
    client.force_login(tomasz)
    assert client.post(report_url(), {"text": TEXT}).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_concurrent_first_text_is_refused_with_a_message(client, maria, make_user, monkeypatch):
    """Another text is committed between the lookup and the insert: the constraint refuses, the input is kept."""
    client.force_login(maria)
    opened = form_data(client, report_url(), text="Tekst Marii.")
    olga = make_user("olga", "Olga", "Rak", "manager")

    def write_first():
        try:
            write_quarter_text(quarter=THIRD, assistant=None, text="Tekst Olgi.", version=0, by=olga)
        finally:
            connections.close_all()

    def save_after_the_other(row, **kwargs):
        monkeypatch.undo()
        with ThreadPoolExecutor(1) as thread:
            thread.submit(write_first).result(timeout=20)
        return save_with_history(row, **kwargs)

    monkeypatch.setattr(actions, "save_with_history", save_after_the_other)
    response = client.post(report_url(), opened)
    page = response_text(response)
    assert response.status_code == 422
    assert "Ktoś właśnie zapisał wnioski do tego sprawozdania." in page and "Tekst Marii." in page
    assert QuarterText.objects.get().text == "Tekst Olgi."
