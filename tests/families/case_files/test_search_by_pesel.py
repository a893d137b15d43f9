"""Search by PESEL: found whole, in scope, stored and shown nowhere."""

import pytest
from stdnum.pl import pesel as pesel_number

from families.choices import Kinship
from families.people.actions import add_member
from families.people.models import Person
from lubsko_ops.search.models import SearchQuery, mask_pesel
from tests.factories import TODAY
from tests.families.case_files.test_search import result_names, search
from tests.page import page_text

PESEL = "8805091226" + pesel_number.calc_check_digit("8805091226")


@pytest.fixture
def with_pesel(maria, kowalscy):
    data = Person(first_name="Ida", last_name="Lis", pesel=PESEL)
    add_member(family=kowalscy, person=data, kinship=Kinship.RELATIVE, starts_on=TODAY, by=maria)
    return kowalscy


@pytest.mark.parametrize("typed", [PESEL, f"{PESEL[:6]} {PESEL[6:]}", f" {PESEL} ", f"lis {PESEL}"])
def test_a_whole_pesel_finds_the_person(client, maria, with_pesel, zolkiewscy, typed):
    client.force_login(maria)
    response = search(client, typed)
    assert result_names(response) == ["Kowalscy"]
    assert "PESEL" in page_text(response)


def test_a_pesel_is_stored_nowhere_and_shown_by_its_end(client, maria, with_pesel):
    client.force_login(maria)
    response = search(client, f"lis {PESEL}")
    query = SearchQuery.objects.get()
    assert query.text == f"lis PESEL •••••••{PESEL[-4:]}"
    assert PESEL not in response.content.decode()
    assert query.pesel_key not in response.content.decode()
    assert query.text_without_pesel == "lis"


@pytest.mark.parametrize("sign", [".", "/", "–", "-", " ", " - ", ""])
def test_a_pesel_in_two_groups_is_masked_too(sign):
    text, key = mask_pesel(f"lis {PESEL[:6]}{sign}{PESEL[6:]}")
    assert (text, bool(key)) == (f"lis PESEL •••••••{PESEL[-4:]}", True)


@pytest.mark.parametrize("part", [PESEL[:10], PESEL[1:], PESEL[-4:]])
def test_a_part_of_a_pesel_finds_nobody(client, maria, with_pesel, part):
    client.force_login(maria)
    assert result_names(search(client, part)) == []


def test_a_pesel_with_a_slip_is_masked_and_shown_so(client, maria, with_pesel):
    wrong = PESEL[:-1] + str((int(PESEL[-1]) + 1) % 10)
    client.force_login(maria)
    response = search(client, wrong)
    assert result_names(response) == []
    assert "W numerze PESEL jest błąd w cyfrach." in page_text(response)
    assert wrong not in SearchQuery.objects.get().text


def test_a_pesel_out_of_scope_is_not_shown(client, ewa, with_pesel):
    client.force_login(ewa)
    response = search(client, PESEL)
    assert result_names(response) == []
    assert "Kowalscy" not in response.content.decode()


@pytest.mark.parametrize("text", ["88050912261234", "2026/001", "Długa 14", "600 100 200"])
def test_other_numbers_are_no_pesel(text):
    assert mask_pesel(text) == (text, "")
