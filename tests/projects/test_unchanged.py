"""The document and the results, opened and saved without a change, stay as they are."""

from decimal import Decimal

import pytest
from django.urls import reverse

from lubsko_ops.core.privacy import AUDIT_FIELDS
from projects import actions
from projects.document import ROW_MODELS, load_document
from projects.models import Edition
from tests.form_client import form_data
from tests.projects.helpers import complete_content, enter_results, make_criteria, make_draft, make_running

EMPTY = {"copied_from", "case_reference", "sent_on", "approved_on", "approved_by", "small_staff"}
TEXTS = ("scale", "causes", "effects", "sources", "criteria", "recruitment", "resources", "expected_results")


def columns(edition) -> dict:
    """Every column of the edition and its rows, apart from those every save changes."""
    rows = [edition, *(row for name in ROW_MODELS for row in load_document(edition)[name])]
    return {
        f"{type(row).__name__}.{number}.{field.name}": field.value_from_object(row)
        for number, row in enumerate(rows)
        for field in row._meta.concrete_fields
        if field.name not in AUDIT_FIELDS
    }


@pytest.fixture
def filled(tomasz) -> Edition:
    """A draft with every column filled in that a user fills in."""
    edition = make_draft(tomasz)
    content = complete_content(edition, user=tomasz)
    for name in (*TEXTS, "monitoring", "attachments"):
        setattr(edition, name, f"Tekst {name}\nw dwóch wierszach")
    edition.telephones = "68 000 00 00"
    content.rows["criteria"] = make_criteria()
    content["goals"][0].measured = "prowadzący, na końcu"
    content["actions"][0].leader, content["actions"][0].meetings = "Tomasz", 6
    content["staff"][0].rate = Decimal("45.50")
    return actions.update_edition(edition=edition, data=content, version=None, by=tomasz)


def test_the_document_stays(as_tomasz, filled):
    before = columns(filled)
    empty = {
        name.split(".")[-1] for name, value in before.items() if name.startswith("Edition") and not value
    }
    assert empty == EMPTY
    url = reverse("projects:write", args=[filled.pk])
    assert as_tomasz.post(url, form_data(as_tomasz, url)).status_code == 302
    filled.refresh_from_db()
    assert columns(filled) == before


def test_the_results_stay(as_tomasz, tomasz, maria):
    edition = enter_results(make_running(tomasz, maria), tomasz)
    before, url = columns(edition), reverse("projects:results", args=[edition.pk])
    assert as_tomasz.post(url, form_data(as_tomasz, url)).status_code == 302
    edition.refresh_from_db()
    assert columns(edition) == before
