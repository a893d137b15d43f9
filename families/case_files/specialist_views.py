"""The narrow part of a file that a specialist opens: the family, its people, the goals of the plan naming them.

Nothing else of the file is open to a specialist: these views are found by ``open_to_specialist``, all others by
``Family.objects.visible_to()``, in which the families of specialists are not.
"""

from datetime import date
from functools import cached_property

from django.http import Http404

from families.base_views import FAMILY_QUERYSET, SPECIALIST_TABS
from families.case_files.header import get_assistants_text, get_summary, social_worker_text
from families.choices import PARENTS
from families.people.models import Family, Membership
from families.people.queries import HouseholdMember
from families.plans.co_authors import plan_for_specialist, rows_naming
from families.specialists.models import FamilySpecialist
from families.specialists.permissions import SPECIALIST_AREA, SPECIALIST_FILE, SPECIALIST_LIST_AREA
from families.specialists.queries import open_to_specialist
from lubsko_ops.audit.access_log import note_shown
from lubsko_ops.audit.base_views import PageView, PermissionRequiredView
from lubsko_ops.core.links import reverse
from lubsko_ops.core.permissions import has_permission
from lubsko_ops.core.polish import short_date


class SpecialistFileMixin(PermissionRequiredView):
    """A view inside the narrow part of a file; 404 when the user is not its specialist on the day.

    ``self.access``: the row that lets the user in.
    """

    permission = SPECIALIST_FILE
    access_area = SPECIALIST_AREA
    current_tab = ""

    def setup_object(self, pk, **kwargs) -> None:
        access = open_to_specialist(self.request.user, on=self.request.today).filter(family=pk).first()
        if access is None:
            raise Http404
        [families] = FAMILY_QUERYSET
        self.access, self.family = access, families().get(pk=pk)
        note_shown([self.family.pk])

    @cached_property
    def header(self) -> dict:
        """The family's name and number, who works with it, until when the specialist may look."""
        summary = get_summary(self.family, on=self.request.today)
        return {
            "number": summary.number,
            "facts": [
                {"term": "Asystent", "value": get_assistants_text(self.family, on=self.request.today)},
                {"term": "Pracownik socjalny", "value": social_worker_text(summary)},
                {"term": "Twój dostęp", "value": access_text(self.access)},
            ],
        }

    def get_context_data(self, **kwargs):
        tabs = [
            {
                "label": tab.label,
                "url": self.file_url(tab.url_name),
                "current": tab.url_name == self.current_tab,
            }
            for tab in SPECIALIST_TABS
            if has_permission(self.request.user, tab.permission)
        ]
        context = {"family": self.family, "header": self.header, "tabs": tabs}
        return super().get_context_data(**context | kwargs)  # type: ignore[misc]  # of the page or form view

    def file_url(self, url_name: str = "families:specialist-file") -> str:
        return reverse(url_name, args=[self.family.pk])


def access_text(access: FamilySpecialist) -> str:
    """ "do 31.12.2026", or without an end "od 01.10.2026, do odwołania"."""
    if access.ends_on:
        return f"do {short_date(access.ends_on)}"
    return f"od {short_date(access.starts_on)}, do odwołania"


class SpecialistFileView(SpecialistFileMixin, PageView):
    """Rodzina dla specjalisty: people and goals of the plan."""

    current_tab = "families:specialist-file"
    template_name = "specialists/file.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        plan = plan_for_specialist(self.family, user, on=self.request.today)
        return super().get_context_data(
            plan=plan,
            is_co_author=plan is not None and user.pk in plan.co_authors,
            goals=list(rows_naming(plan, user)) if plan else [],
            page_title="część dla specjalisty",
            access=self.access,
            members=get_people(self.family, on=self.request.today),
            **kwargs,
        )


def get_people(family: Family, *, on: date) -> list[HouseholdMember]:
    """Living members on the day: parents, other adults, children from the eldest. Where they live stays out."""
    rows = Membership.objects.members_on(on).filter(family=family).select_related("person")
    members = [HouseholdMember(row, on) for row in rows]
    return sorted(
        members,
        key=lambda each: (
            each.is_child,
            each.membership.kinship not in PARENTS,
            each.person.born_on or date.max,
            each.person.first_name,
        ),
    )


class SpecialistListView(PageView):
    """Moje rodziny: the families the specialist may open today."""

    permission = SPECIALIST_FILE
    access_area = SPECIALIST_LIST_AREA
    template_name = "specialists/list.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(rows=get_families(self.request.user, on=self.request.today), **kwargs)


def get_families(user, *, on: date) -> list[FamilySpecialist]:
    """The rows of ``load_families``, noted as shown."""
    rows = load_families(user, on=on)
    note_shown(row.family_id for row in rows)
    return rows


def load_families(user, *, on: date) -> list[FamilySpecialist]:
    """What lets the user in, with ``family``, ``number`` and ``social_worker``, by name. One statement."""
    rows = open_to_specialist(user, on=on).select_related("family__summary__social_worker")
    rows = list(rows.order_by("family__summary__sort_name", "pk"))
    for row in rows:
        summary = getattr(row.family, "summary", None)
        row.number = summary.number if summary else ""
        row.social_worker = summary.social_worker if summary else None
        row.access_text = access_text(row)
    return rows
