"""Criteria of the target group: rows of the document, on the page of the project, on its papers, in a copy."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from projects import actions
from projects.document import ProjectData, document_parts, load_document
from projects.models import Criterion
from projects.papers import card_context
from tests.factories import TODAY
from tests.form_client import form_data, response_text
from tests.projects.helpers import complete_content, make_criteria, make_draft, project_period


@pytest.fixture
def draft(tomasz):
    return make_draft(tomasz)


@pytest.fixture
def edition(tomasz, draft):
    content = complete_content(draft, user=tomasz)
    content.rows["criteria"] = make_criteria()
    return actions.update_edition(edition=draft, data=content, version=None, by=tomasz)


def write_url(edition):
    return reverse("projects:write", args=[edition.pk])


def rows(*, number, **fields):
    """A submitted row of a criterion, on top of an open page."""
    values = {f"criteria-{number}-{name}": value for name, value in fields.items()}
    return values | {"criteria-TOTAL_FORMS": str(number + 1)}


def test_tomasz_adds_a_criterion(as_tomasz, draft):
    url = write_url(draft)
    data = form_data(as_tomasz, url)
    data |= rows(number=0, text="wiek aktywności zawodowej", check_by="age", age_from="18", age_to="64")
    assert as_tomasz.post(url, data).status_code == 302
    (row,) = load_document(draft)["criteria"]
    assert (row.check_by, row.age_from, row.age_to, row.position) == ("age", 18, 64, 1)
    assert 'value="64"' in as_tomasz.get(url).content.decode()


def test_an_empty_row_is_left_out(as_tomasz, draft):
    url = write_url(draft)
    data = form_data(as_tomasz, url) | rows(number=0, text="", check_by="asked", age_from="", age_to="")
    assert as_tomasz.post(url, data).status_code == 302
    assert load_document(draft)["criteria"] == []


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"age_from": "64", "age_to": "18"}, "Wiek „do” nie może być mniejszy niż „od”."),
        ({"age_to": "121"}, "121"),
        ({"age_from": "osiemnaście"}, "osiemnaście"),
        ({"check_by": "by_magic"}, "kryterium dwudzieste"),
    ],
)
def test_odd_values_are_refused_and_kept(as_tomasz, draft, fields, text):
    url = write_url(draft)
    values = {"text": "kryterium dwudzieste", "check_by": "age", "age_from": "", "age_to": ""} | fields
    response = as_tomasz.post(url, form_data(as_tomasz, url) | rows(number=0, **values))
    assert response.status_code == 422 and text in response_text(response)
    assert "kryterium dwudzieste" in response.content.decode()


def test_the_action_refuses_what_the_form_does(draft, tomasz):
    data = ProjectData(draft, {"criteria": [Criterion(text="wiek", age_from=64, age_to=18)]})
    with pytest.raises(ValidationError, match="Kryterium 1"):
        actions.update_edition(edition=draft, data=data, version=None, by=tomasz)


def test_a_criterion_says_what_it_asks(edition):
    assert document_parts(load_document(edition))[2].is_complete
    odd = [Criterion(check_by="female"), Criterion(text="wiek", check_by="age")]
    part = document_parts(ProjectData(edition, {"criteria": odd}))[2]
    assert part.missing == ["Kryterium 1 nie ma treści.", "Kryterium 2 nie ma wieku."]


def test_a_project_needs_no_criteria(edition):
    assert document_parts(ProjectData(edition))[2].is_complete


def test_they_stand_on_the_page_of_the_project_and_on_its_card(as_anna, edition):
    text = response_text(as_anna.get(reverse("projects:project", args=[edition.pk]))).replace("\u00a0", " ")
    assert "Wiek aktywności zawodowej (od 18 do 64 lat)" in text and "Osłabione więzi w rodzinie" in text
    lines = ["kobieta", "wiek aktywności zawodowej (od 18 do 64 lat)", "osłabione więzi w rodzinie"]
    assert card_context(edition, today=TODAY)["criteria_rows"] == lines


def test_a_copied_edition_has_its_own(edition, tomasz):
    copy = actions.create_edition(
        data=project_period(starts_on=date(2027, 11, 2), ends_on=None), copy_of=edition, by=tomasz
    )
    copied, before = (load_document(each)["criteria"] for each in (copy, edition))
    assert [row.entered_values() for row in copied] == [row.entered_values() for row in before]
    assert not {row.pk for row in copied} & {row.pk for row in before}


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [(None, None, ""), (18, None, "od 18 lat"), (None, 1, "do 1 roku"), (0, 3, "od 0 do 3 lat")],
)
def test_ages_in_words(first, last, text):
    assert Criterion(age_from=first, age_to=last).ages == text
