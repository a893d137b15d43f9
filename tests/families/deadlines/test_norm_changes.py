"""A changed norm moves deadlines in the background, in batches that go on after an interruption."""

import json
from datetime import date, timedelta

import pytest
from django.db import connection

from families.choices import DeadlineKind
from families.deadlines import norm_changes
from families.deadlines.models import Deadline, NormRecalculation
from lubsko_ops.centre.actions import change_norm
from lubsko_ops.centre.norms import Norms, Progress
from lubsko_ops.core import clock
from lubsko_ops.jobs import nightly
from lubsko_ops.jobs.background import BACKGROUND_JOBS
from tests.factories import TODAY
from tests.families.visits.helpers import make_visit
from tests.form_client import response_text
from tests.lubsko_ops.centre.form_submissions import announced_norm

LAST_VISIT = date(2026, 10, 9)  # a Friday; the next one is due within 14 days


@pytest.fixture
def visited(kowalscy, nowakowie, anna, ewa):
    make_visit(kowalscy, by=anna, day=LAST_VISIT)
    make_visit(nowakowie, by=ewa, day=LAST_VISIT)
    return [kowalscy, nowakowie]


def due(family, kind=DeadlineKind.VISIT) -> date:
    return Deadline.objects.get(family=family, kind=kind).due_on


def shorten(by, value=7, starts_on=TODAY, name="visit_rhythm_days"):
    return change_norm(name=name, value=value, starts_on=starts_on, decided_by="zarządzenie nr 6/2026", by=by)


def test_the_action_stores_the_norm_only(visited, maria):
    shorten(maria)
    assert {due(family) for family in visited} == {LAST_VISIT + timedelta(days=14)}
    row = NormRecalculation.objects.get()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args FROM procrastinate_jobs WHERE task_name = 'background' ORDER BY id DESC LIMIT 1"
        )
        assert json.loads(cursor.fetchone()[0]) == {"job": "norm_recalculation", "pk": row.pk}


def test_the_job_moves_deadlines_and_summaries(visited, maria):
    before = nightly.JOBS["stored_rows"].run()
    shorten(maria)
    run_jobs()
    assert {due(family) for family in visited} == {date(2026, 10, 16)}
    assert nightly.JOBS["stored_rows"].run() == before, "the summaries too are what the facts say"


def test_what_an_action_saves_meanwhile_follows_the_new_norm(visited, maria, anna):
    """Another process still keeps the old value."""
    shorten(maria)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("lubsko_ops.centre.norms.CACHED_NORMS.get", Norms)
        make_visit(visited[0], by=anna, day=TODAY, starts_at="09:00", ends_at="10:00")
    assert due(visited[0]) == TODAY + timedelta(days=7)


def test_it_goes_on_where_a_killed_worker_stopped(visited, maria, monkeypatch):
    shorten(maria)
    monkeypatch.setattr(norm_changes, "BATCH", 1)
    calls, recalculate = [], norm_changes.recalculate_families

    def fail_second(families, **kwargs):
        calls.append(list(families))
        if len(calls) == 2:
            raise SystemExit
        recalculate(families, **kwargs)

    monkeypatch.setattr(norm_changes, "recalculate_families", fail_second)
    with pytest.raises(SystemExit):
        run_jobs()
    assert norm_changes.get_progress() == Progress(1, 2)
    run_jobs()
    assert calls == [[visited[0].pk], [visited[1].pk], [visited[1].pk]]
    assert {due(family) for family in visited} == {date(2026, 10, 16)}
    assert norm_changes.get_progress() is None


def test_the_page_shows_how_far_it_is(visited, maria, as_maria):
    shorten(maria)
    page = response_text(as_maria.get("/ustawienia/normy/"))
    assert "Przeliczanie trwa:</b> 0 z 2 rodzin." in page
    fragment = response_text(as_maria.get("/ustawienia/normy/", headers={"HX-Request": "true"}))
    assert "Przeliczanie trwa:</b> 0 z 2 rodzin." in fragment and "<h1" not in fragment
    run_jobs()
    assert "Przeliczanie trwa" not in response_text(as_maria.get("/ustawienia/normy/"))


def test_two_changes_at_once(visited, maria):
    shorten(maria)
    shorten(maria, value=10)
    shorten(maria, value=5, name="first_visit_days")
    assert NormRecalculation.objects.count() == 3
    run_jobs()
    run_jobs()
    assert {due(family) for family in visited} == {LAST_VISIT + timedelta(days=10)}


def test_the_night_finishes_what_is_left(visited, maria):
    shorten(maria)
    assert nightly.JOBS["norm_recalculation"].run() == {"przeliczenia po zmianie normy": 1}
    assert {due(family) for family in visited} == {date(2026, 10, 16)}
    assert nightly.JOBS["norm_recalculation"].run() == {"przeliczenia po zmianie normy": 0}


def test_an_announced_norm_is_taken_up_in_the_night_of_its_day(visited, maria, anna):
    """And no row counts as wrong: it waited for the day."""
    announced = announced_norm(maria)
    assert not NormRecalculation.objects.exists()
    make_visit(visited[0], by=anna, day=TODAY, starts_at="09:00", ends_at="10:00")
    on_time = date(2026, 10, 27)
    assert due(visited[0]) == on_time
    with clock.freeze_time(announced.starts_on - timedelta(days=4)):
        make_visit(visited[0], by=anna, day=clock.today(), starts_at="09:00", ends_at="10:00")
        assert due(visited[0]) == date(2026, 11, 11)
        nightly.run_job("stored_rows")
    with clock.freeze_time(announced.starts_on):
        assert nightly.JOBS["stored_rows"].run()["terminy"] == 0
    assert due(visited[0]) == date(2026, 11, 7)


def test_a_norm_without_deadlines_starts_nothing(kowalscy, maria):
    shorten(maria, value=1, name="small_staff")
    assert not NormRecalculation.objects.exists()


def run_jobs() -> None:
    for pk in NormRecalculation.objects.values_list("pk", flat=True).order_by("pk"):
        BACKGROUND_JOBS["norm_recalculation"].run(pk)
