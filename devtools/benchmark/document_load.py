"""Many documents at once on a real server: what one light page feels of them, and what they cost."""

import time
from concurrent.futures import ThreadPoolExecutor
from statistics import median

from django.urls import reverse

from devtools.benchmark.load import Latencies
from devtools.benchmark.server import Server
from lubsko_ops.core import clock
from lubsko_ops.core.dates import Quarter

DOCUMENTS = 24
LIGHT_REQUESTS = 60  # before the documents are asked for
PAUSE = 0.02  # seconds between two requests of the light page
ASK_AGAIN = 3  # seconds, as the waiting page says
PATIENCE = 60  # seconds after which nobody asks again


def document_figures(server: Server, cookie: str) -> dict[str, float]:
    """Ask for the quarterly PDF 24 times at once beside a light page; figures of the light page and the documents."""
    quarter = Quarter.of(clock.today()).previous
    document = reverse("reports:quarterly-pdf", args=[quarter.year, quarter.number])
    alone, beside, statuses = Latencies(), Latencies(), []
    for _ in range(LIGHT_REQUESTS):
        _open_light_page(server, cookie, alone)
    started = time.perf_counter()
    with ThreadPoolExecutor(DOCUMENTS) as threads:
        waiting = [
            threads.submit(_get_document, server, document, cookie, statuses) for _ in range(DOCUMENTS)
        ]
        while not all(each.done() for each in waiting):
            _open_light_page(server, cookie, beside)
            time.sleep(PAUSE)
        arrived = sum(each.result() for each in waiting)
    beside.duration = time.perf_counter() - started
    light = beside.figures()
    del light["per second"]
    return {
        "documents": arrived,
        "seconds": round(beside.duration, 1),
        "sent to the queue": statuses.count(202),
        "failed": sum(status >= 500 for status in statuses),
        "light page alone p50": round(median(alone.seconds) * 1000),
        **{f"beside {label}": value for label, value in light.items()},
        "beside max": round(max(beside.seconds, default=0) * 1000),
    }


def _open_light_page(server: Server, cookie: str, latencies: Latencies) -> None:
    before = time.perf_counter()
    answer = server.request(reverse("account"), cookie)
    latencies.add(time.perf_counter() - before, answer.failed)


def _get_document(server: Server, path: str, cookie: str, statuses: list[int]) -> bool:
    """Ask as a browser does: again after the pause that the waiting page asks for. Whether a PDF came."""
    for _ in range(PATIENCE // ASK_AGAIN):
        answer = server.request(path, cookie)
        statuses.append(answer.status)
        if answer.status != 202:
            return answer.status == 200 and answer.body.startswith(b"%PDF")
        time.sleep(ASK_AGAIN)
    return False
