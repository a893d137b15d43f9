"""The overview asks about a basis whose person moved out, or is no adult after all."""

from datetime import date

import pytest
from django.urls import reverse

from families.caseload.actions import BasisData, add_basis
from families.choices import BasisKind, LivingArrangement
from families.people.actions import change_membership, correct_person, end_membership
from tests.factories import WORK_STARTED_ON
from tests.families.people.helpers import latest_membership
from tests.page import Page, page_text

MOVED = date(2026, 10, 1)
TITLE = "Sprawdź podstawę pracy: zgoda, Danuta Kowalska, od 04.03.2026."


@pytest.fixture
def danuta(kowalscy):
    """Who gave the consent."""
    return latest_membership(kowalscy, "Danuta")


def overview(client, user, family):
    client.force_login(user)
    return client.get(reverse("families:overview", args=[family.pk]))


def test_nothing_is_asked_of_a_sound_basis(client, maria, kowalscy, danuta):
    assert "Sprawdź podstawę pracy" not in page_text(overview(client, maria, kowalscy))


def test_the_person_left_the_family(client, maria, anna, kowalscy, danuta):
    end_membership(membership=danuta, on=MOVED, version=None, by=maria)
    page = overview(client, maria, kowalscy)
    assert f"{TITLE} Danuta Kowalska nie należy już do rodziny." in page_text(page)
    assert Page(page).link("Dodaj podstawę").url == reverse("families:basis-add", args=[kowalscy.pk])
    words = page_text(overview(client, anna, kowalscy))
    assert TITLE in words and "Dodaj podstawę" not in words
    assert "Podstawę pracy zapisuje pracownik socjalny albo kierownik." in words


def test_the_person_moved_out(client, maria, kowalscy, danuta):
    days = {"since": MOVED, "version": None, "by": maria}
    change_membership(membership=danuta, kinship=danuta.kinship, stay=LivingArrangement.ELSEWHERE, **days)
    assert "Danuta Kowalska nie mieszka z rodziną od 01.10.2026." in page_text(
        overview(client, maria, kowalscy)
    )


def test_the_person_was_no_adult(client, maria, kowalscy, danuta):
    correct_person(person=danuta.person, version=None, by=maria, pesel="", born_on=date(2009, 1, 1))
    words = page_text(overview(client, maria, kowalscy))
    assert "z daty urodzenia wynika, że w dniu zgody to osoba małoletnia" in words


def test_a_minor_parent_grew_up(client, maria, kowalscy, danuta):
    basis = BasisData(kind=BasisKind.MINOR_PARENT, starts_on=WORK_STARTED_ON, person=danuta.person)
    add_basis(period=kowalscy.periods.get(), data=basis, by=maria)
    assert "Danuta Kowalska to już osoba pełnoletnia." in page_text(overview(client, maria, kowalscy))
