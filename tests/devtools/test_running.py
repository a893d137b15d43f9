"""What ./dev run keeps running: the web server and the worker of the queue; one that dies is started again."""

import os
import signal
import tempfile
import time
from pathlib import Path

from django.core.management import get_commands

from devtools import application, machine, process
from devtools.process import running
from tests.devtools.programs import gone


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


def test_what_ran_well_and_now_ends_at_once_takes_nothing_else_down(monkeypatch, capsys):
    """As the worker does while its database is being restarted: it is tried again, but not without end at once."""
    monkeypatch.setattr(process, "SETTLED", 0.4)
    with tempfile.TemporaryDirectory() as folder:
        note = Path(folder) / "note"
        note.touch()
        # The first run settles and ends, the second ends at once, the third stays.
        runs = "1) sleep 0.6; exit 1;; 2) exit 1;; *) exec sleep 60;;"
        worker = f"echo $$ >> {note}; case $(wc -l < {note}) in {runs} esac"
        with running({"praca w tle": ["/bin/sh", "-c", worker]}, {}) as check:
            for _ in range(300):
                check()
                if len(pids := note.read_text().split()) == 3:
                    break
                time.sleep(0.02)
            assert len(pids) == 3
    assert capsys.readouterr().out.count("Uruchamiam go ponownie.") == 2
