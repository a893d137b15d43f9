"""Enumerations: labels that fit the sex, groups used by the reports."""

import pytest
from django.db.models import TextChoices

from families import choices, law
from families.choices import (
    CHILDREN,
    GUARDIANS,
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


def test_every_enumeration_is_walked(walked):
    walked("enumerations shared by the apps of families", len(ENUMERATIONS), at_least=28)


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
def test_kinship_label_fits_the_sex(kinship, sex, word):
    assert kinship.label_for(sex) == word


def test_children_and_carers_do_not_overlap():
    assert not CHILDREN & GUARDIANS
    assert PARENTS < GUARDIANS


def test_a_narrower_reason_has_a_broader_one():
    assert Problem.LONE_PARENT.broader_reason is Problem.HELPLESSNESS
    assert Problem.MANY_CHILDREN.broader_reason is Problem.MATERNITY
    assert len([problem for problem in Problem if problem.broader_reason is None]) == 17
    assert all(problem.broader_reason.broader_reason is None for problem in Problem if problem.broader_reason)


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


def test_every_basis_kind_has_a_legal_ground():
    assert set(law.GROUNDS) == set(BasisKind.values)
