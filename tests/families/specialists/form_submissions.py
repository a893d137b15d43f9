"""Valid submissions of the forms about specialists of a family: (URL name, user, function of the request)."""

from django.urls import reverse

from tests.factories import TODAY
from tests.families.specialists.helpers import PURPOSE, let_in


def _add(request):
    family, olga = request.getfixturevalue("kowalscy"), request.getfixturevalue("olga")
    values = {"specialist": olga.pk, "starts_on": f"{TODAY:%d.%m.%Y}", "purpose": PURPOSE}
    return reverse("families:specialist-add", args=[family.pk]), values


def _form(name, **fields):
    """A form about the access of olga to the Kowalscy."""

    def fill(request):
        family, olga, maria = (request.getfixturevalue(each) for each in ("kowalscy", "olga", "maria"))
        return reverse(name, args=[family.pk, let_in(family, olga, by=maria).pk]), fields

    return (name, "tomasz", fill)


SPECIALIST_SUBMISSIONS = [
    ("families:specialist-add", "tomasz", _add),
    _form("families:specialist-change", ends_on="31.12.2026", why="koniec konsultacji"),
    _form("families:specialist-remove", why="inna rodzina"),
]
