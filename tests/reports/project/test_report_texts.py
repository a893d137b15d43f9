"""The texts of a project's report: written by its authors and the manager, with sentences they may take over."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from lubsko_ops.submissions.models import Draft
from projects.models import Edition
from reports.models import ProjectReportText
from reports.project import actions
from tests.factories import TODAY
from tests.form_client import form_data, parse_form, response_text, submit_form
from tests.page import Page
from tests.reports.project.report_helpers import (
    COURSE,
    end_project,
    make_approved_report,
    text_of,
    url,
    write,
    write_and_present,
)
from tests.reports.project.test_project_report import approve as approve_text


@pytest.fixture
def ended(project, tomasz):
    end_project(project, tomasz)
    return project


# ---- it works ----------------------------------------------------------------------------------------
def test_they_are_written_and_stand_on_the_page(as_tomasz, tomasz, ended):
    response = submit_form(as_tomasz, url(ended, "texts"), course=COURSE, conclusions="Warto powtórzyć.")
    assert response["Location"] == url(ended)
    row = text_of(ended)
    assert (row.course, row.undone, row.conclusions, row.writers) == (
        COURSE,
        "",
        "Warto powtórzyć.",
        [tomasz.pk],
    )
    text = response_text(as_tomasz.get(url(ended)))
    assert COURSE in text and "Warto powtórzyć." in text and "Nie napisano: czego nie zrobiono" in text


def test_all_who_wrote_are_kept(tomasz, maria, ended):
    write(ended, tomasz)
    assert write(ended, maria, course="Inaczej.").writers == sorted([tomasz.pk, maria.pk])


def test_history_says_who_and_which_report(as_tomasz, ended):
    submit_form(as_tomasz, url(ended, "texts"), course=COURSE)
    history = response_text(as_tomasz.get(f"/projekty/{ended.edition.pk}/historia/"))
    assert "Sprawozdanie końcowe: teksty" in history and COURSE in history


def test_sentences_are_offered_but_never_preset(as_tomasz, ended):
    data = form_data(as_tomasz, url(ended, "texts"))
    assert data["course"] == data["undone"] == data["conclusions"] == [""]
    text = response_text(as_tomasz.get(url(ended, "texts")))
    for sentence in (
        "Odbyły się 2 spotkania, razem 4 godziny.",
        "Średnia frekwencja: 66,7 % (2 z 3 możliwych obecności).",
        "Rozpoczęły się 3 udziały, przerwano 1: podjęcie pracy (1).",
    ):
        assert sentence in text, sentence


def test_the_author_takes_them_over(as_tomasz, ended):
    data = form_data(as_tomasz, url(ended, "texts"), course="Zaczęliśmy w październiku.", _refresh="course")
    response = as_tomasz.post(url(ended, "texts"), data)
    typed = parse_form(response.content.decode())["course"][0].replace("\xa0", " ")
    assert typed.startswith("Zaczęliśmy w październiku.\nOdbyły się 2 spotkania")
    assert not ProjectReportText.objects.exists()
    again = as_tomasz.post(url(ended, "texts"), data | {"course": [typed]})
    assert parse_form(again.content.decode())["course"][0].replace("\xa0", " ") == typed


def test_an_unknown_button_changes_nothing(as_tomasz, ended):
    data = form_data(as_tomasz, url(ended, "texts"), course="Tak.", _refresh="nie-ma")
    assert parse_form(as_tomasz.post(url(ended, "texts"), data).content.decode())["course"] == ["Tak."]


# ---- locked ------------------------------------------------------------------------------------------
def test_presented_texts_are_locked(as_tomasz, tomasz, ended):
    data = form_data(as_tomasz, url(ended, "texts"), course="Za późno.")
    write_and_present(ended, tomasz)
    assert as_tomasz.get(url(ended, "texts"))["Location"] == url(ended)
    response = as_tomasz.post(url(ended, "texts"), data)
    assert response.status_code == 422 and actions.WAITS in response_text(response)
    assert text_of(ended).course == COURSE and Draft.objects.get().content["course"] == ["Za późno."]


def test_after_the_approval_a_new_text_is_asked_and_starts_a_correction(as_tomasz, tomasz, maria, project):
    make_approved_report(project, tomasz, maria)
    with pytest.raises(ValidationError, match="zatwierdzone"):
        write(project, tomasz, course="Inaczej.")
    asked = submit_form(as_tomasz, url(project, "texts"), course="Inaczej.")
    assert asked.status_code == 422 and "Nowe teksty zaczynają korektę" in response_text(asked)
    assert text_of(project).course == COURSE
    confirmed = parse_form(asked.content.decode())
    assert as_tomasz.post(url(project, "texts"), confirmed).status_code == 302
    text = Page(as_tomasz.get(url(project))).text
    assert "korekta w przygotowaniu" in text and "teksty są inne" in text


def test_a_report_issued_before_the_texts_existed(as_tomasz, tomasz, maria, ended):
    """Its one text stands on the page, and is where a correction begins."""
    ended.edition.refresh_from_db()
    approve_text(ended, tomasz, maria)
    page = Page(as_tomasz.get(url(ended)))
    assert "Odbyły się dwa spotkania." in page.text and "zatwierdzone" in page.text
    assert "Liczby i teksty są dziś te same." in page.text
    assert form_data(as_tomasz, url(ended, "texts"))["course"] == ["Odbyły się dwa spotkania."]
    frozen = Page(as_tomasz.get(url(ended, "issued")))
    assert "Wszystkie liczby są dziś takie jak w dniu wydania." in frozen.text
    assert "Teksty napisano od tego dnia inaczej" not in frozen.text


# ---- who may, conflicts, bad input -------------------------------------------------------------------
def test_who_may_not(client, jan, ewa, olga, ended):
    for user, status in ((jan, 403), (ewa, 403), (olga, 404)):
        client.force_login(user)
        assert client.get(url(ended, "texts")).status_code == status, user


def test_who_is_no_author_any_more(tomasz, ewa, ended):
    """The form was opened before the authors were changed."""
    Edition.objects.filter(pk=ended.edition.pk).update(authors=[ewa.pk])
    assert tomasz.pk in ended.edition.authors
    with pytest.raises(PermissionDenied):
        write(ended, tomasz)


def test_two_authors_at_once(as_tomasz, maria, ended):
    data = form_data(as_tomasz, url(ended, "texts"), course="Tekst Tomasza.")
    write(ended, maria, course="Tekst Marii.")
    response = as_tomasz.post(url(ended, "texts"), data)
    text = response_text(response)
    assert response.status_code == 409 and "Tekst Tomasza." in text and "Tekst Marii." in text
    assert text_of(ended).course == "Tekst Marii."


def test_a_text_that_is_too_long_stays_typed(as_tomasz, ended):
    response = submit_form(as_tomasz, url(ended, "texts"), course="a" * 6001)
    assert response.status_code == 422 and "Skróć ten tekst" in response_text(response)
    assert not ProjectReportText.objects.exists() and TODAY
