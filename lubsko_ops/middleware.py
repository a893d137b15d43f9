"""Middleware: one transaction per request, security headers, session timeout, login, second factor."""

import logging

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured
from django.db import Error, transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django_htmx.http import HttpResponseClientRedirect

from lubsko_ops.accounts import second_factor
from lubsko_ops.audit import access_log
from lubsko_ops.core import clock
from lubsko_ops.core.database_errors import DEADLOCK, is_unavailable, sqlstate_of
from lubsko_ops.core.links import reverse
from lubsko_ops.error_views import (
    internal_error,
    rendering_unavailable,
    service_unavailable,
    stored_file_unavailable,
)
from lubsko_ops.output import documents, file_store, rendering
from lubsko_ops.submissions import views as submissions

log = logging.getLogger(__name__)
# Attributes of a request that hold its parsed body, which cannot be read twice.
BODY_ATTRIBUTES = {"_body", "_post", "_files", "_read_started", "_stream"}
LOGGED_STATUSES = (200, 409, 422)  # a page, a comparison of two versions, a form with errors


class _Rollback(Exception):
    """Carries a response out of a transaction that must be rolled back."""

    def __init__(self, response):
        self.response = response


class TransactionMiddleware:
    """One transaction for the view, the rendering of its page and the access log; documents are rendered after it.

    An error anywhere rolls everything back, and a page whose access log row cannot be written is not sent. Denied
    requests and errors are logged afterwards in a separate transaction. The victim of a deadlock is answered from the
    beginning once, in a new transaction; any other failure of the database gives a page with the typed text (503).
    """

    EXCLUDED_PATHS = ("/zdrowie/",)

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.now = clock.now()
        request.today = clock.local_date(request.now)
        response = self.receive(request)
        if request.method == "HEAD":
            self.drop_body(response)
        return response

    def receive(self, request):
        if request.path in self.EXCLUDED_PATHS:
            return self.get_response(request)
        request.makes_document = documents.makes_document(request)
        if not request.makes_document:
            return self.answer(request)
        with rendering.slots.take() as free:
            return self.answer(request) if free else documents.queue_page(request)

    def drop_body(self, response) -> None:
        """HEAD gets the headers of the page; a server that got its body too would warn about it each time."""
        if not response.streaming and response.content:
            response.headers.setdefault("Content-Length", str(len(response.content)))
            response.content = b""

    def answer(self, request):
        """The answer of one transaction, or of a second one after a deadlock; a document is rendered after it."""
        received = dict(vars(request))
        response = self.respond(request)
        if sqlstate_of(getattr(request, "database_error", None)) == DEADLOCK:
            log.warning("Deadlock at %s: the request is run again", access_log.get_view_name(request))
            self.reset(request, received)
            response = self.respond(request)
        if isinstance(response, documents.DocumentResponse) and request.method != "HEAD":
            response = self.make_content(request, response)
        self.log_denied(request, response.status_code)
        return response

    def reset(self, request, received: dict) -> None:
        """Make the request what it was when it was received, with its body parsed and its files at their beginning."""
        body = {name: value for name, value in vars(request).items() if name in BODY_ATTRIBUTES}
        vars(request).clear()
        vars(request).update(received | body)
        for _, files in body["_files"].lists() if "_files" in body else ():
            for file in files:
                file.seek(0)

    def respond(self, request):
        """The answer, made in one transaction."""
        try:
            with access_log.collect_shown() as shown, transaction.atomic():
                response = self.get_response(request)
                if (
                    getattr(request, "rollback_requested", False)
                    or response.status_code == 400
                    or response.status_code >= 500
                ):
                    raise _Rollback(response)
                if response.status_code in LOGGED_STATUSES or getattr(request, "shows_draft", False):
                    access_log.write_access_log(request, shown)
        except _Rollback as rolled_back:
            response = rolled_back.response
            error = getattr(request, "database_error", None)
            if error and response.status_code != 503:  # saving the session failed too, in another way
                response = service_unavailable(request, error)
            elif response.status_code == 400:
                response = self.keep_submission(request) or response
        except Error as error:
            if is_unavailable(error):
                return service_unavailable(request, error)
            log.exception("Transaction of %s failed at commit", access_log.get_view_name(request))
            return internal_error()
        return response

    def make_content(self, request, response):
        """Render a document now that everything, its access log entry included, is committed."""
        if not request.makes_document:
            raise ImproperlyConfigured("A view that returns a document sets makes_document.")
        try:
            response.make_content()
        except rendering.RenderingError as error:
            words = str(error)  # our own, about the process
            log.error("No document from %s: %s", access_log.get_view_name(request), words)
            return rendering_unavailable(request)
        except file_store.StoredFileError as error:
            log.error("No paper from %s: %s", access_log.get_view_name(request), str(error))
            return stored_file_unavailable()
        except Exception:
            log.exception("No document from %s", access_log.get_view_name(request))
            return internal_error()
        return response

    def keep_submission(self, request):
        """The session could not be saved, usually because it ended meanwhile: keep the typed text as a draft.

        Only for the user whose session it was: a request of anybody else says nothing about the form's author.
        """
        if request.method != "POST" or not submissions.is_author(request):
            return None
        with transaction.atomic():
            return submissions.save_for_author(request)

    def process_exception(self, request, exception):
        request.rollback_requested = True
        if is_unavailable(exception):
            log.warning(
                "Database unavailable at %s: %s", access_log.get_view_name(request), type(exception).__name__
            )
            return service_unavailable(request, exception)
        return None

    def log_denied(self, request, status: int) -> None:
        if status not in (403, 404, 429) and status < 500:
            return
        try:
            if status == 404 and not request.user.is_authenticated:
                return  # random requests of strangers are not worth logging
            with transaction.atomic():
                access_log.log_denied(request, status)
        except (Error, AttributeError):
            log.warning("A denied request (%s) could not be logged", status)


class CharsetMiddleware:
    """Refuses a request in another charset than UTF-8, which browsers always send.

    Others decode to characters the database does not take, or do not decode to text at all, wherever the form or the
    address is read first.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.content_params.get("charset", "utf-8").lower() != "utf-8":
            return HttpResponse(render_to_string("400.html"), status=400)
        return self.get_response(request)


class SecurityHeadersMiddleware:
    """Response headers that Django's own middleware does not set."""

    POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", self.POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not response.has_header("Cache-Control"):
            response.headers["Cache-Control"] = "no-store"
        return response


class SessionTimeoutMiddleware:
    """Ends a session after IDLE_MINUTES without requests and after MAX_SESSION_HOURS in any case.

    The session row is written at most every SESSION_TOUCH_SECONDS, so most requests do not write to it.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            self.touch_or_end(request)
        return self.get_response(request)

    def touch_or_end(self, request) -> None:
        now, session = int(request.now.timestamp()), request.session
        started, touched = session.get("started", 0), session.get("touched", 0)
        idle = now - touched > settings.IDLE_MINUTES * 60 + settings.SESSION_TOUCH_SECONDS
        if idle or now - started > settings.MAX_SESSION_HOURS * 3600:
            logout(request)
        elif abs(now - touched) >= settings.SESSION_TOUCH_SECONDS:
            session["touched"] = now


class DraftKeepingLoginMiddleware(LoginRequiredMiddleware):
    """Every view requires a login by default. A form posted after the session ended is kept as a draft."""

    def handle_no_permission(self, request, view_func):
        if request.method == "POST" and (response := submissions.save_for_author(request)):
            return response
        if getattr(request, "htmx", None):
            return HttpResponseClientRedirect(reverse(settings.LOGIN_URL))
        return super().handle_no_permission(request, view_func)


class SecondFactorMiddleware:
    """With SECOND_FACTOR=required, a session works only after its user has shown a second factor in it.

    Until then it opens the page that asks for it, or the pages that set up the first one.
    """

    CONFIRMATION = {"mfa_reauthenticate", "mfa_reauthenticate_webauthn", "account_logout"}

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        if settings.SECOND_FACTOR != "required" or not request.user.is_authenticated:
            return None
        if second_factor.is_shown(request):
            return None
        name = request.resolver_match.view_name
        if (
            "token" in view_kwargs
        ):  # the page says that somebody is logged in; no address may carry the token on
            return None
        if is_mfa_enabled(request.user):
            target = request.get_full_path() if request.method == "GET" else reverse("start")
            confirmation = redirect_to_login(target, reverse("mfa_reauthenticate"))
            return None if name in self.CONFIRMATION else confirmation
        if name.startswith(("account_", "mfa_")) or name == "keep-alive":
            return None
        messages.info(request, "Zanim zaczniesz pracę, ustaw drugi składnik logowania.")
        return redirect("mfa_index")
