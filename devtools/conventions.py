"""Conventions no other tool checks, as a part of ./dev lint: words that are not used, and long lines in templates.

The words are those the code has left behind (docs/glossary.md says what replaced them).

Names are split at underscores and capitals. In comments and docstrings only the words are looked for that no plain
English sentence about this project needs.
"""

import io
import re
import sys
import tokenize
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PRODUCT = ("lubsko_ops", "families", "projects", "sessions", "reports", "devtools")
IN_NAMES = {
    "deed",
    "deeds",
    "room",
    "rooms",
    "reach",
    "reaches",
    "told",
    "tell",
    "tells",
    "said",
    "known",
    "found",
}
IN_NAMES |= {"her", "hers", "she"}
IN_PROSE = re.compile(r"\b(deeds?|rooms?|reach(es)?|told|said|hers?|she)\b", re.IGNORECASE)
NOT_OURS = {"HttpResponseNotFound"}
MAX_TEMPLATE_LINE = 140
# Django does not let a tag be broken into lines: these hold whole sentences, or each of the values they need.
LONG_TAGS = {
    "mfa/recovery_codes/index.html": "{% notice",
    "plans/editor.html": "{% savebar",
    "print/plan/formal.html": "{% signature",
    "print/sample.html": "{% signature",
}
SPRITE = ROOT / "templates/components/sprite.html"  # drawings: one path a line, however long
TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")


def words_of(name: str) -> list[str]:
    """ "ReadEntry" and "read_entry" → ["read", "entry"]."""
    return [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)]


def in_names(text: str) -> Iterator[str]:
    for name in re.findall(r"[A-Za-z_]\w*", text):
        if name not in NOT_OURS and IN_NAMES.intersection(words_of(name)):
            yield name


def faults_of_python(path: Path) -> Iterator[tuple[int, str]]:
    tokens = list(tokenize.generate_tokens(io.StringIO(path.read_text()).readline))
    before = None
    for token in tokens:
        if token.type == tokenize.NAME:
            yield from ((token.start[0], name) for name in in_names(token.string))
        elif token.type == tokenize.COMMENT or (token.type == tokenize.STRING and before is None):
            for number, line in enumerate(token.string.splitlines()):
                yield from ((token.start[0] + number, match[0]) for match in IN_PROSE.finditer(line))
        if token.type in (tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENCODING):
            before = None  # a string that begins a statement is a docstring
        elif token.type not in (tokenize.NL, tokenize.COMMENT):
            before = token


def faults_of_template(path: Path) -> Iterator[tuple[int, str]]:
    text = path.read_text()
    for tag in TAG.finditer(text):
        line = text.count("\n", 0, tag.start()) + 1
        yield from ((line, name) for name in in_names(QUOTED.sub("", tag[0])))


def faults_of_script(path: Path) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(path.read_text().splitlines(), start=1):
        yield from ((number, name) for name in in_names(QUOTED.sub("", line)))


def long_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Lines over the limit, with their indentation, but for the tags of LONG_TAGS."""
    allowed = LONG_TAGS.get(path.relative_to(ROOT / "templates").as_posix())
    for number, line in enumerate(path.read_text().splitlines(), start=1):
        is_allowed = allowed is not None and line.strip().startswith(allowed)
        if len(line) > MAX_TEMPLATE_LINE and not is_allowed:
            yield number, f"{len(line)} characters"


def checked_files() -> list[tuple[Callable[[Path], Iterator[tuple[int, str]]], Path]]:
    """Pairs of a check and a file."""
    sources = [(faults_of_python, path) for top in PRODUCT for path in sorted((ROOT / top).rglob("*.py"))]
    sources += [(faults_of_template, path) for path in sorted((ROOT / "templates").rglob("*.html"))]
    sources += [(long_lines, path) for path in sorted((ROOT / "templates").rglob("*.html")) if path != SPRITE]
    sources += [(faults_of_script, path) for path in sorted((ROOT / "static/js").glob("*.js"))]
    this_file = Path(__file__).resolve()
    return [each for each in sources if "migrations" not in each[1].parts and each[1] != this_file]


def main() -> int:
    faults_count = 0
    files = checked_files()
    for faults, path in files:
        for line, word in faults(path):
            print(f"{path.relative_to(ROOT)}:{line}: {word}")
            faults_count += 1
    print(f"{len(files)} checks of files.")
    if faults_count:
        print(
            f"{faults_count} faults: words not used here (docs/glossary.md), or template lines over 140 characters."
        )
    return 1 if faults_count else 0


if __name__ == "__main__":
    sys.exit(main())
