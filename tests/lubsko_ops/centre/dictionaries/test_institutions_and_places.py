"""Institutions and places of meetings: one set of pages for both."""

import pytest
from django.urls import reverse

from lubsko_ops.centre.dictionaries import actions
from lubsko_ops.centre.dictionaries.actions import close_entry
from lubsko_ops.centre.models import Institution, MeetingPlace
from tests.factories import TODAY
from tests.form_client import response_text, submit_form
from tests.lubsko_ops.centre.dictionaries.helpers import make_place, make_school
from tests.page import Page
from tests.statement_counts import page_statements


def test_an_institution_is_added_with_its_address_and_telephone(client, maria):
    client.force_login(maria)
    values = {
        "kind": "police",
        "name": "Komisariat Policji",
        "address": "ul. Krótka 2",
        "phone": "68 000 00 00",
    }
    response = submit_form(client, reverse("institutions-add"), **values)
    assert response.status_code == 302
    institution = Institution.objects.get()
    assert (institution.entered_by, institution.phone) == (maria, "68 000 00 00")
    assert "ul. Krótka 2" in Page(client.get(reverse("institutions"))).text


def test_what_is_missing_or_wrong_is_named_beside_its_field_and_stays_typed(client, maria):
    client.force_login(maria)
    response = submit_form(client, reverse("institutions-add"), kind="", name="", email="sekretariat")
    text = response_text(response)
    assert response.status_code == 422
    assert "Wpisz nazwę instytucji." in text and "Wybierz rodzaj instytucji." in text
    assert 'value="sekretariat"' in response.content.decode()
    assert not Institution.objects.exists()


def test_the_same_name_at_the_same_address_is_refused_at_another_it_is_not(client, maria):
    make_school(by=maria)
    client.force_login(maria)
    values = {"kind": "school", "name": "szkoła nr 1", "address": "ul. Długa 1"}
    response = submit_form(client, reverse("institutions-add"), **values)
    assert "Taki wpis z tym adresem już jest w słowniku." in response_text(response)
    submit_form(client, reverse("institutions-add"), **values | {"address": "ul. Krótka 4"})
    assert Institution.objects.count() == 2


def test_a_place_without_a_known_access_says_so(client, maria):
    make_place(by=maria)
    client.force_login(maria)
    assert "nie sprawdzono" in Page(client.get(reverse("places"))).text
    submit_form(client, reverse("places-change", args=[MeetingPlace.objects.get().pk]), accessible="no")
    assert MeetingPlace.objects.get().accessible == "no"
    response = submit_form(client, reverse("places-add"), name="Sala", capacity="0")
    assert response.status_code == 422


def test_open_entries_stand_first_in_polish_order(client, maria):
    for name in ("Żłobek", "Ćwiczenia", "Zespół"):
        make_school(by=maria, name=name)
    close_entry(
        entry=Institution.objects.get(name="Ćwiczenia"), on=TODAY, why="likwidacja", version=None, by=maria
    )
    client.force_login(maria)
    names = [row.entry.name for row in client.get(reverse("institutions")).context["rows"]]
    assert names == ["Zespół", "Żłobek", "Ćwiczenia"]


def test_closing_twice_is_refused(client, maria):
    place = make_place(by=maria)
    client.force_login(maria)
    url = reverse("places-close", args=[place.pk])
    assert submit_form(client, url, closed_from="13.10.2026", why="Remont.").status_code == 302
    response = submit_form(client, url, closed_from="14.10.2026", why="Remont.")
    assert "Ten wpis jest już zamknięty od 13.10.2026." in response_text(response)


@pytest.mark.parametrize("name", ["institutions", "places"])
def test_an_empty_dictionary_says_what_to_add(client, maria, name):
    client.force_login(maria)
    page = Page(client.get(reverse(name)))
    assert "Nie ma jeszcze" in page.text
    assert len(page_statements(client, reverse(name))) <= 8


def test_a_place_that_a_colleague_removes_at_this_moment_is_gone_and_the_reason_is_kept(
    client, maria, monkeypatch
):
    place, remove = make_place(by=maria), actions.remove_entry
    client.force_login(maria)

    def after_the_colleague(**arguments):
        remove(**arguments)
        return remove(**arguments)

    monkeypatch.setattr(actions, "remove_entry", after_the_colleague)
    response = submit_form(client, reverse("places-remove", args=[place.pk]), why="wpisana dwa razy")
    assert response.status_code == 404 and "wpisana dwa razy" in response_text(response)
