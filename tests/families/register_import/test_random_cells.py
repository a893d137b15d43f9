"""Whatever stands in the cells, the check answers with sentences and never with an error."""

from datetime import date, datetime, time, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from families.register_import import cells
from families.register_import.checking import check_register
from families.register_import.columns import LAYOUTS
from families.register_import.reading import Formula, RawSheet
from families.register_import.register import Register

TYPED = st.sampled_from(
    ["1", "tak", "matka", "zgoda", "1.02.2024", "31.02.2024", "02.2015", "88050912346", "anna", "Sikora Anna", "²", "٣",
     "600100200", "68-300", "=A1", "0", "1e309", "NaN", "9" * 400, "\u202eabc", "Lubsko"]
)  # fmt: skip
VALUES = st.one_of(
    st.none(),
    TYPED,
    st.text(max_size=30),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.builds(Formula, st.text(max_size=5)),
)


@given(VALUES)
def test_no_cell_raises_anything_but_a_sentence(value):
    readers = (cells.read_text, cells.read_day, cells.read_birth, cells.read_pesel, cells.read_postal_code)
    for read in (*readers, cells.read_phones, lambda each: cells.read_choice(each, cells.KINSHIP, "x")):
        try:
            read(value)
        except cells.CellError as error:
            assert error.text and error.todo


def sheet_of(layout):
    row = st.lists(VALUES, min_size=len(layout.columns), max_size=len(layout.columns))
    numbered = row.map(lambda cells: ["1", *cells[1:]])
    headings = [column.heading for column in layout.columns]

    def build(rows):
        return RawSheet(layout.title, dict(enumerate([headings, *rows], start=1)))

    return st.lists(st.one_of(row, numbered), max_size=4).map(build)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(sheets=st.tuples(*(sheet_of(layout) for layout in LAYOUTS)))
def test_no_register_raises_an_error(maria, anna, sheets):
    register, report = check_register(list(sheets), author=maria)
    assert isinstance(register, Register)
    assert report.from_json(report.to_json()).problems


def test_kinds_of_days_are_read_alike():
    values = (
        date(2024, 2, 1),
        datetime(2024, 2, 1, 12),
        "1.02.2024 r.",
        "2024-02-01",
        "1 lutego 2024",
        45323,
        "45323",
    )
    assert {cells.read_day(value)[0] for value in values} == {date(2024, 2, 1)}


def test_an_hour_is_no_day():
    for value in (time(0, 0), timedelta(0)):
        try:
            cells.read_day(value)
        except cells.CellError as error:
            assert error.text == "To godzina, a nie data."
        else:
            raise AssertionError(value)
