"""Pages of a case file that show several apps together: overview, timeline, history, access log."""

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect

from families.base_views import FamilyPageView
from families.case_files import access_report, overview, overview_visits, task_list
from families.case_files.closed_work import closed_work
from families.case_files.permissions import ACCESS_LOG_AREA, ACCESS_LOG_VIEW, HISTORY_AREA, OVERVIEW_AREA
from families.people.permissions import FAMILY_VIEW
from families.specialists.queries import open_to_specialist
from families.timeline.queries import get_timeline
from families.visits.permissions import SAFEGUARDING_FOLLOW_UP, VISIT_VIEW, VISITS_AREA
from lubsko_ops.audit.changes import get_history_page
from lubsko_ops.core.parsing import parse_int
from lubsko_ops.core.permissions import has_permission

EVENTS_SHOWN = 8


class FamilyOverviewView(FamilyPageView):
    """Przegląd: deadlines, recent visits, household, workers, recent events."""

    permission = FAMILY_VIEW
    access_area = OVERVIEW_AREA
    current_tab = "families:overview"
    template_name = "case_files/overview.html"

    def dispatch(self, request, *args, **kwargs):
        """A specialist of the family is led to the part of the file that is open to specialists."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except (Http404, PermissionDenied):
            if open_to_specialist(request.user, on=request.today).filter(family=kwargs["pk"]).exists():
                return redirect("families:specialist-file", kwargs["pk"])
            raise

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        user, case_state = self.request.user, context["header"]["case_state"]
        ended = context["header"]["summary"].ended
        members = overview.get_members(self.family, on=self.request.today)
        facts = overview.key_facts(self.family, case_state, members, user=user)
        if has_permission(user, VISIT_VIEW):
            context |= self.get_visit_context(case_state)
            facts += overview_visits.visit_facts(self.family, context["visits"], on=self.request.today)
        return context | {
            "page_title": "przegląd",
            "case_state": case_state,
            "facts": facts,
            "members": members,
            "closed_work": closed_work(self.family, case_state, user=user) if ended else {},
            "workers": overview.get_workers(case_state),
            "warnings": overview.get_warnings(
                self.family, context["header"]["summary"], case_state, members, user=user
            ),
        }

    def get_visit_context(self, case_state) -> dict:
        """Deadlines, safeguarding concerns, visits and timeline, for users who may read visits; three statements."""
        user, today = self.request.user, self.request.today
        page = get_timeline(self.family.pk, user=user, until=today, size=EVENTS_SHOWN)
        return {
            "tasks": task_list.get_task_list(self.family, case_state, user=user),
            "concerns": overview_visits.open_concerns_of(case_state),
            "may_follow": self.family.workable and has_permission(user, SAFEGUARDING_FOLLOW_UP),
            "visits": overview_visits.get_visits_summary(self.family, on=today),
            "timeline_items": overview_visits.timeline_items(page.events),
        }


class FamilyTimelineView(FamilyPageView):
    """Oś czasu: all events of the family, newest first."""

    permission = VISIT_VIEW
    access_area = VISITS_AREA
    current_tab = "families:overview"
    template_name = "case_files/timeline.html"

    def get_context_data(self, **kwargs):
        params = self.request.GET
        page = get_timeline(
            self.family.pk,
            user=self.request.user,
            until=self.request.today,
            older=params.get("starsze", ""),
            newer=params.get("nowsze", ""),
        )
        return super().get_context_data(
            page_title="oś czasu",
            items=overview_visits.timeline_items(page.events, with_text=True),
            newer_link=f"?nowsze={page.newer}" if page.newer else "",
            older_link=f"?starsze={page.older}" if page.older else "",
            **kwargs,
        )


class FamilyHistoryView(FamilyPageView):
    """Historia: changes of the file with author, time and reason, newest first."""

    permission = FAMILY_VIEW
    access_area = HISTORY_AREA
    current_tab = "families:history"
    template_name = "case_files/history.html"

    def get_context_data(self, **kwargs):
        params, user = self.request.GET, self.request.user
        after, before = parse_int(params.get("po")), parse_int(params.get("przed"))
        page = get_history_page(self.family.pk, user=user, after=after, before=before)
        return super().get_context_data(
            page_title="historia",
            entries=page.entries,
            next_url=f"?po={page.after}" if page.after else "",
            previous_url=f"?przed={page.before}" if page.before else "",
            **kwargs,
        )


class FamilyAccessLogView(FamilyPageView):
    """Dostęp: who opened the file, when and which part; opening this page is logged too."""

    permission = ACCESS_LOG_VIEW
    access_area = ACCESS_LOG_AREA
    current_tab = "families:access"
    template_name = "case_files/access_log.html"

    def get_context_data(self, **kwargs):
        kind = access_report.parse_kind(self.request.GET.get("pokaz", ""))
        cursor = {"after": self.request.GET.get("po", ""), "before": self.request.GET.get("przed", "")}
        page = access_report.access_entries(self.family, kind=kind, **cursor)
        return super().get_context_data(
            page_title="dostęp",
            tab_links=[
                {"label": label, "url": self.get_url(each), "current": each == kind}
                for each, (label, _) in access_report.ENTRY_KINDS.items()
            ],
            entries=page.rows,
            by_user=access_report.summary_by_user(self.family, now=self.request.now),
            denied=access_report.denied_attempts(self.family),
            next_url=self.get_url(kind, po=page.after) if page.after else "",
            previous_url=self.get_url(kind, przed=page.before) if page.before else "",
            days=access_report.SUMMARY_DAYS,
            **kwargs,
        )

    def get_url(self, kind: str, **cursor) -> str:
        params = cursor if kind == access_report.DEFAULT_KIND else {"pokaz": kind} | cursor
        return f"{self.request.path}?{urlencode(params)}" if params else self.request.path
