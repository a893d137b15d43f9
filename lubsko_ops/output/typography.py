"""Polish non-breaking spaces.

A one-letter word must not end a line; a number stays with its unit, a day with its month, "art." with its number,
"pani" with a name. The rules look at the word before and after a space; where one matches, the space becomes U+00A0.
Nothing else is changed.
"""

import html as entities
import re
from html.parser import HTMLParser

NBSP = "\u00a0"
WINDOW = 32  # how far a rule looks to the left, in characters

_SPACES = re.compile(r"[ \t\r\n\f]+")
_MONTHS = "stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada|grudnia"
_COUNTED = (
    "zł|gr|tys|mln|mld|km|m|cm|mm|kg|g|l|h|min|godz|pkt|mies|szt|r|lat\\w*|dni\\w*|dzień|"
    "tygod\\w+|miesi[ąę]\\w+|kwarta\\w+|godzin\\w*|minut\\w*|osób|osob\\w+|rodzin\\w*|dzieci\\w*|dzieck\\w+|"
    "wizyt\\w*|spotka\\w+|asystent\\w*|uczestni\\w+|egzemplarz\\w*|stron\\w*|punkt\\w*|etat\\w*|miejsc\\w*"
)
_NAME = r"[A-ZĄĆĘŁŃÓŚŹŻ]"

# (pattern before the space, pattern after it)
_RULES = [
    (re.compile(before + r"\Z"), re.compile(after))
    for before, after in [
        (r"(?<!\w)[aiouwzAIOUWZ]", r"[\S\u00a0]"),
        (r"(?<![\w.,/-])\d{1,3}(?:[ \u00a0]\d{3})*", r"\d{3}(?!\d)"),  # 4 318,60 but not 2026 100
        (r"[\d½¼¾]", rf"(?:{_COUNTED})(?!\w)|[%°§]"),
        (r"(?<!\d)\d{1,2}", rf"(?:{_MONTHS})(?!\w)"),
        (rf"(?<!\w)(?:{_MONTHS})", r"\d{4}(?!\d)"),
        (r"(?<!\w)[IVX]+", r"(?:kwarta\w+|kw\.|półrocz\w+)"),
        (r"(?<!\w)(?:kwarta\w+|półrocz\w+|rok|roku)", r"\d{4}(?!\d)"),
        (
            r"(?<!\w)(?:[Aa]rt|[Uu]st|[Pp]oz|[Tt]el|[Uu]l|[Aa]l|[Oo]s|[Pp]l|[Gg]odz|[Rr]ys|[Tt]ab|Dz|t\.j)\.",
            r"\S",
        ),
        (r"(?<!\w)(?:[Aa]rt\.|[Uu]st\.|[Pp]kt|§)[ \u00a0]\d+[a-z]?", r"(?:ust\.|pkt|lit\.)"),
        (r"(?<!\w)(?:[Nn]r|§)", r"\S"),
        (r"(?<!\w)(?:[Pp]kt|[Ll]it\.|[Tt]abela|[Ss]trona|[Ww]ersja)", r"\d"),
        (r"(?<!\w)(?:[Oo]d|[Dd]o|[Nn]a|[Zz]a|[Pp]o)", r"\d"),
        (r"(?<!\w)[Pp]an(?:|a|u|em|i|ią)", _NAME),
        (r"\S", r"[–—](?=\s|\Z)"),
    ]
]


def bind_spaces_text(text: str) -> str:
    """Plain text with non-breaking spaces; a run of spaces counts as one.

    >>> bind_spaces_text("w dniu 9 czerwca 2011 r. – art. 15").replace(NBSP, "~")
    'w~dniu 9~czerwca~2011~r.~– art.~15'
    """
    parts, end = [], 0
    for run in _SPACES.finditer(text):
        if _is_bound(text, run):
            parts += [text[end : run.start()], NBSP]
            end = run.end()
    return "".join(parts) + text[end:]


def bind_spaces_html(html: str) -> str:
    """HTML with non-breaking spaces in its text; tags, attributes and entities stay as they are.

    Text across inline tags ("w <b>domu</b>") is treated as one run. Scripts, styles, preformatted text, the document
    title and SVG are not changed.
    """
    binder = _SpaceBinder(html)
    binder.feed(html)
    binder.close()
    binder.end_of_run()
    parts, end = [], 0
    for position, space in sorted(binder.replacements.items()):
        parts += [html[end:position], space]
        end = position + 1
    return "".join(parts) + html[end:]


def _is_bound(text: str, run: re.Match[str]) -> bool:
    return any(
        before.search(text, max(0, run.start() - WINDOW), run.start()) and after.match(text, run.end())
        for before, after in _RULES
    )


class _SpaceBinder(HTMLParser):
    """Collects the positions of spaces to replace; the source itself is not re-serialised."""

    INLINE_TAGS = frozenset(
        [
            "a",
            "abbr",
            "b",
            "cite",
            "em",
            "i",
            "mark",
            "q",
            "s",
            "small",
            "span",
            "strong",
            "sub",
            "sup",
            "time",
            "u",
        ]
    )
    SKIPPED_TAGS = frozenset(["code", "pre", "script", "style", "svg", "textarea", "title"])

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self.replacements: dict[int, str] = {}  # position in the source → replacement
        self._lines = [0, *(match.end() for match in re.finditer("\n", source))]
        self._run: list[tuple[str, int | None]] = []  # (text, position in the source; None: from an entity)
        self._skipped_tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.SKIPPED_TAGS:
            self._skipped_tags.append(tag)
        if tag not in self.INLINE_TAGS:
            self.end_of_run()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.INLINE_TAGS:
            self.end_of_run()

    def handle_endtag(self, tag: str) -> None:
        if self._skipped_tags and self._skipped_tags[-1] == tag:
            self._skipped_tags.pop()
        if tag not in self.INLINE_TAGS:
            self.end_of_run()

    def handle_data(self, data: str) -> None:
        if "<" in data:  # the parser gave up and returns markup as text
            self.end_of_run()
        elif not self._skipped_tags:
            line, column = self.getpos()
            self._run.append((data, self._lines[line - 1] + column))

    def handle_entityref(self, name: str) -> None:
        self._run.append((entities.unescape(f"&{name};"), None))

    def handle_charref(self, name: str) -> None:
        self._run.append((entities.unescape(f"&#{name};"), None))

    def end_of_run(self) -> None:
        """A block starts or ends: process the text collected so far."""
        text = "".join(piece for piece, _ in self._run)
        positions = [
            None if start is None else start + index
            for piece, start in self._run
            for index in range(len(piece))
        ]
        self._run = []
        for run in _SPACES.finditer(text):
            if _is_bound(text, run):
                replaceable = [
                    position for position in positions[run.start() : run.end()] if position is not None
                ]
                self.replacements.update(
                    {position: "" if index else NBSP for index, position in enumerate(replaceable)}
                )
