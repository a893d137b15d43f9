"""Base of every form page: one action, saved once, with drafts, confirmations and conflicts."""

from functools import cached_property
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.views.generic import FormView

from lubsko_ops.audit.base_views import AuthenticatedRequest, PermissionRequiredView
from lubsko_ops.audit.history import VersionConflict
from lubsko_ops.core import clock
from lubsko_ops.core.forms import BaseForm, init_added_row
from lubsko_ops.core.links import reverse
from lubsko_ops.core.locks import RowGone
from lubsko_ops.core.parsing import parse_int
from lubsko_ops.submissions import drafts
from lubsko_ops.submissions.compare import differences
from lubsko_ops.submissions.form_hooks import FormHooks
from lubsko_ops.submissions.formset_buttons import added_formset, apply_button, has_too_many_rows
from lubsko_ops.submissions.keys import (
    ADD_ROW,
    CARRY,
    CONFIRMED_FIELD,
    DRAFT_BUTTON,
    FORM_FIELD,
    KEY_FIELD,
    MOVE_ROW,
    REFRESH,
    REMOVE_ROW,
    VERSION_FIELD,
    FormKey,
    file_marks,
    hash_content,
    new_key,
    read_key,
    submitted_content,
)
from lubsko_ops.submissions.models import Draft, Submission
from lubsko_ops.submissions.views import wrong_account

DUPLICATE_CONFIRMED = "1"  # in CONFIRMED_FIELD: the user wants the same content saved a second time


class ActionFormView(FormHooks, PermissionRequiredView, FormView):
    """A Django FormView that calls one action. A complete form page inside a family's file:

        class PhoneAddView(FamilyFormView):
            permission = FAMILY_EDIT
            access_area = PEOPLE_AREA
            form_class = PhoneForm  # a BaseForm
            page_title = "Dodaj telefon"

            def get_initial(self):
                return {"starts_on": self.request.today}

            def perform(self, form):
                return add_phone(family=self.family, by=self.request.user, **form.cleaned_data)

            def get_success_message(self):
                return f"Dodano telefon {self.result}."

    Django's hooks keep their names and meaning: get_initial, get_form_class, get_form_kwargs, get_form,
    get_context_data, form_valid, form_invalid, get_success_url. Initial values are computed only for a form that
    is opened, not for one that is sent. Hooks added here: perform, get_success_message, get_cancel_url,
    get_instance, get_carried, check_rules, get_confirmations, draft_summary, page_title.

    What the view does for every form:

    - **Saved once.** Each rendered form carries a signed key. The same form sent twice runs the action once and gets
      the same answer; sent again with other content it shows both and keeps the second as a draft. The same content
      from another opening within ten minutes is saved only after the user confirms it.
    - **Drafts.** What was typed and not saved is kept (by the "Zapisz szkic" button, by draft.js, after a refusal or
      a lost session) and opened again with ``?szkic=<key>``.
    - **Confirmations.** get_confirmations() names what is unusual; it is asked before the action runs.
    - **Nothing typed is lost on the way.** A button with ``formaction`` and the name CARRY leads to another form,
      which opens with what get_carried() takes of it.
    - **Conflicts.** With get_instance() the form carries the version of the row; pass ``version=self.opened_version``
      to the action. When somebody else saved the row meanwhile, both texts are shown and nothing is overwritten.
    """

    request: AuthenticatedRequest
    http_method_names = ["get", "post", "head", "options"]
    form_class: type[BaseForm]
    template_name = "submissions/form_page.html"
    page_title = ""
    keeps_drafts = True  # False for a mere confirmation, where nothing is written
    current_draft: Draft | None = None  # the draft the form was opened with
    key: FormKey
    result = None  # what perform() returned

    # ---- hooks -------------------------------------------------------------------------------------
    def perform(self, form):
        """Call the action and return its result, which is then ``self.result``.

        A ValidationError comes back to the form beside the fields it names; a VersionConflict shows both texts.
        """
        raise NotImplementedError

    def get_success_message(self) -> str:
        raise NotImplementedError

    def get_success_url(self) -> str:
        """Where the user goes after saving; by default where "Anuluj" leads."""
        return super().get_success_url() if self.success_url else self.get_cancel_url()

    def get_cancel_url(self) -> str:
        return reverse("start")

    @property
    def draft_title(self) -> str:
        """The title of the draft on the start page."""
        return self.page_title

    # ---- Django's methods --------------------------------------------------------------------------
    def dispatch(self, request, *args, **kwargs):
        try:
            return super().dispatch(request, *args, **kwargs)
        except (Http404, PermissionDenied) as refusal:
            if response := self.respond_without_right(refusal):
                return response
            raise

    def get(self, request, *args, **kwargs):
        if CARRY not in request.POST:  # the draft of what was typed goes along, under its key
            self.key = new_key(request.user)
        draft = self.get_requested_draft()
        if draft and draft.content.get(FORM_FIELD, [self.form_name])[0] != self.form_name:
            return self.render_form(self.get_form(), outdated_draft=draft)
        if draft:
            self.current_draft, self.key = draft, FormKey(request.user.pk, draft.key)
        return self.render_form(self.get_form())

    def post(self, request, *args, **kwargs):
        key = read_key(request.POST.get(KEY_FIELD))
        if key and key.user_id != request.user.pk:
            return wrong_account(request, key)
        self.key = key or new_key(request.user)
        if CARRY in request.POST:
            return self.get(request, *args, **kwargs)
        if has_too_many_rows(self.get_form_class(), request.POST):
            return render(request, "submissions/too_many_rows.html", status=422)
        if response := self.respond_without_saving(key):
            return response
        form = self.get_form()
        if not key or (self.get_instance() is not None and self.opened_version is None):
            form.add_error(None, "Formularz był niekompletny. Sprawdź, co wpisano, i zapisz jeszcze raz.")
        return self.form_valid(form) if form.is_valid() else self.form_invalid(form)

    def get_form_kwargs(self) -> dict:
        if CARRY in self.request.POST:
            return {"initial": self.get_initial() | self.get_carried(self.request.POST)}
        if self.request.method == "POST":
            return {"data": self.request.POST, "files": self.request.FILES}
        return {} if self.current_draft else {"initial": self.get_initial()}

    def get_form(self, form_class=None) -> BaseForm:
        return (
            self.form_of(self.current_draft.content) if self.current_draft else super().get_form(form_class)
        )

    def form_valid(self, form):
        """Ask for confirmations, then save. What the action refuses comes back to the form."""
        try:
            return self.ask_to_confirm(form) or self.save_once(form)
        except ValidationError as refusal:
            form.add_action_errors(refusal)
            return self.form_invalid(form)
        except VersionConflict as conflict:
            return self.render_conflict(form, conflict)
        except RowGone:  # deleted since this view read it: answered as if it had been before
            raise Http404 from None

    def form_invalid(self, form):
        try:
            self.check_rules(form)
        except ValidationError as refusal:
            form.add_rule_errors(refusal)
        if self.keeps_drafts:
            self.store_draft()
        return self.render_form(form, status=422)

    def get_context_data(self, **kwargs):
        instance, version = self.get_instance(), self.opened_version
        context = {
            "page_title": self.page_title,
            "key": self.key,
            "form_name": self.form_name,
            "cancel_url": self.get_cancel_url(),
            "keeps_drafts": self.keeps_drafts,
            "version": instance.version if instance is not None and version is None else version,
            "confirmed": self.confirmed,
            "draft_title": self.draft_title,
            "current_draft": self.current_draft,
            "shows_draft_notice": self.current_draft is not None,
            "other_drafts": self.get_other_drafts() if self.request.method == "GET" else [],
        }
        return super().get_context_data(**(context | kwargs))

    def render_form(self, form, *, status=200, **context):
        """Every answer that shows the form, with its HTTP status and more context."""
        return self.render_to_response(self.get_context_data(form=form, **context), status=status)

    # ---- saving ------------------------------------------------------------------------------------
    @property
    def action_name(self) -> str:
        match = self.request.resolver_match
        return match.view_name if match else ""

    @property
    def form_name(self) -> str:
        return self.get_form_class().__name__

    @property
    def opened_version(self) -> int | None:
        """The version the row had when the user opened the form; the action compares it."""
        draft = self.current_draft.content.get(VERSION_FIELD, [""])[0] if self.current_draft else ""
        return parse_int(self.request.POST.get(VERSION_FIELD) or draft)

    @property
    def confirmed(self) -> list[str]:
        """What the user was asked about this form and confirmed by sending it again."""
        return self.request.POST.get(CONFIRMED_FIELD, "").split()

    def ask_to_confirm(self, form):
        """The form with what is to be confirmed before it is saved; None when nothing is."""
        if DUPLICATE_CONFIRMED not in self.confirmed and (
            duplicate := self.submission.find_recent_duplicate()
        ):
            confirmed = [*self.confirmed, DUPLICATE_CONFIRMED]
            return self.render_form(form, status=409, recent_duplicate=duplicate, confirmed=confirmed)
        instance = self.get_instance()
        if instance is not None and instance.version != self.opened_version:
            return None  # saved by somebody else meanwhile: the action answers with the conflict
        confirmations = self.get_confirmations(form)
        digest = hash_content({"confirmations": confirmations})[:16]  # other sentences are asked anew
        if not confirmations or digest in self.confirmed:
            return None
        self.store_draft()
        confirmed = [*self.confirmed, digest]
        return self.render_form(form, status=422, confirmations=confirmations, confirmed=confirmed)

    @cached_property
    def submission(self) -> Submission:
        """What is sent now; stored by save_once()."""
        content = submitted_content(self.request.POST) | file_marks(self.request.FILES)
        return Submission(
            user=self.request.user,
            key=self.key.uuid,
            action=self.action_name,
            address=self.request.path[:300],
            content=content,
            content_hash=hash_content(content),
            sent_at=clock.now(),
        )

    def save_once(self, form):
        """Run the action; in the same transaction store the submission and delete the draft."""
        with transaction.atomic():
            if not self.submission.claim():
                return self.respond_to_repeated(self.submission.get_previous())
            self.result = self.perform(form)
            url, message = self.get_success_url(), self.get_success_message()
            self.submission.result_address, self.submission.result_message = url, message[:500]
            self.submission.save(update_fields=["result_address", "result_message"])
            drafts.delete_draft(self.key)
        return self.redirect_with_success(url, message)

    def redirect_with_success(self, url: str, message: str) -> HttpResponseRedirect:
        """The answer after saving; the message stands beside the part of the page which the URL names."""
        messages.success(self.request, message, extra_tags=urlsplit(url).fragment)
        return HttpResponseRedirect(url)

    def render_conflict(self, form, conflict: VersionConflict):
        """Both texts side by side after somebody else saved the row; saving again saves this user's text.

        What the other one saved is read now: this view read its row before it waited for the lock of the other.
        """
        saved = type(self)()
        saved.setup(self.request, *self.args, **self.kwargs)
        saved.setup_object(**self.kwargs)
        kwargs = saved.get_form_kwargs() | {"data": None, "files": None, "initial": saved.get_initial()}
        saved_form = saved.get_form_class()(**kwargs)
        last = conflict.row.history.select_related("history_user").latest("history_date", "history_id")
        self.store_draft()
        return self.render_form(
            form,
            status=409,
            version=conflict.row.version,
            conflict={
                "differences": differences(saved_form, form),
                "by": last.history_user,
                "at": last.history_date,
            },
        )

    # ---- answers that save nothing -----------------------------------------------------------------
    def respond_without_saving(self, key: FormKey | None):
        """The answer to a button that saves nothing, or to a form saved before; None for a form to be saved."""
        posted = self.request.POST
        if key and DRAFT_BUTTON in posted:
            return self.respond_to_draft_button()
        if {ADD_ROW, REMOVE_ROW, MOVE_ROW, REFRESH} & set(posted):
            return self.render_as_typed()
        previous = self.submission.find_previous() if key else None
        return self.respond_to_repeated(previous) if previous else None

    def respond_without_right(self, refusal: Http404 | PermissionDenied):
        """The answer when the object is gone or the right has ended; None for an ordinary refusal.

        A form sent twice that removed its own row gets its first answer. What was typed, in a form that was open then
        or in a draft, is shown to its author without the form and stays a draft; of the file nothing is shown.
        """
        draft, content = None, {}
        if self.request.method == "POST" and (key := read_key(self.request.POST.get(KEY_FIELD))):
            if key.user_id != self.request.user.pk:
                return wrong_account(self.request, key)
            self.key = key
            if response := self.replay(self.submission.find_previous()):
                return response
            content = submitted_content(self.request.POST)
        elif self.request.method == "GET" and (draft := self.get_requested_draft()):
            content = draft.content if draft.address == self.request.path else {}
        entries = drafts.typed_entries(content, self.form_class or BaseForm)  # none: it depends on the object
        if not entries:
            return None
        if self.request.method == "POST":
            draft = self.store_draft() if self.keeps_drafts else None
        elif draft:  # in the access log, which leaves out other pages of this status
            drafts.note_families_of(draft)
            self.request.shows_draft = True
        status = 404 if isinstance(refusal, Http404) else 403
        context = {"draft": draft, "entries": entries, "reason": str(refusal) if status == 403 else ""}
        return render(self.request, "submissions/typed_text.html", context, status=status)

    def replay(self, previous: Submission | None):
        """The answer this very form got when it was first sent; None when the form or its content was another."""
        if previous is None or not self.submission.repeats(previous):
            return None
        drafts.delete_draft(self.key)
        return self.redirect_with_success(previous.result_address, previous.result_message)

    def respond_to_repeated(self, previous: Submission):
        """The first answer again; with other content both texts, of which the second is kept as a draft."""
        if response := self.replay(previous):
            return response
        key = uuid5(self.key.uuid, self.submission.content_hash)  # the same text sent again is one draft
        draft = self.store_draft(FormKey(self.request.user.pk, key))
        context = {
            "page_title": self.page_title,
            "previous": previous,
            "differences": differences(self.form_of(previous.content), self.form_of(self.submission.content)),
            "continue_url": drafts.draft_url(draft) if draft else self.request.path,
        }
        return render(self.request, "submissions/submission_conflict.html", context, status=409)

    def render_as_typed(self):
        """The form as typed, with dependent fields computed anew or its rows changed by a button."""
        posted = self.request.POST
        form = self.form_of(apply_button(submitted_content(posted), posted))
        prefix, kind = added_formset(posted)
        if prefix in form.formsets:
            init_added_row(form.formsets[prefix], kind)
        return self.render_form(form)

    # ---- drafts ------------------------------------------------------------------------------------
    def form_of(self, content: dict) -> BaseForm:
        """The form filled with this content, with no errors shown."""
        return self.get_form_class().from_content(content, **self.get_form_kwargs())

    def store_draft(self, key: FormKey | None = None) -> Draft | None:
        """Keep what was sent as a draft; None when it is too long."""
        return drafts.save_draft(key or self.key, address=self.request.path, post=self.request.POST)

    def respond_to_draft_button(self):
        draft = self.store_draft()
        if draft is None:
            messages.error(self.request, "Ten tekst jest za długi na szkic. Skróć go albo zapisz od razu.")
            return self.render_form(self.form_of(submitted_content(self.request.POST)))
        messages.success(self.request, f"Szkic zapisany {draft.saved_at.astimezone(clock.WARSAW):%H:%M}.")
        return HttpResponseRedirect(drafts.draft_url(draft))

    def get_requested_draft(self) -> Draft | None:
        """The user's own draft named in the address, unless it has expired."""
        key = self.request.GET.get("szkic")
        try:
            return (
                Draft.objects.active().filter(user=self.request.user, key=UUID(key)).first() if key else None
            )
        except ValueError:
            return None

    def get_other_drafts(self) -> list[Draft]:
        """Drafts of the same form besides the one being shown."""
        active = drafts.drafts_of_form(self.request.user, self.request.path)
        return [draft for draft in active if draft.key != self.key.uuid]
