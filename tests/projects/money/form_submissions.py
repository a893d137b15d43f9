"""A valid submission of every form of money."""

from django.urls import reverse

from tests.projects.helpers import make_running
from tests.projects.money.helpers import invoice_fields, make_invoice


def _edition(request):
    return make_running(*(request.getfixturevalue(name) for name in ("tomasz", "maria")))


def _add(request):
    edition = _edition(request)
    return reverse("projects:invoice-add", args=[edition.pk]), invoice_fields(edition)


def _saved(name: str, **fields):
    def fill(request):
        edition = _edition(request)
        row = make_invoice(edition, request.getfixturevalue("tomasz"))
        return reverse(name, args=[edition.pk, row.pk]), fields

    return fill


def _difference(request):
    return reverse("projects:difference", args=[_edition(request).pk, 1]), {"difference": "Taniej."}


MONEY_SUBMISSIONS = [
    ("projects:invoice-add", "tomasz", _add),
    ("projects:invoice-correct", "tomasz", _saved("projects:invoice-correct", amount="200", why="pomyłka")),
    ("projects:invoice-remove", "tomasz", _saved("projects:invoice-remove", why="pomyłka")),
    ("projects:difference", "tomasz", _difference),
]
