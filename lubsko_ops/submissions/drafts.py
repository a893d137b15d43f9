"""Saving, listing and deleting drafts."""

import json
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.db.models import BigIntegerField
from django.urls import Resolver404, resolve
from django.utils.choices import flatten_choices

from lubsko_ops.audit.access_log import note_shown
from lubsko_ops.core import clock
from lubsko_ops.core.compiled_query import CompiledQuery
from lubsko_ops.core.forms import BaseForm, clean_text
from lubsko_ops.submissions.keys import MAX_DRAFT_LENGTH, TITLE_FIELD, FormKey, submitted_content
from lubsko_ops.submissions.models import Draft, oldest_draft_kept


def save_draft(key: FormKey, *, address: str, post) -> Draft | None:
    """Save what was typed as a draft of the user the key was made for; None when it is too long."""
    content = submitted_content(post)
    if len(json.dumps(content)) > MAX_DRAFT_LENGTH:
        return None
    draft, _ = Draft.objects.update_or_create(
        user_id=key.user_id,
        key=key.uuid,
        defaults={
            "address": address[:300],
            "title": " ".join(clean_text(build_title(address, content, post.get(TITLE_FIELD) or "")).split())[
                :200
            ],
            "content": content,
            "saved_at": clock.now(),
        },
    )
    return draft


def build_title(address: str, content: dict, title: str) -> str:
    """The title of the form and the view's summary of the content (a surname, a day)."""
    try:
        view = getattr(resolve(address).func, "view_class", None)
    except Resolver404:
        view = None
    summary = view.draft_summary(content) if view and hasattr(view, "draft_summary") else ""
    return f"{title}: {summary}" if summary else title


def draft_url(draft: Draft) -> str:
    """The address of the form, filled with the draft."""
    return f"{draft.address}?szkic={draft.key}"


def draft_rows(drafts: list[Draft]) -> list[dict]:
    """The drafts with their addresses, for a list; the families named in their titles are noted as shown."""
    for draft in drafts:
        note_families_of(draft)
    return [{"draft": draft, "address": draft_url(draft)} for draft in drafts]


def note_families_of(draft: Draft) -> None:
    """Note the families whose form the draft is of as shown."""
    try:
        match = resolve(draft.address)
    except Resolver404:
        return
    view = getattr(match.func, "view_class", None)
    if view and hasattr(view, "draft_families"):
        # An address may hold any number.
        note_shown(pk for pk in view.draft_families(**match.kwargs) if pk <= BigIntegerField.MAX_BIGINT)


def delete_draft(key: FormKey) -> None:
    Draft.objects.filter(user_id=key.user_id, key=key.uuid).delete()


MAX_DRAFTS = 50
DRAFTS = CompiledQuery(
    lambda user, since: Draft.objects.filter(saved_at__gte=since, user=user)[:MAX_DRAFTS],
    user=-1,
    since=datetime(1, 1, 2, tzinfo=UTC),
)


DRAFTS_OF_FORM = CompiledQuery(
    lambda user, address, since: Draft.objects.filter(saved_at__gte=since, user=user, address=address)[
        :MAX_DRAFTS
    ],
    user=-1,
    address="?",
    since=datetime(1, 1, 2, tzinfo=UTC),
)


def drafts_of_form(user, address: str) -> list[Draft]:
    """The user's drafts of the form at this address that have not expired, last saved first. One statement."""
    return DRAFTS_OF_FORM.all(user=user.pk, address=address, since=oldest_draft_kept())


def active_drafts(request) -> list[Draft]:
    """The user's drafts that have not expired, last saved first; one statement per request."""
    if not hasattr(request, "active_drafts"):
        request.active_drafts = DRAFTS.all(user=request.user.pk, since=oldest_draft_kept())
    return request.active_drafts


def typed_entries(content: dict[str, list[str]], form_class: type[BaseForm]) -> list[tuple[str, str]]:
    """What was typed: pairs of the label of the field (empty when the form class has no such field) and the text.

    For the author who may no longer open the form. Only the class of the form is asked, which knows no row: what was
    chosen among people or rows of the file is left out, and so are passwords and hidden fields. In the order of the
    form, whatever the order in which they were stored.
    """
    entries = []
    order = list(form_class.base_fields)
    for name in sorted(content, key=lambda name: order.index(name) if name in order else len(order)):
        values = content[name]
        field = _field_of(form_class, name)
        if name.startswith("_") or name.endswith(("_FORMS", "-DELETE", "-ORDER")) or "password" in name:
            continue
        texts = [text for value in values if (text := _typed_text(field, value.strip()))]
        entries += [(str(field.label or "") if field else "", text) for text in texts]
    return entries


def _field_of(form_class: type[BaseForm], name: str) -> forms.Field | None:
    """The field with this name in the class of the form or of its rows: "day", "rows-0-goal"."""
    if name in form_class.base_fields:
        return form_class.base_fields[name]
    formset = form_class.formset_classes.get(name.partition("-")[0])
    return formset.form.base_fields.get(name.rpartition("-")[2]) if formset else None


def _typed_text(field: forms.Field | None, value: str) -> str:
    """The value in words; empty for what nobody typed and for the id of a row."""
    if field is None:  # made for a row of the file: a note beside an action, or a tick
        return "" if value == "on" or value.isdigit() else value
    if field.widget.is_hidden or isinstance(field, forms.ModelChoiceField):
        return ""
    if isinstance(field, forms.ChoiceField):
        options: Any = field.choices
        return str(dict(flatten_choices(options)).get(value, "")) if value else ""
    if isinstance(field, forms.BooleanField):
        return "tak" if value else ""
    return value
