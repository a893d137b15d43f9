"""The assistant's start page: the plan of the day, what is overdue, her families by nearest duty, the month."""

from datetime import date, time

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, OuterRef, Subquery, When
from django.db.models.functions import JSONObject
from django.urls import reverse

from families import law
from families.case_files.family_list import queries
from families.case_files.family_list.presenters import FamilyRow
from families.case_files.family_list.tabs import HANDED_OVER, RUNNING, tab_filter
from families.caseload.caseload import get_caseloads
from families.caseload.models import Assignment
from families.choices import VisitResult
from families.dashboard import day_plan
from families.dashboard.my_family import MyFamily
from families.deadlines.models import Deadline
from families.permissions import visible_to
from families.visits.models import Visit
from families.visits.queries import agreements_to_check
from lubsko_ops.audit import access_log
from lubsko_ops.audit.models import AccessArea
from lubsko_ops.centre.norms import get_norm
from lubsko_ops.core import clock
from lubsko_ops.core.dashboard import DashboardAction, Panel, url_for
from lubsko_ops.core.dates import MONTH_NAMES, ONE_DAY, Month, working_days_between
from lubsko_ops.core.permissions import Permission, Role, has_permission
from lubsko_ops.core.polish import count_of, number, plural_form
from lubsko_ops.submissions.drafts import active_drafts

SHOWN = 15
LATE_SHOWN = 8


def panels(request) -> list[Panel]:
    """Everything on the page comes from four statements: families, those handed over, places, visits."""
    user, day = request.user, request.today
    mine = families_of(user, day)
    handed_over = [FamilyRow(each, user, HANDED_OVER, day) for each in _rows(HANDED_OVER, user, day)]
    visits = visits_of_month(user, day)
    plan = day_plan.plan_of(mine, visits, day=day, drafts=active_drafts(request))
    late = [(family, duty) for family in mine for duty in family.late]
    late.sort(key=lambda each: each[1]["due"])
    plans = [(family, plan) for family in mine for plan in family.plans]
    plans.sort(key=lambda each: each[1]["since"])
    access_log.note_access(request, AccessArea.LIST, [each.pk for each in [*mine, *handed_over]])
    room = {
        "families": mine[:SHOWN],
        "total": len(mine),
        "handed_over": handed_over,
        "places": places_of(request),
    }
    return [
        Panel(
            "families/dashboard/_plan.html",
            {"plan": plan, "families": len(mine), "late": len(late)},
            lede=f"{day_plan.in_words(plan)} {late_in_words(len(late))}",
            actions=deeds_of(user),
        ),
        Panel("families/dashboard/_late.html", late_of(late, user), side=True),
        *([Panel("families/dashboard/_my_plans.html", {"plans": plans}, side=True)] if plans else []),
        Panel("families/dashboard/_mine.html", room, wide=True),
        Panel("families/dashboard/_month.html", month_of(visits, day), wide=True),
    ]


def late_of(late: list, user) -> dict:
    """A manager who is an assistant as well has everybody's overdue duties beside her own."""
    title = "Moje po terminie" if Role.MANAGER in user.roles else "Po terminie"
    return {"late": late[:LATE_SHOWN], "total": len(late), "title": title}


def deeds_of(user) -> tuple[DashboardAction, ...]:
    if not has_permission(user, Permission.VISIT_LOG):
        return ()
    return (DashboardAction("Zapisz wizytę", reverse("families:visit-choose"), "plus-lg"),)


def late_in_words(number_of: int) -> str:
    """ "Po terminie są 2 sprawy."."""
    if not number_of:
        return "Nic nie jest po terminie."
    return (
        f"Po terminie {plural_form(number_of, 'jest,są,jest')} {count_of(number_of, 'sprawa,sprawy,spraw')}."
    )


def places_of(request) -> str:
    """ "12 z 15": the places an assistant's families take and the limit of the Act."""
    user, day = request.user, request.today
    # A manager who is an assistant as well has just had the whole board made.
    lines = request.board.lines if hasattr(request, "board") else []
    load = next((line.load for line in lines if line.user.pk == user.pk), None)
    load = load or get_caseloads([user.pk], since=day)[user.pk]
    return f"{load.counted(day)} z {law.FAMILIES_PER_ASSISTANT.on(day)}"


# ---- her families ------------------------------------------------------------------------------------


def families_of(user, day: date) -> list[MyFamily]:
    """Families she works with today, the nearest of her duties first; one statement."""
    visits = Visit.objects.filter(period__family=OuterRef("pk")).order_by("-begins", "-pk")
    held = visits.filter(result=VisitResult.HELD)
    duties = Deadline.objects.filter(family=OuterRef("pk"), done_on=None).order_by("due_on", "pk")
    facts = JSONObject(
        kind="kind",
        due_on="due_on",
        since="since",
        about="about",
        who="responsible",
        first="responsible__first_name",
        last="responsible__last_name",
    )
    assigned = Assignment.objects.active_on(day).filter(assistant=user).values("period__family")
    # A manager who is an assistant as well reaches all families; hers are those assigned to her.
    rows = _rows(RUNNING, user, day).filter(pk__in=assigned)
    rows = rows.annotate(
        duties_open=ArraySubquery(duties.values(one=facts)),
        visited_on=Subquery(held.values("day")[:1]),
        agreed=Subquery(visits.values(one=JSONObject(day="next_day", at="next_at"))[:1]),
        # Counted only for those visited today.
        to_check=Case(When(agreed__day=day.isoformat(), then=agreements_to_check()), default=0),
    )
    found = [MyFamily(each, user, RUNNING, day) for each in rows]
    return sorted(found, key=lambda each: each.due or date.max)


def _rows(view, user, day: date):
    families = visible_to(user, on=day).filter(tab_filter(view, user=user, on=day)).order_by("name", "pk")
    return queries.with_row_data(families, view=view, user=user, on=day)


# ---- the month so far --------------------------------------------------------------------------------


def visits_of_month(user, day: date) -> list[Visit]:
    """What she wrote of this month until today, in order; one statement, by the index of her visits."""
    first = Month.of(day).start
    begins = clock.to_instant(first, time.min), clock.to_instant(day + ONE_DAY, time.min)
    rows = Visit.objects.filter(assistant=user, begins__gte=begins[0], begins__lt=begins[1])
    return list(rows.select_related("period").order_by("begins", "pk"))


def month_of(visits: list[Visit], day: date) -> dict:
    """Four numbers: visits held, failed attempts, hours in families, entries later than the centre's norm."""
    held = [visit for visit in visits if visit.held]
    days = get_norm("late_entry_working_days")
    late = sum(working_days_between(visit.day, clock.local_date(visit.entered_at)) > days for visit in visits)
    hours = round(sum(visit.minutes for visit in held) / 60, 1)
    failed = len(visits) - len(held)
    figures = [
        (len(held), "wizyta odbyta,wizyty odbyte,wizyt odbytych"),
        (failed, "wizyta nieudana,wizyty nieudane,wizyt nieudanych"),
        (hours, "godzina w rodzinach,godziny w rodzinach,godzin w rodzinach"),
        (late, ",".join(f"{word} po {days} dniach roboczych" for word in ("wpis", "wpisy", "wpisów"))),
    ]
    return {
        "title": f"{MONTH_NAMES[day.month - 1].capitalize()} do dziś",
        "report": url_for("quarterly report", day),
        "figures": [{"value": number(value), "unit": plural_form(value, forms)} for value, forms in figures],
    }
