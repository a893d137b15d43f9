"""What is measured, and the ground floor's part of it. Each app tells its own in bench.py (``subjects()``).

A time says nothing on another machine; its ratio to the floor measured in the same minute does. The floor is the
lightest page of a person who is logged in: session, rights, frame, one form.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.test import Client
from django.urls import reverse

PEOPLE = ("maria", "anna")
# About half as much again as measured; most of it is the writing of the page, the same in both.
USUAL = (16, 20)


@dataclass(frozen=True)
class Subject:
    """Something a person does. ``most``: how many times the floor it may take in a city and in a metropolis.

    beside: what it is timed against instead of the floor: the last page against the first. whole: why it may read
    large tables from end to end, if it may.
    """

    label: str
    who: str
    do: Callable[[Client], object]
    most: tuple[float, float] = USUAL
    beside: "Subject | None" = None
    whole: str = ""


def page(label: str, who: str, url: str, **limits) -> Subject:
    """Opening a page; anything but the page itself is a fault."""

    def do(client: Client):
        response = client.get(url)
        if response.status_code != 200:
            raise RuntimeError(f"{url} for {who}: {response.status_code}")
        return response

    return Subject(label, who, do, **limits)


def floor() -> Subject:
    return page("podstawa: własne konto", "maria", reverse("account"))


def subjects() -> list[Subject]:
    """The start page of each part in the centre."""
    return [
        page("strona startowa", who, reverse("start"), most=(20, 30)) for who in (*PEOPLE, "tomasz", "jan")
    ]
