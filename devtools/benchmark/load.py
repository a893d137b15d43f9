"""Requests sent by several clients at once or at a fixed rate, and their latencies as percentiles."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field

MOST_THREADS = 512  # requests that can wait for an answer at the same time
Send = Callable[[int], bool]  # sends the request with this number; returns whether it failed


def percentile(values: list[float], percent: int) -> float:
    """The smallest value that at least so many per cent do not exceed; 0 without values."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)] if ordered else 0.0


@dataclass
class Latencies:
    """Seconds of each request, the failed ones included, and what was needed for all of them."""

    seconds: list[float] = field(default_factory=list)
    errors: int = 0
    duration: float = 0.0

    def add(self, seconds: float, failed: bool) -> None:
        self.seconds.append(seconds)
        self.errors += failed

    def figures(self) -> dict[str, float]:
        """Answers per second, percentiles in milliseconds, errors."""
        answered = len(self.seconds) - self.errors
        return {
            "per second": round(answered / self.duration, 1) if self.duration else 0.0,
            **{f"p{each}": round(percentile(self.seconds, each) * 1000) for each in (50, 95, 99)},
            "errors": self.errors,
        }


def send_in_turns(
    send: Send, *, clients: int, seconds: float, clock: Callable[[], float] = time.perf_counter
) -> Latencies:
    """Each client sends its next request when the one before has been answered, for so many seconds.

    Numbers of requests: client 2 of 8 sends 2, 10, 18 and so on.
    """
    latencies, started, lock = Latencies(), clock(), threading.Lock()

    def work(client: int) -> None:
        number = client
        while (before := clock()) - started < seconds:
            failed = send(number)
            with lock:
                latencies.add(clock() - before, failed)
            number += clients

    with ThreadPoolExecutor(clients) as threads:
        for each in [threads.submit(work, client) for client in range(clients)]:
            each.result()
    latencies.duration = clock() - started
    return latencies


def send_at_rate(
    send: Send,
    *,
    rate: float,
    count: int,
    clock: Callable[[], float] = time.perf_counter,
    sleep: Callable[[float], None] = time.sleep,
    threads: Executor | None = None,
) -> Latencies:
    """Send each request at its planned moment, ``rate`` a second, whether or not the earlier ones have come back.

    Latency is counted from the planned moment: what waits because the server or this process is late has waited.
    """
    latencies, lock = Latencies(), threading.Lock()
    started = clock()

    def work(number: int, planned: float) -> None:
        failed = send(number)
        with lock:
            latencies.add(clock() - planned, failed)

    with threads or ThreadPoolExecutor(min(count, MOST_THREADS)) as executor:
        sent = []
        for number in range(count):
            planned = started + number / rate
            if (early := planned - clock()) > 0:
                sleep(early)
            sent.append(executor.submit(work, number, planned))
        for each in sent:
            each.result()
    latencies.duration = clock() - started
    return latencies
