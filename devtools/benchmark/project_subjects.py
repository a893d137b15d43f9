"""Subjects of social projects: the list, the largest project that runs with its groups and participants, a family.

The limits are about one and a half times what was measured when they were set.
"""

from collections.abc import Iterator

from django.db.models import Count
from django.urls import reverse

from devtools.benchmark.stock_page import at_most
from devtools.benchmark.subject import Subject, page
from projects.models import Edition, Participation, ProjectLine

LIST, PROJECT, PEOPLE, FAMILY, GROUP = at_most(14), at_most(22), at_most(60, 80), at_most(16), at_most(38)
REPORT = at_most(400)  # a document of several pages with charts
LINE = at_most(60, 120)
LIST_STATEMENTS, PROJECT_STATEMENTS, PEOPLE_STATEMENTS, INDICATOR_STATEMENTS = 8, 18, 14, 10


def subjects() -> Iterator[Subject]:
    edition = Edition.objects.annotate(people=Count("participations")).order_by("-people", "pk").first()
    if edition is None or not edition.people:
        return
    yield page("projekty", "maria", reverse("projects:list"), LIST, statements=LIST_STATEMENTS)
    for who in ("maria", "anna"):
        yield page(
            "projekt",
            who,
            reverse("projects:project", args=[edition.pk]),
            PROJECT,
            statements=PROJECT_STATEMENTS,
        )
        indicators = reverse("projects:indicators", args=[edition.pk])
        yield page("wskaźniki", who, indicators, PROJECT, statements=INDICATOR_STATEMENTS)
        people = reverse("projects:participants", args=[edition.pk])
        for view in ("", "?widok=rezerwa", "?widok=braki"):
            yield page(f"uczestnicy {view}".strip(), who, people + view, PEOPLE, statements=PEOPLE_STATEMENTS)
    yield page(
        "grupy",
        "maria",
        reverse("projects:groups", args=[edition.pk]),
        LIST,
        statements=LIST_STATEMENTS,
    )
    line = ProjectLine.objects.annotate(number=Count("editions")).order_by("-number", "pk")[0]
    compare = reverse("project-reports:line", args=[line.pk])
    yield page("porównanie edycji", "maria", compare, LINE)
    row = Participation.objects.filter(edition=edition, family__isnull=False).order_by("pk")[0]
    yield page(
        "udział w projekcie",
        "maria",
        reverse("projects:participation", args=[edition.pk, row.pk]),
        PROJECT,
        statements=PROJECT_STATEMENTS,
    )
    yield page("grupa", "maria", reverse("groups:group", args=[row.group_id]), GROUP, statements=16)
    numbers, report = (
        reverse(f"project-reports:{name}", args=[edition.pk]) for name in ("numbers", "report")
    )
    yield page("liczby projektu", "maria", numbers, GROUP, statements=10)
    for who in ("maria", "anna"):
        yield page("sprawozdanie z projektu", who, report, GROUP, statements=10)
    workbook = reverse("project-reports:xlsx", args=[edition.pk])
    yield page("sprawozdanie z projektu, XLSX", "maria", workbook, PEOPLE, statements=None)
    yield page(
        "projekty rodziny",
        "maria",
        reverse("family-projects", args=[row.family_id]),
        FAMILY,
        statements=LIST_STATEMENTS + 5,
    )
