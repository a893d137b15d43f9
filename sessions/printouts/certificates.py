"""Zaświadczenia: who may get one, and what the paper says. Whole families get none: it names a person.

A certificate takes so many presences as the project says (``GroupSchedule.certificate_from``). It is issued once, with
the attendance of that day; a correction made later does not change it and is shown beside it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from families.choices import Sex
from families.people.models import Person
from lubsko_ops.centre.models import get_letterhead
from lubsko_ops.core.polish import count_of, format_minutes, long_date
from lubsko_ops.output.issued_papers import PaperKind
from projects.choices import ParticipationStatus
from projects.models import Edition, GroupLeader, ProjectGroup
from projects.printouts.notice import days_text
from sessions.models import Certificate, GroupSchedule
from sessions.printouts.register import GroupRegister, RegisterLine, Score

TEMPLATE = "print/meetings/certificate.html"
CERTIFICATE = PaperKind("certificate", "Zaświadczenie", TEMPLATE)
SUBJECT = "certificate"
ENTITLED = (
    ParticipationStatus.TAKING_PART,
    ParticipationStatus.FINISHED,
    ParticipationStatus.BROKEN_OFF,
)
MANY_TOPICS, MOST_TOPICS = 260, 600  # characters: with more set closer, without topics
FINISHED = {
    Sex.FEMALE: "ukończyła udział w projekcie socjalnym",
    Sex.MALE: "ukończył udział w projekcie socjalnym",
}
TOOK_PART = {
    Sex.FEMALE: "uczestniczyła w projekcie socjalnym",
    Sex.MALE: "uczestniczył w projekcie socjalnym",
}
NEUTRAL = "uczestnictwo w projekcie socjalnym"


@dataclass(frozen=True)
class CertificateRow:
    """Somebody of the group with the attendance so far and the certificate, if there is one."""

    line: RegisterLine
    score: Score
    threshold: int | None
    certificate: Certificate | None = None

    @property
    def code(self) -> str:
        return self.line.slot.code

    @property
    def missing(self) -> int:
        """How many presences are missing."""
        return max((self.threshold or 0) - self.score.attended, 0)

    @property
    def is_due(self) -> bool:
        """Whether a certificate may be issued now."""
        return bool(self.threshold) and not self.missing and self.certificate is None

    @property
    def broke_off(self) -> bool:
        return self.line.slot.participation.status == ParticipationStatus.BROKEN_OFF

    @property
    def status(self) -> dict[str, str]:
        if self.certificate:
            return {"text": f"wydano, nr {self.certificate.number_text}", "kind": "done"}
        if not self.threshold:
            return {"text": "", "kind": "quiet"}
        if self.missing:
            goes_on = self.line.slot.participation.status == ParticipationStatus.TAKING_PART
            return {"text": f"{'brakuje' if goes_on else 'zabrakło'} {self.missing}", "kind": "quiet"}
        return {"text": "można wydać", "kind": "soon"}

    @property
    def note(self) -> str:
        """How the attendance differs from the one that was certified; that the participation was broken off."""
        given = self.certificate
        if given and (given.attended, given.meetings) != (self.score.attended, self.score.meetings):
            was = Score(given.attended, given.meetings).text
            return f"zaświadczenie wydano przy {was}, teraz {self.score.text}"
        return "udział przerwany" if self.broke_off and not given else ""


def threshold_of(group: ProjectGroup) -> int | None:
    schedule = GroupSchedule.objects.filter(group=group).first()
    return schedule.certificate_from if schedule else None


def certificate_rows(register: GroupRegister, threshold: int | None) -> list[CertificateRow]:
    """The people of the group who take or took part, also of those who moved on, by name. One statement."""
    people = {line.slot.participation.pk for line in register.lines}
    given = {
        (each.participation_id, each.person_id): each
        for each in Certificate.objects.filter(participation__in=people)
    }
    held = register.held
    return [
        CertificateRow(line, line.score(held), threshold, given.get(line.slot.key))
        for line in register.lines
        if line.slot.person and (line.slot.participation.status in ENTITLED or line.slot.key in given)
    ]


# ---- the paper ---------------------------------------------------------------------------------------
def certificate_context(
    certificate: Certificate, register: GroupRegister, leaders: Iterable[GroupLeader]
) -> dict[str, Any]:
    """What the paper says, as plain values."""
    group, edition = register.group, register.group.edition
    on, person = certificate.issued_on, certificate.person
    ended = not register.planned and certificate.participation.status != ParticipationStatus.BROKEN_OFF
    topics = "; ".join(dict.fromkeys(each.topic for each in register.held if each.topic))
    names = dict.fromkeys(str(each) for each in leaders if each.is_active_on(min(on, group.ends_on or on)))
    return {
        "case_reference": edition.case_reference,
        "number": certificate.number_text,
        "name": f"{person.first_name} {person.last_name}",
        "verb": verb_of(person, ended=ended),
        "title": edition.title,
        "group": group.name,
        "when": days_text(*lasting(edition, group)),
        "attendance": attendance_text(certificate, whole=ended),
        "topics": topics if len(topics) <= MOST_TOPICS else "",
        "is_long": len(topics) + len(edition.title) + len(group.name) > MANY_TOPICS,
        "locality": get_letterhead().locality,
        "dated": on,
        "leaders": list(names),
    }


def lasting(edition: Edition, group: ProjectGroup):
    return group.starts_on, group.ends_on or edition.ends_on


def verb_of(person: Person, *, ended: bool) -> str:
    """By sex; neutral where it is not recorded."""
    return (FINISHED if ended else TOOK_PART).get(person.sex, NEUTRAL)


def attendance_text(certificate: Certificate, *, whole: bool) -> str:
    """ "Obecność na 9 z 9 spotkań, łącznie 18 godzin."; before the end with the day up to which it is counted."""
    meetings = f"{certificate.attended} z {count_of(certificate.meetings, 'spotkania,spotkań,spotkań')}"
    hours = f", łącznie {hours_text(certificate.minutes)}" if certificate.minutes else ""
    until = "Obecność" if whole else f"Do {long_date(certificate.issued_on)} obecność"
    return f"{until} na {meetings}{hours}."


def hours_text(minutes: int) -> str:
    """ "18 godzin", "13 godz. 30 min"."""
    if minutes % 60:
        return format_minutes(minutes)
    return count_of(minutes // 60, "godzina,godziny,godzin")
