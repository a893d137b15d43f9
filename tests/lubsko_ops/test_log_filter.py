"""Values that the database quotes do not reach the log; names of columns and the place in the code do."""

import logging

import pytest
from django.db import IntegrityError, connection, transaction

from lubsko_ops.core.log_filter import DatabaseValuesFilter, mask_database_values
from lubsko_ops.core.privacy import is_protected, plain_columns


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (
            "DETAIL:  Failing row contains (7, Kowalska (z domu Lis), null).",
            "DETAIL:  Failing row contains (…).",
        ),
        (
            "DETAIL:  Key (last_name)=(Kowalska) already exists.",
            "DETAIL:  Key (last_name)=(…) already exists.",
        ),
        ("DETAIL:  Key (year)=(2026) already exists.", "DETAIL:  Key (year)=(2026) already exists."),
        ("Key (x_unknown)=(Kowalska) is not present in table", "Key (x_unknown)=(…) is not present in table"),
        (
            "Key (family_id, person_id)=(1, 2) conflicts with existing key (family_id, person_id)=(1, 3).",
            "Key (family_id, person_id)=(…) conflicts with existing key (family_id, person_id)=(…).",
        ),
        ("no value here (nothing)", "no value here (nothing)"),
    ],
)
def test_quoted_values_are_masked_by_their_class(text, masked):
    assert mask_database_values(text) == masked


def test_a_refused_row_leaves_no_value_in_the_log(db):
    record = None
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("INSERT INTO people_person (first_name) VALUES ('Kanarek')")
    except IntegrityError as error:
        exc_info = (type(error), error, error.__traceback__)
        record = logging.LogRecord("x", logging.ERROR, "", 1, "Failed at %s", ("here",), exc_info)
    assert DatabaseValuesFilter().filter(record)
    text = logging.Formatter().format(record)
    assert "Kanarek" not in text.replace("VALUES ('Kanarek')", "")
    assert "null value in column" in text and "test_log_filter.py" in text and "Failed at here" in text


def test_classes_of_fields_and_columns():
    assert is_protected("people.Person.last_name") and not is_protected("accounts.Region.name")
    assert "last_name" not in plain_columns() and "pesel" not in plain_columns() and "year" in plain_columns()
    with pytest.raises(LookupError):
        is_protected("people.Person.no_such_field")
