"""Decisions are numbered as their files are, migrations match the models, no requirements file holds an address."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations import AddField, CreateModel
from django.db.migrations.loader import MigrationLoader

from lubsko_ops.core.own_apps import get_own_app_configs

ROOT = Path(__file__).resolve().parent.parent
DECISIONS = sorted((ROOT / "docs/decisions").glob("*.md"))


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.name)
def test_a_decision_bears_the_number_of_its_file(path):
    assert path.read_text().startswith(f"# {path.name[:4]}. ")


def test_no_two_decisions_share_a_number(walked):
    numbers = [path.name[:4] for path in DECISIONS]
    assert len(numbers) == len(set(numbers))
    walked("decisions", len(numbers), at_least=12)


def test_the_models_have_no_unwritten_migration(db, walked):
    labels = [config.label for config in get_own_app_configs() if any(config.get_models())]
    call_command("makemigrations", *labels, "--check", "--dry-run", stdout=StringIO())
    assert [label for label in labels if label not in MigrationLoader(connection).migrated_apps] == []
    walked("apps with migrations", len(labels), at_least=14)


# Tables that the release before had no screen for (the centre, its regions, accounts but the first), or that are new.
NO_ROWS_WRITTEN = {
    "accounts.0005_accounts_and_links",
    "accounts.0008_regions_closed_from_a_day",
    "centre.0002_norms_citations_and_letterhead",
}


def created_in(migration) -> set[str]:
    """The models that the migration creates: the release before has no rows of them."""
    return {each.name.lower() for each in migration.operations if isinstance(each, CreateModel)}


def test_the_running_release_can_insert_rows_without_a_new_column(walked):
    """docs/how-to/migrate-large-tables.md: Django's default alone leaves none in the database."""
    own = {config.label for config in get_own_app_configs()}
    migrations = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    added = [
        (label, name, operation.name, operation.field)
        for (label, name), migration in migrations.items()
        if label in own
        for operation in migration.operations
        if isinstance(operation, AddField)
        and not migration.initial
        and operation.model_name not in created_in(migration)
    ]
    refused = [
        f"{label}.{name}: {column}"
        for label, name, column, field in added
        if not (field.null or field.many_to_many or field.has_db_default())
        and f"{label}.{name}" not in NO_ROWS_WRITTEN
    ]
    assert refused == ["jobs.0002_nightly_job_result: result"]  # older than the rule
    walked("new columns", len(added), at_least=3)


@pytest.mark.parametrize("path", sorted(ROOT.glob("requirements*.txt")), ids=lambda path: path.name)
def test_a_requirements_file_holds_no_address(path):
    assert not re.findall(
        r"https?://|^-i |^--index|^--extra-index|^--find-links", path.read_text(), flags=re.M
    )


def test_every_dependency_has_its_line(walked):
    listed = (ROOT / "docs/decisions/0002-dependencies.md").read_text()
    block = re.search(r"^dependencies = \[(.*?)^\]", (ROOT / "pyproject.toml").read_text(), flags=re.S | re.M)
    names = re.findall(r'"([a-z0-9-]+)', block[1])
    assert [name for name in names if name not in listed] == []
    walked("dependencies", len(names), at_least=18)
