"""What was read from a PESEL is never refused when it is sent again; a great age is asked about, not refused."""

from datetime import date

import pytest
from stdnum.pl import pesel as number

from families.people.models import Person
from tests.families.people.helpers import latest_membership, page_url
from tests.form_client import form_data, parse_form, response_text, submit_form

BORN = date(1898, 5, 9)


def pesel_of(day: date, serial: str) -> str:
    """A PESEL of the nineteenth century: 80 is added to the month."""
    digits = f"{day.year % 100:02}{day.month + 80:02}{day.day:02}{serial}"
    return digits + number.calc_check_digit(digits)


WOMAN = pesel_of(BORN, "1234")
ASKED = "128 lat. Sprawdź datę urodzenia."


@pytest.fixture
def as_maria(client, maria):
    client.force_login(maria)
    return client


def confirmed(client, url, asked):
    return client.post(url, parse_form(asked.content.decode()))


def test_the_date_read_from_the_number_is_asked_about_once_and_kept(as_maria, kowalscy):
    person = latest_membership(kowalscy, "Danuta").person
    url = page_url(kowalscy, "person-edit", person)
    asked = submit_form(as_maria, url, pesel=WOMAN, born_on="")
    assert asked.status_code == 422 and ASKED in response_text(asked)
    assert confirmed(as_maria, url, asked).status_code == 302
    person.refresh_from_db()
    assert person.born_on == BORN
    assert form_data(as_maria, url)["born_on"] == ["09.05.1898"]
    again = submit_form(as_maria, url, other_spellings="Danka Kowalska")
    assert again.status_code == 302, "the derived date is accepted, and asked about no more"


@pytest.mark.parametrize("typed", ["09.05.1898", "05.1898", "1898"])
def test_an_added_person(as_maria, kowalscy, typed):
    url = page_url(kowalscy, "person-add")
    fields = {"first_name": "Wiktoria", "last_name": "Lis", "sex": "female", "kinship": "grandparent"}
    asked = submit_form(as_maria, url, born_on=typed, **fields)
    assert "Sprawdź datę urodzenia." in response_text(asked)
    assert confirmed(as_maria, url, asked).status_code == 302
    assert Person.objects.get(first_name="Wiktoria").born_on.year == 1898


def test_a_year_no_number_can_give_is_refused(as_maria, kowalscy):
    person = latest_membership(kowalscy, "Danuta").person
    refused = submit_form(as_maria, page_url(kowalscy, "person-edit", person), born_on="1799")
    assert "musi leżeć między 1800 a 2100 rokiem" in response_text(refused)
