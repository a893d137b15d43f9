"""A social worker begins a project, or an edition on the pattern of an earlier one."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from projects import actions
from projects.document import load_document
from projects.models import Edition, IndicatorReading, ProjectLine
from tests.form_client import form_data
from tests.projects.helpers import TITLE, enter_results, make_draft, make_ended, project_period

NEW = reverse("projects:new")
PERIOD = {"title": TITLE, "kind": "group", "starts_on": "02.11.2026", "ends_on": "31.12.2026"}


def test_tomasz_begins_a_project(as_tomasz, tomasz):
    response = as_tomasz.post(NEW, form_data(as_tomasz, NEW, **PERIOD), follow=True)
    edition = Edition.objects.get()
    assert response.redirect_chain[0][0] == reverse("projects:write", args=[edition.pk])
    assert (edition.line.title, edition.state, edition.authors) == (TITLE, "draft", [tomasz.pk])


def test_an_assistant_begins_none(as_anna, anna):
    assert as_anna.get(NEW).status_code == 403
    with pytest.raises(PermissionDenied):
        make_draft(anna)


def test_the_end_before_the_start(as_tomasz):
    data = form_data(as_tomasz, NEW, **PERIOD | {"ends_on": "01.11.2026"})
    response = as_tomasz.post(NEW, data)
    assert response.status_code == 422
    assert "Koniec nie może poprzedzać początku" in response.content.decode()
    assert not ProjectLine.objects.exists()


def test_the_same_title_again_is_an_edition_and_not_a_new_project(tomasz):
    make_draft(tomasz)
    with pytest.raises(ValidationError, match="Projekt o tym tytule już jest"):
        make_draft(tomasz, title=TITLE.upper(), starts_on=date(2027, 2, 1), ends_on=None)


@pytest.fixture
def settled(tomasz, maria):
    edition = enter_results(make_ended(tomasz, maria), tomasz)
    return actions.settle_edition(edition=edition, version=None, by=maria)


def copy(edition, by, **period):
    return actions.create_edition(data=project_period(**period), copy_of=edition, by=by)


def test_a_copy_takes_texts_and_rows_but_no_people_days_and_results(settled, maria):
    edition = copy(settled, maria, starts_on=date(2027, 11, 2), ends_on=None)
    document = load_document(edition)
    assert (edition.line, edition.copied_from, edition.problem) == (settled.line, settled, settled.problem)
    assert [goal.goal for goal in document["goals"]] == ["Lepsza komunikacja", "Budżet domowy"]
    assert [row.goals for row in document["actions"]] == [[1], [2]]
    assert (len(document["budget"]), len(document["risks"])) == (3, 1)
    assert {line.spent for line in document["budget"]} == {None}
    assert not IndicatorReading.objects.filter(goal__edition=edition).exists()
    assert [(row.user, row.name, row.role) for row in document["staff"]] == [(None, "", "prowadzący")]
    assert document["partners"][0].agreed_on is None
    assert (edition.authors, edition.writers) == ([maria.pk], [maria.pk])
    days = (edition.recruits_from, edition.recruits_to, edition.sent_on, edition.approved_on)
    assert days == (None, None, None, None)
    assert (edition.approved_by, edition.case_reference) == (None, "")
    assert load_document(settled)["staff"][0].user is not None


def test_what_was_copied_is_shown(as_maria, settled):
    url = f"{NEW}?z={settled.pk}"
    data = form_data(as_maria, url, starts_on="01.02.2027", ends_on="")
    assert data["copy_of"] == [str(settled.pk)]
    page = as_maria.post(NEW, data, follow=True).content.decode()
    assert "2\u00a0cele" in page and "3\u00a0pozycje budżetu" in page
    assert "Osób, dat i wyników nie skopiowano" in page


def test_two_editions_of_one_title_never_overlap(settled, tomasz):
    with pytest.raises(ValidationError, match="W tym czasie jest już edycja o tym samym tytule"):
        copy(settled, tomasz, starts_on=settled.ends_on, ends_on=None)
    copy(settled, tomasz, title="Wiosna", starts_on=settled.ends_on, ends_on=None)
