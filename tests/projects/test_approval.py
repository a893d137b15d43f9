"""From the draft to the approval: sent, returned, approved by somebody else, with a znak sprawy and a card."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from lubsko_ops.centre.actions import change_norm
from lubsko_ops.centre.dictionaries.actions import add_entry
from lubsko_ops.centre.models import FilingSymbol
from lubsko_ops.output.issued_papers import paper_context, papers_about
from projects import actions, rules
from projects.document import ProjectData, load_document
from projects.models import Edition
from projects.papers import CARD
from tests.form_client import form_data
from tests.projects.helpers import complete_content, make_complete, make_draft, make_sent


def url_of(name, edition):
    return reverse(f"projects:{name}", args=[edition.pk])


def approve(edition, by, **kwargs):
    return actions.approve_edition(edition=edition, version=None, by=by, **kwargs)


# ---- sending -----------------------------------------------------------------------------------------
def test_a_complete_draft_is_sent(as_tomasz, tomasz):
    edition = make_complete(tomasz)
    as_tomasz.post(url_of("send", edition), form_data(as_tomasz, url_of("send", edition)))
    edition.refresh_from_db()
    assert (edition.state, edition.sent_on) == ("to_accept", date(2026, 10, 13))
    assert edition.steps.get().entered_by == tomasz


def test_an_incomplete_one_is_not_and_says_all_that_is_missing(tomasz):
    edition = make_draft(tomasz)
    with pytest.raises(ValidationError) as refusal:
        actions.send_edition(edition=edition, version=None, by=tomasz)
    assert {"Nie ma żadnego działania.", "Nie ma celu głównego."} <= set(refusal.value.messages)
    assert not edition.steps.exists()


def test_writing_and_sending_at_once_saves_all_or_nothing(as_tomasz, tomasz):
    edition = make_draft(tomasz)
    url = url_of("write", edition)
    response = as_tomasz.post(url, form_data(as_tomasz, url, problem="Więzi") | {"then": "send"})
    edition.refresh_from_db()
    assert response.status_code == 422 and "Nie ma żadnego działania" in response.content.decode()
    assert (edition.problem, edition.state) == ("", "draft")


# ---- back with remarks -------------------------------------------------------------------------------
def test_maria_sends_it_back_with_remarks(as_maria, client, tomasz):
    edition = make_sent(tomasz)
    url = url_of("return", edition)
    as_maria.post(url, form_data(as_maria, url, text="Dopisz ryzyka."))
    edition.refresh_from_db()
    assert edition.state == "draft"
    client.force_login(tomasz)
    assert "Dopisz ryzyka." in client.get(url_of("project", edition)).content.decode()


def test_without_remarks_it_stays(tomasz, maria):
    edition = make_sent(tomasz)
    with pytest.raises(ValidationError, match="Napisz, co poprawić"):
        actions.return_edition(edition=edition, text=" ", version=None, by=maria)


# ---- four eyes ---------------------------------------------------------------------------------------
def test_an_author_never_approves_even_a_manager_with_a_small_staff(maria):
    change_norm(
        name="small_staff", value=1, starts_on=date(2026, 10, 13), decided_by="zarządzenie 1", by=maria
    )
    edition = make_sent(maria)
    with pytest.raises(PermissionDenied, match="Autor projektu nie zatwierdza"):
        approve(edition, maria)


def test_who_corrected_the_text_approves_only_with_a_small_staff(tomasz, maria):
    edition = make_complete(tomasz)
    content = ProjectData(edition, load_document(edition).rows)
    actions.update_edition(edition=edition, data=content, version=None, by=maria)
    actions.send_edition(edition=edition, version=None, by=tomasz)
    with pytest.raises(PermissionDenied, match="małą obsadę"):
        approve(edition, maria)
    change_norm(
        name="small_staff", value=1, starts_on=date(2026, 10, 13), decided_by="zarządzenie 1", by=maria
    )
    assert approve(edition, maria).small_staff


def test_the_database_holds_it_too(tomasz, maria):
    edition = approve(make_sent(tomasz), maria)
    sql = 'UPDATE "projects_edition" SET approved_by_id = %s WHERE id = %s'
    refused = pytest.raises(IntegrityError, match="edition_four_eyes")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [tomasz.pk, edition.pk])


def test_a_social_worker_does_not_approve(as_tomasz, tomasz, zofia):
    edition = make_sent(tomasz)
    assert as_tomasz.get(url_of("approve", edition)).status_code == 403
    with pytest.raises(PermissionDenied):
        approve(edition, zofia)


# ---- approval ----------------------------------------------------------------------------------------
def test_maria_approves_and_the_document_is_frozen(as_maria, tomasz, maria):
    edition = make_sent(tomasz)
    url = url_of("approve", edition)
    as_maria.post(url, form_data(as_maria, url, case_reference="OPS.5042.3.2026"))
    edition.refresh_from_db()
    assert (edition.state, edition.approved_by, edition.case_reference) == (
        "recruiting",
        maria,
        "OPS.5042.3.2026",
    )
    with pytest.raises(ValidationError, match=rules.STATE_REFUSALS["recruiting"]):
        actions.update_edition(edition=edition, data=complete_content(edition), version=None, by=tomasz)


def test_the_counter_gives_the_reference(tomasz, maria, jan, as_maria):
    symbol = {"unit": "OPS", "symbol": "5042", "title": "Projekty", "category": "B10", "year_from": 2026}
    add_entry(entry=FilingSymbol(**symbol, purpose="projects"), by=jan)
    first = make_sent(tomasz)
    assert "case_reference" not in as_maria.get(url_of("approve", first)).content.decode()
    assert approve(first, maria, case_reference="XYZ.11.1.2026").case_reference == "OPS.5042.1.2026"
    assert approve(make_sent(tomasz, title="Drugi"), maria).case_reference == "OPS.5042.2.2026"


def test_the_card_is_kept_as_issued(tomasz, maria):
    edition = approve(make_sent(tomasz), maria, case_reference="OPS.5042.3.2026")
    paper = papers_about("edition", edition.pk)[CARD.code]
    assert (paper.number, paper.file_kind, paper.issued_by) == ("OPS.5042.3.2026", "project", maria)
    Edition.objects.filter(pk=edition.pk).update(title="Zmieniony bokiem")
    context = paper_context(paper)
    assert context["title"] == "To w rodzinie wszystko się zaczyna"
    assert context["totals"][-1]["planned"] == "2\u00a0460,00"
    assert context["approved_by"] == str(maria)
