"""Pages of one family's file that belong to no other room: overview, history, register of access."""

from urllib.parse import urlencode

from families.casefile import access_register, overview
from families.casefile.sources import SOURCES
from families.people.models import Membership, Person
from families.views import FamilyPage
from lubsko_ops.access import Permission
from lubsko_ops.history import history_of, latest
from lubsko_ops.reading import Part
from lubsko_ops.staff.models import User


class Overview(FamilyPage):
    """Przegląd: where the case stands, who is who, what changed last."""

    permission = Permission.FAMILY_VIEW
    part = Part.OVERVIEW
    page = "families:overview"
    template_name = "families/casefile/overview.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        user, standing = self.request.user, context["bar"]["standing"]
        members = overview.members_of(self.family, on=self.request.today)
        workers = overview.workers_of(standing)
        names = {
            Person: {each.person.pk: str(each.person) for each in members},
            Membership: {each.membership.pk: str(each.membership) for each in members},
            User: {each["who"].pk: str(each["who"]) for rows in workers.values() for each in rows},
        }
        return context | {
            "page_title": "przegląd",
            "standing": standing,
            "facts": overview.facts_of(self.family, standing, members, user=user),
            "members": members,
            "workers": workers,
            "warnings": overview.warnings_of(self.family, standing, user=user),
            "latest": latest(SOURCES, self.family.pk, user=user, names=names),
        }


class History(FamilyPage):
    """Historia: who changed what, when and why, newest first."""

    permission = Permission.FAMILY_VIEW
    part = Part.HISTORY
    page = "families:history"
    template_name = "families/casefile/history.html"

    def get_context_data(self, **kwargs):
        asked = {"after": self.request.GET.get("po", ""), "before": self.request.GET.get("przed", "")}
        found = history_of(SOURCES, self.family.pk, user=self.request.user, **asked)
        return super().get_context_data(
            page_title="historia",
            entries=found.entries,
            next_link=f"?po={found.after}" if found.after else "",
            previous_link=f"?przed={found.before}" if found.before else "",
            **kwargs,
        )


class Access(FamilyPage):
    """Dostęp: who opened this file, when and which part; opening this page is written down as well."""

    permission = Permission.ACCESS_LOG_VIEW
    part = Part.ACCESS
    page = "families:access"
    template_name = "families/casefile/access.html"

    def get_context_data(self, **kwargs):
        kind = access_register.kind_asked(self.request.GET.get("pokaz", ""))
        asked = {"after": self.request.GET.get("po", ""), "before": self.request.GET.get("przed", "")}
        found = access_register.readings_of(self.family, kind=kind, **asked)
        return super().get_context_data(
            page_title="dostęp",
            kinds=[
                {"label": label, "url": self.address(each), "current": each == kind}
                for each, (label, _) in access_register.KINDS.items()
            ],
            readings=found.rows,
            by_person=access_register.summary_of(self.family, now=self.request.now),
            refusals=access_register.refusals_of(self.family),
            next_link=self.address(kind, po=found.after) if found.after else "",
            previous_link=self.address(kind, przed=found.before) if found.before else "",
            days=access_register.SUMMARY_DAYS,
            **kwargs,
        )

    def address(self, kind: str, **place) -> str:
        """This register of one kind of readings, at a place in it."""
        asked = place if kind == access_register.USUAL else {"pokaz": kind} | place
        return f"{self.request.path}?{urlencode(asked)}" if asked else self.request.path
