"""Pracownicy: the list of accounts, the pages of one account and its forms."""

from functools import cached_property
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q
from django.shortcuts import get_object_or_404

from lubsko_ops.accounts import actions, link_actions
from lubsko_ops.accounts.base_views import ACCOUNT_FILE, PERSON_PANELS, STAFF_LISTS, PersonPageView
from lubsko_ops.accounts.duties import PersonDuty, get_all_duties, get_duties
from lubsko_ops.accounts.forms import (
    AccountForm,
    DeputyForm,
    DetailsForm,
    EndForm,
    RegionGrantForm,
    RoleGrantForm,
)
from lubsko_ops.accounts.link_views import ConfirmationView, ManagedPersonFormView, keep_for_card
from lubsko_ops.accounts.models import AccountLink, LinkKind, RegionGrant, RoleGrant, User
from lubsko_ops.accounts.permissions import ACCOUNTS_MANAGE, STAFF_VIEW
from lubsko_ops.accounts.presenters import StaffRow
from lubsko_ops.accounts.sessions import end_sessions, open_sessions
from lubsko_ops.audit.base_views import KeysetListView
from lubsko_ops.audit.changes import get_history_page
from lubsko_ops.core.keyset_list import Sort
from lubsko_ops.core.links import reverse
from lubsko_ops.core.parsing import parse_int
from lubsko_ops.core.permissions import Role, has_permission
from lubsko_ops.core.polish import join_list, short_date
from lubsko_ops.submissions.base_views import ActionFormView

LINKS_SHOWN = 5


def shown_duties(user, duties: list[PersonDuty]) -> list[dict]:
    """Duties for a page: a number leads to its list for those who may open it."""
    return [
        {
            "text": duty.text,
            "url": duty.url if duty.permission is None or has_permission(user, duty.permission) else "",
        }
        for duty in duties
    ]


class StaffListView(KeysetListView):
    """Pracownicy: accounts by surname with current and future roles, regions, the last login and the state."""

    permission = STAFF_VIEW
    access_area = None
    template_name = "accounts/staff_list.html"
    page_size = 100
    sorts = (Sort("nazwisko", "od A do Z", "od Z do A", ("last_name", "first_name")),)
    default_params = {"konta": "czynne"}

    @property
    def closed(self) -> bool:
        return self.request.GET.get("konta") == "zamkniete"

    def get_queryset(self):
        return User.objects.filter(is_active=not self.closed)

    def with_page_data(self, queryset):
        today = self.request.today
        links = AccountLink.objects.filter(
            user=OuterRef("pk"), used_at=None, cancelled_at=None, valid_until__gt=self.request.now
        )
        grants = RoleGrant.objects.all() if self.closed else RoleGrant.objects.active_on_or_after(today)
        regions = RegionGrant.objects.active_on_or_after(today).select_related("region")
        return queryset.annotate(has_open_link=Exists(links)).prefetch_related(
            Prefetch(
                "role_grants",
                grants.select_related("deputy_for").order_by("starts_on", "pk"),
                to_attr="shown_grants",
            ),
            Prefetch("region_grants", regions.order_by("region__name", "starts_on"), to_attr="shown_regions"),
        )

    def prepare_rows(self, rows):
        return [StaffRow(user, self.request.today) for user in rows]

    def get_counts(self, queryset):
        active, closed = Count("pk", filter=Q(is_active=True)), Count("pk", filter=Q(is_active=False))
        counted = User.objects.aggregate(active=active, closed=closed)
        return counted | {"total": counted["closed" if self.closed else "active"]}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        tabs = (("Czynne", "czynne", "active"), ("Zamknięte", "zamkniete", "closed"))
        context["tab_links"] = [
            {
                "label": label,
                "url": self.get_url(konta=code),
                "current": self.closed == (count == "closed"),
                "count": context[count],
            }
            for label, code, count in tabs
            if count == "active" or context[count] or self.closed
        ]
        can_manage = has_permission(self.request.user, ACCOUNTS_MANAGE)
        lists = [each for each in STAFF_LISTS if has_permission(self.request.user, each.permission)]
        return context | {"closed_shown": self.closed, "can_manage": can_manage, "staff_lists": lists}


class AccountCreateView(ActionFormView):
    """Nowe konto, with roles and regions; leads to the card of its invitation."""

    permission = ACCOUNTS_MANAGE
    access_area = None
    form_class = AccountForm
    page_title = "Nowe konto"
    template_name = "accounts/account_form.html"
    result: AccountLink

    def get_form_kwargs(self):
        initial = {"roles": [{"starts_on": self.request.today}]}
        return super().get_form_kwargs() | {"formset_initial": initial}

    def get_cancel_url(self):
        return reverse("staff")

    def perform(self, form):
        user = actions.open_account(
            **form.cleaned_data,
            roles=form.formsets["roles"].values(),
            regions=form.formsets["regions"].values(),
            by=self.request.user,
        )
        link, token = link_actions.issue_link(user=user, kind=LinkKind.INVITATION, by=self.request.user)
        keep_for_card(self.request, link, token)
        return link

    def get_success_url(self):
        return reverse("link-card", args=[self.result.user_id, self.result.pk])

    def get_success_message(self):
        return f"Założono konto: {self.result.user}."

    @classmethod
    def draft_summary(cls, content):
        return " ".join(content.get(name, [""])[0] for name in ("first_name", "last_name"))


class PersonView(PersonPageView):
    """Konto: roles, regions, deputies, what waits, links, login sessions, panels of other apps."""

    permission = STAFF_VIEW
    current_tab = "person"
    template_name = "accounts/person_account.html"

    def get_context_data(self, **kwargs):
        person, today, now = self.person, self.request.today, self.request.now
        about = RoleGrant.objects.filter(Q(user=person) | Q(deputy_for=person))
        grants = list(about.select_related("user", "deputy_for").order_by("-starts_on", "-pk"))
        own = [grant for grant in grants if grant.user_id == person.pk]
        person.running_grants = [each for each in own if each.is_active_on_or_after(today)]
        roles = {grant.role for grant in own}
        with_region = person.region_grants.select_related("region").order_by("-starts_on", "-pk")
        regions = list(with_region) if Role.SOCIAL_WORKER in roles else []
        links = person.links.select_related("entered_by").order_by("-entered_at", "-pk")[:LINKS_SHOWN]
        panels = [get(self.request, person) for get in PERSON_PANELS]
        return super().get_context_data(
            running_grants=person.running_grants,
            ended_grants=[each for each in own if not each.is_active_on_or_after(today)],
            running_regions=[row for row in regions if row.is_active_on_or_after(today)],
            ended_regions=[row for row in regions if not row.is_active_on_or_after(today)],
            deputies=[
                each
                for each in grants
                if each.deputy_for_id == person.pk and each.is_active_on_or_after(today)
            ],
            has_deputies=any(grant.role == Role.MANAGER and not grant.deputy_for_id for grant in own),
            duties=shown_duties(self.request.user, get_duties(person, today, roles=roles)),
            links=[
                {"link": link, "state": link.state_text(now), "open": link.is_open(now)} for link in links
            ],
            is_social_worker=Role.SOCIAL_WORKER in roles,
            sessions=open_sessions(person),
            panels=[panel for panel in panels if panel],
            can_manage=has_permission(self.request.user, ACCOUNTS_MANAGE),
            is_self=person.pk == self.request.user.pk,
            **kwargs,
        )


class PersonHistoryView(PersonPageView):
    """Historia konta: who changed what in the account, its roles, regions and links."""

    permission = STAFF_VIEW
    current_tab = "person-history"
    template_name = "accounts/person_history.html"

    def get_context_data(self, **kwargs):
        after, before = (parse_int(self.request.GET.get(name)) for name in ("po", "przed"))
        page = get_history_page(
            self.person.pk,
            user=self.request.user,
            after=after,
            before=before,
            file_kind=ACCOUNT_FILE,
        )
        path = self.request.path
        return super().get_context_data(
            entries=page.entries,
            next_url=f"{path}?po={page.after}" if page.after else "",
            previous_url=f"{path}?przed={page.before}" if page.before else "",
            **kwargs,
        )


class DetailsView(ManagedPersonFormView):
    form_class = DetailsForm
    page_title = "Dane konta"

    def get_instance(self):
        return self.person

    def get_initial(self):
        return {name: getattr(self.person, name) for name in actions.DETAILS}

    def perform(self, form):
        return actions.change_details(
            user=self.person, version=self.opened_version, by=self.request.user, **form.cleaned_data
        )

    def get_success_message(self):
        return f"Zapisano dane konta: {self.result}."


class RoleGrantView(ManagedPersonFormView):
    form_class = RoleGrantForm
    page_title = "Nadaj rolę"

    def get_initial(self):
        return {"starts_on": self.request.today}

    def perform(self, form):
        return actions.grant_role(user=self.person, by=self.request.user, **form.cleaned_data)

    def get_success_message(self):
        return f"Nadano rolę: {self.result.get_role_display()} od {short_date(self.result.starts_on)}."


class RegionGrantView(ManagedPersonFormView):
    form_class = RegionGrantForm
    page_title = "Przypisz rejon"

    def get_initial(self):
        return {"starts_on": self.request.today}

    def perform(self, form):
        return actions.grant_region(user=self.person, by=self.request.user, **form.cleaned_data)

    def get_success_message(self):
        return f"Przypisano rejon: {self.result}."


class DeputyView(ManagedPersonFormView):
    form_class = DeputyForm
    page_title = "Wyznacz zastępcę kierownika"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"person": self.person}

    def get_initial(self):
        return {"starts_on": self.request.today}

    def perform(self, form):
        data = form.cleaned_data
        return actions.appoint_deputy(
            of=self.person,
            user=data["deputy"],
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            by=self.request.user,
        )

    def get_success_message(self):
        return f"{self.result.user} zastępuje kierownika do {short_date(self.result.ends_on)}."


class EndView(ManagedPersonFormView):
    """The last day of a role or region of the person, or of a role of a deputy of the person."""

    form_class = EndForm
    grant: Any

    def setup_object(self, pk, **kwargs):
        super().setup_object(pk)
        self.grant = get_object_or_404(self.get_grants(), pk=kwargs["grant"])
        self.page_title = f"Koniec: {self.grant_name()}"

    def get_grants(self):
        raise NotImplementedError

    def grant_name(self) -> str:
        raise NotImplementedError

    def get_instance(self):
        return self.grant

    def get_initial(self):
        return {"ends_on": self.grant.ends_on or self.request.today}

    def get_success_message(self):
        return f"Zapisano ostatni dzień: {short_date(self.result.ends_on)}."


class RoleEndView(EndView):
    def get_grants(self):
        return RoleGrant.objects.filter(Q(user=self.person) | Q(deputy_for=self.person)).select_related(
            "user"
        )

    def grant_name(self):
        return f"rola {self.grant.get_role_display()}"

    def get_confirmations(self, form):
        """Access can be ended at once; what then hangs on somebody without the role is listed first."""
        duties = get_duties(self.grant.user, form.cleaned_data["ends_on"], roles={self.grant.role})
        names = join_list([duty.text for duty in duties])
        return (
            [f"Bez tej roli zostanie na tej osobie: {names}. Lepiej przekaż to najpierw."] if duties else []
        )

    def perform(self, form):
        return actions.end_role(
            grant=self.grant,
            on=form.cleaned_data["ends_on"],
            version=self.opened_version,
            by=self.request.user,
        )


class RegionEndView(EndView):
    def get_grants(self):
        return self.person.region_grants.select_related("region")

    def grant_name(self):
        return f"rejon {self.grant.region}"

    def perform(self, form):
        return actions.end_region(
            grant=self.grant,
            on=form.cleaned_data["ends_on"],
            version=self.opened_version,
            by=self.request.user,
        )


class DeactivateView(ConfirmationView):
    page_title = "Zamknij konto"
    template_name = "accounts/deactivate.html"

    def get_instance(self):
        return self.person

    @cached_property
    def duties(self):
        return get_all_duties(self.person, self.request.today)

    def get_context_data(self, **kwargs):
        today = self.request.today
        running = RoleGrant.objects.active_on_or_after(today).select_related("user")
        return super().get_context_data(
            duties=shown_duties(self.request.user, self.duties),
            grants=[] if self.duties else running.filter(user=self.person).order_by("starts_on"),
            deputies=[] if self.duties else running.filter(deputy_for=self.person).order_by("starts_on"),
            **kwargs,
        )

    def perform(self, form):
        return actions.deactivate(user=self.person, version=self.opened_version, by=self.request.user)

    def get_success_message(self):
        return f"Konto zamknięto: {self.result}. Jego wpisy zostają podpisane jego nazwiskiem."


class ReactivateView(ConfirmationView):
    page_title = "Przywróć konto"

    def perform(self, form):
        return actions.reactivate(user=self.person, by=self.request.user)

    def get_success_message(self):
        return f"Przywrócono konto: {self.result}. Nadaj mu rolę i wystaw odsyłacz do hasła."


class SessionsEndView(ConfirmationView):
    page_title = "Wyloguj ze wszystkich urządzeń"

    def perform(self, form):
        return end_sessions(user=self.person, by=self.request.user, why="Wylogowano ze wszystkich urządzeń")

    def get_success_message(self):
        return f"{self.result}: wszystkie logowania zakończono."
