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
    "draft": "keeps text typed after the session ended; the signed key identifies the author",
    "gallery": "components with invented data, only in the demo",
    "gallery-print-sample": "a printed page with invented data, only in the demo",
    "health": "for probes, shows nothing",
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


@pytest.mark.parametrize("route", all_routes(), ids=str)
def test_view_declares_a_permission_and_an_access_area(route):
    if route.name in PUBLIC or route.name in OWN_ACCOUNT:
        return
    assert issubclass(route.view_class, PermissionRequiredView)
    permission, area = route.view_class.permission, route.view_class.access_area
    assert PERMISSIONS.get(permission.codename) is permission
    assert area is None or ACCESS_AREAS.get(area.code) is area


def test_exceptions_exist(walked):
    names = {route.name for route in all_routes()}
    walked("addresses", len(names), at_least=104)
    assert set(PUBLIC) | OWN_ACCOUNT <= names


@pytest.mark.parametrize("route", [r for r in all_routes() if r.name not in PUBLIC], ids=str)
def test_anonymous_users_are_redirected_to_the_login(route, client, db):
    arguments = dict.fromkeys(route.arguments, 1)
    url = "/" + route.path
    for name in arguments:
        for converter in ("int", "uuid", "str"):
            value = "00000000-0000-0000-0000-000000000001" if converter == "uuid" else "1"
            url = url.replace(f"<{converter}:{name}>", value)
    for method in ("get", "post"):
        response = getattr(client, method)(url)
        assert response.status_code in (302, 405), f"{method} {url}"
        if response.status_code == 302:
            assert response.url.startswith("/konto/logowanie/")


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
    assert {each.codename for each in permissions_of(Role.ADMIN)} == {"own_account", "staff_view"}


def test_every_permission_is_granted(walked):
    assert [permission.codename for permission in PERMISSIONS if not permission.roles] == []
    walked("permissions", len(PERMISSIONS), at_least=22)
