"""The days that a Polish sentence says: ./dev manage harmonogram "w każdą środę listopada 2026" --godziny 16:00-18:00.

Prints ISO dates one a line (a meeting over several days as start/end), names the public holiday after a date, then the
total. What is missing is printed as a question, and the command ends with exit code 2. Nothing is read from the
database or written to it.
"""

import sys

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lubsko_ops.core import clock
from lubsko_ops.core.parsing import parse_hour
from lubsko_ops.core.polish import NBSP
from sessions.schedule.hours import ScheduleError, TimeSlot
from sessions.schedule.rules import PlannedMeeting
from sessions.schedule.schedule import Schedule, totals_of
from sessions.sentences.parts import NotUnderstood, ScheduleQuestion
from sessions.sentences.reading import read_sentence

NOT_READ = 2


class Command(BaseCommand):
    help = "Dni spotkań ze zdania, np. „w każdą środę listopada 2026”."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("sentence", metavar="ZDANIE")
        parser.add_argument("--razem", type=int, metavar="N", help="zadeklarowana liczba spotkań")
        parser.add_argument("--godziny", metavar="16:00-18:00", help="godziny, których nie ma w zdaniu")

    def handle(self, *args: object, **options: object) -> None:
        declared = options["razem"]
        assert declared is None or isinstance(declared, int)
        try:
            hours = hours_from(str(options["godziny"])) if options["godziny"] else None
            result = read_sentence(str(options["sentence"]), hours=hours, count=declared, today=clock.today())
            if isinstance(result, Schedule) and not result.is_open_ended:
                self.print_schedule(result, declared)
                return
        except ScheduleError as error:
            self.print_line(str(error))
            sys.exit(NOT_READ)
        if isinstance(result, Schedule):
            self.print_line(
                "Ten harmonogram nie ma końca. Do którego dnia go wypisać? Dopisz np. „do 15.12.2026”."
            )
        else:
            self.print_question(result)
        sys.exit(NOT_READ)

    def print_schedule(self, schedule: Schedule, declared: int | None) -> None:
        meetings = schedule.meetings()
        for meeting in meetings:
            self.print_line(line_of(meeting))
        for note in schedule.notes():
            self.stderr.write(note)
        totals = totals_of(meetings)
        difference = totals.difference(declared) if declared is not None else ""
        self.print_line(f"Razem: {totals.text}." + (f" {difference}" if difference else ""))

    def print_question(self, answer: ScheduleQuestion | NotUnderstood) -> None:
        self.print_line(answer.text)
        if isinstance(answer, ScheduleQuestion):
            for choice in answer.choices:
                sentence = (
                    f": {choice.sentence}" if choice.sentence and choice.sentence != choice.label else ""
                )
                self.print_line(f"- {choice.label}{sentence}")

    def print_line(self, text: str) -> None:
        self.stdout.write(text.replace(NBSP, " "))


def line_of(meeting: PlannedMeeting) -> str:
    """ "2026-11-11 święto: Narodowe Święto Niepodległości", "2022-09-30/2022-10-02"."""
    line = meeting.start.isoformat()
    if meeting.end != meeting.start:
        line += f"/{meeting.end.isoformat()}"
    if meeting.holidays:
        line += f" święto: {', '.join(meeting.holidays)}"
    return line


def hours_from(text: str) -> TimeSlot:
    """The slot of "16:00-18:00". CommandError for anything else."""
    parts = text.replace("–", "-").split("-")
    try:
        hours = [parse_hour(part) for part in parts]
    except ValueError:
        hours = []
    if len(hours) != 2 or hours[0] is None or hours[1] is None:
        raise CommandError(f"Nie rozumiem godzin „{text}”. Napisz je tak: 16:00-18:00.")
    return TimeSlot.between(hours[0], hours[1])
