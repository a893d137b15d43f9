"""Load: percentiles, the sender that keeps to its plan, and the form that is sent."""

import threading
from concurrent.futures import Executor, Future

import pytest

from devtools.benchmark.form_reader import read_form
from devtools.benchmark.load import Latencies, percentile, send_at_rate, send_in_turns
from devtools.benchmark.visit_subjects import free_times
from lubsko_ops.core import clock
from tests.factories import TODAY


@pytest.mark.parametrize(
    ("values", "percent", "expected"),
    [
        ([3, 1, 2], 50, 2),
        (list(range(1, 101)), 95, 95),
        (list(range(1, 101)), 99, 99),
        ([7], 99, 7),
        ([], 95, 0),
    ],
)
def test_percentile_is_a_value_that_was_measured(values, percent, expected):
    assert percentile(values, percent) == expected


def test_figures_count_failed_requests_apart():
    latencies = Latencies([0.010, 0.020, 0.500], errors=1, duration=2.0)
    assert latencies.figures() == {"per second": 1.0, "p50": 20, "p95": 500, "p99": 500, "errors": 1}


# ---- at a fixed rate ---------------------------------------------------------------------------------
class FakeTime:
    """A clock that goes on only while somebody sleeps or works."""

    def __init__(self):
        self.now, self.slept = 100.0, []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


class InOrder(Executor):
    """One thread only, that of the caller: every request waits for the one before."""

    def submit(self, function, /, *args):
        future = Future()
        future.set_result(function(*args))
        return future


def test_requests_are_sent_at_their_planned_moments():
    time, sent = FakeTime(), []

    def send(number: int) -> bool:
        sent.append((number, time.now - 100))
        return number == 2

    options = {"clock": time, "sleep": time.sleep, "threads": InOrder()}
    latencies = send_at_rate(send, rate=4, count=4, **options)
    assert sent == [(0, 0), (1, 0.25), (2, 0.5), (3, 0.75)]
    assert time.slept == [0.25] * 3
    assert (latencies.seconds, latencies.errors, latencies.duration) == ([0] * 4, 1, 0.75)


def test_latency_is_counted_from_the_planned_moment():
    """The first answer takes a second; those that were to be sent meanwhile have waited for it."""
    time = FakeTime()

    def send(number: int) -> bool:
        time.now += 1 if number == 0 else 0.125
        return False

    options = {"clock": time, "sleep": time.sleep, "threads": InOrder()}
    latencies = send_at_rate(send, rate=4, count=3, **options)
    assert latencies.seconds == [1, 0.875, 0.75]
    assert time.slept == []


def test_nobody_waits_for_earlier_requests():
    """Every request is answered only when the last one has been sent."""
    all_sent = threading.Event()

    def send(number: int) -> bool:
        if number == 9:
            all_sent.set()
        return not all_sent.wait(30)

    assert send_at_rate(send, rate=1000, count=10).errors == 0


def test_a_client_sends_its_next_request_after_the_answer():
    time, sent = FakeTime(), []

    def send(number: int) -> bool:
        sent.append(number)
        time.now += 0.25
        return False

    latencies = send_in_turns(send, clients=1, seconds=1, clock=time)
    assert sent == [0, 1, 2, 3]
    assert (latencies.seconds, latencies.duration) == ([0.25] * 4, 1)


def test_each_client_has_its_own_requests():
    clients = {}

    def send(number: int) -> bool:
        clients.setdefault(threading.get_ident(), []).append(number)
        everybody.wait(30)
        return False

    time = FakeTime()
    everybody = threading.Barrier(3, action=lambda: time.sleep(0.5))  # all answers come at once
    send_in_turns(send, clients=3, seconds=1, clock=time)
    assert sorted(clients.values()) == [[0, 3], [1, 4], [2, 5]]


# ---- the form ----------------------------------------------------------------------------------------
PAGE = """
<form method="post"><input name="q" value="szukaj"><button name="go">Szukaj</button></form>
<form method="post">
  <input type="hidden" name="_key" value="k1">
  <input name="day" value="12.10.2026"><input type="checkbox" name="present" value="1" checked>
  <input type="checkbox" name="present" value="2" checked><input type="checkbox" name="present" value="3">
  <input type="radio" name="held" value="held" checked><input type="radio" name="held" value="failed">
  <select name="place"><option value="home">dom</option><option value="school">szkoła</option></select>
  <select name="kind"><option value="planned">plan</option><option value="urgent" selected>pilna</option></select>
  <textarea name="facts">
Dzieci były w domu &amp; spokojne.</textarea>
  <template><input name="row" value="x"></template>
  <button name="_refresh" value="jak-ostatnio" data-tick="7 8">Dorośli jak ostatnio</button>
  <button name="_draft" value="1">Szkic</button><input type="submit" name="save" value="Zapisz">
</form>"""


def test_the_form_is_sent_as_a_browser_would_send_it():
    assert read_form(PAGE) == {
        "_key": ["k1"],
        "day": ["12.10.2026"],
        "present": ["1", "2", "7", "8"],
        "held": ["held"],
        "place": ["home"],
        "kind": ["urgent"],
        "facts": ["Dzieci były w domu & spokojne."],
    }
    with pytest.raises(ValueError, match="no form"):
        read_form("<form><input name='q'></form>")


def test_visits_have_their_own_times():
    with clock.freeze_time(TODAY):
        times = list(free_times(14))
        assert len(set(times)) == len(times) > 800
        assert all(day < clock.today() for day, _ in times)
