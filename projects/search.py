"""Search of projects by words of their title, or by znak sprawy."""

from functools import reduce
from operator import or_

from django.db.models import Q

from lubsko_ops.accounts.models import User
from lubsko_ops.core.permissions import has_permission
from lubsko_ops.core.search_keys import query_terms
from projects.models import Edition
from projects.permissions import PROJECT_VIEW
from projects.scope import visible_editions

MAX_RESULTS = 10
SHORTEST_REFERENCE = 6


def search_projects(request, query) -> dict:
    """The group of projects for the search page; one statement, none for a user who may not see projects."""
    rows = (
        find_editions(query.text_without_pesel, request.user)
        if has_permission(request.user, PROJECT_VIEW)
        else []
    )
    return {
        "template": "projects/_search_results.html",
        "count": len(rows),
        "rows": rows[:MAX_RESULTS],
        "more": len(rows) > MAX_RESULTS,
        "most": MAX_RESULTS,
    }


def find_editions(text: str, user: User) -> list[Edition]:
    """Editions the user may see with every word in their title, or with this znak sprawy; the newest first."""
    words = query_terms(text)
    if not words:
        return []
    in_title = Q()
    for terms in words:
        in_title &= reduce(or_, (Q(search_key__like=f"% {each}%") for each in terms))
    reference = text.strip()
    if len(reference) >= SHORTEST_REFERENCE and "." in reference:
        in_title |= Q(case_reference__iexact=reference)
    editions = visible_editions(user).filter(in_title).select_related("line").order_by("-starts_on", "-pk")
    return list(editions[: MAX_RESULTS + 1])
