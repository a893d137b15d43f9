"""A valid submission of the forms of the znak sprawy."""

from collections.abc import Callable

from django.urls import reverse

from tests.lubsko_ops.centre.dictionaries.helpers import make_symbol


def _form(name: str, *, counts: bool = False, **fields) -> tuple[str, str, Callable]:
    """The form of the only period of the Kowalscy; ``counts``: the centre has a counter."""

    def fill(request):
        family = request.getfixturevalue("kowalscy")
        if counts:
            make_symbol(by=request.getfixturevalue("maria"))
        return reverse(name, args=[family.pk, family.periods.get().pk]), fields

    return name, "maria", fill


REFERENCE_SUBMISSIONS = [
    _form("families:case-reference", case_reference="ABC.1234.7.2026"),
    _form("families:case-reference", counts=True, source="2026"),
    _form("families:missing-reference", case_reference="ABC.1234.8.2026"),
]
