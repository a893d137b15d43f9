"""Reads the form of a page as a browser does: what would be sent after one tap, on "jak ostatnio", if anything."""

from html.parser import HTMLParser

from lubsko_ops.submissions.keys import KEY_FIELD


def read_form(html: str) -> dict[str, list[str]]:
    """The fields of the form that has a form key. Raises ValueError when the page has none."""
    parser = _FormReader()
    parser.feed(html)
    for fields in parser.forms:
        if KEY_FIELD in fields:
            return fields
    raise ValueError("The page has no form.")


class _FormReader(HTMLParser):
    """Collects names and values of the fields of each form; rows kept in <template> are not sent."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, list[str]]] = []
        self.fields: dict[str, list[str]] = {}  # of the form that is being read; outside of forms thrown away
        self.select = self.textarea = ""
        self.templates = 0

    def handle_starttag(self, tag: str, attrs: list) -> None:
        values = dict(attrs)
        if tag == "template":
            self.templates += 1
        elif self.templates:
            return
        elif tag == "form":
            self.fields = {}
            self.forms.append(self.fields)
        elif tag == "input":
            self.read_input(values)
        elif tag == "button" and "data-tick" in values:
            # The adults of the last visit: no box is ticked beforehand.
            self.fields.setdefault("present", []).extend(values["data-tick"].split())
        elif tag == "select":
            self.select = values.get("name", "")
        elif tag == "textarea":
            self.textarea = values.get("name", "")
            self.fields[self.textarea] = [""]
        elif tag == "option" and self.select and ("selected" in values or self.select not in self.fields):
            self.fields[self.select] = [values.get("value", "")]  # the first one, unless another is chosen

    def read_input(self, values: dict) -> None:
        kind, name = values.get("type", "text"), values.get("name")
        sent = (
            "checked" in values if kind in ("checkbox", "radio") else kind not in ("submit", "button", "file")
        )
        if name and sent:
            self.fields.setdefault(name, []).append(values.get("value") or "")

    def handle_data(self, data: str) -> None:
        if self.textarea and not self.templates:
            self.fields[self.textarea][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "template":
            self.templates -= 1
        elif tag == "form":
            self.fields = {}
        elif tag == "select":
            self.select = ""
        elif tag == "textarea" and self.textarea:
            self.fields[self.textarea] = [self.fields[self.textarea][0].removeprefix("\n")]
            self.textarea = ""
