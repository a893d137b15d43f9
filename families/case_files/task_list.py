"""What is due in one family, in words: the task list of its overview and the fact in its identity bar."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from families.case_files.family_list.due_dates import name_of
from families.case_files.queries import Standing
from families.choices import DutyKind
from families.deadlines.models import Duty
from families.people.models import Family
from lubsko_ops.centre.norms import norm
from lubsko_ops.core.permissions import Permission, allows
from lubsko_ops.core.polish import count_of, short_day

# From how many days ahead a term counts as near inside the file: its first alert.
SOON = {DutyKind.ASSESSMENT: 30, DutyKind.PLAN_REVIEW: 30}
SHORT = {
    DutyKind.DANGER: "zagrożenie dziecka",
    DutyKind.BASIS: "podstawa pracy",
    DutyKind.ASSESSMENT: "ocena",
    DutyKind.PLAN: "plan pracy",
}
# Steps of a version of the plan: done on the page of that version.
OF_VERSION = {DutyKind.PLAN_FIX, DutyKind.PLAN_CONSULT, DutyKind.PLAN_ACCEPT, DutyKind.PLAN_SIGN}
OF_PLAN = {DutyKind.PLAN, DutyKind.PLAN_REVIEW}


@dataclass(frozen=True)
class Tasks:
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


def nearest_of(standing: Standing) -> Duty | None:
    """The open duty due first."""
    return next((row for row in standing.duties if row.done_on is None), None)


def short_name(row: Duty) -> str:
    """ "ocena", "pierwsza wizyta": a duty in the identity bar."""
    return SHORT.get(row.kind, DutyKind(row.kind).label)


def soon_of(row: Duty) -> int:
    return SOON.get(row.kind, 7)


def tasks_of(family: Family, standing: Standing, *, user) -> Tasks:
    """No statement: the duties and the people are in the standing."""
    to_do = [
        {
            "name": _name(row),
            "url": _where(row, family, standing, user),
            "note": _note(row, standing, user),
            "due": row.due_on,
            "soon": soon_of(row),
        }
        for row in standing.duties
        if row.done_on is None
    ]
    done = sorted((row for row in standing.duties if row.done_on), key=lambda row: row.done_on, reverse=True)
    return Tasks(to_do, [{"name": _name(row), "done": _done(row)} for row in done])


def _name(row: Duty) -> str:
    if row.kind == DutyKind.VISIT:
        return f"Wizyta co {count_of(norm('visit_rhythm_days'), 'dzień,dni,dni')}"
    return name_of(row.kind)


def _done(row: Duty) -> str:
    return f"{'ustało' if row.kind == DutyKind.DANGER else 'zrobione'} {short_day(row.done_on)}"


def _where(row: Duty, family: Family, standing: Standing, user) -> str:
    """The page where this person may do it; empty when she may not, or when it has no page yet."""
    may = family.workable or row.kind != DutyKind.DANGER
    if may and (page := page_of(row.kind, family=family.pk, about=row.about, user=user)):
        return page
    of_visit = row.kind in (DutyKind.VISIT, DutyKind.FIRST_VISIT)
    if family.workable and of_visit and standing.has_assistant(user) and allows(user, Permission.VISIT_LOG):
        return reverse("families:visit-new", args=[family.pk])
    return ""


def page_of(kind: str, *, family: int, about: int, user) -> str:
    """The page a duty leads to, where it has one this person may open; empty otherwise."""
    if kind == DutyKind.BASIS:
        return reverse("families:work", args=[family])
    if kind == DutyKind.DANGER and allows(user, Permission.DANGER_FOLLOW):
        return reverse("families:danger", args=[family, about])
    if kind in OF_PLAN | OF_VERSION and allows(user, Permission.PLAN_VIEW):
        return plan_page(kind, family, about)
    return ""


def plan_page(kind: str, family: int, version: int) -> str:
    """Where a duty of the plan is done: the page of its version, or the plan of the family."""
    if kind in OF_VERSION:
        return reverse("families:plan-version", args=[family, version])
    return reverse("families:plan", args=[family])


def _note(row: Duty, standing: Standing, user) -> str:
    """From when it is counted, and who answers for it when that is somebody else."""
    who = standing.name_of(row.responsible_id) if row.responsible_id else "kierownik"
    hers = row.responsible_id == user.pk
    return f"{_since(row, standing)}." + ("" if hers or not who else f" Odpowiada: {who}.")


def _since(row: Duty, standing: Standing) -> str:
    day: date = row.since
    if row.kind == DutyKind.ASSESSMENT:
        first = standing.period and day == standing.period.starts_on
        return f"Praca od {short_day(day)}" if first else f"Poprzednią przekazano {short_day(day)}"
    return {
        DutyKind.DANGER: "Liczone od",
        DutyKind.BASIS: "Bez podstawy od",
        DutyKind.FIRST_VISIT: "Asystent od",
        DutyKind.VISIT: "Ostatnia",
        DutyKind.PLAN: "Asystent od",
        DutyKind.PLAN_FIX: f"Wersja {row.about}, do poprawy od",
        DutyKind.PLAN_CONSULT: f"Wersja {row.about}, czeka od",
        DutyKind.PLAN_ACCEPT: f"Wersja {row.about}, czeka od",
        DutyKind.PLAN_SIGN: f"Wersja {row.about}, zaakceptowana",
        DutyKind.PLAN_REVIEW: "Liczone od",
    }[row.kind] + f" {short_day(day)}"
