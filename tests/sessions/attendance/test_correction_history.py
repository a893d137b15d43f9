"""Why a late correction was made is read where the marks are: not by everybody who reads the history of the project."""

from datetime import date

from lubsko_ops.core import clock
from tests.page import page_text
from tests.projects.groups.helpers import page
from tests.sessions.attendance.helpers import enrol, make_past, make_workshop, mark, mother_of

WHY = "mama była wtedy w szpitalu"


def test_the_reason_of_a_correction_is_read_by_who_reads_the_marks(client, tomasz, maria, ewa, kowalscy):
    group = make_workshop(tomasz, maria, leader=tomasz)
    danuta = enrol(group, tomasz, person=mother_of(kowalscy), family=kowalscy)
    meeting = make_past(group, tomasz)
    with clock.freeze_time(date(2026, 11, 20)):
        mark(meeting, {danuta: "present"}, reason=WHY, by=tomasz)
        client.force_login(ewa)
        history = page_text(client.get(page("projects:history", group.edition_id)))
        assert WHY not in history
        client.force_login(maria)
        assert WHY in page_text(client.get(page("projects:history", group.edition_id)))
