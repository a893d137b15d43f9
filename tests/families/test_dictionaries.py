"""The enumerations: words that fit the person, classes the reports count by."""

import pytest
from django.db.models import TextChoices

from families import choices, law
from families.choices import (
    CARERS,
    CHILDREN,
    PARENTS,
    Area,
    BasisKind,
    ClosingReason,
    Kinship,
    Problem,
    Sex,
)

ENUMERATIONS = [
    each
    for each in vars(choices).values()
    if isinstance(each, type) and issubclass(each, TextChoices) and each.__module__ == choices.__name__
]


@pytest.mark.parametrize("enumeration", ENUMERATIONS)
def test_members_labels_and_docstrings_are_kept_well(enumeration):
    assert enumeration.__doc__
    assert len(set(enumeration.labels)) == len(enumeration)
    assert all(value.isascii() for value in enumeration.values)


@pytest.mark.parametrize(
    ("kinship", "sex", "word"),
    [
        (Kinship.CHILD, Sex.MALE, "syn"),
        (Kinship.CHILD, Sex.FEMALE, "córka"),
        (Kinship.GRANDPARENT, "female", "babcia"),
        (Kinship.MOTHER, Sex.FEMALE, "matka"),
        (Kinship.CHILD, "", "dziecko"),
    ],
)
def test_kinship_is_called_as_people_call_it(kinship, sex, word):
    assert kinship.word(sex) == word


def test_children_and_those_who_bring_them_up_are_different_people():
    assert not CHILDREN & CARERS
    assert PARENTS < CARERS


def test_a_part_of_a_reason_is_counted_with_it():
    assert Problem.LONE_PARENT.part_of is Problem.HELPLESSNESS
    assert Problem.MANY_CHILDREN.part_of is Problem.MATERNITY
    assert len([problem for problem in Problem if problem.part_of is None]) == 17
    assert all(problem.part_of.part_of is None for problem in Problem if problem.part_of)


def test_there_are_fourteen_areas_with_codes_of_two_letters():
    assert len(Area) == 14
    assert all(len(code) == 2 and code.isupper() for code in Area.values)


def test_closing_reasons_fall_into_the_five_classes_of_the_statistics():
    classes = {reason: reason.statistical for reason in ClosingReason}
    assert len(set(classes.values())) == 5
    assert classes[ClosingReason.GOALS_REACHED] == "goals_reached"
    assert {reason for reason, kind in classes.items() if kind == "other"} == {
        reason for reason in ClosingReason if reason.label.startswith("inne: ")
    }


def test_every_kind_of_basis_has_its_ground_in_the_law():
    assert set(law.GROUNDS) == set(BasisKind.values)
