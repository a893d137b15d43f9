"""Fixtures of the tests of case files."""

import pytest

from tests.factories import create_family_with_work


@pytest.fixture
def zolkiewscy(maria, anna, tomasz, town):
    return create_family_with_work(
        "Żółkiewscy", assistant=anna, social_worker=tomasz, region=town, by=maria, surname="Żółkiewska"
    )
