"""What is due in one family, in words: the task list of its overview and the fact in its identity bar."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from families.case_files.family_list.due_dates import deadline_label
from families.case_files.queries import CaseState
from families.choices import DeadlineKind
from families.deadlines.models import Deadline
from families.people.models import Family
from lubsko_ops.centre.norms import get_norm
from lubsko_ops.core.permissions import Permission, has_permission
from lubsko_ops.core.polish import count_of, short_date

# From how many days ahead a term counts as near inside the file: its first alert.
SOON_DAYS = {DeadlineKind.ASSESSMENT: 30, DeadlineKind.PLAN_REVIEW: 30}
SHORT_NAMES = {
    DeadlineKind.DANGER: "zagrożenie dziecka",
    DeadlineKind.BASIS: "podstawa pracy",
    DeadlineKind.ASSESSMENT: "ocena",
    DeadlineKind.PLAN: "plan pracy",
}
# Steps of a version of the plan: done on the page of that version.
PLAN_VERSION_KINDS = {
    DeadlineKind.PLAN_FIX,
    DeadlineKind.PLAN_CONSULT,
    DeadlineKind.PLAN_ACCEPT,
    DeadlineKind.PLAN_SIGN,
}
PLAN_KINDS = {DeadlineKind.PLAN, DeadlineKind.PLAN_REVIEW}


@dataclass(frozen=True)
class TaskList:
    """Duties to do by term, and those done of the kinds that happen once; each as ``{% tasks %}`` takes it."""

    to_do: list[dict]
    done: list[dict]

    @property
    def all(self) -> list[dict]:
        return self.to_do + self.done

    @property
    def counted(self) -> str:
        """ "3 do zrobienia, 4 zrobione"; what there is none of is left out."""
        words = [f"{len(self.to_do)} do zrobienia" if self.to_do else ""]
        words.append(count_of(len(self.done), "zrobiona,zrobione,zrobionych") if self.done else "")
        return ", ".join(filter(None, words))


def next_deadline(standing: CaseState) -> Deadline | None:
    """The open duty due first."""
    return next((row for row in standing.duties if row.done_on is None), None)


def short_name(row: Deadline) -> str:
    """ "ocena", "pierwsza wizyta": a duty in the identity bar."""
    return SHORT_NAMES.get(row.kind, DeadlineKind(row.kind).label)


def soon_days(row: Deadline) -> int:
    return SOON_DAYS.get(row.kind, 7)


def get_task_list(family: Family, standing: CaseState, *, user) -> TaskList:
    """No statement: the duties and the people are in the standing."""
    to_do = [
        {
            "name": _task_name(row),
            "url": _task_url(row, family, standing, user),
            "note": _note(row, standing, user),
            "due": row.due_on,
            "soon": soon_days(row),
        }
        for row in standing.duties
        if row.done_on is None
    ]
    done = sorted((row for row in standing.duties if row.done_on), key=lambda row: row.done_on, reverse=True)
    return TaskList(to_do, [{"name": _task_name(row), "done": _done_text(row)} for row in done])


def _task_name(row: Deadline) -> str:
    if row.kind == DeadlineKind.VISIT:
        return f"Wizyta co {count_of(get_norm('visit_rhythm_days'), 'dzień,dni,dni')}"
    return deadline_label(row.kind)


def _done_text(row: Deadline) -> str:
    return f"{'ustało' if row.kind == DeadlineKind.DANGER else 'zrobione'} {short_date(row.done_on)}"


def _task_url(row: Deadline, family: Family, standing: CaseState, user) -> str:
    """The page where this person may do it; empty when she may not, or when it has no page yet."""
    may = family.workable or row.kind != DeadlineKind.DANGER
    if may and (page := deadline_url(row.kind, family=family.pk, about=row.about, user=user)):
        return page
    of_visit = row.kind in (DeadlineKind.VISIT, DeadlineKind.FIRST_VISIT)
    if (
        family.workable
        and of_visit
        and standing.has_assistant(user)
        and has_permission(user, Permission.VISIT_LOG)
    ):
        return reverse("families:visit-new", args=[family.pk])
    return ""


def deadline_url(kind: str, *, family: int, about: int, user) -> str:
    """The page a duty leads to, where it has one this person may open; empty otherwise."""
    if kind == DeadlineKind.BASIS:
        return reverse("families:work", args=[family])
    if kind == DeadlineKind.DANGER and has_permission(user, Permission.DANGER_FOLLOW):
        return reverse("families:danger", args=[family, about])
    if kind in PLAN_KINDS | PLAN_VERSION_KINDS and has_permission(user, Permission.PLAN_VIEW):
        return plan_deadline_url(kind, family, about)
    return ""


def plan_deadline_url(kind: str, family: int, version: int) -> str:
    """Where a duty of the plan is done: the page of its version, or the plan of the family."""
    if kind in PLAN_VERSION_KINDS:
        return reverse("families:plan-version", args=[family, version])
    return reverse("families:plan", args=[family])


def _note(row: Deadline, standing: CaseState, user) -> str:
    """From when it is counted, and who answers for it when that is somebody else."""
    who = standing.name_of(row.responsible_id) if row.responsible_id else "kierownik"
    hers = row.responsible_id == user.pk
    return f"{_since_text(row, standing)}." + ("" if hers or not who else f" Odpowiada: {who}.")


def _since_text(row: Deadline, standing: CaseState) -> str:
    day: date = row.since
    if row.kind == DeadlineKind.ASSESSMENT:
        first = standing.period and day == standing.period.starts_on
        return f"Praca od {short_date(day)}" if first else f"Poprzednią przekazano {short_date(day)}"
    return {
        DeadlineKind.DANGER: "Liczone od",
        DeadlineKind.BASIS: "Bez podstawy od",
        DeadlineKind.FIRST_VISIT: "Asystent od",
        DeadlineKind.VISIT: "Ostatnia",
        DeadlineKind.PLAN: "Asystent od",
        DeadlineKind.PLAN_FIX: f"Wersja {row.about}, do poprawy od",
        DeadlineKind.PLAN_CONSULT: f"Wersja {row.about}, czeka od",
        DeadlineKind.PLAN_ACCEPT: f"Wersja {row.about}, czeka od",
        DeadlineKind.PLAN_SIGN: f"Wersja {row.about}, zaakceptowana",
        DeadlineKind.PLAN_REVIEW: "Liczone od",
    }[row.kind] + f" {short_date(day)}"
