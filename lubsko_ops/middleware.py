"""What surrounds every answer: one transaction, headers, the idle session, the login and the second factor."""

import logging

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.db import DatabaseError, InterfaceError, OperationalError, transaction
from django.shortcuts import redirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from lubsko_ops.audit import access_log
from lubsko_ops.core import clock
from lubsko_ops.error_views import internal_error, service_unavailable
from lubsko_ops.submissions import views as submissions

log = logging.getLogger(__name__)
LOGGED_STATUSES = (200, 409, 422)  # a page, two texts side by side, a form with its mistakes


class _Rollback(Exception):
    """Carries an answer out of the transaction that must leave nothing behind."""

    def __init__(self, response):
        self.response = response


class TransactionMiddleware:
    """The view, the rendering of its answer and the read log are one transaction.

    An error anywhere leaves nothing half-saved; an answer whose read-log row cannot be written does not leave.
    Refusals and errors are written down afterwards, in a transaction of their own.
    """

    WITHOUT_DATABASE = ("/zdrowie/",)

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.now = clock.now()
        request.today = clock.local_date(request.now)
        if request.path in self.WITHOUT_DATABASE:
            return self.get_response(request)
        try:
            with transaction.atomic():
                response = self.get_response(request)
                if (
                    getattr(request, "undo", False)
                    or response.status_code == 400
                    or response.status_code >= 500
                ):
                    raise _Rollback(response)
                if response.status_code in LOGGED_STATUSES:
                    access_log.write_access_log(request)
        except _Rollback as rolled_back:
            response = rolled_back.response
            if response.status_code == 400:
                response = self.session_gone(request) or response
        except (OperationalError, InterfaceError) as error:
            response = service_unavailable(request, error)
        except DatabaseError:
            log.exception("Transaction of %s failed at its end", access_log.get_view_name(request))
            response = internal_error()
        self.write_down_refusal(request, response.status_code)
        return response

    def session_gone(self, request):
        """The login session could not be written, mostly because it ended meanwhile: what was typed waits."""
        if request.method != "POST":
            return None
        with transaction.atomic():
            return submissions.save_for_author(request)

    def process_exception(self, request, exception):
        request.undo = True
        if isinstance(exception, OperationalError | InterfaceError):
            log.warning(
                "Database unavailable at %s: %s", access_log.get_view_name(request), type(exception).__name__
            )
            return service_unavailable(request, exception)
        return None

    def write_down_refusal(self, request, status: int) -> None:
        if status not in (403, 404, 429) and status < 500:
            return
        try:
            if status == 404 and not request.user.is_authenticated:
                return  # strangers knocking at random addresses are the proxy's business
            with transaction.atomic():
                access_log.log_denied(request, status)
        except (DatabaseError, AttributeError):
            log.warning("A refusal (%s) could not be written down", status)


class SecurityHeadersMiddleware:
    """Headers of every answer that Django's own middleware does not set."""

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
    """Ends a session after half an hour without work and after twelve hours in any case.

    The session row is touched at most every five minutes, so reading pages costs no writing.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            self.touch_or_end(request)
        return self.get_response(request)

    def touch_or_end(self, request) -> None:
        now, session = int(request.now.timestamp()), request.session
        began, touched = session.get("began", 0), session.get("touched", 0)
        idle = now - touched > settings.IDLE_MINUTES * 60 + settings.SESSION_TOUCH_SECONDS
        if idle or now - began > settings.LONGEST_SESSION_HOURS * 3600:
            logout(request)
        elif abs(now - touched) >= settings.SESSION_TOUCH_SECONDS:
            session["touched"] = now


class DraftKeepingLoginMiddleware(LoginRequiredMiddleware):
    """Every view asks for a login unless it says otherwise. What was typed before the session ended is kept."""

    def handle_no_permission(self, request, view_func):
        if request.method == "POST" and (answer := submissions.save_for_author(request)):
            return answer
        if getattr(request, "htmx", None):
            return HttpResponseClientRedirect(reverse(settings.LOGIN_URL))
        return super().handle_no_permission(request, view_func)


class SecondFactorMiddleware:
    """With SECOND_FACTOR=required, an account without a second factor reaches only the page that sets one up."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        if settings.SECOND_FACTOR != "required" or not request.user.is_authenticated:
            return None
        name = request.resolver_match.view_name
        if name.startswith(("account_", "mfa_")) or name == "stay" or request.session.get("second_factor"):
            return None
        if is_mfa_enabled(request.user):
            request.session["second_factor"] = True
            return None
        messages.info(request, "Zanim zaczniesz pracę, ustaw drugi składnik logowania.")
        return redirect("mfa_index")
