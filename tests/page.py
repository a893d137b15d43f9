"""Reads a page by roles and names: Page(response).links, .rows, .regions("Terminy").

The text of an element has one space between the texts of its elements, whatever the markup.
"""

from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, SubElement

VOID_TAGS = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
UNREAD_TAGS = {"head", "script", "style", "template"}
URL_ATTRIBUTES = ("href", "action", "formaction", "hx-get", "hx-post")


class _TreeParser(HTMLParser):
    """Makes the tree of a page; an element left open ends with the one around it."""

    def __init__(self):
        super().__init__()
        self.root = Element("document")
        self.open = [self.root]

    def handle_starttag(self, tag, attrs):
        element = SubElement(self.open[-1], tag, {name: value or "" for name, value in attrs})
        if tag not in VOID_TAGS:
            self.open.append(element)

    def handle_startendtag(self, tag, attrs):
        SubElement(self.open[-1], tag, {name: value or "" for name, value in attrs})

    def handle_endtag(self, tag):
        if any(element.tag == tag for element in self.open):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data):
        parent = self.open[-1]
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + data
        else:
            parent.text = (parent.text or "") + data


def plain(text: str) -> str:
    """The text with single ordinary spaces, and none before a comma."""
    return " ".join(text.split()).replace(" ,", ",")


def _texts(element: Element, skip: Callable[[Element], bool]) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag not in UNREAD_TAGS and not skip(child):
            yield from _texts(child, skip)
        yield child.tail or ""


class Part:
    """An element of a page and what is inside it."""

    def __init__(self, element: Element):
        self.element = element

    def __getitem__(self, attribute: str) -> str:
        return self.element.get(attribute, "")

    @property
    def classes(self) -> list[str]:
        return self["class"].split()

    @property
    def text(self) -> str:
        return plain(" ".join(_texts(self.element, lambda child: False)))

    @property
    def printed_text(self) -> str:
        """The text without what is hidden in print."""
        return plain(" ".join(_texts(self.element, lambda child: "d-print-none" in child.get("class", ""))))

    @property
    def url(self) -> str:
        return self["href"]

    def all(self, tag: str = "*", class_: str = "", **attributes: str) -> list["Part"]:
        """The elements inside with this tag, class and attributes."""
        parts = [Part(element) for element in self.element.iter(None if tag == "*" else tag)]
        return [
            part
            for part in parts
            if part.element is not self.element
            and (not class_ or class_ in part.classes)
            and all(part[name] == value for name, value in attributes.items())
        ]

    @property
    def links(self) -> list["Part"]:
        return [part for part in self.all("a") if part.url]

    def link(self, name: str) -> "Part":
        """The only link with this text."""
        [link] = [link for link in self.links if link.text == name]
        return link

    @property
    def heading(self) -> str:
        """Text of the only heading of the first level; "" in a part of a page that has none."""
        headings = self.all("h1")
        assert len(headings) <= 1
        return headings[0].text if headings else ""

    @property
    def urls(self) -> list[str]:
        """Where links, forms and buttons lead."""
        return [part[name] for part in self.all() for name in URL_ATTRIBUTES if part[name]]

    @property
    def rows(self) -> list["Part"]:
        """Rows of tables, without their headings."""
        return [row for body in self.all("tbody") for row in body.all("tr")]

    def regions(self, heading: str) -> list["Part"]:
        """The sections that begin with this heading."""
        sections = [(part, part.all("h2")) for part in self.all("section")]
        return [part for part, headings in sections if headings and headings[0].text == heading]


class Page(Part):
    """A page, or a part of a page that htmx asked for: of a response or of HTML."""

    def __init__(self, response):
        parser = _TreeParser()
        parser.feed(response if isinstance(response, str) else response.content.decode())
        super().__init__(parser.root)

    def pager_url(self, direction: str) -> str:
        """Where the link to the "next" or "prev" page leads; "" on the last one."""
        return next((link.url for link in self.all("a", rel=direction)), "")


def page_text(response) -> str:
    """The text of a whole page."""
    return Page(response).text
