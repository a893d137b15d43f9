"""Pages of one family's file that belong to no other room: overview, story, history, register of access."""

from urllib.parse import urlencode

from families.base_views import FamilyPageView
from families.case_files import access_report, overview, overview_visits, task_list
from families.case_files.history_sources import SOURCES
from families.timeline import events as timeline
from lubsko_ops.audit.changes import get_history_page
from lubsko_ops.audit.models import AccessArea
from lubsko_ops.core.permissions import Permission, has_permission

EVENTS_SHOWN = 8


class Overview(FamilyPageView):
    """Przegląd: what is due, the last visits, who is who, what happened lately."""

    permission = Permission.FAMILY_VIEW
    access_area = AccessArea.OVERVIEW
    page = "families:overview"
    template_name = "families/casefile/overview.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        user, standing = self.request.user, context["bar"]["standing"]
        members = overview.members_of(self.family, on=self.request.today)
        facts = overview.facts_of(self.family, standing, members, user=user)
        if has_permission(user, Permission.VISIT_VIEW):
            context |= self.of_visits(standing)
            facts += overview_visits.facts_of(self.family, context["visits"], on=self.request.today)
        return context | {
            "page_title": "przegląd",
            "standing": standing,
            "facts": facts,
            "members": members,
            "workers": overview.workers_of(standing),
            "warnings": overview.warnings_of(self.family, standing, user=user),
        }

    def of_visits(self, standing) -> dict:
        """What only those who may read visits are told; at most three statements."""
        user, today = self.request.user, self.request.today
        story = timeline.get_timeline(self.family.pk, user=user, until=today, size=EVENTS_SHOWN)
        return {
            "tasks": task_list.get_task_list(self.family, standing, user=user),
            "dangers": overview_visits.dangers_of(standing),
            "may_follow": self.family.workable and has_permission(user, Permission.DANGER_FOLLOW),
            "visits": overview_visits.visits_of(self.family, on=today),
            "story": overview_visits.told(story.events),
        }


class StoryPage(FamilyPageView):
    """Oś czasu: everything that happened in the family, newest first."""

    permission = Permission.VISIT_VIEW
    access_area = AccessArea.VISITS
    page = "families:overview"
    template_name = "families/casefile/story.html"

    def get_context_data(self, **kwargs):
        places = {"older": self.request.GET.get("starsze", ""), "newer": self.request.GET.get("nowsze", "")}
        user, today = self.request.user, self.request.today
        story = timeline.get_timeline(self.family.pk, user=user, until=today, **places)
        return super().get_context_data(
            page_title="oś czasu",
            items=overview_visits.told(story.events, with_text=True),
            newer_link=f"?nowsze={story.newer}" if story.newer else "",
            older_link=f"?starsze={story.older}" if story.older else "",
            **kwargs,
        )


class History(FamilyPageView):
    """Historia: who changed what, when and why, newest first."""

    permission = Permission.FAMILY_VIEW
    access_area = AccessArea.HISTORY
    page = "families:history"
    template_name = "families/casefile/history.html"

    def get_context_data(self, **kwargs):
        asked = {"after": self.request.GET.get("po", ""), "before": self.request.GET.get("przed", "")}
        found = get_history_page(SOURCES, self.family.pk, user=self.request.user, **asked)
        return super().get_context_data(
            page_title="historia",
            entries=found.entries,
            next_link=f"?po={found.after}" if found.after else "",
            previous_link=f"?przed={found.before}" if found.before else "",
            **kwargs,
        )


class Access(FamilyPageView):
    """Dostęp: who opened this file, when and which part; opening this page is written down as well."""

    permission = Permission.ACCESS_LOG_VIEW
    access_area = AccessArea.ACCESS
    page = "families:access"
    template_name = "families/casefile/access.html"

    def get_context_data(self, **kwargs):
        kind = access_report.parse_kind(self.request.GET.get("pokaz", ""))
        asked = {"after": self.request.GET.get("po", ""), "before": self.request.GET.get("przed", "")}
        found = access_report.access_entries(self.family, kind=kind, **asked)
        return super().get_context_data(
            page_title="dostęp",
            kinds=[
                {"label": label, "url": self.get_url(each), "current": each == kind}
                for each, (label, _) in access_report.ENTRY_KINDS.items()
            ],
            readings=found.rows,
            by_person=access_report.summary_by_user(self.family, now=self.request.now),
            refusals=access_report.denied_attempts(self.family),
            next_link=self.get_url(kind, po=found.after) if found.after else "",
            previous_link=self.get_url(kind, przed=found.before) if found.before else "",
            days=access_report.SUMMARY_DAYS,
            **kwargs,
        )

    def get_url(self, kind: str, **place) -> str:
        """This register of one kind of readings, at a place in it."""
        asked = place if kind == access_report.DEFAULT_KIND else {"pokaz": kind} | place
        return f"{self.request.path}?{urlencode(asked)}" if asked else self.request.path
