"""./dev: what it understands and what it refuses in one sentence.

The whole way (system packages, environment, login page) is walked on bare machines, outside this suite;
here are its pieces, with real processes and a real PostgreSQL in a folder of their own.
"""

import ast
import importlib.util
import os
import socket
import stat
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from devtools import application, commands, machine, postgres
from devtools.process import Refusal

ROOT = Path(__file__).resolve().parents[2]


def dev_script():
    loader = SourceFileLoader("dev_script", str(ROOT / "dev"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("dev_script", loader))
    loader.exec_module(module)
    return module


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
        (["tests/test_search.py"], False),
        (["tests/test_search.py::test_x"], False),
        (["-k", "handover"], True),
        (["tests/test_search.py", "tests/test_docs.py"], True),
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
    options = ("no-index", "own-index=x", "find-links ./w")
    wrong = [*(f"--{option}" for option in options), "-i x", "a @ file:a", "b://c", "-e ."]
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


# ---- demo centres ------------------------------------------------------------------------------------
def test_each_demo_centre_has_a_database_of_its_own(home):
    assert commands.split_database(["--demo", "milicz", "8001"]) == ("demo_milicz", ["8001"])
    assert commands.split_database(["--demo", "lubsko"]) == ("demo", []) == commands.split_database([])
    milicz = application.own_settings(home, postgres.Cluster(home), "demo_milicz")
    assert milicz["DEMO"] == "1" and milicz["DATABASE_URL"].endswith("demo_milicz")
    assert application.DATABASES.keys() <= application.INVENTED


@pytest.mark.parametrize("words", [["--demo"], ["--demo", "atlantis"], ["--demo", "texts"]])
def test_a_centre_that_is_not_there_is_named_with_those_that_are(words):
    with pytest.raises(Refusal, match=r"bemowo \| boleslawiec \| milicz \| mokotow"):
        commands.split_database(words)


def test_the_accounts_of_the_shown_centre_are_printed():
    lines = application.accounts_text("demo").splitlines()
    assert lines[0] == "Konta pokazowe (MGOPS Lubsko), hasło do wszystkich: Lubsko-demo-2026"
    assert lines[1].split() == ["anna,", "ewa,", "julia", "asystent", "rodziny"]
    assert application.accounts_text("city") == application.accounts_text("demo")
    assert "MOPS Bolesławiec" in application.accounts_text("demo_boleslawiec")


def test_another_demo_centre_is_never_loaded_into_a_given_database(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://somebody@elsewhere/theirs")
    monkeypatch.setattr(application, "check_port", lambda host, port: None)
    with pytest.raises(Refusal, match="--demo"):
        commands.run(["--demo", "milicz"])


# ---- bench -------------------------------------------------------------------------------------------
def test_the_bench_never_touches_a_given_database(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://somebody@elsewhere/theirs")
    with pytest.raises(Refusal, match="only in its own database"):
        commands.bench(["metropolis"])
