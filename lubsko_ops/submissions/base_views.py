"""Bases of the pages: a form that calls a deed, nothing lost and nothing doubled; a page or its fragment."""

from datetime import timedelta
from uuid import UUID, uuid5

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.generic.base import ContextMixin, TemplateResponseMixin

from lubsko_ops.audit.base_views import PermissionRequiredView
from lubsko_ops.audit.history import VersionConflict
from lubsko_ops.core import clock
from lubsko_ops.core.forms import BaseForm, init_added_row
from lubsko_ops.core.formset_buttons import added_formset, apply_button
from lubsko_ops.core.parsing import parse_int
from lubsko_ops.submissions import drafts
from lubsko_ops.submissions.compare import differences
from lubsko_ops.submissions.keys import (
    ADD_ROW,
    CONFIRMED_FIELD,
    DRAFT_BUTTON,
    FORM_FIELD,
    KEY_FIELD,
    MOVE_ROW,
    REFRESH,
    REMOVE_ROW,
    VERSION_FIELD,
    FormKey,
    hash_content,
    new_key,
    read_key,
    submitted_content,
)
from lubsko_ops.submissions.models import Draft, Submission
from lubsko_ops.submissions.views import wrong_account

LATELY = timedelta(minutes=10)
ONCE_MORE = "1"  # among the answers: yes, the same once more


class ActionFormView(PermissionRequiredView, TemplateResponseMixin, ContextMixin):
    """A form that calls one deed.

    A view names ``form_class``, ``title`` and ``act(form) -> result`` and ``done(result) -> (address, words)``.
    The same form sent twice makes one record and gives the same answer; what was typed is kept as a draft
    until the deed is done; a row saved by somebody else in the meantime is shown beside one's own text.
    """

    form_class: type[BaseForm]
    title = ""
    template_name = "submissions/form_page.html"
    drafts = True  # False for a mere confirmation, where nothing is written
    shown_draft: Draft | None = None
    key: FormKey

    # ---- what a view says --------------------------------------------------------------------------
    def act(self, form):
        """Call the deed; its ValidationError comes back to the form, its Conflict shows both texts."""
        raise NotImplementedError

    def done(self, result) -> tuple[str, str]:
        """Where to go and what to say when the deed is done."""
        raise NotImplementedError

    def row(self):
        """The recorded row this form edits, whose version is compared on save; None when it makes a new one."""
        return None

    def initial(self) -> dict:
        return {}

    def form_kwargs(self) -> dict:
        return {}

    def questions(self, form) -> list[str]:
        """What is odd but may be true, in whole sentences: the form comes back once with them before it is saved."""
        return []

    def back(self) -> str:
        """Where "Anuluj" leads."""
        return reverse("start")

    @classmethod
    def draft_words(cls, content: dict) -> str:
        """What tells this draft from another of the same form, from what was typed; nothing by default."""
        return ""

    @property
    def draft_title(self) -> str:
        """What the person will recognise the draft by on the start page."""
        return self.title

    def dispatch(self, request, *args, **kwargs):
        try:
            return super().dispatch(request, *args, **kwargs)
        except Http404:
            # Sent twice, a form that took its row away finds no row the second time: the answer stays the same.
            key = read_key(request.POST.get(KEY_FIELD))
            if key and key.user_id == request.user.pk:
                self.key = key
                if answer := self.same_answer(self.earlier()):
                    return answer
            if request.method == "GET" and (draft := self.asked_draft()) and draft.address == request.path:
                return self.show_left(draft)
            raise

    # ---- GET ---------------------------------------------------------------------------------------
    def get(self, request, *args, **kwargs):
        self.key = new_key(request.user)
        asked = self.asked_draft()
        if asked and asked.content.get(FORM_FIELD, [self.form_name])[0] != self.form_name:
            return self.show(self.form_class(initial=self.initial(), **self.form_kwargs()), out_of_date=asked)
        self.shown_draft = asked
        if self.shown_draft:
            self.key = FormKey(request.user.pk, self.shown_draft.key)
            form = self.form_class.from_draft(self.shown_draft.content, **self.form_kwargs())
        else:
            form = self.form_class(initial=self.initial(), **self.form_kwargs())
        return self.show(form)

    def show_left(self, draft: Draft):
        """A draft whose family is out of reach: its form is gone, one's own words are not."""
        form = self.form_class
        labels = {name: str(field.label or name) for name, field in form.base_fields.items()}
        words = [
            (labels.get(name.rsplit("-", 1)[-1], ""), value)
            for name, values in draft.content.items()
            for value in values
            if value.strip() and not name.startswith("_") and not name.endswith("_FORMS")
        ]
        return render(
            self.request, "submissions/draft_only.html", {"draft": draft, "words": words}, status=404
        )

    @property
    def form_name(self) -> str:
        return self.form_class.__name__

    def asked_draft(self) -> Draft | None:
        asked = self.request.GET.get("szkic")
        if not asked:
            return None
        try:
            return Draft.objects.waiting().filter(user=self.request.user, key=UUID(asked)).first()
        except ValueError:
            return None

    # ---- POST --------------------------------------------------------------------------------------
    def post(self, request, *args, **kwargs):
        key = read_key(request.POST.get(KEY_FIELD))
        if key and key.user_id != request.user.pk:
            return wrong_account(request, key)
        self.key = key or new_key(request.user)
        if answer := self.without_deed(key):
            return answer
        form = self.form_class(request.POST, **self.form_kwargs())
        if not key or (self.row() is not None and self.version_started_from() is None):
            form.add_error(None, "Formularz był niekompletny. Sprawdź, co wpisano, i zapisz jeszcze raz.")
        elif form.is_valid() and (answer := self.attempt(form)):
            return answer
        if self.drafts:
            drafts.save_draft(self.key, address=request.path, post=request.POST)
        return self.show(form, status=422)

    def without_deed(self, key: FormKey | None):
        """The answer to a button that saves nothing in the file, and to a form that is already saved."""
        posted = self.request.POST
        if key and DRAFT_BUTTON in posted:
            return self.keep_draft()
        if {ADD_ROW, REMOVE_ROW, MOVE_ROW, REFRESH} & set(posted):
            return self.show_as_typed()
        earlier = self.earlier() if key else None
        return self.repeat(earlier) if earlier else None

    def attempt(self, form):
        """Do the deed. None when it was refused; the form then holds the sentences."""
        try:
            return self.do(form)
        except ValidationError as refusal:
            return form.take(refusal)
        except VersionConflict as conflict:
            return self.show_conflict(form, conflict)
        except _AlreadySent:
            return self.repeat(self.earlier())
        except _SameAsBefore as same:
            return self.show(form, status=409, twin=same.twin, anyway=self.answered(ONCE_MORE))
        except _Asked as asked:
            drafts.save_draft(self.key, address=self.request.path, post=self.request.POST)
            anyway = self.answered(asked.digest)
            return self.show(form, status=422, questions=asked.questions, anyway=anyway)

    def do(self, form):
        """The deed, its submission and the end of its draft: all or nothing."""
        content = submitted_content(self.request.POST)
        if ONCE_MORE not in self.answered() and (twin := self.sent_lately(content)):
            raise _SameAsBefore(twin)
        questions = self.questions(form)
        with transaction.atomic():
            submission = self.claim(content)
            address, words = self.done(self.act(form))
            # Refusals come first: nobody is asked about a form that cannot be saved anyway.
            if questions and _Asked(questions).digest not in self.answered():
                raise _Asked(questions)
            submission.result_address, submission.result_words = address, words[:500]
            submission.save(update_fields=["result_address", "result_words"])
            drafts.delete_draft(self.key)
        messages.success(self.request, words)
        return HttpResponseRedirect(address)

    def answered(self, *more: str) -> list[str]:
        """What the person was asked about this form and answered by saving again."""
        return [*self.request.POST.get(CONFIRMED_FIELD, "").split(), *more]

    def sent_lately(self, content: dict) -> Submission | None:
        """The very same content, saved a moment ago from another opening of the form: mostly Back and save again."""
        return (
            Submission.objects.filter(
                user=self.request.user,
                deed=self.deed,
                address=self.request.path,
                content_hash=hash_content(content),
                sent_at__gte=clock.now() - LATELY,
            )
            .exclude(key=self.key.uuid)
            .last()
        )

    def claim(self, content: dict) -> Submission:
        """Take the key for this sending; a second one waits here until the first is through, then is a repeat."""
        try:
            with transaction.atomic():
                return Submission.objects.create(
                    user=self.request.user,
                    key=self.key.uuid,
                    deed=self.deed,
                    content_hash=hash_content(content),
                    content=content,
                    address=self.request.path[:300],
                    sent_at=clock.now(),
                )
        except IntegrityError:
            raise _AlreadySent from None

    @property
    def deed(self) -> str:
        return self.request.resolver_match.view_name

    def earlier(self) -> Submission | None:
        return Submission.objects.filter(user=self.request.user, key=self.key.uuid).first()

    def repeat(self, earlier: Submission):
        """The same form again: the same answer. With other content: both are shown and the second is kept."""
        if answer := self.same_answer(earlier):
            return answer
        content = submitted_content(self.request.POST)
        second = FormKey(
            self.request.user.pk, uuid5(self.key.uuid, hash_content(content))
        )  # the same text: one draft
        draft = drafts.save_draft(second, address=self.request.path, post=self.request.POST)
        before = self.form_class.from_draft(earlier.content, **self.form_kwargs())
        now = self.form_class.from_draft(content, **self.form_kwargs())
        context = {
            "title": self.title,
            "earlier": earlier,
            "differences": differences(before, now),
            "continue_address": drafts.draft_url(draft) if draft else self.request.path,
        }
        return render(self.request, "submissions/submission_conflict.html", context, status=409)

    def same_answer(self, earlier: Submission | None):
        """The answer this very form got when it was first sent; None when it was another form or other content."""
        content = submitted_content(self.request.POST)
        if earlier is None or earlier.deed != self.deed or earlier.content_hash != hash_content(content):
            return None
        drafts.delete_draft(self.key)
        messages.success(self.request, earlier.result_words)
        return HttpResponseRedirect(earlier.result_address)

    def keep_draft(self):
        draft = drafts.save_draft(self.key, address=self.request.path, post=self.request.POST)
        if draft is None:
            messages.error(self.request, "Ten tekst jest za długi na szkic. Skróć go albo zapisz od razu.")
            return self.show(
                self.form_class.from_draft(submitted_content(self.request.POST), **self.form_kwargs())
            )
        messages.success(self.request, f"Szkic zapisany {draft.saved_at.astimezone(clock.WARSAW):%H:%M}.")
        return HttpResponseRedirect(drafts.draft_url(draft))

    def show_as_typed(self):
        """The form again with all that was typed: counted anew or, without a script, its rows as a button asked."""
        posted = self.request.POST
        form = self.form_class.from_draft(
            apply_button(submitted_content(posted), posted), **self.form_kwargs()
        )
        prefix, which = added_formset(posted)
        if prefix in form.rows:
            init_added_row(form.rows[prefix], which)
        return self.show(form)

    # ---- pages -------------------------------------------------------------------------------------
    def version_started_from(self) -> int | None:
        """The version of the row the person saw when the form was opened."""
        typed = self.request.POST.get(VERSION_FIELD) or (
            self.shown_draft.content.get(VERSION_FIELD, [""])[0] if self.shown_draft else ""
        )
        return parse_int(typed)

    def show(self, form, *, status=200, **extra):
        self.say_what_is_shown()
        row = self.row()
        version = self.version_started_from()
        if row is not None and version is None:
            version = row.version
        context = {
            "form": form,
            "title": self.title,
            "key": self.key,
            "form_name": self.form_name,
            "back": self.back(),
            "keeps_drafts": self.drafts,
            "version": version,
            "anyway": self.answered(),
            "draft_title": self.draft_title,
            "shown_draft": self.shown_draft,
            "other_drafts": self.other_drafts() if self.request.method == "GET" else [],
        }
        return self.render_to_response(self.get_context_data(**(context | extra)), status=status)

    def say_what_is_shown(self) -> None:
        """Rooms say which family's data the form shows."""

    def other_drafts(self) -> list[Draft]:
        """Drafts of the same form that wait, besides the one being shown."""
        waiting = Draft.objects.waiting().filter(user=self.request.user, address=self.request.path)
        return [draft for draft in waiting[:20] if draft.key != self.key.uuid]

    def show_conflict(self, form, conflict: VersionConflict):
        """Somebody saved the row meanwhile: both texts side by side; saving again saves this person's text."""
        theirs = self.form_class(initial=self.initial(), **self.form_kwargs())
        last = (
            conflict.row.history.select_related("history_user")
            .order_by("-history_date", "-history_id")
            .first()
        )
        drafts.save_draft(self.key, address=self.request.path, post=self.request.POST)
        return self.show(
            form,
            status=409,
            version=conflict.row.version,
            conflict={
                "differences": differences(theirs, form),
                "by": last.history_user,
                "at": last.history_date,
            },
        )


class _AlreadySent(Exception):
    """Another request with the same key got there first."""


class _Asked(Exception):
    """Something odd in what was sent: the person is asked first. Other questions are asked anew."""

    def __init__(self, questions: list[str]):
        self.questions = questions
        self.digest = hash_content({"questions": questions})[:16]


class _SameAsBefore(Exception):
    """The same content was saved a moment ago under another key: the person is asked first."""

    def __init__(self, twin: Submission):
        self.twin = twin
