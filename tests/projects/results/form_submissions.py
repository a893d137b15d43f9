"""A valid submission of every form about saved readings and computed goals."""

from tests.projects.helpers import make_running
from tests.projects.results.helpers import goal_of, read, url


def _edition(request):
    return make_running(*(request.getfixturevalue(name) for name in ("tomasz", "maria")))


def _saved(name: str, **fields):
    def fill(request):
        edition = _edition(request)
        row = read(edition, request.getfixturevalue("tomasz"))
        return url(edition, name, row.pk), fields

    return f"projects:{name}", "tomasz", fill


def _goal_number(request):
    edition = _edition(request)
    fields = {"computed_by": "uczestnicy", "why": "listy są w programie"}
    return url(edition, "goal-number", goal_of(edition).pk), fields


RESULT_SUBMISSIONS = [
    _saved("reading-correct", value="8", why="pomyłka"),
    _saved("reading-remove", why="pomyłka"),
    ("projects:goal-number", "tomasz", _goal_number),
]
