"""Days and hours as people type them: digits alone, words, Roman figures; what no calendar or clock has is refused."""

from datetime import date, time, timedelta

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.urls import get_resolver
from hypothesis import given
from hypothesis import strategies as st

from lubsko_ops.core import clock
from lubsko_ops.core.dates import MONTH_NAMES
from lubsko_ops.core.forms import BaseForm, DayField, HourField, PastDayField, PlannedDayField
from lubsko_ops.core.own_apps import get_own_packages
from lubsko_ops.core.parsing import ENTERED_LATE, ROMAN_MONTHS, DayKind, parse_day, parse_hour
from lubsko_ops.core.polish import MONTHS_GENITIVE
from tests.lubsko_ops.test_form_renderer import all_forms

TODAY = date(2026, 10, 13)
# Also typed into the page by tests/browser/test_dates.py: the script reads them as the server does.
TYPED_DAYS = {
    "10122026": date(2026, 12, 10),
    "20261210": date(2026, 12, 10),
    "101226": date(2026, 12, 10),
    "1.12.2026": date(2026, 12, 1),
    "03.10.2022r.": date(2022, 10, 3),
    "03.10.2022 r.": date(2022, 10, 3),
    "3 października 2022": date(2022, 10, 3),
    "3 pazdziernika 2022 roku": date(2022, 10, 3),
    "3 październik 2022": date(2022, 10, 3),
    "3 paź. 2022": date(2022, 10, 3),
    "3 X 2022": date(2022, 10, 3),
    "3.xii.22": date(2022, 12, 3),
    "2022-10-03": date(2022, 10, 3),
    "2022.10.03": date(2022, 10, 3),
    "03/10/2022": date(2022, 10, 3),
    " 3, 10, 2022 ": date(2022, 10, 3),
    "3-10-22": date(2022, 10, 3),
    "01.02.36": date(2036, 2, 1),
    "01.02.37": date(1937, 2, 1),
    "29.02.2024": date(2024, 2, 29),
}
SHORT_DAYS = [  # without a year: the nearest, the nearest before, the nearest after or just passed
    ("1012", date(2026, 12, 10), date(2025, 12, 10), date(2026, 12, 10)),
    ("1.12", date(2026, 12, 1), date(2025, 12, 1), date(2026, 12, 1)),
    ("1310", TODAY, TODAY, TODAY),
    ("1.10.", date(2026, 10, 1), date(2026, 10, 1), date(2026, 10, 1)),
    ("14 VIII", date(2026, 8, 14), date(2026, 8, 14), date(2026, 8, 14)),
    ("13 VIII", date(2026, 8, 13), date(2026, 8, 13), date(2027, 8, 13)),
    ("2 stycznia", date(2027, 1, 2), date(2026, 1, 2), date(2027, 1, 2)),
    ("15 V", date(2026, 5, 15), date(2026, 5, 15), date(2027, 5, 15)),
]
NO_DAYS = ["jutro", "112", "1", "10122", "12:30", "3 ma 2022", "10.12.20266", "1.2.3.4", "²1.12", "r."]
IMPOSSIBLE_DAYS = [
    "31.02.2026",
    "2026",
    "310226",
    "31.13.2026",
    "00.01.2026",
    "2902",
    "31.9",
    "10.12.0000",
    "32 maja 2026",
]
HOURS = {
    "830": time(8, 30),
    "8": time(8),
    "8.30": time(8, 30),
    "8\u00a030": time(8, 30),
    "8:30": time(8, 30),
    "08:30": time(8, 30),
    "0830": time(8, 30),
    "8,05": time(8, 5),
    "13 30": time(13, 30),
    "godz. 9": time(9),
    "00:00": time(0),
    "08:30:00": time(8, 30),
}
NO_HOURS = ["8.3", "rano", "12345", "8:3", "", "-8"]
IMPOSSIBLE_HOURS = ["24:00", "1260", "25", "8:75"]


@pytest.mark.parametrize("typed", TYPED_DAYS)
@pytest.mark.parametrize("kind", DayKind)
def test_a_day_with_its_year(typed, kind):
    assert parse_day(typed, today=TODAY, kind=kind) == TYPED_DAYS[typed]


@pytest.mark.parametrize(("typed", "near", "past", "planned"), SHORT_DAYS)
def test_a_day_without_its_year(typed, near, past, planned):
    kinds = {DayKind.NEAR: near, DayKind.PAST: past, DayKind.PLANNED: planned, DayKind.WITH_YEAR: None}
    assert {kind: parse_day(typed, today=TODAY, kind=kind) for kind in DayKind} == kinds


@pytest.mark.parametrize("typed", NO_DAYS)
def test_no_date(typed):
    assert parse_day(typed, today=TODAY) is None


@pytest.mark.parametrize("typed", IMPOSSIBLE_DAYS)
def test_a_day_in_no_calendar(typed):
    with pytest.raises(ValueError, match=r".+"):
        parse_day(typed, today=TODAY)


def written(day: date) -> list[str]:
    """Every way of writing the day with its year."""
    number, month, year = day.day, day.month, day.year
    words = (MONTH_NAMES, MONTHS_GENITIVE, ROMAN_MONTHS, [name[:3] for name in MONTH_NAMES])
    return [
        *(f"{day:%d}{separator}{day:%m}{separator}{year}" for separator in ("", ".", "/", "-", " ", "–")),
        *(f"{year}{separator}{day:%m}{separator}{day:%d}" for separator in ("", ".", "/", "-")),
        *(
            f"{number} {names[month - 1]} {year}{end}"
            for names in words
            for end in ("", "r.", " r.", " roku")
        ),
        *(f"{number}.{names[month - 1].upper()}.{year}" for names in words),
    ]


@given(st.dates(date(1800, 1, 1), date(2199, 12, 31)))
def test_every_way_of_writing_gives_the_same_day(day):
    assert {parse_day(text, today=TODAY) for text in written(day)} == {day}


@given(st.dates(date(1950, 1, 1), date(2150, 12, 31)), st.integers(1, 12), st.integers(1, 31))
def test_the_year_that_makes_sense(today, month, number):
    """Within a year of today, on the side of the kind of the field; 29 February only in the leap year that is meant."""
    typed = f"{number:02}{month:02}"
    sides = {DayKind.PAST: lambda day: day <= today, DayKind.PLANNED: lambda day: day >= today - ENTERED_LATE}
    for kind in (DayKind.PAST, DayKind.PLANNED, DayKind.NEAR):
        try:
            day = parse_day(typed, today=today, kind=kind)
        except ValueError:
            assert number > 28
            continue
        assert (day.month, day.day) == (month, number)
        assert abs(day - today) <= timedelta(days=366)
        assert sides.get(kind, lambda day: True)(day)
        if kind is DayKind.NEAR:
            assert abs(day - today) <= timedelta(days=183) or (month, number) == (2, 29)


@given(st.dates(date(1950, 1, 1), date(2150, 12, 31)), st.integers(0, 99))
def test_a_year_of_two_digits(today, year):
    day = parse_day(f"0101{year:02}", today=today)
    assert day.year % 100 == year
    assert today.year - 89 <= day.year <= today.year + 10


@given(st.text())
def test_any_text_is_a_day_a_refusal_or_nothing(text):
    for parse in (lambda: parse_day(text, today=TODAY), lambda: parse_hour(text)):
        try:
            parse()
        except ValueError as refusal:
            assert isinstance(refusal, ValueError)


@pytest.mark.parametrize("typed", HOURS)
def test_an_hour(typed):
    assert parse_hour(typed) == HOURS[typed]


@given(st.times())
def test_every_way_of_writing_gives_the_same_hour(at):
    at = at.replace(second=0, microsecond=0)
    texts = [f"{at:%H:%M}", f"{at:%H%M}", f"{at.hour}{at:%M}", f"{at.hour}.{at:%M}", f"{at:%H %M}"]
    assert {parse_hour(text) for text in texts} == {at}


@pytest.mark.parametrize("typed", NO_HOURS)
def test_no_hour(typed):
    assert parse_hour(typed) is None


@pytest.mark.parametrize("typed", IMPOSSIBLE_HOURS)
def test_an_hour_on_no_clock(typed):
    with pytest.raises(ValueError, match=r".+"):
        parse_hour(typed)


# ---- fields ----------------------------------------------------------------------------------------
class TermForm(BaseForm):
    happened = PastDayField(label="Kiedy było")
    planned = PlannedDayField(label="Kiedy będzie")
    since = DayField(label="Od")
    at = HourField(label="O której")


@pytest.fixture
def typed():
    """The form as it comes back from the server."""

    def send(**data) -> TermForm:
        with clock.freeze_time(TODAY):
            form = TermForm({"happened": "0112", "planned": "0112", "since": "0112", "at": "830"} | data)
            form.is_valid()
            form.values = {name: str(form[name]) for name in form.fields}
        return form

    return send


def test_the_answer_shows_what_was_understood(typed):
    """Also without scripts: the form that comes back holds the whole date and hour."""
    form = typed()
    for name, shown in (
        ("happened", "01.12.2025"),
        ("planned", "01.12.2026"),
        ("since", "01.12.2026"),
        ("at", "08:30"),
    ):
        assert f'value="{shown}"' in form.values[name]


def test_what_was_not_understood_stays_as_typed(typed):
    form = typed(happened="31.02.2026", at="25:00", planned="kiedyś")
    assert form.errors == {
        "happened": ["Takiego dnia nie ma w kalendarzu. Sprawdź dzień i miesiąc."],
        "planned": ["Wpisz datę jako dzień.miesiąc.rok, np. 13.10.2026. Wystarczą same cyfry: 13102026."],
        "at": ["Takiej godziny nie ma na zegarze. Sprawdź godzinę i minuty."],
    }
    assert 'value="31.02.2026"' in form.values["happened"]
    assert 'value="25:00"' in form.values["at"]


def test_a_year_far_away_is_a_slip():
    with pytest.raises(ValidationError, match="Sprawdź rok"):
        DayField().clean("01.01.1066")


def test_every_field_has_the_keypad_it_needs(walked):
    """Days, hours and PESEL are typed in digits, decimal numbers with a comma, telephones on their own keypad."""
    get_resolver().url_patterns  # noqa: B018  (imports every view, and with it every form)
    own = [
        form for form in all_forms(forms.BaseForm) if form.__module__.partition(".")[0] in get_own_packages()
    ]
    fields = [
        (f"{form.__name__}.{name}", name, field)
        for form in own
        for name, field in getattr(form, "base_fields", {}).items()
        if not field.widget.is_hidden
    ]
    walked("fields of forms", len(fields), at_least=150)
    wrong = []
    for path, name, field in fields:
        keypad = field.widget.attrs.get("inputmode") or getattr(field.widget, "input_type", None)
        if isinstance(field, forms.DateField):
            good = isinstance(field, DayField) and keypad == "numeric"
        elif isinstance(field, forms.TimeField):
            good = isinstance(field, HourField) and keypad == "numeric"
        elif isinstance(field, forms.DecimalField):
            good = keypad == "decimal"
        elif isinstance(field, forms.IntegerField) or name in ("pesel", "postal_code", "second_postal_code"):
            good = keypad == "numeric"
        elif (name == "number" and "Invoice" not in path) or "phone" in name:
            good = keypad == "tel"
        else:
            good = keypad not in ("numeric", "decimal", "number")
        wrong += [] if good else [f"{path}: {keypad}"]
    assert wrong == []
