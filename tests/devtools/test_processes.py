"""Processes of ./dev: whatever it starts is stopped, whatever kills it, with a true exit code."""

import signal
import sys
import tempfile
import time
from pathlib import Path

import pytest

from devtools.process import Refusal, running
from tests.devtools.programs import SLEEP, gone, program


def test_what_runs_is_ended_with_all_it_started_even_if_it_will_not():
    stubborn = "import signal, subprocess, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    parent = f"import subprocess, sys; p = subprocess.Popen({[sys.executable, '-c', stubborn + 'time.sleep(60)']});"
    parent += "print(p.pid, file=open(sys.argv[1], 'w'), flush=True); p.wait()"
    with (
        tempfile.NamedTemporaryFile("r") as note,
        running({"x": [sys.executable, "-c", parent, note.name]}, {}),
    ):
        while not (grandchild := note.read().strip()):
            time.sleep(0.05)
        assert Path(f"/proc/{grandchild}").exists()
    assert gone(int(grandchild))


def test_a_program_that_ends_by_itself_is_noticed():
    ended = {"serwer WWW": [sys.executable, "-c", "raise SystemExit(3)"]}
    with pytest.raises(Refusal, match=r"serwer WWW.*kod 3"), running(ended, {}) as check:
        for _ in range(100):
            check()
            time.sleep(0.1)


def test_kill_9_takes_the_web_server_along():
    server = """
        import time; from devtools.process import running
        with running({"x": ["/bin/sh", "-c", "echo $$; exec sleep 60"]}, {}): time.sleep(60)"""
    with program(server) as child:
        pid = int(child.stdout.readline())
        child.kill()
    assert gone(pid)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
@pytest.mark.parametrize("command", ["run", "test"])
def test_a_signal_ends_a_step_and_tells_the_truth_in_the_exit_code(command, number):
    waiting = f"""
        import sys; from devtools import commands, process
        def work(args):
            print("started", flush=True)
            process.step({SLEEP}, "sleep")
        commands.COMMANDS["{command}"] = work
        sys.exit(commands.main(["{command}"]))"""
    with program(waiting) as child:
        assert child.stdout.readline() == "started\n"
        time.sleep(0.2)
        child.send_signal(number)
        child.send_signal(number)  # an impatient second one does no harm
        said, _ = child.communicate(timeout=20)
    assert child.returncode == (0 if command == "run" else 128 + number)
    assert ("Zatrzymano." in said) == (command == "run")
