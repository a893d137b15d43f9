"""A change and a return are not the same: only the row that a change had ended continues when it is undone."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from families.choices import Kinship, LivingArrangement
from families.people.actions import add_member, change_membership, end_membership
from families.people.corrections.actions import (
    correct_membership_dates,
    delete_change_entered_in_error,
    previous_membership,
)
from families.people.models import Membership
from lubsko_ops.core.temporal import EndCause
from tests.factories import OPENED_ON
from tests.families.people.helpers import latest_membership, page_url
from tests.families.visits.helpers import make_visit
from tests.form_client import submit_form
from tests.page import page_text

LEFT, BACK = date(2026, 9, 30), date(2026, 10, 1)


@pytest.fixture
def returned(kowalscy, maria):
    """Danuta left, and came back the very next day."""
    row = latest_membership(kowalscy, "Danuta")
    end_membership(membership=row, on=LEFT, version=None, by=maria)
    return add_member(family=kowalscy, person=row.person, kinship=Kinship.MOTHER, starts_on=BACK, by=maria)


def days_of(row) -> list[tuple]:
    rows = Membership.objects.filter(family=row.family_id, person=row.person_id).order_by("starts_on")
    return list(rows.values_list("starts_on", "ends_on"))


def test_the_stay_before_a_return_has_really_ended(client, maria, kowalscy, returned):
    client.force_login(maria)
    url = page_url(kowalscy, "membership-entered-in-error", returned)
    words = page_text(client.get(url))
    assert "Tylko powrót od 01.10.2026. Wcześniejszy pobyt w rodzinie zostaje." in words
    assert "Wraca to, co było wcześniej" not in words
    submit_form(client, url, what="change", why="nie wróciła")
    assert days_of(returned) == [(OPENED_ON, LEFT)]


def test_its_last_day_does_not_follow_the_return(returned, maria):
    day = BACK + timedelta(days=3)
    correct_membership_dates(membership=returned, starts_on=day, ends_on=None, version=None, by=maria)
    assert days_of(returned) == [(OPENED_ON, LEFT), (day, None)]


def test_a_return_with_a_visit_stays(kowalscy, anna, maria, returned):
    make_visit(kowalscy, anna, date(2026, 10, 5), present=[returned.person])
    with pytest.raises(ValidationError, match="obecność na wizycie"):
        delete_change_entered_in_error(membership=returned, why="pomyłka", version=None, by=maria)


def test_a_change_is_continued_also_after_its_day_was_corrected(kowalscy, maria):
    row = latest_membership(kowalscy, "Danuta")
    days = {"since": BACK, "version": None, "by": maria}
    changed = change_membership(membership=row, kinship=row.kinship, stay=LivingArrangement.ELSEWHERE, **days)
    day = BACK + timedelta(days=3)
    correct_membership_dates(membership=changed, starts_on=day, ends_on=None, version=None, by=maria)
    changed.refresh_from_db()
    assert previous_membership(changed).end_cause == EndCause.CHANGED
    delete_change_entered_in_error(membership=changed, why="pomyłka", version=None, by=maria)
    assert days_of(row) == [(OPENED_ON, None)]
    row.refresh_from_db()
    assert (row.end_cause, row.planned_end) == ("", None)
