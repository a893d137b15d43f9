"""The house: arrows point one way, each rule has its one place, files stay readable."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MAY_IMPORT = {
    "lubsko_ops": set(),
    "families": {"lubsko_ops"},
    "projects": {"lubsko_ops", "families"},
    "sessions": {"lubsko_ops", "families", "projects"},
    "reports": {"lubsko_ops", "families", "projects", "sessions"},
}
# Inside families: law and dictionaries, then people, then the work, then entering a case, then the file.
ROOMS = ["people", "assignments", "intake", "care", "plans", "visits", "assessments", "duties", "casefile"]
WRITES = {"save", "create", "bulk_create", "bulk_update", "update_or_create", "get_or_create", "delete"}
# Rows without history (keys, drafts, logs, counters, accounts) are written plainly, in these files only.
PLAIN_WRITERS = {
    "lubsko_ops/audit/history.py",
    "lubsko_ops/accounts/session_backend.py",
    "lubsko_ops/audit/access_log.py",
    "lubsko_ops/jobs/nightly.py",
    "lubsko_ops/submissions/base_views.py",
    "lubsko_ops/submissions/drafts.py",
    "lubsko_ops/jobs/cleanup.py",
    "lubsko_ops/submissions/views.py",
    "lubsko_ops/search/views.py",
    "lubsko_ops/accounts/actions.py",
    "devtools/synthetic/core_data/staff.py",  # accounts and regions of the large centre, like those of the demo
    "lubsko_ops/accounts/views.py",
    "families/people/duplicates/candidate_cache.py",  # computed from the rows, like duties
    "families/caseload/actions.py",
    "families/caseload/families_without_work.py",  # these too
    "families/deadlines/recalculate.py",
}


def sources(folder: str) -> list[Path]:
    return [path for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts]


def imports_of(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("app", MAY_IMPORT)
def test_arrows_point_one_way(app):
    strays = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in sources(app)
        for name in imports_of(path)
        if (top := name.split(".")[0]) in MAY_IMPORT
        and top != app
        and top not in MAY_IMPORT[app]
        and not (path.name == "urls.py" and app == "lubsko_ops")
    ]
    assert not strays


@pytest.mark.parametrize("room", ROOMS)
def test_rooms_know_only_the_rooms_before_them(room):
    later = set(ROOMS[ROOMS.index(room) + 1 :])
    strays = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in sources(f"families/{room}")
        for name in imports_of(path)
        if name.startswith("families.") and name.split(".")[1] in later
    ]
    assert not strays


@pytest.mark.parametrize(
    "path", sources("lubsko_ops") + sources("families"), ids=lambda p: str(p.relative_to(ROOT))
)
def test_deeds_and_questions_know_nothing_of_pages(path):
    if path.name not in ("actions.py", "addresses.py", "phones.py", "queries.py", "law.py", "reach.py"):
        return
    strays = [name for name in imports_of(path) if re.search(r"\.(views|forms|urls)(\.|$)", name)]
    assert not strays


def test_the_law_knows_no_database():
    allowed = (
        "lubsko_ops.core.dates",
        "lubsko_ops.core.polish",
        "dataclasses",
        "datetime",
        "collections",
        "typing",
        "enum",
    )
    assert [name for name in imports_of(ROOT / "families/law.py") if not name.startswith(allowed)] == []


def all_sources() -> list[Path]:
    return [path for app in MAY_IMPORT for path in sources(app)]


def test_only_the_clock_asks_the_time():
    pattern = re.compile(
        r"timezone\.now\(|timezone\.localdate|datetime\.now\(|date\.today\(|utcnow|auto_now|time\.time\("
    )
    strays = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in all_sources()
        if path.name != "clock.py"
        for line in path.read_text().splitlines()
        if pattern.search(line)
    ]
    assert not strays


@pytest.mark.parametrize(
    "library,home",
    [
        ("weasyprint", "output/pdf.py"),
        ("xlsxwriter", "output/xlsx.py"),
        ("simple_history", "audit.py"),
        ("procrastinate", "jobs.py"),
    ],
)
def test_a_library_has_one_door(library, home):
    strays = [
        str(path.relative_to(ROOT))
        for path in all_sources()
        if any(name.split(".")[0] == library for name in imports_of(path))
    ]
    assert strays == [f"lubsko_ops/{home}"]


def test_rows_of_cases_are_written_only_through_save_as():
    strays = []
    for path in all_sources():
        name = str(path.relative_to(ROOT))
        if name in PLAIN_WRITERS or "management/commands" in name or name.endswith("demo.py"):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                called = ast.unparse(node.func)
                if node.func.attr in WRITES or re.search(r"(objects|filter\(.*\)|all\(\))\.update$", called):
                    strays.append(f"{name}:{node.lineno} {called}")
    assert not strays


def test_only_the_big_data_set_goes_past_the_deeds_by_copy():
    """COPY writes rows of cases without save_as: one module does it, and only chapters of bulk data use that."""
    writers, users = [], []
    for path in all_sources():
        name = str(path.relative_to(ROOT))
        if re.search(r"\bcursor\.copy\(|FROM STDIN", path.read_text()):
            writers.append(name)
        if any(each.startswith("devtools.synthetic.core_data.copying") for each in imports_of(path)):
            users.append(name)
    assert writers == ["devtools/synthetic/core_data/copying.py"]
    assert [name for name in users if "/bulk/" not in name] == ["devtools/management/commands/demo.py"]


def test_files_stay_readable():
    long = [
        f"{path.relative_to(ROOT)}: {lines}"
        for path in [*all_sources(), *sources("tests")]
        if (lines := len(path.read_text().splitlines())) > 400
    ]
    assert not long


def test_every_test_folder_is_a_package():
    folders = {path.parent for path in (ROOT / "tests").rglob("test_*.py")}
    assert [str(folder) for folder in folders if not (folder / "__init__.py").exists()] == []
