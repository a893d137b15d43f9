"""Rules of groups that need no database: what fits which kind, days within the period, ages, hours."""

from collections.abc import Iterable
from datetime import date, time
from decimal import Decimal

from lubsko_ops.core.polish import short_date
from lubsko_ops.core.temporal import ValidTimeModel
from projects.choices import ActivityKind, EditionState, Takes
from projects.models import Edition, GroupDay, ProjectGroup

MAX_HOURS = Decimal(5000)
MAX_DAYS = 60
LOCKED_STATES = (EditionState.SETTLED, EditionState.WITHDRAWN)
LOCKED = "Ten projekt jest zamknięty, więc jego grup się nie zmienia."
WITH_MEETINGS = (
    ActivityKind.WORKSHOP,
    ActivityKind.GROUP,
    ActivityKind.TRAINING,
    ActivityKind.CHILDREN,
    ActivityKind.OUTING,
)
WITH_DAYS = (ActivityKind.CHILDREN, ActivityKind.OUTING, ActivityKind.TRIP, ActivityKind.EVENT)
ENROLLED = ("takes", "capacity", "age_from", "age_to", "age_unit")
UNFIT = {
    "capacity": "Wydarzenie jest bez zapisów, więc nie ma liczby miejsc. Zostaw to pole puste.",
    "age_from": "Przy tym rodzaju nie podaje się wieku uczestników. Zostaw to pole puste.",
    "age_to": "Przy tym rodzaju nie podaje się wieku uczestników. Zostaw to pole puste.",
    "meetings": "Ten rodzaj zajęć nie ma liczby spotkań. Zostaw to pole puste.",
    "hours": "Godzin się tu nie wpisuje: liczą się z dni albo z wizyt. Zostaw to pole puste.",
    "partners": "Praca z rodzinami nie ma partnerów. Wpisz ich w opisie projektu, a to pole zostaw puste.",
    "place": "Praca z rodzinami dzieje się u rodzin. Zostaw to pole puste.",
    "other_place": "Praca z rodzinami dzieje się u rodzin. Zostaw to pole puste.",
}
KIND_HINTS = {
    ActivityKind.CHILDREN: "Także terapia, ferie i półkolonie. Dni z programem wpiszesz na stronie zajęć.",
    ActivityKind.CONSULTATION: "Na umówioną godzinę, osoba po osobie.",
    ActivityKind.TRIP: "Dni z programem wpiszesz na stronie zajęć.",
    ActivityKind.OUTING: "Dni z programem wpiszesz na stronie zajęć.",
    ActivityKind.EVENT: "Nikogo się nie zapisuje. Na stronie wydarzenia wpiszesz dni i co policzono.",
    ActivityKind.FAMILY_WORK: (
        "Biorą udział całe rodziny. Wizyty i kontakty z tymi rodzinami liczą się same, niczego się nie przepisuje."
    ),
}


# ---- kinds -------------------------------------------------------------------------------------------
def fits(field: str, kind: str) -> bool:
    """Whether the field of a group is filled in for this kind of activity."""
    if kind == ActivityKind.EVENT:
        return field not in (*ENROLLED, "meetings", "hours")
    if kind == ActivityKind.FAMILY_WORK:
        return field not in ("takes", "age_from", "age_to", "age_unit", "meetings", "hours", *UNPLACED)
    if field == "meetings":
        return kind in WITH_MEETINGS
    return field != "hours" or kind != ActivityKind.TRIP


UNPLACED = ("place", "other_place", "partners")


def has_days(kind: str) -> bool:
    """Whether the activity has single days with a programme."""
    return kind in WITH_DAYS


def has_meetings(kind: str) -> bool:
    """Whether the activity meets by a schedule."""
    return kind in WITH_MEETINGS


def takes_for(kind: str, chosen: str) -> str:
    """Who takes part: chosen, except in an event and in work with families."""
    fixed = {ActivityKind.EVENT: Takes.NOBODY, ActivityKind.FAMILY_WORK: Takes.FAMILIES}
    if kind in fixed:
        return fixed[ActivityKind(kind)]
    return chosen if chosen and chosen != Takes.NOBODY else Takes.PERSONS


# ---- a group -----------------------------------------------------------------------------------------
def period_of(row: ValidTimeModel) -> str:
    """ "02.11.2026–31.12.2026", "od 01.01.2012"."""
    first = short_date(row.starts_on)
    return f"{first}–{short_date(row.ends_on)}" if row.ends_on else f"od {first}"


def period_refusals(edition: Edition, *, starts_on: date, ends_on: date | None) -> dict[str, str]:
    """A group lasts within its edition. By field."""
    outside = f"Zajęcia mieszczą się w czasie projektu ({period_of(edition)})."
    if not edition.is_active_on(starts_on):
        return {"starts_on": outside}
    if ends_on and ends_on < starts_on:
        return {"ends_on": "Koniec nie może poprzedzać początku."}
    if ends_on and not edition.is_active_on_or_after(ends_on):
        return {"ends_on": outside}
    return {}


def group_refusals(group: ProjectGroup, edition: Edition) -> dict[str, str]:
    """Everything wrong with what was entered about a group, by field."""
    refusals = {
        name: text
        for name, text in UNFIT.items()
        if not fits(name, group.kind) and getattr(group, name) not in (None, "")
    }
    if group.starts_on:
        refusals |= period_refusals(edition, starts_on=group.starts_on, ends_on=group.ends_on)
    if group.place_id and group.other_place:
        refusals.setdefault("other_place", "Wybierz miejsce z listy albo wpisz inne, nie oba.")
    if group.age_from is not None and group.age_to is not None and group.age_to < group.age_from:
        refusals.setdefault("age_to", "Wiek „do” nie może być mniejszy niż „od”.")
    if text := hours_refusal(group.hours, group.meetings):
        refusals.setdefault("hours", text)
    return refusals


def hours_refusal(hours: Decimal | None, meetings: int | None) -> str:
    """Why so many hours cannot be; empty when they can."""
    if hours is None:
        return ""
    if hours <= 0:
        return "Zajęcia trwają dłużej niż 0 godzin. Wpisz liczbę godzin albo zostaw puste."
    if hours > MAX_HOURS:
        return "Najwyżej 5000 godzin. Sprawdź, czy nie ma o zera za dużo."
    if meetings and hours > meetings * 24:
        return "To ponad dobę na jedno spotkanie. Sprawdź liczbę spotkań i godzin."
    return ""


def capacity_refusal(capacity: int | None, taken: int) -> str:
    """There are at least as many places as people who hold one."""
    if capacity is None or capacity >= taken:
        return ""
    return f"Zajętych miejsc jest już {taken}, więc nie może ich być mniej."


# ---- days --------------------------------------------------------------------------------------------
COUNTS = ("volunteers", "people", "parcels", "kilograms")


def day_refusals(day: GroupDay, group: ProjectGroup, *, today: date) -> dict[str, str]:
    """Everything wrong with a day of a group, by field."""
    last = day.ends_on or day.starts_on
    period = period_of(group)
    if not group.is_active_on(day.starts_on):
        return {"starts_on": f"Zajęcia trwają {period}. Ten dzień jest poza nimi."}
    if last < day.starts_on:
        return {"ends_on": "Koniec nie może poprzedzać początku."}
    if not group.is_active_on(last):
        return {"ends_on": f"Zajęcia trwają {period}. Ten dzień jest poza nimi."}
    if text := hour_refusal(day.starts_at, day.ends_at, one_day=last == day.starts_on):
        return {"ends_at": text}
    if group.kind == ActivityKind.EVENT and day.starts_on > today:
        text = "Ten dzień jeszcze nie nadszedł. Policzone wpisuje się po nim."
        return {name: text for name in COUNTS if getattr(day, name) is not None}
    return {}


def hour_refusal(starts_at: time | None, ends_at: time | None, *, one_day: bool) -> str:
    """An activity over midnight ends on the next day."""
    if ends_at and not starts_at:
        return "Wpisz też, od której godziny."
    if starts_at and ends_at and one_day and ends_at <= starts_at:
        return "Koniec wypada przed początkiem. Jeśli zajęcia trwają przez północ, wpisz też dzień końca."
    return ""


def repeated_days(days: Iterable[GroupDay]) -> list[str]:
    """Days that stand twice with the same hour."""
    seen, repeated = set(), []
    for day in days:
        key = (day.starts_on, day.starts_at)
        if key in seen:
            repeated.append(short_date(day.starts_on))
        seen.add(key)
    return list(dict.fromkeys(repeated))
