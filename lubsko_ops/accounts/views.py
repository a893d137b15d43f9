"""The user's own account, and the first administrator of an empty installation."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View

from lubsko_ops.accounts.actions import (
    change_details,
    create_first_administrator,
    get_first_administrator_link,
)
from lubsko_ops.accounts.forms import ButtonForm, FirstAdministratorForm, OwnPhoneForm
from lubsko_ops.accounts.models import THEMES, RoleGrant, User
from lubsko_ops.accounts.sessions import end_sessions, open_sessions
from lubsko_ops.audit.base_views import PageView, PermissionRequiredView
from lubsko_ops.core.links import reverse
from lubsko_ops.core.permissions import OWN_ACCOUNT, PERMISSIONS
from lubsko_ops.submissions.base_views import ActionFormView


class AccountView(PageView):
    """Ustawienia konta: roles, login, appearance."""

    permission = OWN_ACCOUNT
    access_area = None
    template_name = "accounts/account.html"

    def get_context_data(self, **kwargs):
        grants = RoleGrant.objects.active_on_or_after(self.request.today).filter(user=self.request.user)
        return super().get_context_data(
            grants=grants.select_related("deputy_for").order_by("starts_on"),
            themes=THEMES,
            sessions=open_sessions(self.request.user, current=self.request.session.session_key),
            permissions=[each.label for each in PERMISSIONS if each.is_granted_to(self.request.user.roles)],
            **kwargs,
        )


class ThemeView(PermissionRequiredView):
    """Sets the theme: light, dark or that of the system."""

    permission = OWN_ACCOUNT
    access_area = None
    http_method_names = ["post"]

    def post(self, request):
        theme = request.POST.get("look")
        if theme in dict(THEMES):
            request.user.theme = theme
            request.user.save(update_fields=["theme"])
        target = request.POST.get("next", "")
        is_safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
        return redirect(target if is_safe else "account")


class SessionKeepAliveView(PermissionRequiredView):
    """ "Pracuję dalej": extends the login session."""

    permission = OWN_ACCOUNT
    access_area = None
    http_method_names = ["post"]

    def post(self, request):
        request.session["touched"] = int(request.now.timestamp())
        return HttpResponse(status=204)


class OwnPhoneView(ActionFormView):
    """The user's own telephone."""

    permission = OWN_ACCOUNT
    access_area = None
    form_class = OwnPhoneForm
    result: User
    page_title = "Telefon służbowy"

    def get_instance(self):
        return self.request.user

    def get_initial(self):
        return {"phone": self.request.user.phone}

    def get_cancel_url(self):
        return reverse("account")

    def perform(self, form):
        user = self.request.user
        return change_details(user=user, version=self.opened_version, by=user, **form.cleaned_data)

    def get_success_message(self):
        return f"Telefon: {self.result.phone}." if self.result.phone else "Telefon usunięto."


class OtherSessionsEndView(ActionFormView):
    """Ends the user's login sessions on other devices."""

    permission = OWN_ACCOUNT
    access_area = None
    form_class = ButtonForm
    keeps_drafts = False
    page_title = "Wyloguj z innych urządzeń"

    def get_cancel_url(self):
        return reverse("account")

    def perform(self, form):
        user = self.request.user
        return end_sessions(user=user, by=user, why="Wylogowano z innych urządzeń", request=self.request)

    def get_success_message(self):
        return "Wylogowano z innych urządzeń. Tutaj pracujesz dalej."


@method_decorator(login_not_required, name="dispatch")
class FirstAdministratorView(View):
    """The form behind the one-time link of an empty installation."""

    def get(self, request, token):
        self.check_token(token)
        return self.render_form(FirstAdministratorForm())

    def post(self, request, token):
        self.check_token(token)
        form = FirstAdministratorForm(request.POST)
        if form.is_valid():
            data = {name: value for name, value in form.cleaned_data.items() if name != "again"}
            try:
                create_first_administrator(token=token, **data)
            except ValidationError as refusal:
                form.add_action_errors(refusal)
            else:
                messages.success(request, "Konto administratora jest gotowe. Zaloguj się.")
                return redirect("account_login")
        return self.render_form(form, status=422)

    def check_token(self, token) -> None:
        if get_first_administrator_link(token) is None:
            raise Http404

    def render_form(self, form, status=200):
        return render(self.request, "accounts/first_administrator.html", {"form": form}, status=status)
