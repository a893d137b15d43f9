"""What stands before the name of a street, and a flat written beside its house."""

import pytest

from families.people.models import Address
from families.people.postal import split_house_and_flat, with_street_prefix


@pytest.mark.parametrize(
    "street",
    ["Długa", "długa", "3 Maja", "11 Listopada", "1000-lecia", "Rynkowa", "Parkowa", "Placowa", "Alejowa", "Mostowa",
     "Dworcowa", "Generała Bema", "Stara", "Osiedlowa", "św. Jana"],
)  # fmt: skip
def test_name_of_a_street_gets_its_prefix(street):
    assert with_street_prefix(street) == f"ul. {street}"


@pytest.mark.parametrize(
    "street",
    ["ul. Długa", "Ul. Długa", "ulica Długa", "al. Wojska Polskiego", "Aleja Lipowa", "Aleje Jerozolimskie",
     "pl. Wolności", "Plac Wolności", "Rynek", "Stary Rynek", "os. Leśne", "Osiedle XX-lecia", "Bulwar Filadelfijski",
     "skwer Kopernika", "Rondo Solidarności", "Park Lipowy", "Wybrzeże Wyspiańskiego", "zaułek Cichy", "Droga Leśna",
     "Szosa Gubińska", "pl.Wolności"],
)  # fmt: skip
def test_name_that_says_what_it_is_stays_as_typed(street):
    assert with_street_prefix(street) == street


def test_lines_of_an_address():
    square = Address(street="pl. Wolności", house="8", flat="2", postal_code="68-300", locality="Lubsko")
    assert square.line == "pl. Wolności 8 m. 2, 68-300 Lubsko"
    assert Address(street="3 Maja", house="1", locality="Lubsko").short_line == "ul. 3 Maja 1, Lubsko"
    assert Address(house="21", locality="Chocicz").short_line == "Chocicz 21"


@pytest.mark.parametrize(
    ("typed", "house", "flat"),
    [
        ("8/2", "8", "2"),
        ("8 / 2", "8", "2"),
        ("14a/3", "14a", "3"),
        ("8 m. 2", "8", "2"),
        ("8 m 2b", "8", "2b"),
        ("8", "8", ""),
        ("14 A", "14 A", ""),
        ("8/", "8/", ""),
        ("8/2/3", "8/2/3", ""),
        ("dz. 120/4", "dz. 120/4", ""),
    ],
)
def test_flat_written_beside_its_house(typed, house, flat):
    assert split_house_and_flat(typed) == (house, flat)
