"""Helpers that use forms as a browser does: open the page, change some fields, submit."""

from contextlib import contextmanager
from html.parser import HTMLParser

from django.db import transaction


class _FormParser(HTMLParser):
    """Collects names and values of the fields of each form on a page."""

    def __init__(self):
        super().__init__()
        self.forms, self.current, self.select, self.textarea, self.template = [], None, None, None, 0

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "template":
            self.template += 1
        elif tag == "form":
            self.current = {}
            self.forms.append(self.current)
        elif self.current is None or self.template:
            return
        elif tag == "input" and attrs.get("name"):
            if attrs.get("type") in ("checkbox", "radio"):
                if "checked" in attrs:
                    self.current.setdefault(attrs["name"], []).append(attrs.get("value", "on"))
            else:
                self.current.setdefault(attrs["name"], []).append(attrs.get("value", ""))
        elif tag == "select":
            self.select = (attrs.get("name"), "multiple" in attrs, [])
        elif tag == "option" and self.select:
            self.select[2].append((attrs.get("value", ""), "selected" in attrs))
        elif tag == "textarea":
            self.textarea = attrs.get("name")
            self.current.setdefault(self.textarea, [""])

    def handle_data(self, data):
        if self.textarea and self.current is not None and not self.template:
            self.current[self.textarea] = [self.current[self.textarea][0] + data]

    def handle_endtag(self, tag):
        if tag == "template":
            self.template -= 1
        elif tag == "form":
            self.current = None
        elif tag == "select" and self.select and self.current is not None and not self.template:
            name, multiple, options = self.select
            chosen = [value for value, selected in options if selected]
            if not chosen and options and not multiple:
                chosen = [options[0][0]]
            self.current[name] = chosen
            self.select = None
        elif tag == "textarea":
            if self.current is not None and not self.template:  # a browser drops the first line break
                self.current[self.textarea] = [self.current[self.textarea][0].removeprefix("\n")]
            self.textarea = None


def parse_form(html: str) -> dict[str, list[str]]:
    """The fields of the page's action form (the one with a key) as a browser would send them."""
    parser = _FormParser()
    parser.feed(html)
    return next(form for form in parser.forms if "_key" in form)


def form_data(client, url: str, **fields) -> dict:
    """Open the form and change some fields; None removes a field."""
    response = client.get(url)
    assert response.status_code == 200, f"{url}: {response.status_code}"
    data = parse_form(response.content.decode())
    for name, value in fields.items():
        if value is None:
            data.pop(name, None)
        else:
            data[name] = value if isinstance(value, list) else [str(value)]
    return data


def submit_form(client, url: str, **fields):
    """Open the form, fill it in and submit it; returns the response."""
    return client.post(url, form_data(client, url, **fields))


def response_text(response) -> str:
    """The HTML of a response with normalized spaces, for searching sentences."""
    return " ".join(response.content.decode().replace("\u00a0", " ").replace("&nbsp;", " ").split())


@contextmanager
def rolled_back():
    """Roll back the changes made inside, so one set of fixtures serves many attempts."""
    savepoint = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(savepoint)
