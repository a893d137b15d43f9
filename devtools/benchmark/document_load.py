"""Many documents at once on a real server: what one light page feels of them, and what they cost."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from statistics import median

from django.conf import settings
from django.test import Client
from django.urls import reverse

from lubsko_ops.accounts.models import User
from lubsko_ops.core import clock
from lubsko_ops.core.dates import Quarter

DOCUMENTS = 24
LIGHT_REQUESTS = 60  # before the documents are asked for
LONGEST_LIGHT = 1.0  # seconds
LONGEST_RATIO = 2.0  # of the medians of the light page, with documents and alone
PAUSE = 0.02  # seconds between two requests of the light page


def measure_documents(write: Callable[[str], object]) -> bool:
    """Ask for the quarterly PDF 24 times at once beside a light page; print figures. Returns whether all is well."""
    quarter = Quarter.of(clock.today()).previous
    document = reverse("reports:quarterly-pdf", args=[quarter.year, quarter.number])
    light, cookie = reverse("account"), _session_cookie("maria")
    with _server() as (port, memory):
        alone = [_get(port, light, cookie)[0] for _ in range(LIGHT_REQUESTS)]
        started, arrived, statuses = time.perf_counter(), [], []
        with ThreadPoolExecutor(DOCUMENTS) as threads:
            waiting = [
                threads.submit(_get_document, port, document, cookie, statuses) for _ in range(DOCUMENTS)
            ]
            beside = []
            while not all(each.done() for each in waiting):
                seconds, status, _ = _get(port, light, cookie)
                beside.append(seconds)
                statuses.append(status)
                time.sleep(PAUSE)
            arrived = [each.result() for each in waiting]
        seconds, megabytes = time.perf_counter() - started, memory()
    ratio = median(beside) / median(alone)
    errors = [status for status in statuses if status >= 500]
    write(f"{DOCUMENTS} sprawozdania PDF naraz: wszystkie po {seconds:.1f} s, razem {sum(arrived)} plików.")
    write(f"Próśb odesłanych do kolejki: {statuses.count(202)}; błędów: {len(errors)}.")
    write(
        f"Lekka strona: sama {median(alone) * 1000:.0f} ms, obok wydruków mediana {median(beside) * 1000:.0f} ms "
        f"({ratio:.1f} ×), najdłużej {max(beside) * 1000:.0f} ms, {len(beside)} odpowiedzi."
    )
    write(f"Pamięć serwera i procesów wydruku: {megabytes} MB.")
    return (
        ratio <= LONGEST_RATIO and max(beside) <= LONGEST_LIGHT and not errors and sum(arrived) == DOCUMENTS
    )


def _session_cookie(username: str) -> str:
    client = Client()
    client.force_login(User.objects.get(username=username))
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


@contextmanager
def _server():
    """(port, function that returns megabytes) of gunicorn with the configuration of production."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    argv = [sys.executable, "-m", "gunicorn", "-c", "lubsko_ops/gunicorn_conf.py", "-b", f"127.0.0.1:{port}"]
    with subprocess.Popen(argv, cwd=settings.BASE_DIR, start_new_session=True) as server:
        try:
            _wait_until_it_answers(port)
            yield port, lambda: _megabytes(server.pid)
        finally:
            server.terminate()


def _wait_until_it_answers(port: int) -> None:
    for _ in range(300):
        try:
            if _get(port, "/zdrowie/", "")[1] == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("The server did not answer within 30 seconds.")


def _get(port: int, path: str, cookie: str) -> tuple[float, int, bytes]:
    """(seconds, status, beginning of the body) of one request."""
    start = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", path, headers={"Cookie": cookie})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return time.perf_counter() - start, response.status, body[:8]


def _get_document(port: int, path: str, cookie: str, statuses: list[int]) -> bool:
    """Ask as a browser does: again after the pause that the waiting page asks for. Whether a PDF came."""
    for _ in range(100):
        _, status, body = _get(port, path, cookie)
        statuses.append(status)
        if status != 202:
            return status == 200 and body.startswith(b"%PDF")
        time.sleep(3)
    return False


def _megabytes(session: int) -> int:
    """Proportional memory of all processes of the server's session."""
    total = 0
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                if os.getsid(int(name)) == session:
                    with open(f"/proc/{name}/smaps_rollup") as rollup:
                        total += next(int(line.split()[1]) for line in rollup if line.startswith("Pss:"))
            except (OSError, StopIteration):
                continue
    return total // 1024
