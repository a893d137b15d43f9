"""Actions of the papers of meetings: the threshold of certificates, certificates, letters about absences."""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Max

from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import lock_row, save_with_history
from lubsko_ops.core import clock
from lubsko_ops.core.actions import action
from lubsko_ops.core.locks import lock
from lubsko_ops.output.issued_papers import issue_paper
from projects.groups.queries import leaders_of
from projects.models import Edition, Participation, ProjectGroup
from projects.papers import PROJECT_FILE
from projects.permissions import may_write
from sessions.attendance.actions import follow_up_absences
from sessions.choices import FollowUpKind
from sessions.models import AbsenceFollowUp, Certificate, GroupSchedule
from sessions.permissions import LOCKED, NOT_RUN, may_change_meetings, runs_group
from sessions.printouts import certificates, letters
from sessions.printouts.register import load_register
from sessions.printouts.schedules import load_meetings
from sessions.schedule.schedule import Schedule
from sessions.schedule.storage import to_json

NOT_AUTHOR = "Próg zaświadczeń ustalają autorzy projektu i kierownik."
NO_THRESHOLD = "Najpierw ustal, od ilu obecności wydaje się zaświadczenia."
NOBODY_CHOSEN = "Wybierz, komu wydać zaświadczenie."
NOT_DUE = "Tej osobie nie można teraz wydać zaświadczenia. Otwórz stronę jeszcze raz i sprawdź obecności."
STILL_RUNNING = "Zajęcia jeszcze trwają. Zaznacz, że wydajesz zaświadczenia przed końcem."


@action
def set_certificate_threshold(
    *, group: ProjectGroup, certificate_from: int | None, why: str, version: int | None, by: User
) -> GroupSchedule:
    """Set from how many presences certificates are given; None for no certificates. By authors and the manager.

    ``version``: of the schedule as it was opened, None where the group had none; VersionConflict otherwise.
    """
    edition = _lock_edition(group)
    if not may_write(edition, by):
        raise PermissionDenied(NOT_AUTHOR)
    schedule = GroupSchedule.objects.filter(group=group).first()
    if schedule is not None:
        schedule = lock_row(GroupSchedule.objects, pk=schedule.pk, version=version or 0)
    schedule = schedule or GroupSchedule(group=group, content=to_json(Schedule()))
    if schedule.pk and schedule.certificate_from == certificate_from:
        return schedule
    schedule.certificate_from = certificate_from
    return save_with_history(schedule, by=by, why=why or "Próg zaświadczeń")


@action
def issue_certificates(
    *, group: ProjectGroup, chosen: Collection[tuple[int, int]], before_end: bool, by: User
) -> list[Certificate]:
    """Issue certificates to these (participation, person), numbered within the project and year without gaps.

    ``before_end``: whether that is meant while meetings are still to come. All of them or none.
    """
    lock(people={person for _, person in chosen})
    edition = _lock_edition(group)
    group.edition = edition
    leaders = leaders_of(group)
    if not runs_group(edition, leaders, by, on=clock.today()):
        raise PermissionDenied(NOT_RUN)
    register = load_register(group, load_meetings(group))
    threshold = certificates.threshold_of(group)
    if not threshold:
        raise ValidationError(NO_THRESHOLD)
    if not chosen:
        raise ValidationError({"people": NOBODY_CHOSEN})
    if register.planned and not before_end:
        raise ValidationError({"before_end": STILL_RUNNING})
    due = {
        each.line.slot.key: each for each in certificates.certificate_rows(register, threshold) if each.is_due
    }
    if not set(chosen) <= due.keys():
        raise ValidationError({"people": NOT_DUE})
    today, issued = clock.today(), []
    numbers = Certificate.objects.filter(edition=edition, year=today.year)
    number = numbers.aggregate(last=Max("number"))["last"] or 0
    for key, row in due.items():
        if key not in chosen:
            continue
        number += 1
        certificate = Certificate(
            edition=edition,
            participation=row.line.slot.participation,
            person=row.line.slot.person,
            year=today.year,
            number=number,
            issued_on=today,
            attended=row.score.attended,
            meetings=row.score.meetings,
            minutes=row.score.minutes,
        )
        save_with_history(certificate, by=by, why="Wydanie zaświadczenia")
        issue_paper(
            kind=certificates.CERTIFICATE,
            file=(PROJECT_FILE, edition.pk),
            subject=(certificates.SUBJECT, certificate.pk),
            number=certificate.number_text,
            context=certificates.certificate_context(certificate, register, leaders),
            by=by,
        )
        issued.append(certificate)
    return issued


@action
def issue_absence_letter(
    *, participation: Participation, letter: letters.Letter, by: User
) -> AbsenceFollowUp:
    """Issue the letter and note that it was sent, which ends the notice of these absences."""
    done = follow_up_absences(participation=participation, kind=FollowUpKind.LETTER, day=clock.today(), by=by)
    row = Participation.objects.select_related("edition", "group").get(pk=participation.pk)
    check_address(letter.address, row)
    issue_paper(
        kind=letters.ABSENCE_LETTER,
        file=(PROJECT_FILE, row.edition_id),
        subject=(letters.SUBJECT, done[0].pk),
        number=row.edition.case_reference or f"projekt {row.edition_id}",
        context=letters.letter_context(
            row, letter, on=clock.today(), now=clock.now().astimezone(clock.WARSAW)
        ),
        by=by,
    )
    return done[0]


def check_address(address: str, row: Participation) -> None:
    """Raise ValidationError for an address that is withheld from somebody."""
    if letters.is_withheld(address, row):
        raise ValidationError({"address": letters.WITHHELD})


def _lock_edition(group: ProjectGroup) -> Edition:
    """The locked edition, while its meetings may be changed."""
    edition = lock_row(Edition.objects, pk=group.edition_id)
    if not may_change_meetings(edition):
        raise PermissionDenied(LOCKED)
    return edition
