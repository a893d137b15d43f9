"""Keeping, finding and ending drafts."""

import json

from django.urls import Resolver404, resolve

from lubsko_ops.core import clock
from lubsko_ops.core.forms import INVISIBLE
from lubsko_ops.submissions.keys import MAX_DRAFT_LENGTH, TITLE_FIELD, FormKey, submitted_content
from lubsko_ops.submissions.models import Draft


def save_draft(key: FormKey, *, address: str, post) -> Draft | None:
    """Keep what was typed for the person the key belongs to. None when it is too large to be a form of ours."""
    content = submitted_content(post)
    if len(json.dumps(content)) > MAX_DRAFT_LENGTH:
        return None
    draft, _ = Draft.objects.update_or_create(
        user_id=key.user_id,
        key=key.uuid,
        defaults={
            "address": address[:300],
            "title": INVISIBLE.sub("", build_title(address, content, post.get(TITLE_FIELD) or ""))[:200],
            "content": content,
            "saved_at": clock.now(),
        },
    )
    return draft


def build_title(address: str, content: dict, title: str) -> str:
    """The title of the page and the words by which its view tells one draft from another: a surname, a day."""
    try:
        view = getattr(resolve(address).func, "view_class", None)
    except Resolver404:
        view = None
    words = view.draft_words(content) if hasattr(view, "draft_words") else ""
    return f"{title}: {words}" if words else title


def draft_url(draft: Draft) -> str:
    """Where the draft goes on: the address of its form, with its key."""
    return f"{draft.address}?szkic={draft.key}"


def delete_draft(key: FormKey) -> None:
    """The deed is done: its draft goes."""
    Draft.objects.filter(user_id=key.user_id, key=key.uuid).delete()


MAX_DRAFTS = 50


def active_drafts(request) -> list[Draft]:
    """The person's drafts that have not expired, the last saved first; asked once for a page."""
    if not hasattr(request, "waiting_drafts"):
        request.waiting_drafts = list(Draft.objects.waiting().filter(user=request.user)[:MAX_DRAFTS])
    return request.waiting_drafts
