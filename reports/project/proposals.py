"""Sentences about the numbers of a project that its author may take over into the texts of the report."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from lubsko_ops.core.polish import count_of, join_list, number, plural_form
from projects.choices import LeavingReason, SurveyKind
from projects.indicators.rules import Standing
from projects.papers import money
from projects.surveys.results import SurveyResult
from reports.project.statement import ProjectStatement

MEETINGS = "spotkanie,spotkania,spotkań"
PLANNED = "zaplanowanego spotkania,zaplanowanych spotkań,zaplanowanych spotkań"
QUESTIONS = "pytania,pytań,pytań"  # "w 1 z 1 pytania"
HELD = "Odbyło się,Odbyły się,Odbyło się"
PEOPLE = "osoba,osoby,osób"
HOURS = "godzina,godziny,godzin,godziny"


class Proposals:
    """The sentences for each text, without those that have nothing to say."""

    def __init__(self, statement: ProjectStatement) -> None:
        self.statement = statement

    def by_text(self) -> dict[str, list[str]]:
        """Sentences by the name of the text they are for."""
        texts: dict[str, Callable[[], Iterator[str]]] = {
            "course": self._course,
            "undone": self._undone,
            "conclusions": self._conclusions,
        }
        return {name: list(sentences()) for name, sentences in texts.items()}

    def _value(self, key: str) -> Decimal:
        return Decimal(self.statement.value(self.statement.catalogue[key]) or 0)

    @property
    def _planned_meetings(self) -> Decimal:
        """Meetings the document planned; zero of a part of the project, since they are planned for all of it."""
        planned = self.statement.planned.get("spotkania-odbyte", 0) if self.statement.is_whole else 0
        return Decimal(planned)

    # ---- przebieg ------------------------------------------------------------------------------------
    def _course(self) -> Iterator[str]:
        if held := self._value("spotkania-odbyte"):
            yield self._meetings(held)
        if self._value("obecnosci-mozliwe"):
            came, possible = (self.statement.text(key) for key in ("obecnosci", "obecnosci-mozliwe"))
            share = self.statement.text("frekwencja")
            yield f"Średnia frekwencja: {share} ({came} z {possible} możliwych obecności)."
        if begun := self._value("rozpoczete"):
            yield self._participation(begun)
        if visits := self._value("wizyty-projektu"):
            hours = self.statement.text("godziny-wizyt-projektu")
            yield f"W pracy z rodzinami: {count_of(visits, 'wizyta,wizyty,wizyt')}, razem {hours} godz."
        yield from self._events()

    def _meetings(self, held: Decimal) -> str:
        planned = self._planned_meetings
        hours = Decimal(self._value("godziny-spotkan")) / 60
        together = f", razem {count_of(hours, HOURS)}" if hours else ""
        if planned and planned >= held:
            return f"{plural_form(held, HELD)} {number(held)} z {count_of(planned, PLANNED)}{together}."
        more = f" (w planie {number(planned)})" if planned else ""
        return f"{plural_form(held, HELD)} {count_of(held, MEETINGS)}{more}{together}."

    def _participation(self, begun: Decimal) -> str:
        """ "Udział rozpoczęło 14 osób, ukończyło 13, przerwała 1: podjęcie pracy (1)."; of people in several groups the
        participations.
        """
        finished, broken = self._value("ukonczone"), self._value("przerwane")
        if begun == self._value("uczestnicy"):
            parts = [
                f"Udział {plural_form(begun, 'rozpoczęła,rozpoczęły,rozpoczęło')} {count_of(begun, PEOPLE)}",
                f"{plural_form(finished, 'ukończyła,ukończyły,ukończyło')} {number(finished)}"
                if finished
                else "",
                f"{plural_form(broken, 'przerwała,przerwały,przerwało')} {number(broken)}" if broken else "",
            ]
        else:
            parts = [
                f"{plural_form(begun, 'Rozpoczął się,Rozpoczęły się,Rozpoczęło się')} {_shares(begun)}",
                f"ukończono {number(finished)}" if finished else "",
                f"przerwano {number(broken)}" if broken else "",
            ]
        return f"{', '.join(filter(None, parts))}{self._reasons()}."

    def _reasons(self) -> str:
        counts = {
            reason.label: self._value(f"przerwane-{reason.value.replace('_', '-')}")
            for reason in LeavingReason
        }
        listed = [f"{label} ({number(count)})" for label, count in counts.items() if count]
        return f": {join_list(listed)}" if listed else ""

    def _events(self) -> Iterator[str]:
        rows = (
            ("policzone-osoby", PEOPLE),
            ("wolontariusze", "wolontariusz,wolontariuszy,wolontariuszy"),
            ("paczki", "paczka,paczki,paczek"),
        )
        listed = [count_of(value, forms) for key, forms in rows if (value := self._value(key))]
        if kilograms := self._value("kilogramy"):
            listed.append(f"{number(kilograms)} kg")
        if listed:
            yield f"Na wydarzeniach bez zapisów: {join_list(listed)}."

    # ---- czego nie zrobiono --------------------------------------------------------------------------
    def _undone(self) -> Iterator[str]:
        held = self._value("spotkania-odbyte")
        if (planned := self._planned_meetings) > held:
            yield f"Nie odbyło się {number(planned - held)} z {count_of(planned, PLANNED)}."
        if cancelled := self._value("spotkania-odwolane"):
            yield f"Odwołano {count_of(cancelled, MEETINGS)}."
        if broken := self._value("przerwane"):
            yield f"Przerwano {_shares(broken)}{self._reasons()}."
        for each in self.statement.indicators:
            if each.standing == Standing.MISSED and self.statement.is_over:
                yield f"Nie osiągnięto celu {each.goal.position} ({each.goal.goal}): {each.words}."
        for position in self.statement.positions:
            if position.line.difference:
                yield f"Pozycja {position.line.position}. {position.line.name}: {position.line.difference}"

    # ---- wnioski -------------------------------------------------------------------------------------
    def _conclusions(self) -> Iterator[str]:
        indicators = self.statement.indicators
        if indicators:
            reached = sum(each.standing == Standing.REACHED for each in indicators)
            yield f"Osiągnięto {number(reached)} z {count_of(len(indicators), 'celu,celów,celów')}."
        for result in self.statement.surveys:
            yield from _survey_sentence(result)
        if planned := self._value("zaplanowano"):
            yield (
                f"Wydano {money(self._value('wydano'))} zł z {money(planned)} zł "
                f"({self.statement.text('wykonanie-budzetu')})."
            )


def _shares(count: Decimal) -> str:
    return count_of(count, "udział,udziały,udziałów")


def _survey_sentence(result: SurveyResult) -> Iterator[str]:
    if result.survey.kind != SurveyKind.BEFORE_AFTER:
        return
    changes = [each.change for each in result.questions if each.change is not None]
    if changes:
        better = sum(change > 0 for change in changes)
        yield f"„{result.survey}”: po wynik wyższy niż przed w {number(better)} z {count_of(len(changes), QUESTIONS)}."
