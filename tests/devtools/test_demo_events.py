"""The events of the demo families: they hold on any day of the calendar."""

from dataclasses import replace
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from stdnum.pl import pesel as pesel_number

from devtools.demo import centre, employees, families
from devtools.demo.dataset import Event, make_pesel, resolve_date
from devtools.demo.demo_centre import DemoCentre
from families.caseload.caseload import peak_caseload
from families.people.birth import Birth
from families.people.models import Family, Person
from lubsko_ops.accounts.models import User
from lubsko_ops.core import clock
from lubsko_ops.core.dates import is_working_day
from tests.devtools.lubsko import FAMILIES, LUBSKO, get_family
from tests.factories import TODAY

LEAP_DAY, NEW_YEAR = date(2028, 2, 29), date(2027, 1, 1)


def test_it_loads_on_the_29th_of_february(no_staff, no_pdf, monkeypatch):
    """With the visits of a few families: scripted ones, one of two periods, one ended."""
    few = ("malinowscy", "sadowscy", "zolkiewscy", "grabowscy", "adamscy")
    without = {
        key: source if key in few else replace(source, visits=None) for key, source in FAMILIES.items()
    }
    monkeypatch.setattr(DemoCentre, "families", without)
    day = LEAP_DAY
    call_command("demo", day=day, stdout=StringIO())
    assert Family.objects.count() == len(FAMILIES)
    newborn = Person.objects.get(first_name="Iga", memberships__isnull=False)
    assert (day - newborn.born_on).days == 12
    ewa = User.objects.get(username="ewa")
    assert peak_caseload(ewa, since=day) == 15
    assert Family.objects.visible_to(User.objects.get(username="julia"), on=day).count() == 4


@pytest.mark.parametrize("day", [LEAP_DAY, NEW_YEAR, date(2026, 12, 28), date(2027, 3, 31), date(2030, 5, 4)])
def test_ages_stay_whenever_it_is_loaded(day):
    for source in FAMILIES.values():
        for person in source.people:
            if isinstance(person.age, int) and not person.origin:
                birth = Birth(person.born_on(day, source.key), person.birth_precision)
                about = (person.age, person.age - 1) if birth.precision else (person.age,)
                assert birth.age_on(day) in about, person.name


@pytest.mark.parametrize("day", [LEAP_DAY, NEW_YEAR, date(2026, 12, 28), date(2027, 3, 31), date(2030, 5, 4)])
def test_events_follow_each_other_on_working_days_of_the_past(day):
    for source in FAMILIES.values():
        days = [families.event_day(day, event) for event in source.events]
        assert days == sorted(days), source.key
        assert all(is_working_day(on) and on < day for on in days), source.key
        assert len(days) == 1 or days[0] < days[1], source.key


def test_a_span_of_time_is_read_or_refused():
    assert resolve_date(date(2028, 2, 29), "1y") == date(2027, 2, 28)
    assert resolve_date(date(2026, 3, 31), "1m3d") == date(2026, 2, 25)
    assert resolve_date(date(2026, 3, 31), "+10d") == date(2026, 4, 10)
    for nonsense in ("", "3", "2d1y"):
        with pytest.raises(ValueError, match="Not a span"):
            resolve_date(TODAY, nonsense)


def test_a_pesel_fits_the_day_and_the_sex():
    for born_on in (date(1949, 12, 31), date(2000, 2, 29), date(2026, 10, 1)):
        for sex, letter in (("female", "F"), ("male", "M")):
            number = make_pesel(born_on, sex, "anybody")
            assert pesel_number.is_valid(number)
            assert pesel_number.get_birth_date(number) == born_on
            assert pesel_number.get_gender(number) == letter


def test_event_is_entered_on_its_day(no_staff, monkeypatch):
    centre.load(LUBSKO)
    employees.load(LUBSKO)
    moved = Event("1m", "moved", {"address": {"street": "Nowa", "house": "1"}})
    source = FAMILIES["sadowscy"]
    monkeypatch.setattr(LUBSKO, "families", {"sadowscy": replace(source, events=[*source.events, moved])})
    families.replay(LUBSKO)
    address = get_family("sadowscy").addresses.get(ends_on=None)
    assert address.street == "Nowa"
    assert clock.local_date(address.entered_at) == address.starts_on == families.event_day(TODAY, moved)
    assert address.starts_on < TODAY - timedelta(days=28)
