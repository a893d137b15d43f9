"""Real Chromium against a real server. Debian's browser; when it is missing the tests fail with a sentence."""

import time

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection, connections
from django.test import Client
from playwright.sync_api import Page, expect

from devtools.machine import BROWSERS, chromium
from tests.staff import PASSWORD

PHONE, DESK = {"width": 360, "height": 780}, {"width": 1280, "height": 900}
PATIENCE = 10_000  # milliseconds; a busy machine is slow, a wrong page stays wrong
expect.set_options(timeout=PATIENCE)
HANDSET = {"viewport": PHONE, "has_touch": True, "is_mobile": True}


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    path = chromium()
    if not path:
        pytest.fail(f"Brak przeglądarki. Zainstaluj: sudo apt-get install {BROWSERS[0]}", pytrace=False)
    quiet = [
        "--no-sandbox",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-gpu",
    ]
    return browser_type_launch_args | {"executable_path": path, "args": quiet}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return browser_context_args | {"locale": "pl-PL", "timezone_id": "Europe/Warsaw", "viewport": DESK}


@pytest.fixture(scope="session")
def live_server(django_db_setup, live_server):
    """The server, begun after the database and ended before it; no thread of it stays connected after its answer."""
    connections.settings["default"]["CONN_MAX_AGE"] = 0
    return live_server


@pytest.fixture(autouse=True)
def mark_browser(request):
    request.node.add_marker(pytest.mark.browser)


@pytest.fixture
def complaints():
    """What the consoles of all the pages of a test said; none of it is allowed.

    Chromium reports every 4xx answer of a page or a call; those are refusals a test asks for. A missing file
    of ours, an answer of 5xx, an error of a script or a violation of the security policy fails the test.
    """
    said: list[str] = []
    yield said
    assert said == []


@pytest.fixture
def watched(live_server, complaints):
    """Begin to listen to a page."""

    def heard(message):
        ours = "status of 4" in message.text and "/static/" not in message.location.get("url", "")
        if message.type in ("error", "warning") and not ours:
            complaints.append(message.text)

    watching = []

    def watch(page: Page) -> Page:
        watching.append(page)
        page.base = live_server.url
        page.set_default_timeout(PATIENCE)
        page.on("console", heard)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield watch
    for page in watching:
        if not page.is_closed():
            page.goto("about:blank")
    wait_for_the_server()


def wait_for_the_server() -> None:
    """Let answers nobody waits for any more be finished: the database is emptied after the test."""
    others = (
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'"
    )
    calm = 0  # looks in a row; a page that is left may still send its draft
    for _ in range(100):
        with connection.cursor() as cursor:
            cursor.execute(others)
            calm = calm + 1 if cursor.fetchone() == (0,) else 0
        if calm == 2:
            return
        time.sleep(0.05)


@pytest.fixture
def visit(page, watched):
    """A page whose console must stay silent: any error or violation of the security policy fails the test."""
    cache.clear()  # the limits of logging in are kept there, and every test comes from one address
    return watched(page)


@pytest.fixture
def another(browser, browser_context_args, watched):
    """Make a page in a browser of its own: of another person, on a phone (**HANDSET), without scripts."""
    contexts = []

    def make(**options) -> Page:
        contexts.append(browser.new_context(**(browser_context_args | options)))
        return watched(contexts[-1].new_page())

    yield make
    for context in contexts:
        context.close()


def log_in(page, username: str) -> None:
    """Log in through the page, as a person does."""
    page.goto(f"{page.base}/konto/logowanie/")
    fill_in_login(page, username)
    page.wait_for_url(f"{page.base}/")


def fill_in_login(page, username: str) -> None:
    """Fill the login page in, wherever it leads next."""
    page.get_by_label("Nazwa użytkownika").fill(username)
    page.get_by_label("Hasło").fill(PASSWORD)
    page.get_by_role("button", name="Zaloguj się", exact=True).click()


def come_in(page, user) -> Client:
    """Be logged in without the login page: for stories about something else. The client has the same session."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": page.base}])
    return client


def log_out(page) -> None:
    page.locator(".top-me summary").click()
    page.get_by_role("button", name="Wyloguj").click()
    page.wait_for_url("**/konto/logowanie/**")


def said(page, words: str) -> None:
    """The message of the page after an action."""
    expect(page.locator(".notice[role=status], .notice[role=alert]").filter(has_text=words)).to_be_visible()


def until(true) -> None:
    """Wait for something that happens on the server after the page is gone."""
    end = time.monotonic() + PATIENCE / 1000
    while not true():
        assert time.monotonic() < end, f"{true} never came"
        time.sleep(0.05)


def scrolls_sideways(page) -> bool:
    page.wait_for_load_state()
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
