"""Validation and formatting of telephone numbers."""

import pytest
from django.core.exceptions import ValidationError

from lubsko_ops.core.phones import clean_phone, phone_digits


@pytest.mark.parametrize(
    ("typed", "shown", "digits"),
    [
        ("500600700", "500 600 700", "500600700"),
        ("500-600-700", "500 600 700", "500600700"),
        ("+48 500 600 700", "500 600 700", "500600700"),
        ("0048500600700", "500 600 700", "500600700"),
        ("683721122", "68 372 11 22", "683721122"),
        ("(68) 372-11-22", "68 372 11 22", "683721122"),
        ("tel. 68 372 11 22", "68 372 11 22", "683721122"),
        ("22 621 00 00", "22 621 00 00", "226210000"),
        ("800 120 002", "800 120 002", "800120002"),
        ("+380 67 123-45-67", "+380 67 123 45 67", "380671234567"),
        ("00380671234567", "+380671234567", "380671234567"),
        ("+49 30 901820", "+49 30 901820", "4930901820"),
        ("000 600 561", "000 600 561", "000600561"),
        ("", "", ""),
    ],
)
def test_canonical_form_and_digits(typed, shown, digits):
    assert (clean_phone(typed), phone_digits(clean_phone(typed))) == (shown, digits)
    assert clean_phone(shown) == shown, "written so, it is understood again"


@pytest.mark.parametrize(
    "wrong",
    [
        "500 600 70",
        "500 600 7000",
        "+48 500 600 70",
        "068 372 112",
        "+12345",
        "+1234567890123456",
        "600100200 Ania",
        "Ania",
        "++380671234567",
        "500 600 700+",
    ],
)
def test_invalid_number_is_refused(wrong):
    with pytest.raises(ValidationError, match="9 cyfr"):
        clean_phone(wrong)
