"""The number of an identity document is kept like a PESEL: encrypted, in the history too, and masked."""

from importlib import import_module

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from families.people.actions import correct_person
from families.people.identity import mask_document
from families.people.models import Person
from tests.families.people.helpers import latest_membership

PASSPORT = "paszport FE123456"
TABLES = ("people_person", "people_historicalperson")


def stored(table: str) -> list[str]:
    """The documents as the database holds them."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT other_document FROM {table} WHERE other_document <> ''")
        return [document for (document,) in cursor.fetchall()]


@pytest.fixture
def danuta(kowalscy, maria):
    person = latest_membership(kowalscy, "Danuta").person
    return correct_person(person=person, version=person.version, by=maria, other_document=PASSPORT)


@pytest.mark.parametrize("table", TABLES)
def test_it_is_encrypted(danuta, table):
    (document,) = stored(table)
    assert document.startswith("gAAAA")
    assert Person.objects.get(pk=danuta.pk).other_document == PASSPORT
    assert danuta.history.first().other_document == PASSPORT


def test_earlier_ones_are_encrypted_by_the_migration(danuta, kowalscy):
    """Also when it was interrupted: what is encrypted already is left as it is."""
    migration = import_module("families.people.migrations.0002_encrypt_documents")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_historicalperson SET other_document = 'dowód 1'")
        cursor.execute("UPDATE people_person SET other_document = %s WHERE id = %s", [PASSPORT, danuta.pk])
    for _ in range(2):
        migration.encrypt(None, None)
        assert not any("paszport" in text or "dowód" in text for table in TABLES for text in stored(table))
    assert Person.objects.get(pk=danuta.pk).other_document == PASSPORT
    assert {row.other_document for row in Person.history.all()} == {"dowód 1"}
    migration.decrypt(None, None)
    assert stored("people_person") == [PASSPORT]


@pytest.mark.parametrize(
    "document,masked",
    [
        (PASSPORT, "paszport …3456"),
        ("karta pobytu RP 1234567", "karta pobytu …4567"),
        ("dowód osobisty ABC 123 456", "dowód osobisty …3456"),
        ("FE123456", "…3456"),
        ("akt urodzenia 12/26", "akt urodzenia …26"),
        ("paszport", "paszport"),
        ("", ""),
    ],
)
def test_it_is_masked(document, masked):
    assert mask_document(document) == masked


def test_a_text_too_long_is_refused(danuta, maria):
    with pytest.raises(ValidationError):
        correct_person(person=danuta, version=danuta.version, by=maria, other_document="a" * 121)
