"""An app that only registers its own permission, access area, navigation item, tab and panel works everywhere."""

from contextlib import ExitStack

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.urls import include, path

from families.base_views import FILE_TABS, FamilyPageView, FileTab
from lubsko_ops import urls
from lubsko_ops.audit.models import ACCESS_AREAS, AccessArea, AccessLogEntry
from lubsko_ops.core.dashboard import PANELS, Panel
from lubsko_ops.core.navigation import NAVIGATION, NavItem
from lubsko_ops.core.permissions import PERMISSIONS, Permission, Role
from tests.form_client import response_text

SWIM = Permission("swim", "prowadzić zajęcia na basenie", {Role.MANAGER})
SWIM_AREA = AccessArea("swim", "zajęcia na basenie")


class SwimView(FamilyPageView):
    permission = SWIM
    access_area = SWIM_AREA

    def get(self, request, *args, **kwargs):
        return HttpResponse(self.family.name)


def swim_panel(request) -> Panel:
    return Panel("dashboard/_duplicates_panel.html", {"number": 7})


@pytest.fixture
def installed(settings):
    """The app installed: what it registers, and its URL."""
    with ExitStack() as stack:
        for registry, item in (
            (PERMISSIONS, SWIM),
            (ACCESS_AREAS, SWIM_AREA),
            (NAVIGATION, NavItem("Basen", "swim-list", SWIM)),
            (FILE_TABS, FileTab("Pływanie", "swim", SWIM)),
            (PANELS, swim_panel),
        ):
            stack.enter_context(registry.extended(item, order=99))

        class Urls:
            urlpatterns = [
                path("basen/", SwimView.as_view(), name="swim-list"),
                path("basen/<int:pk>/", SwimView.as_view(), name="swim"),
                path("", include(urls)),
            ]

        settings.ROOT_URLCONF = Urls
        yield


@pytest.mark.usefixtures("installed")
def test_its_page_follows_its_permission_and_is_logged_in_its_area(client, maria, anna, kowalscy):
    client.force_login(anna)
    assert client.get(f"/basen/{kowalscy.pk}/").status_code == 403
    client.force_login(maria)
    assert response_text(client.get(f"/basen/{kowalscy.pk}/")) == "Kowalscy"
    entry = AccessLogEntry.objects.latest("pk")
    assert (entry.access_area, entry.area_label, entry.families) == (
        "swim",
        "zajęcia na basenie",
        [kowalscy.pk],
    )
    assert "zajęcia na basenie" in response_text(client.get(f"/rodziny/{kowalscy.pk}/dostep/"))


@pytest.mark.usefixtures("installed")
def test_what_it_registers_is_shown_to_those_who_hold_its_permission(client, maria, anna, kowalscy):
    client.force_login(maria)
    assert "prowadzić zajęcia na basenie" in response_text(client.get("/konto/"))
    start, file = response_text(client.get("/")), response_text(client.get(f"/rodziny/{kowalscy.pk}/"))
    assert 'href="/basen/"' in start and "7" in start
    assert f'href="/basen/{kowalscy.pk}/"' in file
    client.force_login(anna)
    assert "basen" not in response_text(client.get("/konto/"))
    assert "basen" not in response_text(client.get(f"/rodziny/{kowalscy.pk}/"))


def test_without_it_nothing_is_left_but_the_code_in_the_log():
    with pytest.raises(ImproperlyConfigured, match="no registered permission"):
        SwimView.as_view()
    assert AccessLogEntry(access_area="swim").area_label == "swim"


def test_an_area_of_no_app_is_refused():
    with PERMISSIONS.extended(SWIM), pytest.raises(ImproperlyConfigured, match="no registered access_area"):
        SwimView.as_view()
