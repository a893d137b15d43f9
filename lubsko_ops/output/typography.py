"""Polish micro-typography: which spaces must not break a line.

A one-letter word does not end a line, a number stays with its unit, a day with its month, "art." with
its number, "pani" with a name. The rules look at the word before a space and at the word after it;
where one of them holds, the space becomes U+00A0. Nothing else is ever changed.
"""

import html as entities
import re
from html.parser import HTMLParser

NBSP = "\u00a0"
WINDOW = 32  # how far a rule looks to either side; the longest, "przedstawicielami", fits well

_SPACES = re.compile(r"[ \t\r\n\f]+")
_MONTHS = "stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada|grudnia"
_COUNTED = (
    "zł|gr|tys|mln|mld|km|m|cm|mm|kg|g|l|h|min|godz|pkt|mies|szt|r|lat\\w*|dni\\w*|dzień|"
    "tygod\\w+|miesi[ąę]\\w+|kwarta\\w+|godzin\\w*|minut\\w*|osób|osob\\w+|rodzin\\w*|dzieci\\w*|dzieck\\w+|"
    "wizyt\\w*|spotka\\w+|asystent\\w*|uczestni\\w+|egzemplarz\\w*|stron\\w*|punkt\\w*|etat\\w*|miejsc\\w*"
)
_NAME = r"[A-ZĄĆĘŁŃÓŚŹŻ]"

# (what stands before the space, what stands after it)
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
        (r"(?<!\w)(?:[Nn]r|§)", r"\S"),
        (r"(?<!\w)(?:[Pp]kt|[Ll]it\.|[Tt]abela|[Ss]trona|[Ww]ersja)", r"\d"),
        (r"(?<!\w)(?:[Oo]d|[Dd]o|[Nn]a|[Zz]a|[Pp]o)", r"\d"),
        (r"(?<!\w)[Pp]an(?:|a|u|em|i|ią)", _NAME),
        (r"\S", r"[–—](?=\s|\Z)"),
    ]
]


def bind_spaces_text(text: str) -> str:
    """Plain text with the spaces that must not break turned into U+00A0; a run of spaces counts as one.

    >>> set_text("w dniu 9 czerwca 2011 r. – art. 15").replace(NBSP, "~")
    'w~dniu 9~czerwca~2011~r.~– art.~15'
    """
    parts, end = [], 0
    for run in _SPACES.finditer(text):
        if _binds(text, run):
            parts += [text[end : run.start()], NBSP]
            end = run.end()
    return "".join(parts) + text[end:]


def bind_spaces_html(html: str) -> str:
    """HTML with ``set_text`` done on its text; tags, attributes and entities come out as they went in.

    Text that runs through inline tags ("w <b>domu</b>") is read as one. Left alone: scripts and styles,
    preformatted text, the title of the document, and SVG, where no line ever breaks.
    """
    reader = _SpaceBinder(html)
    reader.feed(html)
    reader.close()
    reader.end_of_run()
    parts, end = [], 0
    for place, space in sorted(reader.changed.items()):
        parts += [html[end:place], space]
        end = place + 1
    return "".join(parts) + html[end:]


def _binds(text: str, run: re.Match) -> bool:
    return any(
        before.search(text, max(0, run.start() - WINDOW), run.start()) and after.match(text, run.end())
        for before, after in _RULES
    )


class _SpaceBinder(HTMLParser):
    """Collects where in the source the spaces to be bound are; the source itself is never written anew."""

    INLINE = frozenset(
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
    LEFT_ALONE = frozenset(["code", "pre", "script", "style", "svg", "textarea", "title"])

    def __init__(self, source: str):
        super().__init__(convert_charrefs=False)
        self.changed: dict[int, str] = {}  # place of a space in the source → what stands there instead
        self._lines = [0, *(match.end() for match in re.finditer("\n", source))]
        self._run: list[tuple[str, int | None]] = []  # (text, where it stands; None: not ours to change)
        self._alone: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag in self.LEFT_ALONE:
            self._alone.append(tag)
        if tag not in self.INLINE:
            self.end_of_run()

    def handle_startendtag(self, tag, attrs):
        if tag not in self.INLINE:
            self.end_of_run()

    def handle_endtag(self, tag):
        if self._alone and self._alone[-1] == tag:
            self._alone.pop()
        if tag not in self.INLINE:
            self.end_of_run()

    def handle_data(self, data):
        if "<" in data:  # the parser gave up here and hands over markup as if it were text
            self.end_of_run()
        elif not self._alone:
            line, column = self.getpos()
            self._run.append((data, self._lines[line - 1] + column))

    def handle_entityref(self, name):
        self._run.append((entities.unescape(f"&{name};"), None))

    def handle_charref(self, name):
        self._run.append((entities.unescape(f"&#{name};"), None))

    def end_of_run(self):
        """A block begins or ends: decide on the spaces of the text read so far."""
        text = "".join(piece for piece, _ in self._run)
        places = [
            None if start is None else start + index
            for piece, start in self._run
            for index in range(len(piece))
        ]
        self._run = []
        for run in _SPACES.finditer(text):
            if _binds(text, run):
                ours = [place for place in places[run.start() : run.end()] if place is not None]
                self.changed.update({place: "" if index else NBSP for index, place in enumerate(ours)})
