"""Subjects of the staff and the settings: lists of people and files, one account, norms, cases without a reference.

The limits are about one and a half times what was measured when they were set.
"""

from collections.abc import Iterator

from django.urls import reverse

from devtools.benchmark.stock_page import at_most
from devtools.benchmark.subject import Subject, page
from lubsko_ops.accounts.models import User

LIST, PERSON, SETTINGS = at_most(14), at_most(20), at_most(12)
PERSON_STATEMENTS = 12  # of the page of an account and of a file: a few of each of many things


def subjects() -> Iterator[Subject]:
    anna = User.objects.get(username="anna").pk
    yield page("pracownicy", "maria", reverse("staff"), LIST)
    yield page(
        "konto pracownika", "maria", reverse("person", args=[anna]), PERSON, statements=PERSON_STATEMENTS
    )
    yield page(
        "historia konta",
        "maria",
        reverse("person-history", args=[anna]),
        PERSON,
        statements=PERSON_STATEMENTS,
    )
    yield page("teczki asystentów", "maria", reverse("families:employee-files"), LIST)
    yield page(
        "teczka asystenta",
        "maria",
        reverse("families:employee-file", args=[anna]),
        PERSON,
        statements=PERSON_STATEMENTS,
    )
    for name in ("norms", "law", "centre", "regions", "filing-symbols", "missing-references"):
        yield page(f"ustawienia: {name}", "maria", reverse(name), SETTINGS)
