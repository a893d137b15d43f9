"""./dev: what it understands, what it refuses in one sentence, and that whatever it starts is stopped.

The whole way (system packages, environment, login page) is walked on bare machines, outside this suite;
here are its pieces, with real processes and a real PostgreSQL in a folder of their own.
"""

import ast
import contextlib
import importlib.util
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import textwrap
import time
from importlib.machinery import SourceFileLoader
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from devtools import application, commands, machine, postgres
from devtools.process import Refusal, running

ROOT = Path(__file__).resolve().parent.parent
SLEEP = ["/bin/sleep", "60"]


@pytest.fixture
def home():
    """A folder PostgreSQL can live in: short, and passable for its own user when we are root."""
    folder = Path(tempfile.mkdtemp(prefix="lubsko-home-", dir="/tmp"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


def dev_script():
    loader = SourceFileLoader("dev_script", str(ROOT / "dev"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("dev_script", loader))
    loader.exec_module(module)
    return module


def gone(pid: int) -> bool:
    """Whether the process ends within ten seconds."""
    for _ in range(100):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state == "Z":
            return True
        time.sleep(0.1)
    return False


# ---- what it needs -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "path",
    [ROOT / "dev", *sorted(set((ROOT / "devtools").glob("*.py")) - {ROOT / "devtools/apps.py"})],
    ids=lambda p: p.name,
)
def test_it_needs_nothing_but_the_standard_library(path):
    imported = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add(node.module.split(".")[0])
    assert imported <= sys.stdlib_module_names | {"devtools"}


def test_an_old_python_can_read_the_script_and_is_told_what_to_type(monkeypatch):
    ast.parse((ROOT / "dev").read_text(), feature_version=(3, 5))
    script = dev_script()
    assert script.why_not_this_python() == ""
    monkeypatch.setattr(sys, "version_info", (3, 10, 12))
    assert "a ten to 3.10. Wpisz: sudo apt-get install -y python3.11" in script.why_not_this_python()


def test_a_python_without_venv_is_told_what_to_type(monkeypatch):
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    assert dev_script().why_not_this_python().endswith("Wpisz: sudo apt-get install -y python3-venv")


def test_missing_packages_are_named_in_the_line_to_type(monkeypatch, tmp_path):
    monkeypatch.setitem(machine.PANGO, "libnowhere1", "libnowhere.so.1")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setenv("PATH", str(tmp_path))  # neither apt-get nor sudo
    with pytest.raises(Refusal) as refused:
        machine.provide_packages(postgres=False)
    assert "sudo apt-get install -y --no-install-recommends libnowhere1" in str(refused.value)


def test_without_a_browser_the_tests_do_not_run(monkeypatch, tmp_path):
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "nothing"))
    assert machine.BROWSERS[0] in machine.missing_packages(postgres=False, browser=True)


# ---- what it understands -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("", ("127.0.0.1", 8000)),
        ("8001", ("127.0.0.1", 8001)),
        (":8001", ("127.0.0.1", 8001)),
        ("localhost", ("localhost", 8000)),
        ("0.0.0.0:80", ("0.0.0.0", 80)),
        ("[::1]:8001", ("::1", 8001)),
        ("[::1]", ("::1", 8000)),
    ],
)
def test_addresses_as_people_type_them(typed, understood):
    assert application.parse_address(typed) == understood


@pytest.mark.parametrize("typed", ["::1", "a b", "host:port", "1.2.3.4:0", "70000", "http://localhost:8000"])
def test_an_address_it_does_not_understand_is_quoted(typed):
    with pytest.raises(Refusal, match="Nie rozumiem adresu"):
        application.parse_address(typed)


def test_a_taken_port_is_refused_before_anything_starts():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Refusal, match=f"portu {port} .* zajęty przez inny program"):
            application.check_port("127.0.0.1", port)
    application.check_port("127.0.0.1", port)


@pytest.mark.parametrize(
    ("args", "parallel"),
    [
        ([], True),
        (["tests/families"], True),
        (["-x", "-m", "browser"], True),
        (["tests/test_dev.py"], False),
        (["tests/test_dev.py::test_x"], False),
        (["-k", "handover"], True),
        (["tests/test_dev.py", "tests/test_docs.py"], True),
        (["-n", "3"], False),
        (["-n0"], False),
        (["--pdb"], False),
        (["-p", "no:xdist"], False),
    ],
)
def test_the_whole_suite_runs_in_parallel_and_the_callers_arguments_win(args, parallel):
    assert commands.pytest_arguments(args, 2) == (["-n", "3", *args] if parallel else args)
    assert commands.pytest_arguments(args, 16) == (["-n", "5", *args] if parallel else args)
    assert commands.pytest_arguments(args, 1) == args


def test_addresses_in_requirements_are_found():
    fine = "django==5.2 \\\n    --hash=sha256:00\n    # via\n    #   crispy\n"
    options = ("index-url a://b", "extra-index-url=x", "find-links ./w")
    wrong = [*(f"--{option}" for option in options), "-i x", "a @ file:a", "-e ."]
    assert commands.addresses_in(fine) == []
    assert commands.addresses_in(fine + "\n".join(wrong)) == wrong


def test_fingerprints_go_by_content_and_place(monkeypatch, tmp_path):
    monkeypatch.setattr(machine, "ROOT", tmp_path)
    file = tmp_path / "a.txt"
    file.write_text("one")
    before = machine.fingerprint(tmp_path, "x")
    os.utime(file, (0, 0))
    assert machine.fingerprint(tmp_path, "x") == before
    file.write_text("two")
    changed = machine.fingerprint(tmp_path, "x")
    file.rename(tmp_path / "b.txt")
    assert len({before, changed, machine.fingerprint(tmp_path, "x")}) == 3


# ---- keys and settings -------------------------------------------------------------------------------
def test_keys_are_made_once_for_the_owner_only(home):
    keys = machine.keys(home)
    assert machine.keys(home) == keys
    assert stat.S_IMODE((home / "keys.json").stat().st_mode) == 0o600
    assert set(keys) == set(machine.KEYS)
    assert min(len(key) for key in keys.values()) >= 40
    assert Fernet(keys["PESEL_KEYS"]).decrypt(Fernet(keys["PESEL_KEYS"]).encrypt(b"x")) == b"x"


def test_lost_keys_are_not_replaced_under_existing_data(home):
    (home / "data").mkdir()
    with pytest.raises(Refusal, match="Brakuje pliku kluczy"):
        machine.keys(home)
    assert not (home / "keys.json").exists()


def test_a_database_of_ones_own_brings_its_keys_and_never_the_demo(monkeypatch):
    for name in machine.KEYS:
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(Refusal, match="SECRET_KEY, PESEL_KEYS, PESEL_SEARCH_KEY"):
        application.given_settings()
    for name in [*machine.KEYS, "DEMO", "DEBUG"]:
        monkeypatch.setenv(name, "1")
    env = application.given_settings()
    assert (env["DEMO"], env["DEBUG"], env["SECRET_KEY"]) == ("0", "0", "1")


def test_the_callers_shell_does_not_leak_into_the_checkouts_own_application(monkeypatch, home):
    for name in ["DATABASE_URL", "SECRET_KEY", "DEBUG", "HTTPS", "PGPORT", "PYTHONPATH"]:
        monkeypatch.setenv(name, "1")
    cluster = postgres.Cluster(home)
    demo = application.own_settings(home, cluster, "demo")
    empty = application.own_settings(home, cluster, "empty")
    assert demo["DATABASE_URL"] == cluster.url("demo") != empty["DATABASE_URL"]
    assert demo["SECRET_KEY"] == machine.keys(home)["SECRET_KEY"]
    assert [(e["DEMO"], e["DEBUG"], e["HTTPS"]) for e in (demo, empty)] == [("1", "0", "0"), ("0", "0", "0")]
    assert not {"PGPORT", "PYTHONPATH"} & set(demo)


# ---- PostgreSQL --------------------------------------------------------------------------------------
def test_a_long_path_gets_its_socket_elsewhere(home):
    assert postgres.socket_folder(home) == home / "run"
    far = postgres.socket_folder(home / "deep" / ("ż" * 60))
    assert not far.is_relative_to(home)
    assert len(os.fsencode(far / ".s.PGSQL.5432")) <= 107


def test_two_share_a_cluster_and_the_last_one_out_stops_it(home):
    (home / "data.half").mkdir()  # what a kill during initdb leaves
    (home / "data.half/PG_VERSION").write_text("15")
    first, second = postgres.Cluster(home), postgres.Cluster(home)
    first.enter()
    assert first.used_by_others()  # as a third would see it
    second.enter()
    assert second.sql("SHOW listen_addresses") == ""
    first.leave()
    assert second.sql("SELECT 1") == "1"
    second.leave()
    assert first._alive() is None
    assert first._server.wait(10) == 0


def test_a_cluster_left_by_kill_9_is_adopted_and_stopped(home):
    holder = f"""
        import time; from pathlib import Path; from devtools.postgres import Cluster
        Cluster(Path("{home}")).enter(); print("entered", flush=True); time.sleep(60)"""
    with program(holder) as child:
        assert child.stdout.readline() == "entered\n"
        child.kill()
    with postgres.checkout_cluster(home) as cluster:
        assert cluster._server is None
        assert cluster.sql("SELECT 1") == "1"
        server = int((home / "data/postmaster.pid").read_text().splitlines()[0])
    assert gone(server)


def test_a_pid_file_of_a_dead_server_that_names_a_stranger_is_no_obstacle(home):
    with postgres.checkout_cluster(home):
        written = (home / "data/postmaster.pid").read_text()
    stranger = subprocess.Popen(SLEEP, **postgres.Cluster(home).identity, cwd="/")
    pid, _, rest = written.partition("\n")
    assert pid != str(stranger.pid)
    (home / "data/postmaster.pid").write_text(f"{stranger.pid}\n{rest}")
    try:
        with postgres.checkout_cluster(home) as cluster:
            assert cluster.sql("SELECT 1") == "1"
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_demo_cut_short_is_loaded_again_and_a_whole_one_is_left_alone(home, monkeypatch):
    done = []

    def manage(env, command, *args, **options):
        """Replaces manage.py: the first load of the demo dies, and its transaction leaves nothing."""
        done.append(command)
        if command == "migrate" and done.count("migrate") == 1:
            cluster.sql("CREATE TABLE django_migrations (app text, name text)", "demo")
            cluster.sql("CREATE TABLE accounts_user ()", "demo")
        if command == "demo":
            if done.count("demo") == 1:
                raise Refusal("cut")
            cluster.sql("INSERT INTO accounts_user DEFAULT VALUES", "demo")

    monkeypatch.setattr(application, "manage", manage)
    with postgres.checkout_cluster(home) as cluster:
        with pytest.raises(Refusal, match="cut"):
            application.prepare_database(home, cluster, "demo", {})
        application.prepare_database(home, cluster, "demo", {})
        assert done == ["migrate", "demo", "migrate", "demo"]
        cluster.sql("CREATE TABLE typed_by_the_user ()", "demo")
        application.prepare_database(home, cluster, "demo", {})
        assert len(done) == 4
        assert cluster.sql("SELECT to_regclass('typed_by_the_user')", "demo") == "typed_by_the_user"


def test_a_database_of_the_old_layout_is_recognised_and_kept(home, monkeypatch):
    monkeypatch.setattr(application, "manage", lambda *args, **options: pytest.fail("nothing is run on it"))
    with postgres.checkout_cluster(home) as cluster:
        for name, advice in (("demo", "./dev reset$"), ("empty", "pg_dump.*./dev reset --empty$")):
            cluster.sql(f"CREATE DATABASE {name}")
            cluster.sql("CREATE TABLE django_migrations (app text, name text)", name)
            cluster.sql("INSERT INTO django_migrations VALUES ('families', '0001_start')", name)
            with pytest.raises(Refusal, match=advice):
                application.prepare_database(home, cluster, name, {})
            assert cluster.sql("SELECT count(*) FROM django_migrations", name) == "1"


def test_a_throwaway_cluster_leaves_no_trace():
    with pytest.raises(RuntimeError, match="the tests fail"), postgres.throwaway_cluster() as cluster:
        assert cluster.sql("SHOW fsync") == "off"
        server = cluster._server.pid
        raise RuntimeError("the tests fail")
    assert gone(server)
    assert not cluster.home.exists()


def test_a_throwaway_cluster_dies_with_its_maker_and_the_next_one_sweeps_it():
    maker = """
        import time; from devtools.postgres import throwaway_cluster
        with throwaway_cluster() as cluster:
            print(cluster.home, cluster._server.pid, flush=True); time.sleep(60)"""
    with program(maker) as child:
        home, server = child.stdout.readline().split()
        child.kill()
    assert gone(int(server))
    with postgres.throwaway_cluster():
        assert not Path(home).exists()


# ---- processes and signals ---------------------------------------------------------------------------
@contextlib.contextmanager
def program(text: str):
    """A Python program of its own, with devtools in reach."""
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    argv = [sys.executable, "-c", textwrap.dedent(text)]
    with subprocess.Popen(argv, env=env, stdout=subprocess.PIPE, text=True, start_new_session=True) as child:
        try:
            yield child
        finally:
            child.kill()


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


# ---- bench -------------------------------------------------------------------------------------------
def test_the_bench_never_touches_a_given_database(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://somebody@elsewhere/theirs")
    with pytest.raises(Refusal, match="only in its own database"):
        commands.bench(["metropolis"])
