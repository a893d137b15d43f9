"""Results: budgets are judged, figures survive the JSON file and are compared with an earlier run."""

import json
import os
from contextlib import nullcontext
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, connections

from devtools.benchmark.database_copy import database_copy
from devtools.benchmark.results import Earlier, Row, load_line, noise_line, write_json
from devtools.benchmark.subject import CITY, METROPOLIS, Budget, Subject
from devtools.management.commands import bench
from lubsko_ops.accounts.models import Region, User
from lubsko_ops.centre.dictionaries.actions import add_entry
from tests.devtools.benchmark.test_measuring import times

P, SQL = (Subject(label, "maria", lambda client: None) for label in ("P", "SQL"))
OF_P = (Budget(P, 10, 20),)
NOTHING_EARLIER = Earlier()


def row(size=CITY, *, cost=40.0, statements=8, ceiling=None, scans=(), budgets=OF_P, **options):
    """A subject that costs ``cost`` ms against a P of 2 ms and an SQL of 5 ms."""
    subject = Subject("lista", "anna", lambda client: None, budgets, statements=ceiling, **options)
    floors = {each.floor.label: times(2 if each.floor is P else 5) for each in budgets}
    return Row(subject, size, {"": times(cost)} | floors, statements, dict.fromkeys(scans, "SELECT 1"))


# ---- budgets -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("measured", "faults"),
    [
        (row(cost=19), []),
        (row(cost=40), ["20.0 P, budget 10"]),
        (row(METROPOLIS, cost=40), []),
        (row(METROPOLIS, cost=42), ["21.0 P, budget 20"]),
        (row(cost=400, budgets=(Budget(P),)), []),
        (row(cost=15, budgets=(Budget(P, 10, 10), Budget(SQL, 2, 2))), ["3.00 SQL, budget 2"]),
        (row(cost=1, statements=9, budgets=()), []),
    ],
    ids=["within", "over", "within in a metropolis", "over there", "printed only", "two floors", "no budget"],
)
def test_processor_time_is_judged_by_the_size(measured, faults):
    assert measured.faults(NOTHING_EARLIER) == faults


def test_statements_have_a_ceiling():
    few, many = (row(cost=1, statements=number, ceiling=8) for number in (8, 9))
    assert few.faults(NOTHING_EARLIER) == []
    assert many.faults(NOTHING_EARLIER) == ["9 statements, budget 8"]


def test_a_table_may_be_read_whole_only_for_a_reason():
    assert row(cost=1, scans=["people_person"]).faults(NOTHING_EARLIER) == ["reads whole: people_person"]
    reason = row(cost=1, scans=["people_person"], full_scan_reason="wszystkie się liczy")
    assert reason.faults(NOTHING_EARLIER) == []


def test_a_metropolis_is_judged_against_a_city():
    city = Earlier(CITY, {"lista (anna)": {"ratios": {"P": 10.0}}})
    assert row(METROPOLIS, cost=28).faults(city) == []
    assert row(METROPOLIS, cost=34).faults(city) == ["1.70 × city, budget 1.5"]
    assert row(METROPOLIS, cost=34, growth=2).faults(city) == []
    assert row(METROPOLIS, cost=34).faults(Earlier(METROPOLIS, city.rows)) == []


def test_growth_is_not_judged_below_what_a_city_may_cost():
    city = Earlier(CITY, {"lista (anna)": {"ratios": {"P": 4.0}}})
    assert row(METROPOLIS, cost=20).faults(city) == []
    assert row(METROPOLIS, cost=22).faults(city) == ["2.75 × city, budget 1.5"]
    printed_only = row(METROPOLIS, cost=20, budgets=(Budget(P),))
    assert printed_only.faults(city) == ["2.50 × city, budget 1.5"]


# ---- files and lines ---------------------------------------------------------------------------------
def test_figures_are_written_and_compared(tmp_path):
    file = tmp_path / "city.json"
    write_json(file, size=CITY, rounds=9, rows=[row(cost=40)], load={"strony": {"p50": 20, "errors": 0}})
    earlier = Earlier.read(file)
    assert earlier.size == CITY
    written = earlier.rows["lista (anna)"]
    assert (written["ratios"], written["statements"], written["budgets"]) == ({"P": 20.0}, 8, {"P": 10})
    assert written["milliseconds"]["own"]["processor"] == [40, 40]
    line = row(cost=10).line(earlier)
    assert "5.0 P  [was 20.0 P, × 0.25]" in line and "OVER" not in line
    assert "OVER: 20.0 P, budget 10" in row(cost=40).line(NOTHING_EARLIER)
    printed = load_line("strony", {"p50": 30, "errors": 1, "MB": 200}, earlier)
    assert printed.startswith("(p) strony")
    assert "p50 30 [was 20, × 1.50], errors 1 [was 0], MB 200" in printed


@pytest.mark.parametrize("text", ["[]", '{"rows": {}}', "no JSON"])
def test_another_file_is_no_result(tmp_path, text):
    file = tmp_path / "other.json"
    file.write_text(text)
    with pytest.raises(ValueError):
        Earlier.read(file)
    with pytest.raises(bench.ArgumentTypeError):
        bench.earlier_result(str(file))


def test_the_noise_of_the_machine_is_printed():
    def line(*costs_of_p: float, waiting: float) -> str:
        rows = [row(cost=40) for _ in costs_of_p]
        for each, cost in zip(rows, costs_of_p, strict=True):
            each.times["P"] = times(cost, wall=waiting)
        return noise_line(rows)

    quiet = line(1, 1.2, 1.4, waiting=1)
    assert quiet == "P: 1.20 ms, between 1.00 and 1.40; by the clock × 1.0."
    assert "The machine was busy" in line(1, 1.2, 1.4, waiting=2)
    assert noise_line([row(cost=40, budgets=())]) == ""


# ---- the copy of the database ------------------------------------------------------------------------
def databases() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database")
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.django_db(transaction=True)
def test_what_is_saved_in_the_copy_leaves_no_trace():
    own, url = connection.settings_dict["NAME"], os.environ["DATABASE_URL"]
    connections["cache"].close()  # with a connection that an earlier test has left open there is no copy
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    with database_copy() as copied:
        assert copied
        add_entry(entry=Region(name="Pomiar"), by=User.objects.get(username="jan"))
        assert f"/{own}_bench" in os.environ["DATABASE_URL"]  # for the server over HTTP
        assert f"{own}_bench" in databases()
    assert not Region.objects.filter(name="Pomiar").exists()
    assert f"{own}_bench" not in databases()
    assert (connection.settings_dict["NAME"], os.environ["DATABASE_URL"]) == (own, url)


@pytest.mark.django_db(transaction=True)
def test_without_a_copy_the_database_itself_is_used():
    """Somebody else is connected to it."""
    own, other = connection.settings_dict["NAME"], connection.copy()
    other.ensure_connection()
    try:
        with database_copy() as copied:
            assert not copied
            assert connection.settings_dict["NAME"] == own
            assert f"{own}_bench" not in databases()
    finally:
        other.close()


# ---- the command -------------------------------------------------------------------------------------
@pytest.fixture
def benched(monkeypatch, tmp_path, db, maria, anna):
    """Run the command with two subjects whose measured cost is given, without copies of the database and HTTP."""

    def run(cost, *args) -> tuple[int, str, dict]:
        subjects = [
            Subject(f"strona {name}", "maria", lambda client: None, (Budget(P, 10, 10),)) for name in "AB"
        ]
        monkeypatch.setattr(bench, "all_subjects", lambda: subjects)
        monkeypatch.setattr(bench, "database_copy", lambda: nullcontext(True))
        monkeypatch.setattr(bench, "measure", lambda *args, **options: {"": times(cost), "P": times(2)})
        file, output, code = tmp_path / "result.json", StringIO(), 0
        try:
            call_command("bench", "--no-load", "--json", str(file), *args, stdout=output)
        except SystemExit as end:
            code = end.code
        return code, output.getvalue(), json.loads(file.read_text())

    return run


def test_a_broken_budget_ends_the_command_with_1(benched):
    code, printed, written = benched(40)
    assert code == 1
    assert "Over budget: 2 of 2." in printed and "strona A (maria): 20.0 P, budget 10" in printed
    assert set(written["rows"]) == {"strona A (maria)", "strona B (maria)"}


def test_only_some_subjects_within_their_budgets(benched):
    code, printed, written = benched(12, "--only", "STRONA b")
    assert (code, set(written["rows"])) == (0, {"strona B (maria)"})
    assert "Everything is within its budget." in printed
