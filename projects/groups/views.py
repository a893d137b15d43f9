"""Pages of groups: those of a project, one group, the visits and contacts that count as its work."""

from dataclasses import dataclass
from functools import cached_property

from django.http import Http404

from families.people.models import Family
from families.visits.permissions import VISIT_VIEW, VISITS_AREA
from lubsko_ops.audit.access_log import note_shown
from lubsko_ops.audit.base_views import PageView
from lubsko_ops.core.links import reverse
from lubsko_ops.core.parsing import parse_int
from lubsko_ops.core.permissions import has_permission
from lubsko_ops.core.polish import count_of, number
from projects.choices import ActivityKind, Takes
from projects.groups import queries, work
from projects.groups.permissions import may_change_groups, may_describe
from projects.groups.rules import has_days, period_of
from projects.groups.sections import load_sections
from projects.models import ProjectGroup
from projects.permissions import PARTICIPANTS_AREA
from projects.queries import age_range, groups_of, places_text
from projects.views import ProjectMixin

GROUPS_TAB = "projects:groups"
PLACES = {
    Takes.PERSONS: "osoba,osoby,osób",
    Takes.PAIRS: "para,pary,par",
    Takes.FAMILIES: "rodzina,rodziny,rodzin",
}
PLACES_LABELS = {Takes.PERSONS: "Osoby", Takes.PAIRS: "Pary", Takes.FAMILIES: "Rodziny"}
COUNT_WORDS = {
    "volunteers": "wolontariusz,wolontariuszy,wolontariuszy",
    "people": "policzona osoba,policzone osoby,policzonych osób",
    "parcels": "paczka,paczki,paczek",
    "kilograms": "kg,kg,kg",
}


# ---- the groups of a project -------------------------------------------------------------------------
class GroupListView(ProjectMixin, PageView):
    """Groups and other activities of a project: kind, leaders, place, places taken, days."""

    current_tab = GROUPS_TAB
    template_name = "groups/list.html"

    def get_context_data(self, **kwargs):
        rows = groups_of(self.edition, self.request.user, on=self.request.today)
        may_change = may_change_groups(self.edition, self.request.user)
        offered = queries.actions_without_group(self.edition, rows) if may_change else []
        return super().get_context_data(rows=rows, may_change=may_change, offered=offered, **kwargs)


# ---- one group ---------------------------------------------------------------------------------------
class GroupMixin(ProjectMixin):
    """A view about one group (``self.group``, from the URL) of ``self.edition``. 404 for one the user may not see."""

    current_tab = GROUPS_TAB
    group: ProjectGroup

    def setup_object(self, pk, **kwargs) -> None:
        group = queries.get_group(pk, self.request.user)
        if group is None:
            raise Http404
        self.group, self.edition = group, group.edition

    @cached_property
    def leaders(self):
        return queries.leaders_of(self.group)

    @property
    def may_change(self) -> bool:
        """Whether the user changes everything about the group."""
        return may_change_groups(self.edition, self.request.user)

    @property
    def may_describe(self) -> bool:
        """Whether the user changes its description and days."""
        return may_describe(self.edition, self.leaders, self.request.user, on=self.request.today)

    def group_url(self, url_name: str = "groups:group") -> str:
        return reverse(url_name, args=[self.group.pk])

    def get_context_data(self, **kwargs):
        return super().get_context_data(group=self.group, **kwargs)


class GroupView(GroupMixin, PageView):
    """Grupa: what it is, who leads it, its people or families, its days, what was counted."""

    access_area = PARTICIPANTS_AREA
    template_name = "groups/group.html"

    def get_context_data(self, **kwargs):
        group, today = self.group, self.request.today
        goals = queries.goals_of(self.edition) if group.goals else {}
        return (
            super().get_context_data(
                leaders=self.leaders,
                places=places_text(group, group.taken),
                people_url=f"{self.project_url('projects:participants')}?grupa={group.pk}",
                places_label=PLACES_LABELS.get(Takes(group.takes), ""),
                summary=summary_text(group),
                period=period_of(group),
                age=age_range(group),
                amount=amount_text(group),
                goals=[goals[each] for each in group.goals if each in goals],
                has_days=has_days(group.kind),
                days=list(group.days.order_by("starts_on", "starts_at", "pk"))
                if has_days(group.kind)
                else [],
                is_event=group.kind == ActivityKind.EVENT,
                may_change=self.may_change,
                may_describe=self.may_describe,
                today=today,
                sections=load_sections(self),
                **self.people_context(),
                **self.work_context(),
                **kwargs,
            )
            | self.counts_context()
        )

    def counts_context(self) -> dict:
        if self.group.kind != ActivityKind.EVENT:
            return {}
        sums = queries.counted(self.group)
        return {
            "counted": [count_of(sums[name], words) for name, words in COUNT_WORDS.items() if name in sums]
        }

    def people_context(self) -> dict:
        if self.group.takes == Takes.NOBODY or self.group.kind == ActivityKind.FAMILY_WORK:
            return {"shows_people": False}
        rows = queries.people_of(self.group, self.request.user, on=self.request.today)
        shown = rows[: queries.SHOWN_PEOPLE]
        return {
            "shows_people": True,
            "people": shown,
            "more_people": len(rows) > len(shown),
            "other_people": 0 if len(rows) > len(shown) else self.group.enrolled - len(shown),
        }

    def work_context(self) -> dict:
        if self.group.kind != ActivityKind.FAMILY_WORK:
            return {}
        year, years, period = chosen_period(self.group, self.request)
        counted = work.group_work(self.group, period, self.request.user, on=self.request.today)
        lists = has_permission(self.request.user, VISIT_VIEW)
        url = f"{self.group_url('groups:work')}?rok={year or 'caly'}"
        lines = [
            WorkLine(
                str(row.family),
                row.taking_part,
                row.work,
                f"{url}&rodzina={row.family.pk}" if lists and row.opens else "",
            )
            for row in counted.families
        ]
        if counted.others:
            label = count_of(counted.others, "inna rodzina,inne rodziny,innych rodzin")
            lines.append(WorkLine(label, "spoza Twoich rodzin", counted.others_work))
        total = WorkLine("Razem", "", counted.total, url if lists else "")
        return {"work_lines": lines, "work_total": total, "work_period": period, "year": year, "years": years}


@dataclass(frozen=True)
class WorkLine:
    """A line of the table of work; ``url``: where its numbers lead, if its visits may be listed."""

    label: str
    note: str
    work: work.Work
    url: str = ""

    @property
    def visits_url(self) -> str:
        return self.url and f"{self.url}&co={work.VISITS}"

    @property
    def contacts_url(self) -> str:
        return self.url and f"{self.url}&co={work.CONTACTS}"


def chosen_period(group: ProjectGroup, request):
    """The year chosen in the address, the years there are, and the time they stand for.

    A group without an end, or longer than a year, is read year by year; of a shorter one the whole.
    """
    years = work.years_of(group, today=request.today)
    asked = parse_int(request.GET.get("rok"))
    year = asked if asked in years else None
    if year is None and group.ends_on is None and request.GET.get("rok") != "caly":
        year = years[0]
    return year, years, work.work_period(group, year, today=request.today)


def summary_text(group: ProjectGroup) -> str:
    """ "warsztat, zajętych miejsc 9 z 12"."""
    kind = group.get_kind_display()
    if group.takes == Takes.NOBODY:
        return f"{kind}."
    words = PLACES[Takes(group.takes)]
    if group.capacity:
        return f"{kind}, zajętych miejsc: {group.taken} z {group.capacity}."
    return f"{kind}, {count_of(group.taken, words)}." if group.taken else f"{kind}, jeszcze bez uczestników."


def amount_text(group: ProjectGroup) -> str:
    """ "9 spotkań, 18 godzin", as declared."""
    texts = []
    if group.meetings:
        texts.append(count_of(group.meetings, "spotkanie,spotkania,spotkań"))
    if group.hours:
        texts.append(
            count_of(group.hours, "godzina,godziny,godzin")
            if group.hours == int(group.hours)
            else f"{number(group.hours)} godziny"
        )
    return ", ".join(texts)


# ---- work with families ------------------------------------------------------------------------------
class GroupWorkView(GroupMixin, PageView):
    """The visits, or the contacts, that a number of the group counts: those of families the user may open."""

    permission = VISIT_VIEW
    access_area = VISITS_AREA
    template_name = "groups/work.html"

    def setup_object(self, pk, **kwargs) -> None:
        super().setup_object(pk)
        if self.group.kind != ActivityKind.FAMILY_WORK:
            raise Http404

    def get_context_data(self, **kwargs):
        params, user, today = self.request.GET, self.request.user, self.request.today
        kind = work.CONTACTS if params.get("co") == work.CONTACTS else work.VISITS
        year, _, period = chosen_period(self.group, self.request)
        rows = work.counted_rows(kind, self.group, period)
        family = (
            Family.objects.visible_to(user, on=today).filter(pk=parse_int(params.get("rodzina")) or 0).first()
        )
        if params.get("rodzina") and family is None:
            raise Http404
        if family:
            rows = rows.filter(period__family=family)
        page, totals = work.list_page(kind, rows, user, on=today, params=params)
        note_shown(row.period.family_id for row in page.rows)
        url = f"{self.request.path}?co={kind}&rok={year or 'caly'}" + (
            f"&rodzina={family.pk}" if family else ""
        )
        return super().get_context_data(
            kind=kind,
            is_visits=kind == work.VISITS,
            words="wizyta,wizyty,wizyt" if kind == work.VISITS else "kontakt,kontakty,kontaktów",
            entries=page.rows,
            totals=totals,
            family=family,
            work_period=period,
            next_url=f"{url}&po={page.after}" if page.after else "",
            previous_url=f"{url}&przed={page.before}" if page.before else "",
            **kwargs,
        )
