"""Tasks and citations as data; allowed imports of the law module."""

import ast
import re
from datetime import date
from pathlib import Path

from families import law

THE_ACT = "ustawy z dnia 9 czerwca 2011 r. o wspieraniu rodziny i systemie pieczy zastępczej"


def test_art_15_ust_1_has_nineteen_points_and_one_between():
    points = [task.point for task in law.TASKS]
    assert points == [*map(str, range(1, 14)), "13a", *map(str, range(14, 20))]
    assert [task.point for task in law.TASKS if not task.verified] == ["13a"]
    assert [task.point for task in law.DIRECT_TASKS] == [*map(str, range(3, 14)), "13a"]
    assert law.TASKS[0].basis == f"art.\u00a015\u00a0ust.\u00a01\u00a0pkt\u00a01 {THE_ACT}"


def test_citations_name_their_act_in_the_genitive(walked):
    walked("acts cited by law.py", len(law.CITATIONS), at_least=8)
    assert law.CITATIONS["kro"].of("art. 109") == "art.\u00a0109 Kodeksu rodzinnego i opiekuńczego"
    for act in law.CITATIONS.values():
        assert act.genitive.split(" ", 1)[0] in {"ustawy", "rozporządzenia", "Kodeksu"}
        assert act.journals or not act.verified
        days = [since for since, _ in act.journals]
        assert days == sorted(set(days)), act.short


def test_the_journal_is_the_one_of_the_day():
    """A position is numbered within its year, so it cannot have been current before that year."""
    assert law.SUPPORT.journal_on(date(2026, 10, 13)) == "t.j. Dz.U. 2026 poz. 980"
    assert law.SUPPORT.journal_on(date(2025, 6, 30)) == "t.j. Dz.U. 2025 poz. 49"
    assert law.SUPPORT.journal_on(date(2026, 3, 4)) == "", "which of the two is not known"
    assert law.SUPPORT.journal_on(date(2019, 1, 1)) == ""
    for act in law.CITATIONS.values():
        for since, text in act.journals:
            assert all(int(year) <= since.year for year in re.findall(r"Dz\.U\. (\d{4})", text))


def test_the_law_imports_neither_django_nor_models():
    tree = ast.parse(Path(law.__file__).read_text())
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert {name for name in imported if name.startswith(("lubsko_ops", "families", "django"))} == {
        "lubsko_ops.core.dates",
        "lubsko_ops.core.polish",
    }
