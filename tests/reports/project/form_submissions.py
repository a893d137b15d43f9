"""A valid submission of every form of a project's report."""

from dataclasses import dataclass
from datetime import timedelta

from lubsko_ops.core import clock
from projects.models import Edition
from tests.projects.helpers import make_ended
from tests.reports.project.report_helpers import approve, present, url, write, write_and_present


@dataclass
class EndedProject:
    edition: Edition


def _ended(request) -> EndedProject:
    people = (request.getfixturevalue(name) for name in ("tomasz", "maria"))
    return EndedProject(make_ended(*people))


def _texts(request):
    return url(_ended(request), "texts"), {"course": "Odbyło się dziewięć spotkań."}


def _present(request):
    project = _ended(request)
    write(project, request.getfixturevalue("tomasz"))
    return url(project, "present"), {}


def _presented(name: str, **fields):
    def fill(request):
        project = _ended(request)
        write_and_present(project, request.getfixturevalue("tomasz"))
        return url(project, name), fields

    return fill


def _correct(request):
    """Other texts than those approved an hour ago."""
    project, tomasz = _ended(request), request.getfixturevalue("tomasz")
    with clock.freeze_time(clock.now() - timedelta(hours=1)):
        write_and_present(project, tomasz)
        approve(project, request.getfixturevalue("maria"))
    write(project, tomasz, course="Inaczej.", starts_correction=True)
    present(project, tomasz)
    return url(project, "correct"), {"reason": "Uzupełniono przebieg."}


PROJECT_REPORT_SUBMISSIONS = [
    ("project-reports:texts", "tomasz", _texts),
    ("project-reports:present", "tomasz", _present),
    ("project-reports:return", "maria", _presented("return", remarks="Brak wniosków.")),
    ("project-reports:approve", "maria", _presented("approve")),
    ("project-reports:correct", "maria", _correct),
]
