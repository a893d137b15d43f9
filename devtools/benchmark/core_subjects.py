"""Subjects of the benchmark, and those of the core. Each ``…_subjects`` module has ``subjects()``.

Times differ between machines; their ratio to a baseline measured in the same minute does not. The baseline is the
lightest page of a logged-in user: session, permissions, layout, one form.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.test import Client
from django.urls import reverse

PEOPLE = ("maria", "anna")
# About 1.5 times the measured ratios; most of it is rendering of the page, the same in both sizes.
DEFAULT_LIMITS = (16, 20)


@dataclass(frozen=True)
class Subject:
    """Something a user does. ``limits``: times the baseline it may take in a city and in a metropolis.

    ``reference``: what it is timed against instead of the baseline, e.g. the first page for the last one.
    ``full_scan_reason``: why it may read large tables from end to end, if it may.
    """

    label: str
    who: str
    do: Callable[[Client], object]
    limits: tuple[float, float] = DEFAULT_LIMITS
    reference: "Subject | None" = None
    full_scan_reason: str = ""


def page(label: str, who: str, url: str, **options) -> Subject:
    """Opening a page; a status other than 200 is an error."""

    def do(client: Client):
        response = client.get(url)
        if response.status_code != 200:
            raise RuntimeError(f"{url} for {who}: {response.status_code}")
        return response

    return Subject(label, who, do, **options)


def baseline() -> Subject:
    return page("podstawa: własne konto", "maria", reverse("account"))


def subjects() -> list[Subject]:
    """The start page of each role."""
    return [
        page("strona startowa", who, reverse("start"), limits=(20, 30)) for who in (*PEOPLE, "tomasz", "jan")
    ]
