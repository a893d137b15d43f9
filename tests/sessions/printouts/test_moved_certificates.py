"""A certificate stays with who moved to another group afterwards."""

from datetime import date

from lubsko_ops.audit.history import save_with_history
from projects.choices import ParticipationStepKind
from projects.models import ParticipationStep
from sessions.printouts import actions
from sessions.printouts.certificates import certificate_rows
from tests.projects.groups.helpers import make_group
from tests.sessions.printouts.helpers import join, mark, new_person, register_of, weekly, workshop


def test_who_moved_with_a_certificate_does_not_stop_the_others(tomasz, maria):
    group = workshop(tomasz, maria)
    held = weekly(group, tomasz, 2, held=2, first=date(2026, 10, 5))
    danuta = join(group, tomasz, new_person(tomasz, "Danuta", "Kowalska"))
    mark(held, danuta, tomasz, "++")
    actions.set_certificate_threshold(group=group, certificate_from=1, why="", version=None, by=tomasz)
    chosen = [(danuta.pk, danuta.person_id)]
    actions.issue_certificates(group=group, chosen=chosen, before_end=False, by=tomasz)
    other = make_group(group.edition, tomasz, name="Grupa II", leader=tomasz)
    danuta.group = other
    save_with_history(danuta, by=tomasz, why="przejście")
    step = ParticipationStep(
        participation=danuta,
        group=other,
        kind=ParticipationStepKind.MOVE,
        status=danuta.status,
        day=date(2026, 10, 13),
    )
    save_with_history(step, by=tomasz, why="przejście")
    (row,) = certificate_rows(register_of(group), 1)
    assert row.certificate is not None and not row.is_due
