"""A whole import is taken back while nothing rests on it."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from families.caseload.models import Assignment, WorkPeriod
from families.deadlines.models import Deadline
from families.people.actions import add_member, add_phone, rename_family
from families.people.models import Family, Person
from families.register_import.actions import undo_import
from families.register_import.models import ImportState
from families.timeline.models import TimelineEntry
from lubsko_ops.audit.models import ChangeEntry
from lubsko_ops.core.stored_rows import STORED_ROWS
from lubsko_ops.jobs.refresh import refresh_stored_rows
from tests.factories import TODAY, person_data
from tests.families.register_import.test_import import imported
from tests.families.register_import.workbooks import MALINOWSCY, workbook
from tests.families.visits.helpers import make_visit


@pytest.fixture
def row(maria):
    return imported(workbook(MALINOWSCY), by=maria)


@pytest.fixture
def family(row):
    return Family.objects.get(name="Malinowscy")


def undo(row, by):
    return undo_import(register_import=row, reason="zły rok", version=row.version, by=by)


def test_nothing_of_the_import_is_left_but_its_history(row, family, maria, kowalscy):
    undone = undo(row, maria)
    assert (undone.state, undone.note) == (ImportState.UNDONE, "zły rok")
    assert list(Family.objects.all()) == [kowalscy]
    assert not WorkPeriod.objects.filter(family=family.pk).exists()
    assert not Deadline.objects.filter(family=family.pk).exists()
    assert not TimelineEntry.objects.filter(family=family.pk).exists()
    last = Family.history.filter(id=family.pk).latest("history_id")
    assert (last.history_type, last.history_user, last.history_change_reason) == (
        "-", maria, "Cofnięcie wczytania rejestru: zły rok",
    )  # fmt: skip
    entries = ChangeEntry.objects.filter(file_kind="family", file_id=family.pk).order_by("id")
    assert [each.reason for each in entries] == [
        "Wczytanie dotychczasowego rejestru", "Cofnięcie wczytania rejestru: zły rok",
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_stored_rows_are_right_afterwards(row, maria):
    undo(row, maria)
    assert refresh_stored_rows() == {rows.label: 0 for rows in STORED_ROWS}


def test_a_visit_keeps_the_import_and_is_named(row, family, anna, maria):
    make_visit(family, anna)
    with pytest.raises(ValidationError) as refusal:
        undo(row, maria)
    assert refusal.value.messages == ["Na wczytanych wpisach opierają się już inne: wizyty (1)."]
    assert Family.objects.filter(pk=family.pk).exists()


def test_rows_added_or_changed_since_keep_the_import(row, family, maria):
    add_phone(family=family, number="600100999", starts_on=TODAY, by=maria)
    new = person_data("Nowa", "Osoba")
    add_member(family=family, person=new, kinship="relative", starts_on=TODAY, by=maria)
    rename_family(family=family, name="Malinowscy i Nowa", version=None, by=maria)
    with pytest.raises(ValidationError) as refusal:
        undo(row, maria)
    assert refusal.value.messages == [
        "Na wczytanych wpisach opierają się już inne: członkowie rodziny (1) i telefony (1).",
        "Od wczytania 1\u00a0wczytany wpis zmieniono.",
    ]


def test_it_is_undone_once(row, maria):
    undone = undo(row, maria)
    with pytest.raises(ValidationError, match="nie można cofnąć: cofnięto"):
        undo(undone, maria)


def test_the_register_can_be_imported_again_afterwards(row, maria):
    undo(row, maria)
    imported(workbook(MALINOWSCY), by=maria)
    assert Person.objects.count() == 2
    assert Assignment.objects.count() == 2
