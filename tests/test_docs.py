"""Documentation: the links, paths and names of the code it mentions exist."""

import re
from functools import cache
from pathlib import Path

import pytest

from lubsko_ops.core.own_apps import get_own_packages

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
PACKAGES = (*get_own_packages(), "tests")
FOLDERS = (*PACKAGES, "docs", "templates", "static")
FOREIGN = {"btree_gist", "pg_trgm", "pg_receivewal", "pg_archivecleanup", "synchronous_standby_names"}
FOREIGN |= {
    "pg_hba",
    "max_slot_wal_keep_size",
    "restore_command",
    "OnCalendar",
    "PrivateTmp",
}  # of PostgreSQL, of systemd
NAME = re.compile(r"([A-Za-z_][\w.]*)(?:\(.*\)|=.*)?")

pages = pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))


def code_spans(path: Path) -> list[str]:
    """Inline code of the page; code blocks are examples."""
    text = re.sub(r"^\s*```.*?^\s*```", "", path.read_text(), flags=re.M | re.S)
    return re.findall(r"`([^`\n]+)`", text)


@cache
def words_of_sources() -> frozenset[str]:
    files = [
        path for folder in FOLDERS for kind in ("*.py", "*.html") for path in (ROOT / folder).rglob(kind)
    ]
    return frozenset(word for path in files for word in re.findall(r"\w+", path.read_text()))


@pages
def test_links_lead_to_files(path):
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text())
    assert [link for link in links if not (path.parent / link).exists()] == []


@pages
def test_paths_exist(path):
    paths = [span for span in code_spans(path) if re.fullmatch(rf"({'|'.join(FOLDERS)})/[\w./-]*", span)]
    assert [each for each in paths if not (ROOT / each).exists()] == []


@pages
def test_names_occur_in_the_code(path):
    """Class names, constants and names with an underscore; plain lower-case words are too ambiguous."""
    matches = [NAME.fullmatch(span) for span in code_spans(path) if not span.endswith(".md")]
    names = {name for match in matches if match for name in match[1].split(".")}
    names = {name for name in names if re.search(r"[A-Z_]", name)}
    assert sorted(names - words_of_sources() - FOREIGN) == []


def test_every_page_is_walked(walked):
    walked("pages of documentation", len(PAGES), at_least=30)
    walked("names of the code in them", sum(len(code_spans(path)) for path in PAGES), at_least=500)
