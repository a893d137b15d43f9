"""The data files of the demo centres as tests read them."""

import tomllib
from functools import cache
from pathlib import Path

import devtools.demo

FOLDER = Path(devtools.demo.__file__).parent
CENTRES = ("bemowo", "milicz", "mokotow", "boleslawiec")


@cache
def projects_of(centre: str) -> dict[str, dict]:
    """Projects as written, by title."""
    files = sorted((FOLDER / centre).glob("projects*.toml"))
    rows = [row for path in files for row in tomllib.loads(path.read_text(encoding="utf-8"))["projects"]]
    return {row["title"]: row for row in rows}


@cache
def centre_data(centre: str) -> dict:
    return tomllib.loads((FOLDER / centre / "centre.toml").read_text(encoding="utf-8"))


def flat(text: str) -> str:
    """The text with single spaces and without the signs of a list."""
    return " ".join(text.replace("•", " ").split())


def all_texts(row: dict) -> str:
    """Everything the document of a project says: texts, goals, actions, partners, groups."""
    pieces = [str(text) for text in row.get("texts", {}).values()]
    pieces += [each.get("goal", "") for each in row.get("goals", [])]
    pieces += [each.get("name", "") for each in (*row.get("actions", []), *row.get("partners", []))]
    pieces += [f"{each['name']}. {each.get('description', '')}" for each in row.get("groups", [])]
    return flat(" ".join(pieces))


def group(row: dict, beginning: str) -> dict:
    """The group whose name begins so."""
    (only,) = [each for each in row["groups"] if each["name"].startswith(beginning)]
    return only
