"""The stories of the demo families: they hold on any day of the calendar, and later chapters fit in."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from stdnum.pl import pesel as pesel_number

from devtools.demo import families
from devtools.demo.families.notation import before, make_pesel, town
from devtools.demo.families.steps import moved
from families.caseload.caseload import peak_caseload
from families.people.models import Family, Person
from families.permissions import visible_to
from lubsko_ops.accounts.models import User
from lubsko_ops.core import clock
from lubsko_ops.core.dates import age_on, is_working_day
from tests.factories import TODAY

LEAP_DAY, NEW_YEAR = date(2028, 2, 29), date(2027, 1, 1)


def test_it_loads_on_the_29th_of_february(db, monkeypatch):
    """With the diaries of a few families: those told by hand, one of two periods, one ended."""
    few = ("malinowscy", "sadowscy", "zolkiewscy", "grabowscy", "adamscy")
    monkeypatch.setattr(families.diary, "HABITS", {key: families.diary.HABITS[key] for key in few})
    day = LEAP_DAY
    call_command("demo", day=day, stdout=StringIO())
    assert Family.objects.count() == len(families.CASES)
    newborn = Person.objects.get(first_name="Iga")
    assert (day - newborn.born_on).days == 12
    ewa = User.objects.get(username="ewa")
    assert peak_caseload(ewa, since=day) == 15
    assert visible_to(User.objects.get(username="julia"), on=day).count() == 4


@pytest.mark.parametrize("day", [LEAP_DAY, NEW_YEAR, date(2026, 12, 28), date(2027, 3, 31), date(2030, 5, 4)])
def test_ages_stay_whenever_it_is_loaded(day):
    for case in families.CASES.values():
        for somebody in case.people:
            if isinstance(somebody.age, int) and not somebody.origin:
                assert age_on(somebody.born_on(day, case.key), day) == somebody.age, somebody.name


@pytest.mark.parametrize("day", [LEAP_DAY, NEW_YEAR, date(2026, 12, 28), date(2027, 3, 31), date(2030, 5, 4)])
def test_every_story_runs_forward_on_working_days_of_the_past(day):
    for case in families.CASES.values():
        days = [families.working_day(day, step.ago) for step in case.story]
        assert days == sorted(days), case.key
        assert all(is_working_day(on) and on < day for on in days), case.key
        assert len(days) == 1 or days[0] < days[1], case.key


def test_a_span_of_time_is_read_or_refused():
    assert before(date(2028, 2, 29), "1y") == date(2027, 2, 28)
    assert before(date(2026, 3, 31), "1m3d") == date(2026, 2, 25)
    for nonsense in ("", "3", "2d1y"):
        with pytest.raises(ValueError, match="Not a span"):
            before(TODAY, nonsense)


def test_a_pesel_fits_the_day_and_the_sex():
    for born_on in (date(1949, 12, 31), date(2000, 2, 29), date(2026, 10, 1)):
        for sex, letter in (("female", "F"), ("male", "M")):
            number = make_pesel(born_on, sex, "anybody")
            assert pesel_number.is_valid(number)
            assert pesel_number.get_birth_date(number) == born_on
            assert pesel_number.get_gender(number) == letter


def test_a_later_chapter_finds_its_place_in_the_story(db):
    """What visits and plans will do: steps of their own, by the key of the family, between those of the case."""
    from devtools.demo import centre as ground

    ground.load(TODAY)
    with pytest.MonkeyPatch.context() as few:
        few.setattr(families, "CASES", {"sadowscy": families.CASES["sadowscy"]})
        families.relive(TODAY, {"sadowscy": [moved("1m", town("Nowa", "1"))]})
        address = families.family("sadowscy").addresses.get(ends_on=None)
    assert address.street == "Nowa"
    assert clock.local_date(address.entered_at) == address.starts_on == families.working_day(TODAY, "1m")
    assert address.starts_on < TODAY - timedelta(days=28)
