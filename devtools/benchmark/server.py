"""A server with the configuration of production on a free port, requests to it, and sessions of users."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client

from lubsko_ops.accounts.models import User

TIMEOUT = 60  # seconds; a request that takes longer is an error
STARTING = 30  # seconds


@dataclass(frozen=True)
class Answer:
    """Status (0 when there was none), body, cookies and headers of one request."""

    status: int
    body: bytes = b""
    cookies: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def failed(self) -> bool:
        return not 200 <= self.status < 400


@dataclass(frozen=True)
class Server:
    """The port of a server, and the process that leads its session."""

    port: int
    pid: int

    def request(
        self, path: str, cookie: str, fields: dict[str, list[str]] | None = None, *, read: bool = True
    ) -> Answer:
        """GET, or POST of the fields of a form. A refused or broken connection is an answer with the status 0.

        ``read`` False: hang up before the answer comes, as a telephone does that loses its network.
        """
        headers, body = {"Cookie": cookie}, None
        if fields is not None:
            body = urlencode(fields, doseq=True)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        try:
            connection.request("POST" if body else "GET", path, body, headers)
            if not read:
                return Answer(0)
            response = connection.getresponse()
            set_cookies = response.headers.get_all("Set-Cookie") or []
            cookies = "; ".join(each.split(";")[0] for each in set_cookies)
            return Answer(response.status, response.read(), cookies, dict(response.headers))
        except (OSError, http.client.HTTPException):
            return Answer(0)
        finally:
            connection.close()

    def megabytes(self) -> int:
        """Proportional memory of all processes of the server's session."""
        total = 0
        for name in os.listdir("/proc"):
            if name.isdigit():
                try:
                    if os.getsid(int(name)) == self.pid:
                        with open(f"/proc/{name}/smaps_rollup") as rollup:
                            total += next(int(line.split()[1]) for line in rollup if line.startswith("Pss:"))
                except (OSError, StopIteration):
                    continue
        return total // 1024


@contextmanager
def running_server(log: IO | None = None) -> Iterator[Server]:
    """gunicorn with the configuration of production, on the database of this process; its log goes to the file."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    argv = [sys.executable, "-m", "gunicorn", "-c", "lubsko_ops/gunicorn_conf.py", "-b", f"127.0.0.1:{port}"]
    env = os.environ | {"ALLOWED_HOSTS": "127.0.0.1"}
    options = {"cwd": settings.BASE_DIR, "env": env, "start_new_session": True, "stderr": log}
    with subprocess.Popen(argv, **options) as process:
        server = Server(port, process.pid)
        try:
            _wait_until_it_answers(server)
            yield server
        finally:
            process.terminate()


def _wait_until_it_answers(server: Server) -> None:
    end = time.monotonic() + STARTING
    while time.monotonic() < end:
        if server.request("/zdrowie/", "").status == 200:
            return
        time.sleep(0.1)
    raise RuntimeError(f"The server did not answer within {STARTING} seconds.")


def session_cookie(username: str) -> str:
    """The cookie of a new session of the user, stored in the database of this process."""
    client = Client()
    client.force_login(User.objects.get(username=username))
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
