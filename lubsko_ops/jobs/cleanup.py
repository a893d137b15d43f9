"""Deletion of expired rows. Case data are never touched."""

from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection, transaction

from lubsko_ops.core import clock
from lubsko_ops.search.models import QUERY_LIFETIME, SearchQuery
from lubsko_ops.submissions.models import DRAFT_LIFETIME_DAYS, Draft, Submission


@transaction.atomic
def purge_expired() -> dict[str, int]:
    """Delete expired drafts, search queries, sessions and counted logins, and the content of old submissions.

    The key of a submission stays, so that the form cannot be sent twice. Returns the number of rows by (Polish) kind.
    """
    now = clock.now()
    drafts, _ = Draft.objects.expired().delete()
    queries, _ = SearchQuery.objects.filter(created_at__lt=now - QUERY_LIFETIME).delete()
    sessions, _ = Session.objects.filter(expire_date__lt=now).delete()
    old = Submission.objects.filter(sent_at__lt=now - timedelta(days=DRAFT_LIFETIME_DAYS)).exclude(content={})
    return {
        "szkice": drafts,
        "zapytania": queries,
        "sesje": sessions,
        "próby logowania": _delete_counted_logins(now),
        "treści wysłanych formularzy": old.update(content={}),
    }


def _delete_counted_logins(now) -> int:
    """Delete expired rows of the cache, which name addresses; the cache itself deletes them only when it is full."""
    with connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM "{settings.CACHES["default"]["LOCATION"]}" WHERE expires < %s', [now])
        return cursor.rowcount
