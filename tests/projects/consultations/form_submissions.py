"""Valid submissions of the forms of consultations: (URL name, user, function of the request)."""

from datetime import date

from django.urls import reverse

from tests.factories import TODAY
from tests.projects.consultations.helpers import appointment, held


def _new(name, **fields):
    def fill(request):
        anna = request.getfixturevalue("anna")
        return reverse(name), {"whom": f"p{anna.pk}"} | fields

    return (name, "olga", fill)


def _form(name, make, **fields):
    """A form about a consultation of anna by olga."""

    def fill(request):
        olga, anna = request.getfixturevalue("olga"), request.getfixturevalue("anna")
        return reverse(name, args=[make(olga, worker=anna).pk]), fields

    return (name, "olga", fill)


CONSULTATION_SUBMISSIONS = [
    _new(
        "consultations:new",
        day=f"{TODAY:%d.%m.%Y}",
        minutes="45",
        subject="zmęczenie",
        note="Rozmowa.",
        readers="consulted",
    ),
    _new("consultations:appointment-new", day=f"{date(2026, 10, 20):%d.%m.%Y}", starts_at="10", minutes="60"),
    _form("consultations:correct", held, subject="granice w pracy"),
    _form("consultations:settle", appointment, state="missed", note="Choroba."),
    _form("consultations:remove", held, why="pomyłka"),
]
