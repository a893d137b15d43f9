"""Floors made of a stock Django project: P, its page, and a request that inserts one row.

They run in this process with the middleware, session store and authentication backend that ``startproject`` sets up
and without anything of ours but the table of users. The settings are replaced without the signal that would make
Django throw away the caches of the measured application.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from functools import cache

from django.conf import UserSettingsHolder, settings
from django.contrib.auth.decorators import login_required
from django.db import connection, transaction
from django.http import HttpResponse
from django.template.backends.django import DjangoTemplates
from django.test import Client
from django.urls import path

from devtools.benchmark.subject import Budget, Subject
from families.visits.models import Visit
from lubsko_ops.accounts.models import User

WHO = "maria"
LONG_AGO = datetime(1990, 1, 1, 10, tzinfo=UTC)  # no visit of the synthetic centre is as old
SETTINGS = {
    "ROOT_URLCONF": __name__,
    "SESSION_ENGINE": "django.contrib.sessions.backends.db",
    "AUTHENTICATION_BACKENDS": ["django.contrib.auth.backends.ModelBackend"],
    "MIDDLEWARE": [
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
}
PAGE = "<!doctype html><title>{{ title }}</title><h1>{{ title }}</h1><p>{{ user.username }}</p>\n"


@cache
def _templates() -> DjangoTemplates:
    processors = ("template.context_processors.request", "contrib.auth.context_processors.auth")
    processors += ("contrib.messages.context_processors.messages",)
    loader = ("django.template.loaders.locmem.Loader", {"page.html": PAGE})
    options = {
        "context_processors": [f"django.{name}" for name in processors],
        "loaders": [("django.template.loaders.cached.Loader", [loader])],
    }
    return DjangoTemplates({"NAME": "stock", "DIRS": [], "APP_DIRS": False, "OPTIONS": options})


@login_required
def show(request):
    return HttpResponse(_templates().get_template("page.html").render({"title": "Page"}, request))


@login_required
def insert(request):
    """Insert a visit as a plain Django view would: no history, no rules, nothing that depends on it."""
    with transaction.atomic():
        visit = Visit(**_row(), entered_by=request.user)
        Visit.objects.bulk_create([visit])
    return HttpResponse(status=201)


urlpatterns = [path("page/", show), path("insert/", insert)]


@cache
def _row() -> dict:
    last = Visit.objects.order_by("-pk")[0]
    values = {each.attname: getattr(last, each.attname) for each in Visit._meta.concrete_fields}
    del values["id"], values["entered_by_id"]
    return values | {
        "day": LONG_AGO.date(),
        "starts_at": time(11),
        "started_at": LONG_AGO,
        "next_day": None,
        "next_at": None,
        "entered_at": LONG_AGO + timedelta(hours=1),
    }


@contextmanager
def stock_settings() -> Iterator[None]:
    """The settings of the stock project; the middleware of a client is loaded at its first request."""
    own = settings._wrapped
    stock = UserSettingsHolder(own)
    for name, value in SETTINGS.items():
        setattr(stock, name, value)
    settings._wrapped = stock
    try:
        yield
    finally:
        settings._wrapped = own


@cache
def _stock_client() -> Client:
    client = Client()
    client.force_login(User.objects.get(username=WHO), backend=SETTINGS["AUTHENTICATION_BACKENDS"][0])
    return client


def _request(method: str, url: str, status: int) -> None:
    with stock_settings():
        response = getattr(_stock_client(), method)(url)
    if response.status_code != status:
        raise RuntimeError(f"{url}: {response.status_code}")


@contextmanager
def rolled_back() -> Iterator[None]:
    """A transaction that is undone at its end.

    The constraints that wait for the commit, all foreign keys among them, are checked before, so that a request costs
    the processor what it costs when it is committed.
    """
    with transaction.atomic():
        yield
        connection.check_constraints()
        transaction.set_rollback(True)


def _insert(client) -> None:
    with rolled_back():
        _request("post", "/insert/", 201)


# Made once: each is the floor of many subjects.
P = Subject("P", WHO, lambda client: _request("get", "/page/", 200))
INSERT = Subject("INSERT", WHO, _insert)


def forget_login() -> None:
    """Log in anew at the next request: the session of the earlier login is gone."""
    _stock_client.cache_clear()
    _row.cache_clear()


def at_most(city: float | None, metropolis: float | None = None, *, floor: Subject = P) -> tuple[Budget]:
    """The only budget of a subject: in a city and in a metropolis, or the same in both."""
    return (Budget(floor, city, city if metropolis is None else metropolis),)
