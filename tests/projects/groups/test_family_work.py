"""Work with families as an activity: their visits and contacts count by themselves, within their participation."""

from datetime import date, time

import pytest

from projects.groups import work
from projects.models import Participation
from tests.families.visits.helpers import make_contact, make_visit
from tests.form_client import response_text
from tests.projects.groups.helpers import enrol, make_group, page
from tests.projects.helpers import make_running
from tests.statement_counts import page_statements

TODAY = date(2026, 10, 13)


@pytest.fixture
def group(tomasz, maria):
    edition = make_running(tomasz, maria)
    return make_group(edition, tomasz, name="Praca asystentów", kind="family_work", ends_on=None)


@pytest.fixture
def kowalscy_take_part(group, tomasz, kowalscy):
    return enrol(group, tomasz, family=kowalscy, begun_on=date(2026, 10, 5))


def counted(group, year=None):
    by_family = work.work_by_family(group, work.work_period(group, year, today=TODAY))
    return {pk: (each.visits, each.visit_minutes, each.contacts) for pk, each in by_family.items()}


def test_visits_and_contacts_count_by_themselves(group, kowalscy_take_part, kowalscy, anna):
    make_visit(kowalscy, anna, date(2026, 10, 5))
    make_visit(kowalscy, anna, date(2026, 10, 12), ends_at="15:00")
    make_contact(kowalscy, anna, date(2026, 10, 7), minutes=20)
    assert counted(group) == {kowalscy.pk: (2, 150, 1)}


def test_not_those_before_the_participation_nor_failed_ones(group, kowalscy_take_part, kowalscy, anna):
    make_visit(kowalscy, anna, date(2026, 10, 2))
    make_visit(kowalscy, anna, date(2026, 10, 6), result="nobody_home", facts="")
    make_contact(kowalscy, anna, date(2026, 10, 4))
    assert counted(group) == {}


def test_not_those_after_it(group, kowalscy_take_part, kowalscy, anna):
    make_visit(kowalscy, anna, date(2026, 10, 8))
    make_visit(kowalscy, anna, date(2026, 10, 9))
    ended = {"status": "broken_off", "status_on": date(2026, 10, 8)}
    Participation.objects.filter(pk=kowalscy_take_part.pk).update(**ended)
    assert counted(group) == {kowalscy.pk: (1, 60, 0)}


def test_nobody_counts_who_only_waits(group, tomasz, kowalscy, anna):
    enrol(group, tomasz, status="reserve", family=kowalscy)
    make_visit(kowalscy, anna, date(2026, 10, 8))
    assert counted(group) == {}


def test_a_visit_counts_once_though_two_of_the_family_take_part(
    group, kowalscy_take_part, tomasz, kowalscy, anna
):
    enrol(group, tomasz, family=kowalscy, person=kowalscy.memberships.get(kinship="mother").person)
    make_visit(kowalscy, anna, date(2026, 10, 8))
    assert counted(group) == {kowalscy.pk: (1, 60, 0)}


def test_not_those_outside_the_time_of_the_group(group, kowalscy_take_part, kowalscy, anna):
    make_visit(kowalscy, anna, date(2026, 10, 8))
    group.ends_on = date(2026, 10, 7)
    assert counted(group) == {}


def test_an_open_period_works_by_year(group):
    group.starts_on = date(2012, 1, 1)
    assert work.years_of(group, today=TODAY)[:2] == [2026, 2025]
    assert work.work_period(group, 2012, today=TODAY).name == "01.01.2012–31.12.2012"
    assert work.work_period(group, 2026, today=TODAY).name == "01.01.2026–13.10.2026"
    assert work.work_period(group, None, today=TODAY).name == "01.01.2012–13.10.2026"


# ---- pages -------------------------------------------------------------------------------------------
@pytest.fixture
def two_families(group, kowalscy_take_part, tomasz, kowalscy, nowakowie, anna, ewa):
    enrol(group, tomasz, family=nowakowie)
    make_visit(kowalscy, anna, date(2026, 10, 8))
    make_visit(nowakowie, ewa, date(2026, 10, 9), ends_at="16:30")
    make_contact(nowakowie, ewa, date(2026, 10, 9), starts_at=time(10), minutes=20)
    return group


def test_the_manager_sees_each_family_and_the_total(as_maria, two_families, kowalscy, nowakowie):
    text = response_text(as_maria.get(page("groups:group", two_families.pk)))
    assert "Kowalscy" in text and "Nowakowie" in text and "razem 4 godz. 20 min" in text


def test_anna_sees_her_family_and_the_others_only_counted(as_anna, two_families, kowalscy):
    text = response_text(as_anna.get(page("groups:group", two_families.pk)))
    assert "Kowalscy" in text and "Nowakowie" not in text
    assert "1 inna rodzina" in text and "razem 4 godz. 20 min" in text


def test_a_number_opens_exactly_its_visits(as_maria, two_families, kowalscy, nowakowie):
    url = f"{page('groups:work', two_families.pk)}?co=wizyty&rok=2026"
    text = response_text(as_maria.get(url))
    assert "2 wizyty" in text and "08.10.2026" in text and "09.10.2026" in text
    text = response_text(as_maria.get(f"{url}&rodzina={nowakowie.pk}"))
    assert "1 wizyta" in text and "09.10.2026" in text and "08.10.2026" not in text
    text = response_text(as_maria.get(f"{page('groups:work', two_families.pk)}?co=kontakty&rok=caly"))
    assert "1 kontakt" in text and "09.10.2026" in text


def test_visits_of_other_families_are_only_counted(as_anna, two_families, nowakowie):
    url = f"{page('groups:work', two_families.pk)}?co=wizyty&rok=2026"
    text = response_text(as_anna.get(url))
    assert (
        "2 wizyty" in text and "08.10.2026" in text and "09.10.2026" not in text and "Nowakowie" not in text
    )
    assert "1 wizyta w rodzinach, których teczek nie otwierasz" in text
    assert as_anna.get(f"{url}&rodzina={nowakowie.pk}").status_code == 404


def test_another_group_has_no_such_list(as_maria, tomasz, two_families):
    other = make_group(two_families.edition, tomasz)
    assert as_maria.get(page("groups:work", other.pk)).status_code == 404


def test_statements_do_not_grow_with_the_families(as_maria, two_families):
    assert len(page_statements(as_maria, page("groups:group", two_families.pk))) <= 14
    assert len(page_statements(as_maria, f"{page('groups:work', two_families.pk)}?rok=2026")) <= 8
