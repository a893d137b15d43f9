"""Every view declares a permission and an access area, or is on the list of public URLs."""

import pytest
from django.urls import path
from django.views.generic import TemplateView

from families.people.permissions import FAMILY_VIEW
from lubsko_ops.audit.base_views import PermissionRequiredView
from lubsko_ops.audit.models import ACCESS_AREAS
from lubsko_ops.core.permissions import PERMISSIONS, Role
from tests.roles import permissions_of
from tests.url_inventory import all_routes

# Public URLs with the reason.
PUBLIC = {
    "account_login": "the login itself",
    "account_inactive": "says that an account is disabled",
    "mfa_authenticate": "the second step of the login",
    "mfa_login_webauthn": "login by passkey",
    "first-administrator": "one-time link of an empty installation",
    "account-link": "one-time link of an account; only its hash is remembered, and it leads on",
    "use-account-link": "the page behind such a link, where its owner sets a password",
    "draft": "keeps text typed after the session ended; the signed key identifies the author",
    "gallery": "components with invented data, only in the demo",
    "gallery-print-sample": "a printed page with invented data, only in the demo",
    "health": "for probes, shows nothing",
    "help": "also for who cannot log in; nothing of families",
    "meetings:calendar-feed": "programs that subscribe cannot log in; a private address, without names",
    "accessibility": "the declaration must be open to everybody",
}
# Pages of allauth that require a login and concern only the user's own account.
OWN_ACCOUNT = {"account_logout", "account_reauthenticate", "account_change_password", *(
    f"mfa_{name}"
    for name in (
        "index", "reauthenticate", "activate_totp", "deactivate_totp", "view_recovery_codes",
        "generate_recovery_codes", "download_recovery_codes", "list_webauthn", "add_webauthn",
        "reauthenticate_webauthn", "edit_webauthn", "remove_webauthn",
    )
)}  # fmt: skip


def test_every_view_declares_a_permission_and_an_access_area():
    for route in all_routes():
        if route.name in PUBLIC or route.name in OWN_ACCOUNT:
            continue
        view = route.view_class
        assert view and issubclass(view, PermissionRequiredView), route
        permission, area = view.permission, view.access_area
        assert PERMISSIONS.get(permission.codename) is permission, route
        assert area is None or ACCESS_AREAS.get(area.code) is area, route


def test_exceptions_exist(walked):
    names = {route.name for route in all_routes()}
    walked("addresses", len(names), at_least=104)
    assert set(PUBLIC) | OWN_ACCOUNT <= names


def any_url(route) -> str:
    """A URL of the route, whatever the rows it names."""
    url = "/" + route.path
    for name in route.arguments:
        for converter in ("int", "uuid", "str", "slug"):
            value = "00000000-0000-0000-0000-000000000001" if converter == "uuid" else "1"
            url = url.replace(f"<{converter}:{name}>", value)
    return url


@pytest.mark.parametrize("method", ["get", "post"])
def test_anonymous_users_are_redirected_to_the_login(client, db, method):
    for route in all_routes():
        if route.name not in PUBLIC:
            response = getattr(client, method)(any_url(route))
            assert response.status_code in (302, 405), route
            assert response.status_code == 405 or response.url.startswith("/konto/logowanie/"), route


def test_a_view_without_a_permission_is_refused():
    class WithoutPermission(PermissionRequiredView, TemplateView):
        access_area = None

    with pytest.raises(Exception, match="declares no registered permission"):
        path("x/", WithoutPermission.as_view())


def test_a_view_without_an_access_area_is_refused():
    class WithoutArea(PermissionRequiredView, TemplateView):
        permission = FAMILY_VIEW

    with pytest.raises(Exception, match="no registered access_area"):
        path("x/", WithoutArea.as_view())


def test_the_administrator_has_no_permission_on_cases():
    assert {each.codename for each in permissions_of(Role.ADMIN)} == {
        "own_account",
        "staff_view",
        "settings_view",
        "centre_edit",
        "norms_edit",
        "law_view",
        "dictionary_edit",
        "first_steps",
        "health_view",
        "accounts_manage",
    }


def test_every_permission_is_granted(walked):
    assert [permission.codename for permission in PERMISSIONS if not permission.roles] == []
    walked("permissions", len(PERMISSIONS), at_least=22)
