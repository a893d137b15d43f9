"""A valid submission of every form of the papers of meetings."""

from sessions.printouts.actions import set_certificate_threshold
from tests.projects.groups.helpers import mother_of
from tests.sessions.printouts.helpers import join, mark, url_of, weekly, workshop


def _row(request, letters: str):
    """Danuta in a workshop of Tomasz with these marks at two held meetings."""
    tomasz, maria, kowalscy = (request.getfixturevalue(name) for name in ("tomasz", "maria", "kowalscy"))
    group = workshop(tomasz, maria)
    meetings = weekly(group, tomasz, 2, held=2)
    row = join(group, tomasz, mother_of(kowalscy), family=kowalscy)
    mark(meetings, row, tomasz, letters)
    return row, tomasz


def _threshold(request):
    row, _ = _row(request, "++")
    return url_of("certificate-threshold", row.group_id), {"certificate_from": "2"}


def _certificates(request):
    row, tomasz = _row(request, "++")
    set_certificate_threshold(group=row.group, certificate_from=2, why="", version=None, by=tomasz)
    return url_of("certificate-issue", row.group_id), {"people": f"{row.pk}-{row.person_id}"}


def _letter(request):
    row, _ = _row(request, "nn")
    return url_of("absence-letter", row.pk), {"text": "Prosimy o telefon do ośrodka."}


PRINTOUTS_SUBMISSIONS = [
    ("meetings:certificate-threshold", "tomasz", _threshold),
    ("meetings:certificate-issue", "tomasz", _certificates),
    ("meetings:absence-letter", "tomasz", _letter),
]
