"""Confirmations of the visit form: ambiguous hours and unusual values."""

from datetime import UTC, date, datetime

import pytest

from families.choices import Kinship
from families.visits.models import Visit
from lubsko_ops.core import clock
from lubsko_ops.submissions.models import Draft
from tests.factories import TODAY
from tests.families.visits.helpers import (
    FACTS,
    initial_form_data,
    make_agreement,
    member_of,
    new_visit_url,
    submit_visit,
)
from tests.form_client import parse_form, response_text


@pytest.fixture
def as_anna(client, anna):
    client.force_login(anna)
    return client


class TestClockChange:
    NIGHT = {"day": "25.10.2026", "starts_at": "02:30", "ends_at": "03:00"}

    @pytest.fixture(autouse=True)
    def the_day_after(self):
        with clock.freeze_time(datetime(2026, 10, 25, 9, tzinfo=UTC)):
            yield

    def test_fold_field_only_for_ambiguous_hours(self, as_anna, kowalscy):
        assert "second_hour" not in as_anna.get(new_visit_url(kowalscy)).content.decode()
        asked = submit_visit(as_anna, kowalscy, **self.NIGHT)
        assert asked.status_code == 422
        words = response_text(asked)
        assert "pierwsza (czas letni)" in words and "druga (czas zimowy)" in words
        assert "Tej nocy godzina 02:30 wypada dwa razy." in words

    @pytest.mark.parametrize(("which", "hour", "minutes"), [("first", 0, 90), ("second", 1, 30)])
    def test_fold_selects_the_hour(self, as_anna, kowalscy, which, hour, minutes):
        data = parse_form(submit_visit(as_anna, kowalscy, **self.NIGHT).content.decode()) | {
            "second_hour": [which]
        }
        asked = as_anna.post(new_visit_url(kowalscy), data)
        assert "Wizyta zaczyna się w nocy, o 02:30." in response_text(asked)
        data = parse_form(asked.content.decode())
        first, again = (as_anna.post(new_visit_url(kowalscy), data) for _ in range(2))
        assert (first.status_code, first.url) == (302, again.url)
        visit = Visit.objects.get()
        assert (visit.started_at, visit.minutes) == (datetime(2026, 10, 25, hour, 30, tzinfo=UTC), minutes)


class TestConfirmations:
    def test_saves_after_confirmation(self, as_anna, kowalscy):
        url, old = new_visit_url(kowalscy), {"day": "03.08.2026"}
        asked = submit_visit(as_anna, kowalscy, **old)
        words = response_text(asked)
        assert asked.status_code == 422 and "Ta wizyta była 71 dni temu." in words
        assert "Zapisz mimo to" in words and not Visit.objects.exists()
        assert Draft.objects.get().content["facts"] == [FACTS], "what was asked about waits as a draft"
        assert as_anna.post(url, parse_form(asked.content.decode())).status_code == 302
        assert Visit.objects.get().day == date(2026, 8, 3)
        assert not Draft.objects.exists()

    def test_new_confirmation_is_requested(self, as_anna, kowalscy):
        asked = submit_visit(as_anna, kowalscy, day="03.08.2026")
        data = parse_form(asked.content.decode()) | {"starts_at": ["23:00"], "ends_at": ["23:30"]}
        again = as_anna.post(new_visit_url(kowalscy), data)
        assert again.status_code == 422 and "w nocy, o 23:00" in response_text(again)
        assert not Visit.objects.exists()
        assert as_anna.post(new_visit_url(kowalscy), parse_form(again.content.decode())).status_code == 302

    def test_later_agreements_get_no_outcome(self, as_anna, kowalscy, anna):
        row = make_agreement(kowalscy, anna, "Złożyć wniosek", date(2026, 10, 5))
        asked = submit_visit(as_anna, kowalscy, day="01.10.2026", **{f"tick_{row.pk}": "done"})
        assert "nie zostaną rozliczone: „Złożyć wniosek”." in response_text(asked)
        assert as_anna.post(new_visit_url(kowalscy), parse_form(asked.content.decode())).status_code == 302
        assert not row.outcomes.exists()

    def test_invalid_visit_is_refused_without_confirmation(self, as_anna, kowalscy):
        words = response_text(submit_visit(as_anna, kowalscy, day="03.08.2026", facts=""))
        assert "Napisz krótko, co się działo" in words and "dni temu" not in words

    def test_confirmation_and_duplicate_submission(self, as_anna, kowalscy):
        """Two confirmations on one form: a visit at night, and an identical failed visit."""
        night = {"day": "12.10.2026", "starts_at": "23:00", "held": "failed", "reason": "nobody_home"}
        asked = submit_visit(as_anna, kowalscy, **night)
        data = parse_form(asked.content.decode())
        assert as_anna.post(new_visit_url(kowalscy), data).status_code == 302
        data["_key"] = initial_form_data(as_anna, kowalscy)["_key"]
        twin = as_anna.post(new_visit_url(kowalscy), data)
        assert twin.status_code == 409
        assert as_anna.post(new_visit_url(kowalscy), parse_form(twin.content.decode())).status_code == 302
        assert Visit.objects.count() == 2


def test_children_seen_despite_refused_entry_need_confirmation(as_anna, kowalscy):
    seen = [str(member_of(kowalscy, Kinship.CHILD).pk)]
    refused = {"held": "failed", "reason": "refused_entry", "facts": "", "present": seen}
    asked = submit_visit(as_anna, kowalscy, **refused)
    assert "zaznaczono dzieci jako widziane: Kacper." in response_text(asked)
    data = parse_form(asked.content.decode())
    del data["present"]
    assert as_anna.post(new_visit_url(kowalscy), data).status_code == 302
    assert not Visit.objects.get(day=TODAY).attendees.exists()
