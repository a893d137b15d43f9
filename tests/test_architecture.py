"""Rules of the code base that import-linter (pyproject.toml) does not check."""

import ast
import re
from pathlib import Path

import pytest

from lubsko_ops.core.own_apps import get_own_models, get_own_packages

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = [package for package in get_own_packages() if package != "devtools"]  # the product
WRITES = {"save", "create", "bulk_create", "bulk_update", "update_or_create", "get_or_create", "delete"}
# Modules that may write rows without history: keys, drafts, logs, counters, accounts, derived rows.
PLAIN_WRITERS = {
    "lubsko_ops/audit/history.py",
    "sessions/calendars/feed_views.py",  # when an address was read last
    "lubsko_ops/accounts/session_backend.py",
    "lubsko_ops/audit/access_log.py",
    "lubsko_ops/centre/pictures.py",
    "lubsko_ops/installation/actions.py",
    "lubsko_ops/installation/export.py",
    "lubsko_ops/jobs/nightly.py",
    "lubsko_ops/output/issued_papers.py",
    "lubsko_ops/submissions/base_views.py",
    "lubsko_ops/submissions/drafts.py",
    "lubsko_ops/submissions/models.py",
    "lubsko_ops/jobs/cleanup.py",
    "lubsko_ops/submissions/views.py",
    "lubsko_ops/search/views.py",
    "lubsko_ops/accounts/actions.py",
    "lubsko_ops/accounts/notices.py",
    "lubsko_ops/accounts/views.py",
    "lubsko_ops/accounts/sessions.py",
    "lubsko_ops/accounts/link_actions.py",
    "families/people/duplicates/candidate_cache.py",
    "families/register_import/storage.py",
    "families/caseload/actions.py",
    "families/case_files/summaries.py",
    "families/deadlines/norm_changes.py",
    "families/deadlines/recalculate.py",
    "families/timeline/recalculate.py",
    "reports/issuing.py",
    "sessions/running/files.py",
}


def sources(folder: str) -> list[Path]:
    return [path for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts]


def imports_of(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def test_actions_and_queries_do_not_import_views_or_forms(walked):
    names = ("actions.py", "address_actions.py", "corrections.py", "succession.py", "queries.py", "law.py")
    paths = [path for path in all_sources() if path.name in (*names, "permissions.py", "history.py")]
    violations = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in paths
        for name in imports_of(path)
        if re.search(r"\.(views|forms|urls)(\.|$)", name)
    ]
    assert not violations
    walked("modules of actions and queries", len(paths), at_least=38)


def test_law_is_independent_of_the_database():
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


def test_schedules_and_their_sentences_are_independent_of_django(walked):
    """Nor do they read the clock: which day it is comes as an argument."""
    allowed = (
        "sessions.schedule.",
        "sessions.sentences.",
        "lubsko_ops.core.dates.",
        "lubsko_ops.core.parsing.",
        "lubsko_ops.core.polish.",
        "dateutil.",
        "collections.",
        "dataclasses.",
        "datetime.",
        "difflib",
        "enum.",
        "itertools.",
        "re",
        "typing.",
        "unicodedata",
        "zoneinfo.",
    )
    paths = [*sources("sessions/schedule"), *sources("sessions/sentences")]
    foreign = [
        f"{path.name}: {name}" for path in paths for name in imports_of(path) if not name.startswith(allowed)
    ]
    assert foreign == []
    walked("modules of schedules", len(paths), at_least=25)


def all_sources() -> list[Path]:
    return [path for package in PACKAGES for path in sources(package)]


def test_every_own_package_is_walked(walked):
    assert PACKAGES == ["families", "lubsko_ops", "projects", "reports", "sessions"]
    walked("source files of the product", len(all_sources()), at_least=310)


def test_only_the_clock_reads_the_current_time():
    pattern = re.compile(
        r"timezone\.now\(|timezone\.localdate|datetime\.now\(|date\.today\(|utcnow|auto_now|time\.time\("
    )
    violations = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in all_sources()
        if path.name != "clock.py"
        for line in path.read_text().splitlines()
        if pattern.search(line)
    ]
    assert not violations


def test_who_is_a_child_a_member_or_lives_here_is_decided_in_one_module():
    """families/people/definitions.py, and birth.py for the age: other modules ask them."""
    pattern = re.compile(
        r"\bage_on,|import age_on|18 years|AGE_OF_MAJORITY|\bADULT\w* =|(<|>|<=|>=|==) ?18\b"
        r"|died_on(__| (<|>|<=|>=) (on|day|self\.on)\b)"
        r"|stay__in|stay (==|!=|in|not in) .*(ELSEWHERE|HERE\b.*ALTERNATE|LIVING_HERE)"
    )
    allowed = {
        "lubsko_ops/core/dates.py",
        "families/law.py",
        "families/people/birth.py",
        "families/people/definitions.py",
        "families/people/models.py",  # the constraint on the day of death
    }
    violations = [
        f"{name}: {line.strip()}"
        for path in all_sources()
        if (name := str(path.relative_to(ROOT))) not in allowed
        for line in path.read_text().splitlines()
        if pattern.search(line)
    ]
    assert not violations


def test_case_rows_are_written_only_with_history():
    violations = []
    for path in all_sources():
        name = str(path.relative_to(ROOT))
        if name in PLAIN_WRITERS or "management/commands" in name:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                called = ast.unparse(node.func)
                if node.func.attr in WRITES or re.search(r"(objects|filter\(.*\)|all\(\))\.update$", called):
                    violations.append(f"{name}:{node.lineno} {called}")
    assert not violations


DECIDING_MODULES = {
    "law.py", "rules.py", "permissions.py", "validators.py", "definitions.py",
    "actions.py", "address_actions.py", "corrections.py", "succession.py", "caseload.py", "review_triggers.py",
}  # fmt: skip


def test_rules_permissions_and_actions_do_not_read_stored_summaries(walked):
    """Facts decide: a summary is only shown, and may be a day late."""
    pattern = re.compile(r"CaseSummary|case_files\.(models|summar)|\bsummary__|\.summary\b")
    paths = [path for path in all_sources() if path.name in DECIDING_MODULES]
    assert not [str(path.relative_to(ROOT)) for path in paths if pattern.search(path.read_text())]
    walked("modules that decide", len(paths), at_least=34)


def test_product_code_does_not_use_copy():
    """COPY bypasses the history; only the synthetic data use it."""
    pattern = re.compile(r"\bcursor\.copy\(|FROM STDIN")
    assert not [str(path.relative_to(ROOT)) for path in all_sources() if pattern.search(path.read_text())]


# Modules that show the history, or let a page show it, beside the history.py of each app; every decision reads columns
# and relations.
HISTORY_READERS = {
    "lubsko_ops/audit/change_entries.py",
    "lubsko_ops/audit/changes.py",
    "lubsko_ops/submissions/base_views.py",
    "reports/views.py",
}


def test_no_decision_reads_the_history():
    violations = []
    for path in all_sources():
        if (name := str(path.relative_to(ROOT))) in HISTORY_READERS or path.name == "history.py":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            attribute = isinstance(node, ast.Attribute) and node.attr == "history"
            names = [getattr(node, part, None) for part in ("attr", "arg", "id", "value")]
            column = any(isinstance(each, str) and "history_change_reason" in each for each in names)
            if (attribute or column) and name != "lubsko_ops/audit/models.py":
                violations.append(f"{name}:{node.lineno}")
    assert not violations


# Stored rows are computed from facts: what decides must ask the facts.
STORED_ROWS = ("families.deadlines.models", "families.timeline.models", "families.timeline.queries")
DECIDES = {"rules.py", "permissions.py", "validators.py", "law.py"}


def test_no_rule_and_no_permission_reads_stored_rows(walked):
    paths = [path for path in all_sources() if path.name in DECIDES]
    walked("modules of rules and permissions", len(paths), at_least=14)
    violations = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in paths
        for name in imports_of(path)
        if name.startswith(STORED_ROWS)
    ]
    assert not violations


def test_no_app_fetches_a_model_by_its_name():
    """An app offers what a lower one needs through a registry; get_model would only hide the import."""
    assert not [str(path.relative_to(ROOT)) for path in all_sources() if "get_model(" in path.read_text()]


def test_no_file_exceeds_400_lines():
    long = [
        f"{path.relative_to(ROOT)}: {lines}"
        for path in [*all_sources(), *sources("tests")]
        if (lines := len(path.read_text().splitlines())) > 400
    ]
    assert not long


# They read the markup of templates; this file has the pattern itself.
READ_MARKUP = {"tests/test_templates.py", "tests/lubsko_ops/test_components.py", "tests/test_architecture.py"}
MARKUP = re.compile(r"<(?:/|\[\^|\\w|\(|[a-z]\w*[ >\[(\\])|\b(?:href|class|id|rel|action|value)=")


def regexes_over_markup(source: str) -> list[str]:
    """Calls of re whose pattern is made for HTML."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and node.args]
    return [
        ast.unparse(call)
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and ast.unparse(call.func.value) == "re"
        and MARKUP.search(ast.unparse(call.args[0]))
    ]


def test_pages_are_not_read_with_regexes():
    """tests/page.py reads them."""
    violations = {
        name: found
        for path in sources("tests")
        if (name := str(path.relative_to(ROOT))) not in READ_MARKUP
        and (found := regexes_over_markup(path.read_text()))
    }
    assert violations == {}


@pytest.mark.parametrize(
    "source",
    [
        """re.sub(r"<[^>]+>", " ", html)""",
        """re.search(r'href="([^"]+)" rel="next"', html)""",
        """re.findall(r"<tr.*?</tr>", html)""",
        """re.findall(r">Anna</td>", html)""",
        """re.compile(rf'<li class="{kind}">')""",
    ],
)
def test_a_regex_over_markup_is_recognized(source):
    assert regexes_over_markup(source)


def test_other_regexes_are_allowed():
    assert not regexes_over_markup(
        r"""re.search(r"(?<!\w)[aiouwz]\s*$", text) or re.sub(r"\s+", " ", text)"""
    )


def test_pages_in_the_browser_are_read_with_patience():
    """The answer to a click may still be arriving: ``expect`` waits for it, these read what is there just now."""
    at_once = re.compile(
        r"all_inner_texts\(|all_text_contents\(|assert .*(\.url ==|locator\(.*\.count\(\) ==|input_value\(\) ==)"
    )
    browser = {path: path.read_text() for path in (ROOT / "tests" / "browser").glob("*.py")}
    found = {path.name: at_once.findall(source) for path, source in browser.items() if at_once.search(source)}
    assert found == {}


def test_no_class_name_occurs_twice_in_the_product(walked):
    """Classes inside others (Meta) and those that Django finds by a fixed name are no names of ours."""
    fixed = {"Command", "Migration"}
    paths = [path for package in PACKAGES for path in sources(package)]
    names = [
        node.name
        for path in paths
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.ClassDef) and node.name not in fixed
    ]
    walked("classes of the product", len(names), at_least=400)
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_every_test_folder_is_a_package(walked):
    folders = {path.parent for path in (ROOT / "tests").rglob("test_*.py")}
    walked("folders of tests", len(folders), at_least=18)
    assert [str(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


# Labels of the apps that have models, lowest layer first (docs/architecture.md).
LAYERS = ["submissions", "accounts", "audit", "centre", "search", "jobs", "output", "installation"]
LAYERS += [
    "timeline",
    "people",
    "employees",
    "caseload",
    "specialists",
    "care",
    "plans",
    "visits",
    "assessments",
    "deadlines",
]
LAYERS += ["case_files", "register_import", "projects", "meetings", "reports"]
POINTS_UPWARDS = {"plans.ActionProgress.visit"}


def test_relations_point_downwards(walked):
    """Each relation of each own model leads to the same app or a lower one, or to the user."""
    relations = {
        (f"{model._meta.label}.{field.name}", model._meta.app_label, field.related_model._meta)
        for model in get_own_models(history=True)
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model
    }
    walked("relations of models", len(relations), at_least=215)
    assert {label for _, label, _ in relations} <= set(LAYERS), "an app is missing in LAYERS"
    upwards = {
        name
        for name, label, target in relations
        if target.label != "accounts.User"
        and target.app_label in LAYERS
        and LAYERS.index(target.app_label) > LAYERS.index(label)
    }
    assert {name for name in upwards if "Historical" not in name} == POINTS_UPWARDS
