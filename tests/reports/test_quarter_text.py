"""Wnioski i potrzeby: written in place, kept, never overwritten unseen, and by whom they may be written."""

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
from tests.reports.urls import THIRD, report_page

TEXT = "Potrzebna kontynuacja umowy na zastępstwo."


def test_the_manager_writes_in_the_report_itself(as_maria, maria, kowalscy):
    answer = submit_form(as_maria, report_page(), text=TEXT)
    assert (answer.status_code, answer.url) == (302, report_page())
    row = QuarterText.objects.get()
    assert (row.year, row.quarter, row.assistant, row.text) == (2026, 3, None, TEXT)
    entry = row.history.get()
    assert (entry.history_user, entry.history_change_reason) == (maria, "Wnioski do sprawozdania")
    page = response_text(as_maria.get(report_page()))
    assert TEXT in page and "Zapisano wnioski do sprawozdania." in page


def test_an_assistant_writes_in_hers_and_the_manager_only_reads_it(client, anna, maria, kowalscy):
    client.force_login(anna)
    submit_form(client, report_page(), text=TEXT)
    assert QuarterText.objects.get().assistant == anna
    client.force_login(maria)
    page = client.get(report_page(), {"asystent": anna.pk})
    assert TEXT in response_text(page) and "<textarea" not in page.content.decode()
    of_centre = form_data(client, report_page(), text="Inne")
    assert client.post(f"{report_page()}?asystent={anna.pk}", of_centre).status_code == 403
    assert QuarterText.objects.get().text == TEXT


def test_a_manager_who_is_an_assistant_writes_hers_in_hers(as_maria, maria, system, kowalscy):
    grant_role(user=maria, role=Role.ASSISTANT, starts_on=TODAY, by=system)
    submit_form(as_maria, report_page(), text="Ośrodek.")
    own = as_maria.get(report_page(), {"asystent": maria.pk})
    assert (own.status_code, own.url) == (302, report_page(name="quarterly-own"))
    assert as_maria.get(own.url).context["form"].initial["text"] == ""
    assert submit_form(as_maria, own.url, text=TEXT).url == own.url
    assert (
        as_maria.post(own.url, form_data(as_maria, own.url, text="Osobno.") | {"_draft": "1"}).url != own.url
    )
    texts = dict(QuarterText.objects.values_list("assistant", "text"))
    assert texts == {None: "Ośrodek.", maria.pk: TEXT}
    assert "niedokończony szkic" not in response_text(as_maria.get(report_page()))
    assert "niedokończony szkic" in response_text(as_maria.get(own.url))
    assert form_data(as_maria, report_page())["text"] == ["Ośrodek."]


def test_nobody_else_has_a_report_of_her_own(as_maria, kowalscy):
    assert as_maria.get(report_page(name="quarterly-own")).status_code == 404


def test_the_one_who_comes_second_sees_both_texts(client, maria, person, kowalscy):
    client.force_login(maria)
    opened = form_data(client, report_page(), text="Tekst Marii.")
    other = person("olga", "Olga", "Rak", "manager")
    client.force_login(other)
    submit_form(client, report_page(), text="Tekst Olgi.")
    client.force_login(maria)
    answer = client.post(report_page(), opened)
    assert answer.status_code == 409
    page = response_text(answer)
    assert "Tekst Marii." in page and "Tekst Olgi." in page and "Olga Rak" in page
    assert QuarterText.objects.get().text == "Tekst Olgi."
    again = parse_form(answer.content.decode())
    assert client.post(report_page(), again).status_code == 302
    assert QuarterText.objects.get().text == "Tekst Marii."


def test_earlier_versions_can_be_read(as_maria, kowalscy):
    submit_form(as_maria, report_page(), text="Pierwszy.")
    submit_form(as_maria, report_page(), text="Drugi.")
    page = response_text(as_maria.get(report_page()))
    assert "Poprzednie wersje tekstu (1)" in page and "Pierwszy." in page


def test_nothing_is_no_first_text_but_a_text_may_be_emptied(as_maria, kowalscy):
    answer = submit_form(as_maria, report_page(), text="   ")
    assert answer.status_code == 422
    assert response_text(answer).count("Napisz wnioski, zanim je zapiszesz.") == 2
    assert not QuarterText.objects.exists()
    submit_form(as_maria, report_page(), text=TEXT)
    submit_form(as_maria, report_page(), text="")
    assert QuarterText.objects.get().text == ""


def test_sent_twice_is_one_text(as_maria, kowalscy):
    data = form_data(as_maria, report_page(), text=TEXT)
    assert as_maria.post(report_page(), data).url == as_maria.post(report_page(), data).url
    assert QuarterText.objects.get().version == 1


def test_a_draft_waits_in_the_report(as_maria, kowalscy):
    data = form_data(as_maria, report_page(), text=TEXT)
    answer = as_maria.post(report_page(), data | {"_draft": ["1"]})
    assert answer.status_code == 302 and "?szkic=" in answer.url
    assert TEXT in response_text(as_maria.get(answer.url))
    assert "Masz tu niedokończony szkic" in response_text(as_maria.get(report_page()))


def test_others_cannot_write(client, tomasz, maria, kowalscy):
    client.force_login(tomasz)
    assert client.post(report_page(), {"text": TEXT}).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_of_two_first_texts_at_once_the_second_is_told_in_words(client, maria, person, monkeypatch):
    """The other text is committed after this deed looked for one: the constraint refuses, the typed words stay."""
    client.force_login(maria)
    opened = form_data(client, report_page(), text="Tekst Marii.")
    olga = person("olga", "Olga", "Rak", "manager")

    def write_first():
        try:
            write_quarter_text(quarter=THIRD, assistant=None, text="Tekst Olgi.", version=0, by=olga)
        finally:
            connections.close_all()

    def save_after_the_other(row, **said):
        monkeypatch.undo()
        with ThreadPoolExecutor(1) as thread:
            thread.submit(write_first).result(timeout=20)
        return save_with_history(row, **said)

    monkeypatch.setattr(actions, "save_with_history", save_after_the_other)
    answer = client.post(report_page(), opened)
    page = response_text(answer)
    assert answer.status_code == 422
    assert "Ktoś właśnie zapisał wnioski do tego sprawozdania." in page and "Tekst Marii." in page
    assert QuarterText.objects.get().text == "Tekst Olgi."
