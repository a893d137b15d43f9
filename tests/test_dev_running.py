"""What ./dev run keeps running: the web server and the worker of the queue; one that dies is started again."""

import os
import signal
import tempfile
import time
from pathlib import Path

from django.core.management import get_commands

from devtools import application, machine, process
from devtools.process import running
from tests.test_dev import gone


def test_the_worker_of_the_queue_runs_beside_the_web_server():
    kept = application.programs("127.0.0.1", 8000)
    assert list(kept) == ["serwer WWW", "praca w tle"]
    python, script, command = kept["praca w tle"]
    assert (python, script.name, command) == (machine.PYTHON, "manage.py", "worker")
    assert script.exists()
    assert command in get_commands()


def test_a_program_that_dies_later_is_started_again(monkeypatch, capsys):
    monkeypatch.setattr(process, "SETTLED", 0)
    pids = []
    with tempfile.NamedTemporaryFile("r") as note:
        worker = ["/bin/sh", "-c", f"echo $$ >> {note.name}; exec sleep 60"]
        with running({"praca w tle": worker}, {}) as check:
            for _ in range(100):
                check()
                if fresh := note.read().split():
                    pids += fresh
                    if len(pids) == 2:
                        break
                    os.kill(int(pids[0]), signal.SIGKILL)
                time.sleep(0.1)
            assert Path(f"/proc/{pids[1]}").exists()
    assert gone(int(pids[1]))
    assert "„praca w tle” zakończył pracę (kod -9). Uruchamiam go ponownie." in capsys.readouterr().out
