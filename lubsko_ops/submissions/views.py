"""Autosave of drafts, forms sent after the session ended, forms opened on another account."""

from uuid import UUID, uuid5

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils.decorators import method_decorator
from django.views import View
from django.views.csrf import csrf_failure as django_csrf_failure

from lubsko_ops.audit.base_views import PermissionRequiredView
from lubsko_ops.core import clock
from lubsko_ops.core.links import reverse
from lubsko_ops.core.permissions import OWN_ACCOUNT
from lubsko_ops.submissions import drafts
from lubsko_ops.submissions.keys import (
    ADDRESS_FIELD,
    KEY_FIELD,
    FormKey,
    hash_content,
    read_key,
    submitted_content,
)
from lubsko_ops.submissions.models import Draft, Submission


def _draft_address(request) -> str:
    """The path of the form: of this request, or the one an autosave request names (only a path of this site)."""
    if request.path != reverse("draft"):
        return request.path
    address = request.POST.get(ADDRESS_FIELD, "")
    try:
        resolve(address)
    except Resolver404:
        return "/"
    return address


def _save_draft(request, key: FormKey) -> Draft | None:
    return drafts.save_draft(key, address=_draft_address(request), post=request.POST)


def _key_of_sent_form(request) -> FormKey | None:
    """The valid key of a form that was sent; None when only the key was, to ask whether its form was saved."""
    return read_key(request.POST.get(KEY_FIELD)) if submitted_content(request.POST) else None


def save_for_author(request):
    """The answer to a form sent without a session: a draft for its author, and the login page. None without key."""
    key = _key_of_sent_form(request)
    if key is None:
        return None
    draft = _save_draft(request, key)
    target = drafts.draft_url(draft) if draft else request.path
    messages.info(request, "Sesja się skończyła. To, co wpisano, czeka jako szkic: zaloguj się i zapisz.")
    return redirect_to_login(target, reverse(settings.LOGIN_URL))


def is_author(request) -> bool:
    """Whether the form that was sent was rendered for the user of this request."""
    user, key = getattr(request, "user", None), _key_of_sent_form(request)
    return user is not None and key is not None and key.user_id == user.pk


def wrong_account(request, key: FormKey):
    """The answer to a form opened on another account in this browser: its text becomes a draft of that account.

    A draft of its own: what the owner of the account has under this key is not touched by anybody else.
    """
    content_hash = hash_content(submitted_content(request.POST))
    _save_draft(request, FormKey(key.user_id, uuid5(key.uuid, content_hash)))
    return render(request, "submissions/wrong_account.html", status=409)


def csrf_failure(request, reason=""):
    """The answer to a failed CSRF check: a form with a valid key, left open over a logout, is kept as a draft."""
    key = _key_of_sent_form(request) if request.method == "POST" else None
    if key is None:
        return django_csrf_failure(request, reason, template_name="403_csrf.html")
    if not request.user.is_authenticated:
        return save_for_author(request)
    if key.user_id != request.user.pk:
        return wrong_account(request, key)
    draft = _save_draft(request, key)
    if request.path == reverse("draft"):
        return _saved_response(request, draft)
    messages.warning(
        request,
        "Strona była otwarta przed ponownym zalogowaniem. Wszystko, co wpisano, jest zachowane. "
        "Sprawdź i zapisz jeszcze raz.",
    )
    return HttpResponseRedirect(drafts.draft_url(draft) if draft else request.path)


def _saved_response(request, draft: Draft | None):
    if draft is None:
        return JsonResponse({"error": "Ten tekst jest za długi na szkic."}, status=413)
    local = draft.saved_at.astimezone(clock.WARSAW)
    return JsonResponse({"saved_at": f"{local:%H:%M}", "csrf": get_token(request)})


@method_decorator(login_not_required, name="dispatch")
class DraftSaveView(View):
    """Autosave while typing. The signed key identifies the author even after the session ended."""

    http_method_names = ["post"]

    def post(self, request):
        key = read_key(request.POST.get(KEY_FIELD))
        if key is None:
            return JsonResponse({"error": "Brak klucza formularza."}, status=400)
        if request.user.is_authenticated and key.user_id != request.user.pk:
            return JsonResponse({"error": "Ten formularz otwarto na innym koncie."}, status=403)
        if Submission.objects.filter(user_id=key.user_id, key=key.uuid).exists():
            return JsonResponse({"error": "Ten formularz jest już zapisany."}, status=410)  # a late autosave
        draft = _save_draft(request, key)
        if not request.user.is_authenticated:
            return JsonResponse({"login": reverse(settings.LOGIN_URL)}, status=401)
        return _saved_response(request, draft)


class SubmissionStatusView(PermissionRequiredView):
    """Asked by resubmit-guard.js after Back: 410 with the address of the result if the form was saved."""

    permission = OWN_ACCOUNT
    access_area = None
    http_method_names = ["post"]

    def post(self, request):
        key = read_key(request.POST.get(KEY_FIELD))
        if key is None or key.user_id != request.user.pk:
            return JsonResponse({}, status=400)
        submission = Submission.objects.filter(user=request.user, key=key.uuid).first()
        return (
            JsonResponse({"address": submission.result_address}, status=410)
            if submission
            else JsonResponse({})
        )


class DraftDiscardView(PermissionRequiredView):
    """Deletes the user's own draft."""

    permission = OWN_ACCOUNT
    access_area = None
    http_method_names = ["post"]

    def post(self, request, key: UUID):
        Draft.objects.filter(user=request.user, key=key).delete()
        messages.success(request, "Szkic usunięty.")
        return redirect(reverse("start"))
