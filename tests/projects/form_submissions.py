"""A valid submission of every form of projects."""

from collections.abc import Callable

from django.urls import reverse

from tests.projects import helpers

DOCUMENT = {
    "problem": "Osłabione więzi w rodzinach.",
    "goals-0-goal": "Lepsza komunikacja",
    "actions-0-name": "Warsztat",
    "budget-0-name": "Materiały",
    "budget-0-amount": "2",
    "budget-0-price": "1 260,50",
}


def _form(url_name: str, make: Callable, *, username: str = "tomasz", **fields):
    """The form about the project that ``make`` returns from (tomasz, maria)."""

    def fill(request):
        edition = make(*(request.getfixturevalue(name) for name in ("tomasz", "maria")))
        return reverse(url_name, args=[edition.pk]), fields

    return url_name, username, fill


def _draft(tomasz, maria):
    return helpers.make_draft(tomasz)


def _complete(tomasz, maria):
    return helpers.make_complete(tomasz)


def _sent(tomasz, maria):
    return helpers.make_sent(tomasz)


def _approved(tomasz, maria):
    return helpers.make_approved(tomasz, maria, starts_on=helpers.BEGUN_ON)


def _settled_soon(tomasz, maria):
    return helpers.enter_results(helpers.make_ended(tomasz, maria), tomasz)


def _results(request):
    edition = helpers.make_running(*(request.getfixturevalue(name) for name in ("tomasz", "maria")))
    goal, line = edition.specificgoals.first().pk, edition.budgetlines.first().pk
    return reverse("projects:results", args=[edition.pk]), {
        f"reached_{goal}": "9",
        f"spent_{line}": "1 200,50",
    }


def _new(request):
    return reverse("projects:new"), {"title": "Rodzina 2027", "kind": "group", "starts_on": "01.02.2027"}


PROJECT_SUBMISSIONS = [
    ("projects:new", "tomasz", _new),
    _form("projects:write", _draft, **DOCUMENT),
    _form("projects:send", _complete),
    _form("projects:return", _sent, username="maria", text="Brakuje celu."),
    _form("projects:approve", _sent, username="maria", case_reference="OPS.5042.3.2026"),
    _form("projects:begin", _approved),
    _form("projects:end", helpers.make_running, last_day="12.10.2026"),
    _form("projects:settle", _settled_soon, username="maria"),
    _form("projects:withdraw", _sent, username="maria", text="Brak chętnych."),
    ("projects:results", "tomasz", _results),
]
