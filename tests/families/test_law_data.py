"""Tasks and citations as data; allowed imports of the law module."""

import ast
from pathlib import Path

from families import law

THE_ACT = "ustawy z dnia 9 czerwca 2011 r. o wspieraniu rodziny i systemie pieczy zastępczej"


def test_art_15_ust_1_has_nineteen_points_and_one_between():
    points = [task.point for task in law.TASKS]
    assert points == [*map(str, range(1, 14)), "13a", *map(str, range(14, 20))]
    assert [task.point for task in law.TASKS if not task.verified] == ["13a"]
    assert [task.point for task in law.DIRECT_TASKS] == [*map(str, range(3, 14)), "13a"]
    assert law.TASKS[0].basis == f"art. 15 ust. 1 pkt 1 {THE_ACT}"


def test_citations_name_their_act_in_the_genitive(walked):
    walked("acts cited by law.py", len(law.CITATIONS), at_least=8)
    assert law.CITATIONS["kro"].of("art. 109") == "art. 109 Kodeksu rodzinnego i opiekuńczego"
    for act in law.CITATIONS.values():
        assert act.genitive.split(" ", 1)[0] in {"ustawy", "rozporządzenia", "Kodeksu"}
        assert act.journal or not act.verified


def test_the_law_imports_neither_django_nor_models():
    tree = ast.parse(Path(law.__file__).read_text())
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert {name for name in imported if name.startswith(("lubsko_ops", "families", "django"))} == {
        "lubsko_ops.core.dates",
        "lubsko_ops.core.polish",
    }
