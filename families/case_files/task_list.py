"""Deadlines of a family as text: the task list of the overview and the fact in the header."""

from dataclasses import dataclass
from datetime import date

from families.case_files.family_list.queries import deadline_label
from families.case_files.queries import CaseState
from families.choices import DeadlineKind
from families.deadlines.models import Deadline
from families.people.models import Family
from families.plans.permissions import PLAN_VIEW
from families.visits.permissions import SAFEGUARDING_FOLLOW_UP, VISIT_LOG
from lubsko_ops.centre.norms import get_norm
from lubsko_ops.core import clock
from lubsko_ops.core.dashboard import url_for
from lubsko_ops.core.links import reverse
from lubsko_ops.core.permissions import has_permission
from lubsko_ops.core.polish import count_of, short_date

# Number of days before a deadline from which it is shown as near.
SOON_DAYS = {DeadlineKind.ASSESSMENT: 30, DeadlineKind.PLAN_REVIEW: 30}
SHORT_NAMES = {
    DeadlineKind.DANGER: "zagrożenie dziecka",
    DeadlineKind.BASIS: "podstawa pracy",
    DeadlineKind.ASSESSMENT: "ocena",
    DeadlineKind.PLAN: "plan pracy",
    DeadlineKind.PROJECT_PAPERS: "deklaracja do projektu",
    DeadlineKind.PROJECT_ABSENCES: "nieobecności na zajęciach",
}
# Deadlines met on the page of the plan version.
PLAN_VERSION_KINDS = {
    DeadlineKind.PLAN_FIX,
    DeadlineKind.PLAN_CONSULT,
    DeadlineKind.PLAN_ACCEPT,
    DeadlineKind.PLAN_SIGN,
}
PLAN_KINDS = {DeadlineKind.PLAN, DeadlineKind.PLAN_REVIEW}


@dataclass(frozen=True)
class TaskList:
    """Open deadlines by date, and met ones of kinds that happen once; items as ``{% tasks %}`` takes them."""

    to_do: list[dict]
    done: list[dict]

    @property
    def all(self) -> list[dict]:
        return self.to_do + self.done

    @property
    def summary(self) -> str:
        """ "3 do zrobienia, 4 zrobione"; zeros are left out."""
        words = [f"{len(self.to_do)} do zrobienia" if self.to_do else ""]
        words.append(count_of(len(self.done), "zrobiona,zrobione,zrobionych") if self.done else "")
        return ", ".join(filter(None, words))


def next_deadline(case_state: CaseState) -> Deadline | None:
    """The nearest open deadline."""
    return next((row for row in case_state.deadlines if row.done_on is None), None)


def short_name(kind: str) -> str:
    """Name in the header: "ocena", "pierwsza wizyta"."""
    return SHORT_NAMES.get(DeadlineKind(kind), DeadlineKind(kind).label)


def soon_days(kind: str) -> int:
    return SOON_DAYS.get(DeadlineKind(kind), 7)


def get_task_list(family: Family, case_state: CaseState, *, user) -> TaskList:
    """The task list of the family for the user; no statement, all data are in the state of the case."""
    to_do = [
        {
            "name": _task_name(row),
            "url": _task_url(row, family, case_state, user),
            "note": _note(row, case_state, user),
            "due": row.due_on,
            "soon": soon_days(row.kind),
        }
        for row in case_state.deadlines
        if row.done_on is None
    ]
    done = sorted(
        (row for row in case_state.deadlines if row.done_on), key=lambda row: row.done_on, reverse=True
    )
    return TaskList(to_do, [{"name": _task_name(row), "done": _done_text(row)} for row in done])


def _task_name(row: Deadline) -> str:
    if row.kind == DeadlineKind.VISIT:
        return f"Wizyta co {count_of(get_norm('visit_rhythm_days', on=clock.today()), 'dzień,dni,dni')}"
    return deadline_label(row.kind)


def _done_text(row: Deadline) -> str:
    return f"{'ustało' if row.kind == DeadlineKind.DANGER else 'zrobione'} {short_date(row.done_on)}"


def _task_url(row: Deadline, family: Family, case_state: CaseState, user) -> str:
    """The page where the user may do it; empty when there is none."""
    may_act = family.workable or row.kind != DeadlineKind.DANGER
    if may_act and (url := deadline_url(row.kind, family=family.pk, subject_id=row.subject_id, user=user)):
        return url
    is_visit = row.kind in (DeadlineKind.VISIT, DeadlineKind.FIRST_VISIT)
    if family.workable and is_visit and case_state.has_assistant(user) and has_permission(user, VISIT_LOG):
        return reverse("families:visit-new", args=[family.pk])
    return ""


def deadline_url(kind: str, *, family: int, subject_id: int, user) -> str:
    """The page of a deadline the user may open; empty when there is none."""
    if kind == DeadlineKind.BASIS:
        return reverse("families:work", args=[family])
    if kind == DeadlineKind.DANGER and has_permission(user, SAFEGUARDING_FOLLOW_UP):
        return reverse("families:safeguarding-concern", args=[family, subject_id])
    if kind in PLAN_KINDS | PLAN_VERSION_KINDS and has_permission(user, PLAN_VIEW):
        return plan_deadline_url(kind, family, subject_id)
    if kind == DeadlineKind.PROJECT_PAPERS:
        return url_for("projects of a family", family)
    if kind == DeadlineKind.PROJECT_ABSENCES:
        return url_for("absences of a participant", subject_id)
    return ""


def plan_deadline_url(kind: str, family: int, version: int) -> str:
    """The page of the plan version, or the plan of the family."""
    if kind in PLAN_VERSION_KINDS:
        return reverse("families:plan-version", args=[family, version])
    return reverse("families:plan", args=[family])


def _note(row: Deadline, case_state: CaseState, user) -> str:
    """Since when it runs, and who is responsible when that is somebody else."""
    name = case_state.worker_name(row.responsible_id) if row.responsible_id else "kierownik"
    is_own = row.responsible_id == user.pk
    return f"{_since_text(row, case_state)}." + ("" if is_own or not name else f" Odpowiada: {name}.")


def _since_text(row: Deadline, case_state: CaseState) -> str:
    day: date = row.since
    if row.kind == DeadlineKind.ASSESSMENT:
        first = case_state.period and day == case_state.period.starts_on
        return f"Praca od {short_date(day)}" if first else f"Poprzednią przekazano {short_date(day)}"
    if row.kind == DeadlineKind.FIRST_VISIT and all(
        each.starts_on != day for each in case_state.all_assignments
    ):
        return f"Termin liczony od {short_date(day)}"  # the day of the import
    return {
        DeadlineKind.DANGER: "Termin liczony od",
        DeadlineKind.BASIS: "Bez podstawy od",
        DeadlineKind.FIRST_VISIT: "Asystent od",
        DeadlineKind.VISIT: "Ostatnia",
        DeadlineKind.PLAN: "Asystent od",
        DeadlineKind.PLAN_FIX: f"Wersja {row.subject_id}, do poprawy od",
        DeadlineKind.PLAN_CONSULT: f"Wersja {row.subject_id}, czeka od",
        DeadlineKind.PLAN_ACCEPT: f"Wersja {row.subject_id}, czeka od",
        DeadlineKind.PLAN_SIGN: f"Wersja {row.subject_id}, zaakceptowana",
        DeadlineKind.PLAN_REVIEW: "Termin liczony od",
        DeadlineKind.PROJECT_PAPERS: "Zapisano do projektu",
        DeadlineKind.PROJECT_ABSENCES: "Ostatnia nieobecność",
    }[row.kind] + f" {short_date(day)}"
