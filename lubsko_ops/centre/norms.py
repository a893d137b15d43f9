"""Norms: values that the centre sets itself, each from a day on; the past keeps its own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import groupby

from lubsko_ops.centre.models import NormValue
from lubsko_ops.core.compiled_query import CompiledQuery
from lubsko_ops.core.polish import DAY_FORMS, count_of
from lubsko_ops.core.process_cache import ProcessCache
from lubsko_ops.core.registry import Registry

WORKING_DAY_FORMS = "dzień roboczy,dni robocze,dni roboczych"


class NormGroup(StrEnum):
    VISITS = "Wizyty"
    PLAN = "Plan pracy z rodziną"
    STAFF = "Przekazanie rodziny i obsada"


@dataclass(frozen=True)
class Norm:
    """A value set by the centre: label, plural forms of its unit, standard value, allowed values, what it does.

    ``choices``: texts by value, for a norm that is no number. ``manager_only``: an administrator does not change it,
    because it decides who may open a file or accept a plan.
    """

    group: NormGroup
    label: str
    forms: str
    default: int
    effect: str
    minimum: int = 1
    maximum: int = 365
    choices: Mapping[int, str] = field(default_factory=dict)
    manager_only: bool = False

    def text(self, value: int) -> str:
        """The value with its unit: "14 dni"."""
        return self.choices.get(value) or count_of(value, self.forms)


NORMS = {
    # No act sets the frequency of visits: centres usually choose one or two weeks.
    "visit_rhythm_days": Norm(
        NormGroup.VISITS,
        "najdłuższa przerwa między wizytami",
        DAY_FORMS,
        14,
        "termin następnej wizyty, liczony od ostatniej odbytej",
    ),
    "first_visit_days": Norm(
        NormGroup.VISITS,
        "pierwsza wizyta od przydzielenia asystenta",
        DAY_FORMS,
        7,
        "termin pierwszej wizyty",
    ),
    "danger_follow_up_days": Norm(
        NormGroup.VISITS,
        "sprawdzenie po zgłoszeniu zagrożenia dziecka",
        WORKING_DAY_FORMS,
        1,
        "termin sprawdzenia, liczony od zgłoszenia i od każdego kroku",
        maximum=30,
    ),
    "late_entry_working_days": Norm(
        NormGroup.VISITS,
        "wpis wizyty bez oznaczania, że jest późny",
        WORKING_DAY_FORMS,
        3,
        "wpis po tym czasie pokazuje obie daty: wizyty i wpisu",
        minimum=0,
        maximum=60,
    ),
    "visit_warning_days": Norm(
        NormGroup.VISITS,
        "pytanie przy wpisie wizyty sprzed",
        DAY_FORMS,
        60,
        "o starszą wizytę formularz najpierw pyta",
    ),
    "visit_warning_hours": Norm(
        NormGroup.VISITS,
        "pytanie przy wizytach jednego dnia dłuższych niż",
        "godzina,godziny,godzin",
        10,
        "o dłuższe wizyty jednego dnia formularz najpierw pyta",
        maximum=24,
    ),
    # The act sets no day for the plan (art. 15 ust. 1 pkt 1); this is usual in centres.
    "plan_days": Norm(
        NormGroup.PLAN,
        "pierwszy plan pracy od przydzielenia asystenta",
        DAY_FORMS,
        30,
        "termin napisania planu",
    ),
    "plan_step_days": Norm(
        NormGroup.PLAN,
        "konsultacja, akceptacja albo poprawa planu",
        DAY_FORMS,
        7,
        "termin każdego z tych kroków, liczony od poprzedniego",
    ),
    "plan_signing_days": Norm(
        NormGroup.PLAN,
        "podpisy pod zaakceptowanym planem",
        DAY_FORMS,
        14,
        "termin podpisów, liczony od akceptacji",
    ),
    "plan_review_days": Norm(
        NormGroup.PLAN,
        "przegląd planu po ważnym zdarzeniu",
        DAY_FORMS,
        14,
        "termin przeglądu, liczony od zdarzenia, np. narodzin dziecka",
    ),
    "read_after_hand_over_days": Norm(
        NormGroup.STAFF,
        "odczyt teczki po przekazaniu rodziny",
        DAY_FORMS,
        30,
        "tak długo poprzedni asystent czyta teczkę; nic w niej nie zmienia",
        minimum=0,
        manager_only=True,
    ),
    "small_staff": Norm(
        NormGroup.STAFF,
        "mała obsada: jedna osoba konsultuje i akceptuje plan",
        "",
        0,
        "własnego planu i tak nie akceptuje nikt; plan mówi, że konsultowała i akceptowała jedna osoba",
        choices={0: "nie", 1: "tak"},
        manager_only=True,
    ),
}


@dataclass(frozen=True)
class Norms:
    """The values of all norms by name, each with its first day, in their order; before the first one the standard."""

    values: Mapping[str, tuple[tuple[date, int], ...]] = field(default_factory=dict)

    def on(self, name: str, day: date) -> int:
        """The value in force on the day."""
        started = [value for since, value in self.values.get(name, ()) if since <= day]
        return started[-1] if started else NORMS[name].default

    def due_on(self, name: str, since: date, *, on: date, count: Callable[[date, int], date]) -> date:
        """The end of a term that runs from ``since``, as of the day ``on``; ``count(since, value)`` counts it.

        A change changes only terms that end on its first day or later, and lets none of them end before that day. So
        the past keeps its norm, nobody is late by surprise, and a change announced for a later day changes nothing yet.
        """
        due = count(since, self.on(name, since))
        for begins, value in self.values.get(name, ()):
            if since < begins <= on and due >= begins:
                due = max(begins, count(since, value))
        return due


STANDARD_NORMS = Norms()


def _values():
    return NormValue.objects.order_by("name", "starts_on").values_list("name", "starts_on", "value")


NORM_VALUES: CompiledQuery[NormValue] = CompiledQuery(_values)


def load_norms() -> Norms:
    """The stored values. One statement, for what is stored and must not be older than the norms."""
    rows = groupby(NORM_VALUES.rows(), key=lambda row: row[0])
    return Norms({name: tuple((day, value) for _, day, value in of_norm) for name, of_norm in rows})


CACHED_NORMS = ProcessCache(load_norms)


def get_norm(name: str, *, on: date) -> int:
    """The value of the norm in force on the day, for pages and forms."""
    return CACHED_NORMS.get().on(name, on)


def get_due_on(name: str, since: date, *, on: date, count: Callable[[date, int], date]) -> date:
    """``Norms.due_on`` for pages."""
    return CACHED_NORMS.get().due_on(name, since, on=on, count=count)


def clear_cache() -> None:
    """Clear the cached values (between tests)."""
    CACHED_NORMS.clear()


# ---- what depends on norms -----------------------------------------------------------------------------
@dataclass(frozen=True)
class Progress:
    """How far a recalculation is: families done, of all that it concerns."""

    done: int
    total: int

    @property
    def text(self) -> str:
        return f"{self.done} z {count_of(self.total, 'rodziny,rodzin,rodzin')}."


@dataclass(frozen=True)
class NormDependents:
    """Stored rows that follow from norms.

    recalculate: starts their recalculation after a change of the norm (by name), in the transaction of the action.
    preview: what a change of the norm (by name) would do, in a sentence; empty when nothing.
    progress: of the recalculation that is going on; None when none is.
    """

    name: str
    norms: frozenset[str]
    recalculate: Callable[[str], None]
    preview: Callable[[str], str]
    progress: Callable[[], Progress | None]


NORM_DEPENDENTS: Registry[NormDependents] = Registry("dependents of norms", key=lambda item: item.name)
