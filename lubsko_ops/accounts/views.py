"""Pages of one's own account, the list of accounts, and the first administrator of an empty installation."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View

from lubsko_ops.accounts.actions import create_first_administrator, get_first_administrator_link
from lubsko_ops.accounts.forms import FirstAdministratorForm
from lubsko_ops.accounts.models import THEMES, Contract, RegionGrant, RoleGrant, User
from lubsko_ops.audit.base_views import PageView, PermissionRequiredView
from lubsko_ops.core.permissions import ROLE_PERMISSIONS, Permission, Role


class AccountView(PageView):
    """Ustawienia konta: who I am here, how I log in, how the pages look."""

    permission = Permission.OWN_ACCOUNT
    access_area = None
    template_name = "accounts/account.html"

    def get_context_data(self, **kwargs):
        grants = RoleGrant.objects.active_on_or_after(self.request.today).filter(user=self.request.user)
        return super().get_context_data(
            grants=grants.select_related("deputy_for").order_by("starts_on"),
            looks=THEMES,
            may=[permission.label for permission in Permission if self.may(permission)],
            **kwargs,
        )

    def may(self, permission) -> bool:
        return any(permission in ROLE_PERMISSIONS[role] for role in self.request.user.roles)


class ThemeView(PermissionRequiredView):
    """Chooses the light look, the dark one, or that of the person's system."""

    permission = Permission.OWN_ACCOUNT
    access_area = None
    http_method_names = ["post"]

    def post(self, request):
        look = request.POST.get("look")
        if look in dict(THEMES):
            request.user.theme = look
            request.user.save(update_fields=["theme"])
        target = request.POST.get("next", "")
        ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
        return redirect(target if ours else "account")


class SessionKeepAliveView(PermissionRequiredView):
    """ "Pracuję dalej": touches the login session, so that it does not end."""

    permission = Permission.OWN_ACCOUNT
    access_area = None
    http_method_names = ["post"]

    def post(self, request):
        request.session["touched"] = int(request.now.timestamp())
        return HttpResponse(status=204)


class StaffListView(PageView):
    """Pracownicy: accounts with their roles, regions and contracts of today and of the days to come."""

    permission = Permission.STAFF_VIEW
    access_area = None
    template_name = "accounts/staff_list.html"

    def get_context_data(self, **kwargs):
        today = self.request.today

        def current(model, *related):
            return model.objects.active_on_or_after(today).select_related(*related).order_by("starts_on")

        people = User.objects.order_by("-is_active", "last_name", "first_name", "pk").prefetch_related(
            Prefetch("role_grants", current(RoleGrant, "deputy_for"), to_attr="current_grants"),
            Prefetch("region_grants", current(RegionGrant, "region"), to_attr="current_regions"),
            Prefetch("contracts", current(Contract), to_attr="current_contracts"),
        )
        return super().get_context_data(people=people, roles=Role.choices, **kwargs)


@method_decorator(login_not_required, name="dispatch")
class FirstAdministratorView(View):
    """The page behind the one-time link of an empty installation."""

    def get(self, request, token):
        self.found(token)
        return self.show(FirstAdministratorForm())

    def post(self, request, token):
        self.found(token)
        form = FirstAdministratorForm(request.POST)
        if form.is_valid():
            data = {name: value for name, value in form.cleaned_data.items() if name != "again"}
            try:
                create_first_administrator(token=token, **data)
            except ValidationError as refusal:
                form.take(refusal)
            else:
                messages.success(request, "Konto administratora jest gotowe. Zaloguj się.")
                return redirect("account_login")
        return self.show(form, status=422)

    def found(self, token) -> None:
        if get_first_administrator_link(token) is None:
            raise Http404

    def show(self, form, status=200):
        return render(self.request, "accounts/first_administrator.html", {"form": form}, status=status)
