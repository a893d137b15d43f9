"""Measuring: samples, medians, ratios, and which clocks are read. Nothing here waits for time to go by."""

import os
import time

import pytest

from devtools.benchmark import measure
from devtools.benchmark.measure import Sample, Times
from devtools.benchmark.subject import Budget, Subject


def times(*milliseconds: float, wall: float = 2) -> Times:
    """Rounds of so much processor time, a quarter of it in the database; by the clock ``wall`` times as much."""
    return Times.of([Sample(each * 0.00075, each * 0.00025, each * wall / 1000) for each in milliseconds])


class FakeClocks:
    """Clocks that show what the work has added to them."""

    def __init__(self):
        self.shown = Sample()

    def __call__(self) -> Sample:
        return self.shown

    def work(self, *seconds: float):
        self.shown += Sample(*seconds)


def test_times_are_medians_and_minima_in_milliseconds():
    rounds = times(30, 10, 20)
    assert rounds.processor == pytest.approx((20, 10))
    assert rounds.database == pytest.approx(5)
    assert rounds.wall == pytest.approx((40, 20))


def test_ratio_is_of_medians_or_of_minima_whichever_is_less():
    """A busy moment makes one of them grow: only when both do is something slower."""
    floor = times(2, 2, 2)
    assert times(8, 20, 20).ratio(floor) == pytest.approx(4)
    assert times(18, 20, 22).ratio(times(1, 2, 3)) == pytest.approx(10)


def test_light_work_is_repeated_without_the_first_time_and_the_sum_divided():
    clocks, runs = FakeClocks(), []

    def do(client):
        runs.append(client)
        clocks.work(*((0.002, 0.001, 0.004) if len(runs) > 1 else (0.008, 0.001, 0.1)))

    once = measure.sample(Subject("lekka", "anna", do), None, clocks=clocks)
    assert len(runs) == 1 + -(-measure.ENOUGH // 0.003)
    assert (once.python, once.database, once.wall) == pytest.approx((0.002, 0.001, 0.004))
    assert once.processor == pytest.approx(0.003)


def test_what_comes_before_is_not_measured():
    clocks, order = FakeClocks(), []

    def before(client):
        order.append("before")
        clocks.work(5, 5, 5)

    def do(client):
        order.append("do")
        clocks.work(0.03, 0.0, 0.05)

    once = measure.sample(Subject("zapis", "anna", do, before=before), None, clocks=clocks)
    assert order == ["before", "do"]
    assert once.processor == pytest.approx(0.03)


def test_subject_and_floors_are_measured_in_turns(monkeypatch):
    floors = [Subject(name, "maria", lambda client: None) for name in ("P", "SQL")]
    subject = Subject("lista", "anna", lambda client: None, tuple(Budget(each, 10, 10) for each in floors))
    turns = []

    def sample(each, client):
        turns.append((each.label, client))
        return Sample(1, 1, 2) if each is subject else Sample(0.5, 0.5, 1)

    monkeypatch.setattr(measure, "sample", sample)
    measured = measure.measure(subject, {"anna": "client of anna", "maria": "client of maria"}, rounds=2)
    one_round = [("lista", "client of anna"), ("P", "client of maria"), ("SQL", "client of maria")]
    assert turns == one_round * 2
    assert {label: measured[""].ratio(each) for label, each in measured.items() if label} == {
        "P": 2,
        "SQL": 2,
    }


def test_the_clock_of_a_process_is_its_processor_time():
    before = time.process_time()
    shown = measure.process_seconds(os.getpid())
    assert before <= shown <= time.process_time()


@pytest.mark.django_db
def test_the_backend_of_the_connection_is_counted():
    """Tests run on a database of this machine."""
    pid = measure.backend_pid()
    assert pid is not None
    assert measure.read_clocks(pid).database > 0
    assert measure.read_clocks(None).database == 0
