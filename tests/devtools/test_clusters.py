"""The PostgreSQL servers of ./dev: shared, adopted after a kill, swept, and databases kept or loaded again."""

import os
import subprocess
from pathlib import Path

import pytest

from devtools import application, postgres
from devtools.process import Refusal
from tests.devtools.programs import SLEEP, gone, program


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
