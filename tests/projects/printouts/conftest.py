"""Danuta and Kacper Kowalscy, Danuta Nowak with Kacper as a pair, and the family Nowakowie take part."""

from types import SimpleNamespace

import pytest

from tests.projects.helpers import make_approved
from tests.projects.printouts.helpers import enrol, make_group


def member(family, first_name):
    return family.memberships.select_related("person").get(person__first_name=first_name).person


@pytest.fixture
def edition(tomasz, maria):
    return make_approved(tomasz, maria)


@pytest.fixture
def cast(edition, tomasz, kowalscy, nowakowie):
    """The people and their participation."""
    school = make_group(edition, tomasz, capacity=10)
    pairs = make_group(edition, tomasz, "Wioska Kobiet", takes="pairs", age_unit="months")
    danuta, kacper = member(kowalscy, "Danuta"), member(kowalscy, "Kacper")
    nowak, child = member(nowakowie, "Danuta"), member(nowakowie, "Kacper")
    return SimpleNamespace(
        school=school, pairs=pairs, danuta=danuta, kacper=kacper, nowak=nowak, child=child,
        first=enrol(edition, tomasz, danuta, family=kowalscy, group=school, contact_phone="68 000 00 07"),
        boy=enrol(edition, tomasz, kacper, family=kowalscy, group=school, status="reserve"),
        pair=enrol(edition, tomasz, nowak, child=child, family=nowakowie, group=pairs, status="taking_part"),
        household=enrol(edition, tomasz, family=nowakowie, status="taking_part"),
    )  # fmt: skip
